#!/usr/bin/env python3
"""Makes data/pinyin/readings.tsv from Debian's unicode-data (Unihan). Run by hand from the project's root:

    tools/pinyin.py > data/pinyin/readings.tsv

Characters: those of the address, region and code tables, the 3,755 common ones of GB/T 2312 level 1 (what an input
method slips to), and the traditional forms of both. Hand-written defaults and stop list: data/pinyin/overrides.tsv, stop.tsv.
"""
import bz2
import glob
import re
import sys
import unicodedata

UNIHAN = "/usr/share/unicode/Unihan_%s.txt.bz2"


def plain(syllable):
    """zhǎng -> zhang, lǜ -> lv"""
    out = ""
    for c in unicodedata.normalize("NFD", syllable.lower()):
        if c == "\u0308":
            out = out[:-1] + "v"
        elif "a" <= c <= "z":
            out += c
    return out


def table(path):
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            yield line.rstrip("\n").split("\t")


def unihan(name, wanted):
    found = {k: {} for k in wanted}
    for line in bz2.open(UNIHAN % name, "rt", encoding="utf-8"):
        part = line.rstrip("\n").split("\t")
        if len(part) == 3 and part[1] in found:
            found[part[1]][chr(int(part[0][2:], 16))] = part[2]
    return found


def is_han(c):
    return "\u3400" <= c <= "\u9fff" or ord(c) >= 0x20000


def main():
    need = set()
    for path in glob.glob("data/addresses/*.tsv") + glob.glob("data/regions/*.tsv") + glob.glob("data/codes/*.tsv"):
        need |= {c for c in open(path, encoding="utf-8").read() if is_han(c)}
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                need.add(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                pass
    readings = unihan("Readings", ["kMandarin", "kTGHZ2013"])
    variants = unihan("Variants", ["kSimplifiedVariant", "kTraditionalVariant"])
    override = {row[0]: row[1].split() for row in table("data/pinyin/overrides.tsv") if row[0] != "char"}
    stop = {(row[0], r) for row in table("data/pinyin/stop.tsv") if row[0] != "char" for r in row[1].split()}

    fold = {}
    for simple in need:
        for code in variants["kTraditionalVariant"].get(simple, "").split():
            traditional = chr(int(code[2:], 16))
            back = variants["kSimplifiedVariant"].get(traditional, "").split()
            if traditional not in need and len(back) == 1 and chr(int(back[0][2:], 16)) == simple:
                fold[traditional] = simple

    def of(c):
        if c in override:
            return override[c]
        out = [plain(r) for r in readings["kMandarin"].get(c, "").split()[:1]]
        for group in readings["kTGHZ2013"].get(c, "").split():
            out += [plain(r) for r in group.split(":")[1].split(",")]
        out = [r for i, r in enumerate(out) if r and r not in out[:i] and (c, r) not in stop]
        return out

    print("# Made by tools/pinyin.py from Unihan (unicode-data); see README.md. "
          "Do not edit: change overrides.tsv or stop.tsv.")
    print("char\treadings\tsimplified")
    for c in sorted(need | set(fold)):
        r = of(fold.get(c, c))
        if r:
            print("%s\t%s\t%s" % (c, " ".join(r), fold.get(c, "")))


if __name__ == "__main__":
    main()
