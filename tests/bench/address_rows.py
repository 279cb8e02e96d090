"""What other engines get of a library: flat rows from its export, and its names, both with pinyin and initials.

rows.tsv    number, street, compound, text with pinyin and initials
names.tsv   number, name, text with pinyin and initials
"""
import csv
import itertools
import sqlite3

SPELLINGS = 4


def spellings(pinyin):
    """All ways to read a name, the usual one first: "da sha/xia" is dasha ds daxia dx."""
    ways = itertools.islice(itertools.product(*(s.split("/") for s in pinyin.split())), SPELLINGS)
    words = [w for way in ways for w in ("".join(way), "".join(s[0] for s in way))]
    return " ".join(dict.fromkeys(words))


def write_names(library, path):
    """Returns how each name is spelt."""
    spelt = {}
    db = sqlite3.connect(f"file:{library}?mode=ro", uri=True)
    for text, pinyin in db.execute("SELECT text, pinyin FROM name ORDER BY text, pinyin"):
        spelt.setdefault(text, spellings(pinyin))
    with open(path, "w", encoding="utf-8") as f:
        for i, (text, spelling) in enumerate(spelt.items()):
            f.write(f"{i + 1}\t{text}\t{text} {spelling}\n")
    return spelt


def write_rows(exported, path, spelt):
    with open(exported, newline="", encoding="utf-8") as f, open(path, "w", encoding="utf-8") as out:
        rows = csv.reader(f)
        head = next(rows)
        street, compound, whole = (head.index(c) for c in ("street", "compound", "standard_text"))
        for i, r in enumerate(rows):
            s, c = r[street], r[compound]
            text = f"{r[whole]}({c}) {spelt.get(s, '')} {spelt.get(c, '')}" if c else f"{r[whole]} {spelt.get(s, '')}"
            out.write(f"{i + 1}\t{s}\t{c}\t{text}\n")
    return i + 1
