#!/usr/bin/env python3
"""address_queries.py LIBRARY CSV FOLDER SEED N: what tests/bench/address asks, made from a library and its export.

FOLDER/queries.jsonl  N queries of each category, as "juzhu address eval" reads them; name: the part that is no number
FOLDER/sample.jsonl   the first SAMPLE of each category
FOLDER/queries.txt    the queries alone
FOLDER/rows.tsv       what a flat index gets: number, street, compound, text with pinyin and initials
FOLDER/names.tsv      what an index of names gets: number, name, text with pinyin and initials
"""
import csv
import itertools
import json
import random
import sqlite3
import sys

SAMPLE, SPELLINGS, TRIES, LETTERS = 30, 4, 200, "abcdefghijklmnopqrstuvwxyz"


def spellings(pinyin):
    """All ways to read a name, the usual one first: "da sha/xia" is dasha ds daxia dx."""
    ways = itertools.islice(itertools.product(*(s.split("/") for s in pinyin.split())), SPELLINGS)
    words = [w for way in ways for w in ("".join(way), "".join(s[0] for s in way))]
    return " ".join(dict.fromkeys(words))


def other(rng, chars, old):
    while (c := rng.choice(chars)) == old:
        pass
    return c


class Maker:
    """The slips of tests/bench/address_keys.c; each gives what is typed for a name, or None when it has no such slip."""

    def __init__(self, db, rng):
        self.rng = rng
        self.names = [(t, [s.split("/") for s in p.split()], k)
                      for t, p, k in db.execute("SELECT DISTINCT text, pinyin, kind FROM name ORDER BY text, pinyin, kind")]
        self.names = [n for n in self.names if 2 <= len(n[0]) <= 10 and len(n[1]) == len(n[0])]
        self.chars = sorted({c for n in self.names for c in n[0]})
        self.alike = {}
        for name, syllables, _ in self.names:
            for c, s in zip(name, syllables):
                self.alike.setdefault(s[0], set()).add(c)
        self.alike = {s: sorted(c) for s, c in self.alike.items()}

    def hanzi(self, name, _):
        return name

    def pinyin(self, _, syllables):
        return "".join(s[0] for s in syllables)

    def initials(self, _, syllables):
        return "".join(s[0][0] for s in syllables) if len(syllables) >= 3 else None

    def mixed(self, name, syllables):
        cut, first = self.rng.randrange(1, len(name)), self.rng.randrange(2)
        return "".join(s[0][0] if (j < cut) == first else c for j, (c, s) in enumerate(zip(name, syllables)))

    def homophone(self, name, syllables):
        at = self.rng.randrange(len(name))
        alike = self.alike[syllables[at][0]]
        return name[:at] + other(self.rng, alike, name[at]) + name[at + 1:] if len(alike) > 1 else None

    def wrong(self, name, _):
        at = self.rng.randrange(len(name))
        return name[:at] + other(self.rng, self.chars, name[at]) + name[at + 1:] if len(name) >= 4 else None

    def dropped(self, name, _):
        at = self.rng.randrange(len(name))
        return name[:at] + name[at + 1:] if len(name) >= 4 else None

    def fuzzy(self, _, syllables):
        out = [s[0] for s in syllables]
        start = self.rng.randrange(len(out))
        for j in range(len(out)):
            at = (start + j) % len(out)
            s = out[at]
            if len(s) < 2:
                continue
            if s[1] == "h":
                out[at] = s[0] + s[2:]
            elif s.endswith("ng"):
                out[at] = s[:-1]
            elif s[-1] == "n":
                out[at] = s + "g"
            elif s[0] in "nl":
                out[at] = ("l" if s[0] == "n" else "n") + s[1:]
            elif s[0] in "zcs":
                out[at] = s[0] + "h" + s[1:]
            else:
                continue
            return "".join(out)
        return None

    def edited(self, _, syllables):
        s = "".join(x[0] for x in syllables)
        if len(s) < 5:
            return None
        at, c, kind = self.rng.randrange(len(s) - 1), self.rng.choice(LETTERS), self.rng.randrange(4)
        middle = (c, "", c + s[at], s[at + 1] + s[at])[kind]
        return s[:at] + middle + s[at + (2 if kind == 3 else 1):]

    def polyphone(self, _, syllables):
        at = next((j for j, s in enumerate(syllables) if len(s) > 1), None)
        return None if at is None else "".join(s[j == at] for j, s in enumerate(syllables))


