#!/usr/bin/env python3
"""Prints the table of pinyin readings from Debian's unicode-data (Unihan); make runs it:

    tools/pinyin.py data/pinyin > build/data/pinyin/readings.tsv

Characters: the CJK block of the BMP and every one of the national list (kTGHZ2013, 8,105 characters), with their traditional
forms. The folder has what is written by hand: overrides.tsv (readings in place names, the usual one first), stop.tsv.
"""
import bz2
import sys
import unicodedata

UNIHAN = "/usr/share/unicode/Unihan_%s.txt.bz2"


def plain(syllable):
    """zhǎng -> zhang, lǜ -> lv, ê̄ -> e"""
    out = ""
    for c in unicodedata.normalize("NFD", syllable.lower()):
        if c == "\u0308":
            out = out[:-1] + "v"
        elif "a" <= c <= "z":
            out += c
    return out


def table(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith(("#", "char\t")):
                yield line.rstrip("\n").split("\t")


def unihan(name, wanted):
    found = {k: {} for k in wanted}
    with bz2.open(UNIHAN % name, "rt", encoding="utf-8") as f:
        for line in f:
            part = line.rstrip("\n").split("\t")
            if len(part) == 3 and part[1] in found:
                found[part[1]][chr(int(part[0][2:], 16))] = part[2]
    return found


def main():
    folder = sys.argv[1]
    readings = unihan("Readings", ["kMandarin", "kTGHZ2013"])
    variants = unihan("Variants", ["kSimplifiedVariant", "kTraditionalVariant"])
    override = {row[0]: row[1].split() for row in table(f"{folder}/overrides.tsv")}
    stop = {(row[0], r) for row in table(f"{folder}/stop.tsv") for r in row[1].split()}
    national = readings["kTGHZ2013"]

    def simplified(c):
        """What a traditional character stands for, when that is certain; "" for a character that stands for itself."""
        codes = variants["kSimplifiedVariant"].get(c, "").split()
        simple = chr(int(codes[0][2:], 16)) if len(codes) == 1 else c
        if simple == c or c in national:
            return ""
        back = variants["kTraditionalVariant"].get(simple, "").split()
        return simple if "U+%04X" % ord(c) in back else ""

    def of(c):
        if c in override:
            return override[c]
        out = [plain(r) for r in readings["kMandarin"].get(c, "").split()[:1]]
        for group in national.get(c, "").split():
            out += [plain(r) for r in group.split(":")[1].split(",")]
        return [r for i, r in enumerate(out) if r and r not in out[:i] and (c, r) not in stop]

    print("# Made from Unihan (unicode-data) by tools/pinyin.py; see README.md.")
    print("char\treadings\tsimplified")
    chars = set(national) | {c for c in readings["kMandarin"] if "\u4e00" <= c <= "\u9fff"} | set(override)
    for c in sorted(chars):
        fold = simplified(c)
        if r := of(fold or c):
            print("%s\t%s\t%s" % (c, " ".join(r), fold))


if __name__ == "__main__":
    main()
