#!/usr/bin/env python3
"""bad_files JUZHU DATA: in a folder with good.jpg, good.png and the PDFs of tests/e2e/bad_files.sh.

Makes every kind of harmful file, gives each to `photo check` and `material check`, and prints a row each: verb, input, status,
seconds, peak memory of the largest process (MiB), what was said. Status 1 when one was accepted, crashed a program, was
answered with nothing or with control characters, or took more time or memory than the bounds."""
import os
import random
import struct
import sys
import time
import zlib

SECONDS_MAX = 90  # the child is killed after 20 or 30 on its clock; start and load of the machine come on top
# src/vision/sandbox.c: address space of a child by its work; what is resident is never more
MEMORY_MAX = {"photo": 600, "material": 1000}
VERBS = (["photo", "check", "--landmarks", "none"], ["material", "check", "lease-filing"])
ODD = ("\u202egpj.a", "\u2066b\u2069", "c\x1b[2J", "d\r\ne", "f\x7f\u200b", "\udcff\udcfe")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, extra=b"", rows=b""):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + extra +
            chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def zeros(n):
    """n zero bytes, compressed."""
    pack = zlib.compressobj(9)
    block, out = bytes(1 << 20), []
    for _ in range(n >> 20):
        out.append(pack.compress(block))
    return b"".join(out) + pack.flush()


def mutated(data, seed, every):
    dice, out = random.Random(seed), bytearray(data)
    for at in range(2, len(out)):
        if dice.randrange(every) == 0:
            out[at] = dice.randrange(256)
    return bytes(out)


def jpeg_claims(data, width, height):
    at = data.index(b"\xff\xc0")
    return data[:at + 5] + struct.pack(">HH", height, width) + data[at + 9:]