def name_queries(maker, n):
    for form in ("hanzi", "pinyin", "initials", "mixed", "homophone", "wrong", "dropped", "fuzzy", "edited", "polyphone"):
        made = 0
        for _ in range(n * TRIES):
            name, syllables, _kind = maker.rng.choice(maker.names)
            typed = getattr(maker, form)(name, syllables)
            if typed:
                made += 1
                yield {"form": form, "query": typed, "name": typed, "names": [name], "lane": "", "no": "", "room": ""}
            if made == n:
                break


def address_queries(maker, places, n):
    """places: one room with lane and number of each street."""
    own = {name: syllables for name, syllables, kind in maker.names if kind == 0}
    streets = sorted(s for s in places if s in own)
    long = [s for s in streets if len(s) >= 3]
    for _ in range(n if long else 0):
        street = maker.rng.choice(long)
        typed = maker.initials(street, own[street])
        lane = places[street][0]
        yield {"form": "lane", "query": f"{typed} {lane}", "name": typed, "names": [street], "lane": lane, "no": "", "room": ""}
    for _ in range(n if streets else 0):
        street = maker.rng.choice(streets)
        lane, no, suf, room = places[street]
        yield {"form": "address", "query": f"{street}{lane}弄{no}{suf}号{room}室", "name": street, "names": [street],
               "lane": lane, "no": no, "suf": suf, "room": room}


def write_rows(path, folder, spelt, rng):
    places, seen = {}, {}
    with open(path, newline="", encoding="utf-8") as f, open(f"{folder}/rows.tsv", "w", encoding="utf-8") as out:
        rows = csv.reader(f)
        head = next(rows)
        street, lane, sub, no, suf, building, unit, room, compound, whole = (head.index(c) for c in (
            "street", "lane", "sub_lane", "number", "number_suffix", "building", "unit", "room", "compound", "standard_text"))
        for i, r in enumerate(rows):
            s, c = r[street], r[compound]
            text = f"{r[whole]}({c}) {spelt.get(s, '')} {spelt.get(c, '')}" if c else f"{r[whole]} {spelt.get(s, '')}"
            out.write(f"{i + 1}\t{s}\t{c}\t{text}\n")
            if r[lane] and r[room].isdigit() and not (r[sub] or r[building] or r[unit]):
                seen[s] = seen.get(s, 0) + 1
                if rng.random() * seen[s] < 1:
                    places[s] = (r[lane], r[no], r[suf], r[room])
    return places


def main():
    library, exported, folder, seed, n = sys.argv[1:4] + [int(a) for a in sys.argv[4:6]]
    db, rng = sqlite3.connect(f"file:{library}?mode=ro", uri=True), random.Random(seed)
    spelt = {}
    for text, pinyin in db.execute("SELECT text, pinyin FROM name ORDER BY text, pinyin"):
        spelt.setdefault(text, spellings(pinyin))
    with open(f"{folder}/names.tsv", "w", encoding="utf-8") as f:
        for i, (text, spelling) in enumerate(spelt.items()):
            f.write(f"{i + 1}\t{text}\t{text} {spelling}\n")
    places = write_rows(exported, folder, spelt, rng)
    maker, count = Maker(db, rng), {}
    with open(f"{folder}/queries.jsonl", "w", encoding="utf-8") as whole, \
            open(f"{folder}/sample.jsonl", "w", encoding="utf-8") as sample, \
            open(f"{folder}/queries.txt", "w", encoding="utf-8") as plain:
        for q in itertools.chain(name_queries(maker, n), address_queries(maker, places, n)):
            line = json.dumps(q, ensure_ascii=False) + "\n"
            count[q["form"]] = count.get(q["form"], 0) + 1
            whole.write(line)
            plain.write(q["query"] + "\n")
            if count[q["form"]] <= SAMPLE:
                sample.write(line)


main()
