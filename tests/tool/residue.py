#!/usr/bin/env python3
"""Looks for what an applicant typed in everything that outlives a session.

residue.py alive TMP NAME...   each of these canaries is in the memory of the program of the session: the search finds what is there
residue.py gone TMP            no canary is in the memory of any kiosk process, in a file under TMP or in the terminal's scrollback
residue.py disk TMP            no canary is in a file under TMP (while the session goes on)
residue.py shown TMP NAME...   each of these canaries is on the terminal
residue.py kill TMP            kill -9 of the program of the session

The kiosk is the one whose settings are TMP/k.yaml, in the tmux of the socket $MUX. tests/e2e/part/residue.tsv has the canaries.
A text is looked for as UTF-8, as UTF-32 (wchar_t, what is being edited) and as cells of curses. TMP/stick is where the canary files
come from, TMP/receipts what was printed. Status: 0 as it should be, 1 not, 77 it cannot be looked at.
"""
import os
import re
import signal
import subprocess
import sys
import unicodedata

CELL = 28  # cchar_t of ncurses 6: attributes, 5 wide characters, colour pair
REGION_MAX = 512 << 20  # larger ones are the shadow memory of a sanitizer
SOURCES = ("stick", "receipts")


def wide(c):
    return unicodedata.east_asian_width(c) in "WF"


def patterns(text):
    """For each form of a text its name and a function that tells whether it is in some bytes."""
    codes = [ord(c).to_bytes(4, "little") for c in text]
    yield "UTF-8", lambda data, form=text.encode(): form in data
    yield "UTF-32", re.compile(re.escape(b"".join(codes))).search  # "in" is slow with so many zeros
    cells = b""
    for i, c in enumerate(text):
        cells += re.escape(codes[i])
        if i + 1 < len(text):
            cells += b"[\\s\\S]{%d}" % ((2 if wide(c) else 1) * CELL - 4)
    yield "cells", re.compile(cells).search


def canaries():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../e2e/part/residue.tsv")
    with open(path, encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f if line.strip() and not line.startswith("#")]
    return {name: list(patterns(text)) for name, text in rows}


def parent(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as f:
        return int(f.read().rpartition(")")[2].split()[1])


def processes(tmp):
    """Pids of the kiosk, the supervisor first."""
    found = []
    for pid in (int(p) for p in os.listdir("/proc") if p.isdigit()):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as f:
                words = f.read().split(b"\0")
            if os.path.basename(words[0]) == b"juzhu-kiosk" and os.path.join(tmp, "k.yaml").encode() in words:
                found.append((pid, parent(pid)))
        except OSError:
            continue
    pids = [pid for pid, _ in found]
    return [pid for _, pid in sorted((above in pids, pid) for pid, above in found)]


def program(tmp):
    pids = processes(tmp)
    if len(pids) != 2:
        sys.exit(f"residue: {len(pids)} processes of the kiosk, wanted 2")
    return pids[1]


def memory(pid):
    """(where, bytes) of every readable mapping."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as f:
        maps = f.readlines()
    with open(f"/proc/{pid}/mem", "rb", 0) as mem:
        for line in maps:
            words = line.split(None, 5)
            low, high = (int(x, 16) for x in words[0].split("-"))
            if "r" not in words[1] or high - low > REGION_MAX or line.rstrip().endswith(("[vvar]", "[vsyscall]")):
                continue
            parts = []
            for at in range(low, high, 1 << 20):  # a page that cannot be read (secret memory) does not hide the others
                try:
                    mem.seek(at)
                    parts.append(mem.read(min(1 << 20, high - at)))
                except (OSError, ValueError):
                    parts.append(b"")
            yield words[5].strip() if len(words) > 5 else "anonymous", b"".join(parts)


def files(tmp):
    for folder, folders, names in os.walk(tmp):
        if folder == tmp:
            folders[:] = [d for d in folders if d not in SOURCES]
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as f:
                    yield path, f.read()


def terminal():
    for extra in ([], ["-a", "-q"]):  # the screen with all that can be scrolled back to; the other screen
        call = ["tmux", "-S", os.environ["MUX"], "capture-pane", "-p", "-J", "-S", "-", *extra]
        yield "the terminal's scrollback", subprocess.run(call, check=True, capture_output=True).stdout


def find(where, data, wanted, ret):
    for name, forms in wanted.items():
        for form, is_in in forms:
            if is_in(data):
                ret.setdefault(name, {}).setdefault(form, set()).add(where)


def told(found):
    return "".join(
        f"  {name} as {form} in {', '.join(sorted(where))}\n" for name, forms in found.items() for form, where in forms.items()
    )


def main():
    what, tmp, names = sys.argv[1], sys.argv[2], sys.argv[3:]
    every, found = canaries(), {}
    if what == "kill":
        os.kill(program(tmp), signal.SIGKILL)
        return 0
    if what in ("alive", "gone") and os.geteuid() != 0:
        print("only root can read the memory of a kiosk")
        return 77
    if what in ("alive", "shown"):
        for where, data in memory(program(tmp)) if what == "alive" else terminal():
            find(where, data, {n: every[n] for n in names}, found)
        missing = [n for n in names if n not in found]
        print(f"{what}:\n{told(found)}" + (f"not found: {' '.join(missing)}" if missing else ""))
        return 1 if missing else 0
    for path, data in files(tmp):
        find(path, data, every, found)
    if what == "gone":
        program(tmp)  # both are there
        for pid in processes(tmp):
            for where, data in memory(pid):
                find(f"{where} of process {pid}", data, every, found)
        for where, data in terminal():
            find(where, data, every, found)
    if found:
        print(f"still there:\n{told(found)}")
    return 1 if found else 0


sys.exit(main())