def make():
    """Name and what it is, in order."""
    with open("good.jpg", "rb") as f:
        jpeg = f.read()
    with open("good.png", "rb") as f:
        good = f.read()
    large = zeros(256 << 20)
    text = b"a\0\0" + zeros(64 << 20)
    files = [
        ("pixels.png", "pixel bomb, 30000x30000", png(30000, 30000, rows=large)),
        ("within.png", "pixel bomb, 8000x8000 of one colour", png(8000, 8000, rows=large)),
        ("claim.png", "claims 2^31 pixels a side", png(0x7FFFFFFF, 0x7FFFFFFF, rows=large[:1000])),
        ("rows.png", "256 MiB of rows in a small picture", png(358, 10000, rows=large)),
        ("claim.jpg", "JPEG claims 65000x65000", jpeg_claims(jpeg, 65000, 65000)),
        ("chunk.png", "ancillary chunk bomb, 40 x 64 MiB", good[:33] + chunk(b"zTXt", text) * 40 + good[33:]),
        ("icc.png", "colour profile bomb", good[:33] + chunk(b"iCCP", text) + good[33:]),
        ("length.png", "chunk longer than the file", good[:33] + struct.pack(">I", 0x7FFFFFF0) + good[37:]),
        ("cut.jpg", "truncated JPEG", jpeg[:len(jpeg) // 2]),
        ("cut.png", "truncated PNG", good[:len(good) // 2]),
        ("mutated.jpg", "mutated JPEG, a byte in 20", mutated(jpeg, 1, 20)),
        ("mutated.png", "mutated PNG, a byte in 200", mutated(good, 2, 200)),
        ("head.heic", "HEIC by its first bytes, then noise",
         b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + random.Random(3).randbytes(20000)),
        ("gif.jpg", "wrong extension: GIF", b"GIF89a" + bytes(20000)),
        ("text.png", "wrong extension: text", b"no picture\n" * 2000),
        ("program.jpg", "wrong extension: program", b"\x7fELF" + bytes(20000)),
        ("empty.jpg", "0 bytes", b""),
        ("noise.jpg", "noise", random.Random(4).randbytes(50000)),
    ]
    for name, _, data in files:
        with open(name, "wb") as f:
            f.write(data)
    rows = [(name, what) for name, what, _ in files]
    with open("sparse.jpg", "wb") as f:
        f.truncate(1 << 40)
    os.mkfifo("fifo.jpg")
    os.symlink("good.jpg", "link.jpg")
    os.symlink("/dev/zero", "zero.jpg")
    os.link("text.png", "hard.jpg")
    os.mkdir("folder.jpg")
    rows += [("sparse.jpg", "1 TB sparse"), ("fifo.jpg", "FIFO"), ("/dev/zero", "device"), ("/dev/tty", "terminal"),
             ("link.jpg", "symlink to a good photo"), ("zero.jpg", "symlink to a device"),
             ("hard.jpg", "hard link to text"), ("folder.jpg", "folder"), ("none.jpg", "not there"),
             ("bomb.pdf", "PDF object bomb"), ("loop.pdf", "PDF that is its own child"), ("locked.pdf", "PDF, locked"),
             ("broken.pdf", "PDF, cut"), ("pages.pdf", "PDF of 500 pages")]
    for number, name in enumerate(ODD, 1):
        os.link("gif.jpg", name + ".jpg")
        rows.append((name + ".jpg", "name with control or bidi characters, %d" % number))
    return rows


def run(verb, juzhu, data, name):
    """Status, seconds, MiB, output. The peak is the largest process of all below, so each run has a parent of its own."""
    words = [juzhu, "--data", data] + verb + [name]
    begin = time.monotonic()
    ends = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(ends[1], 1)
        os.dup2(ends[1], 2)
        os.execv(words[0], words)
    os.close(ends[1])
    with os.fdopen(ends[0], "rb") as f:
        out = f.read()
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), time.monotonic() - begin, used.ru_maxrss / 1024, out


def wrong(verb, memory_max, status, seconds, memory, out):
    try:
        said = out.decode()
    except UnicodeDecodeError:
        return "no UTF-8"
    if status not in (1, 5):
        return "accepted" if status == 0 else "status %d" % status
    if not said.strip() or any(w in said for w in ("pass\n", "agrees", "noted", "differs")):
        return "not refused"
    if any(c not in "\n\t" and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u200b\u202e\u2066\u2069") for c in said):
        return "control characters in the answer"
    if seconds > SECONDS_MAX:
        return "too slow"
    if memory > memory_max:
        return "too much memory"
    return ""


def main():
    juzhu, data = sys.argv[1:3]
    bad, count = 0, 0
    sanitized = b"__asan_init" in open(juzhu, "rb").read()  # has shadow memory: no measure
    small, large = (run(VERBS[0], juzhu, data, name) for name in ("good.jpg", "large.jpg"))
    print("photo    %6d %4.1f %4.0f  the good photo" % small[:3])
    print("photo    %6d %4.1f %4.0f  the same with 12 million pixels" % large[:3])
    if small[0] != 0 or large[2] < small[2] + 10:
        print("the good photo is refused, or the memory of the child that decodes is not seen")
        return 1
    print("verb     status    s  MiB  input: what was said")
    for name, what in make():
        for verb in VERBS:
            status, seconds, memory, out = run(verb, juzhu, data, name)
            why = wrong(verb[0], float("inf") if sanitized else MEMORY_MAX[verb[0]], status, seconds, memory, out)
            said = [line.strip() for line in out.decode(errors="replace").splitlines() if line.strip()]
            last = [line for line in said if line[:1] == "!" or line.startswith("refused")] or said[-1:] or [""]
            print("%-8s %6d %4.1f %4.0f  %s: %s%s" % (verb[0], status, seconds, memory, what, last[0].replace("\t", " "),
                                                    "  WRONG: " + why if why else ""))
            bad += bool(why)
            count += 1
    print("%d inputs, %d wrong" % (count, bad))
    return 1 if bad else 0


sys.exit(main())
