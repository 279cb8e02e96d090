#!/usr/bin/python3
"""Reads the QR code of a printed receipt (half blocks in a text file) as a scanner does: draws it, asks zbarimg.
qr_of_text.py RECEIPT prints what the code holds."""
import subprocess
import sys
import tempfile

SCALE = 4
HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}

lines = [line.rstrip("\n") for line in open(sys.argv[1], encoding="utf-8")]
code = [line for line in lines if line.strip() and set(line) <= set(HALVES)]
width = max(len(line) for line in code) + 8
rows = [[0] * width for _ in range(8)]
for line in code:
    halves = [HALVES[c] for c in line.ljust(width)]
    rows.append([h[0] for h in halves])
    rows.append([h[1] for h in halves])
rows += [[0] * width for _ in range(8)]
with tempfile.NamedTemporaryFile("w", suffix=".pbm") as out:
    out.write("P1\n%d %d\n" % (width * SCALE, len(rows) * SCALE))
    for row in rows:
        wide = " ".join(str(dot) for dot in row for _ in range(SCALE))
        out.write("\n".join([wide] * SCALE) + "\n")
    out.flush()
    found = subprocess.run(["zbarimg", "-q", "--raw", out.name], capture_output=True, text=True, check=False)
print(found.stdout.strip())
sys.exit(found.returncode)
