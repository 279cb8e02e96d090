#!/usr/bin/env python3
"""address_peers.py FOLDER: general search engines beside Juzhu; called by `juzhu address bench --peers`.

A flat peer holds one row for each room and is asked what was typed. A peer "names" stands where our search of names does: it
holds the names and is asked the part that is no number; finding the number below the name costs it nothing here.
FOLDER has library.db, queries.jsonl and ours.json. Reads JUZHU, PEER_SECONDS and what tests/bench/address says of PostgreSQL
from the environment; prints the table and the targets.
"""
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time

import address_rows

FOLDER, SECONDS = sys.argv[1], float(os.environ.get("PEER_SECONDS") or 60)
SHOWN, FIRST, FULL_SIZE, FLAT_TARGET, NAMES_TARGET, SAMPLE = 30, 5, 10000000, 1000, 10, 30
MADE = ["rows.tsv", "names.tsv", "sample.jsonl"]


BUILT = {}  # seconds, by file or index: two peers may ask the same one


class Skipped(Exception):
    pass


def source(names):
    return f"{FOLDER}/{'names' if names else 'rows'}.tsv"


def tsv(names):
    """(number, name, compound, text); of a list of names, compound is empty."""
    with open(source(names), encoding="utf-8") as f:
        for line in f:
            r = line.rstrip("\n").split("\t")
            yield (int(r[0]), r[1], "", r[2]) if names else (int(r[0]), r[1], r[2], r[3])


def runs(typed):
    """As each engine wants it: words of one script; all have to occur."""
    return re.findall(r"[a-z]+|[0-9]+|[^\x00-\x7f]+", typed)


class Sqlite:
    """LIKE on a table, or FTS5 with trigrams beside it; words below three characters are left to LIKE, as FTS5 knows none."""

    def __init__(self, names, index=False, ranked=False):
        self.names, self.index = names, index
        self.order = "ORDER BY rank " if ranked else ""
        self.path = f"{FOLDER}/{'names' if names else 'flat'}{'-fts' if index else ''}.db"
        self.key = self.path

    def build(self):
        if not os.path.exists(self.path):
            db = sqlite3.connect(self.path)
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
                             "CREATE TABLE flat(id INTEGER PRIMARY KEY, street TEXT, compound TEXT, text TEXT)")
            db.executemany("INSERT INTO flat VALUES(?, ?, ?, ?)", tsv(self.names))
            if self.index:
                db.execute("CREATE VIRTUAL TABLE fts USING fts5(text, tokenize='trigram', content='flat', content_rowid='id')")
                db.execute("INSERT INTO fts(fts) VALUES('rebuild')")
            db.commit()
            db.close()
        self.db = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        self.db.execute("PRAGMA mmap_size=8000000000")

    def size(self):
        return os.path.getsize(self.path)

    def ask(self, typed, deadline):
        words = runs(typed)
        long = [w for w in words if self.index and len(w) >= 3]
        like = [f"%{w}%" for w in words if w not in long]
        where = " AND ".join(["flat.text LIKE ?"] * len(like) + ["fts MATCH ?"] * bool(long)) or "1"
        table = "fts JOIN flat ON flat.id = fts.rowid" if long else "flat"
        values = like + ([" ".join(f'"{w}"' for w in long)] if long else [])
        self.db.set_progress_handler(lambda: time.monotonic() > deadline, 100000)
        try:
            order = self.order if long else ""
            return self.db.execute(f"SELECT street, compound FROM {table} WHERE {where} {order}LIMIT {SHOWN}", values).fetchall()
        except sqlite3.OperationalError:  # out of time
            return []

    def close(self):
        self.db.close()


class Xapian:
    """N-grams of Chinese, the last word may go on: its hundred most frequent ways, as Xapian does by itself."""

    def __init__(self, names):
        self.names, self.path = names, f"{FOLDER}/xapian-{'names' if names else 'flat'}"
        self.key = self.path

    def build(self):
        try:
            import xapian
        except ImportError as e:
            raise Skipped(f"python3-xapian: {e}") from e
        self.x = xapian
        db = xapian.WritableDatabase(self.path, xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_NO_SYNC)
        terms = xapian.TermGenerator()
        terms.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
        for _, street, compound, text in tsv(self.names):
            doc = xapian.Document()
            terms.set_document(doc)
            terms.index_text_without_positions(text)
            doc.set_data(f"{street}\t{compound}")
            db.add_document(doc)
        db.close()
        self.db = xapian.Database(self.path)
        self.parser = xapian.QueryParser()
        self.parser.set_database(self.db)
        self.parser.set_default_op(xapian.Query.OP_AND)

    def size(self):
        return sum(e.stat().st_size for e in os.scandir(self.path))

    def ask(self, typed, _deadline):
        p, words, parts = self.x.QueryParser, runs(typed), []
        for i, word in enumerate(words):  # each alone: numbers between Chinese words are beyond the parser's grammar
            parts.append(self.parser.parse_query(word, p.FLAG_CJK_NGRAM | (p.FLAG_PARTIAL if i == len(words) - 1 else 0)))
        query = self.x.Query(self.x.Query.OP_AND, parts)
        asked = self.x.Enquire(self.db)
        asked.set_query(query)
        return [tuple(m.document.get_data().decode().split("\t")) for m in asked.get_mset(0, SHOWN)]

    def close(self):
        self.db.close()


class Postgres:
    """pg_trgm. how: like, all words, GIN; similar, by word similarity, GIN; nearest, the same by GiST."""

    AGAIN = "-- end --"

    def __init__(self, names, how):
        self.names, self.how, self.table = names, how, "names" if names else "flat"
        self.method = "gist" if how == "nearest" else "gin"
        self.index = self.key = f"{self.table}_{self.method}"

    def build(self):
        if not os.environ.get("PGHOST"):
            raise Skipped(os.environ.get("NO_POSTGRES") or "no PostgreSQL")
        self.psql = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", "-F", "\t", "postgres"], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8")
        self.tell("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        if self.tell(f"SELECT to_regclass('{self.table}')") == [""]:
            self.tell(f"CREATE UNLOGGED TABLE {self.table}(id int, street text, compound text, text text)")
            columns = "id, street, text" if self.names else "id, street, compound, text"
            self.psql.stdin.write(f"\\copy {self.table}({columns}) FROM '{source(self.names)}'\n")
            self.tell(f"VACUUM ANALYZE {self.table}")
        self.tell(f"CREATE INDEX IF NOT EXISTS {self.index} ON {self.table} USING {self.method}(text {self.method}_trgm_ops)")
        self.tell(f"SET statement_timeout={int(SECONDS * 1000)}; SET pg_trgm.word_similarity_threshold=0.3")
        self.tell("SET max_parallel_workers_per_gather=0")
        if self.tell(f"SELECT count(*) FROM (SELECT 1 FROM {self.table} LIMIT 1) t") != ["1"]:
            raise Skipped("the rows could not be copied into PostgreSQL")

    def tell(self, sql):
        self.psql.stdin.write(f"{sql};\nSELECT '{self.AGAIN}';\n")
        self.psql.stdin.flush()
        said = []
        for line in self.psql.stdout:
            if line == self.AGAIN + "\n":
                return said
            said.append(line.rstrip("\n"))
        raise Skipped("psql ended")

    def size(self):
        return int(self.tell(f"SELECT pg_table_size('{self.table}') + pg_relation_size('{self.index}')")[0])

    def ask(self, typed, _deadline):
        if self.how == "like":
            where = " AND ".join(f"text LIKE '%{w}%'" for w in runs(typed)) or "true"
        elif self.how == "similar":
            where = f"'{typed}' <% text ORDER BY '{typed}' <<-> text"
        else:
            where = f"true ORDER BY '{typed}' <<-> text"
        return [tuple(r.split("\t")) for r in self.tell(f"SELECT street, compound FROM {self.table} WHERE {where} LIMIT {SHOWN}")]

    def close(self):
        self.psql.stdin.close()
        self.psql.wait()


PEERS = [
    ("LIKE", Sqlite(False)),
    ("FTS5 trigram", Sqlite(False, index=True)),
    ("pg_trgm GIN, LIKE", Postgres(False, "like")),
    ("pg_trgm GIN, similar", Postgres(False, "similar")),
    ("Xapian", Xapian(False)),
    ("names: FTS5 trigram", Sqlite(True, index=True)),
    ("names: FTS5 trigram, ranked", Sqlite(True, index=True, ranked=True)),
    ("names: pg_trgm GIN, LIKE", Postgres(True, "like")),
    ("names: pg_trgm GiST, nearest", Postgres(True, "nearest")),
    ("names: Xapian", Xapian(True)),
]


def is_found(rows, gold):
    """Among the first five names; a row shows its street and its compound."""
    names = list(dict.fromkeys(rows))[:FIRST]
    return any(gold in row for row in names)


def timed(ask, typed, deadline):
    start = time.perf_counter()
    rows = ask(typed, deadline)
    return rows, (time.perf_counter() - start) * 1000


def percentiles(ms):
    ms = sorted(ms)
    return ms[len(ms) // 2], ms[len(ms) - 1 - len(ms) // 100], ms[-1]


def measure(peer, keys, sample):
    """Half of the time for recall, half for the times of keys; a category that was not reached is None."""
    start, ms, found = time.monotonic(), [], {}
    typed = "name" if peer.names else "query"
    for q in sample:
        deadline = start + SECONDS / 2
        if time.monotonic() < deadline:
            rows, _ = timed(peer.ask, q[typed], deadline)
            found.setdefault(q["form"], []).append(is_found(rows, q["names"][0]))
    start = time.monotonic()
    for whole, name in keys:
        if ms and time.monotonic() > start + SECONDS / 2:
            break
        ms.append(timed(peer.ask, name if peer.names else whole, start + SECONDS)[1])
    return ms, {form: sum(f) / len(f) for form, f in found.items()}


def show(forms, name, rows="", build="", size="", keys="", times=("", "", ""), ratio="", recall=None, why=""):
    number = [f"{t:.3f}" if t != "" else "" for t in times]
    cells = "".join(f"{recall[f]:6.2f}" if recall and f in recall else f"{'-':>6}" for f in forms) if not why else "  " + why
    print(f"{name:<29}{rows:>9}{build:>8}{size:>9}{keys:>8}{number[0]:>10}{number[1]:>11}{number[2]:>11}{ratio:>9}{cells}",
          flush=True)


def target(what, value, limit, most, unit, applies=True):
    good = value <= limit if most else value >= limit
    verdict = ("ok" if good else "MISSED") if applies else f"- (holds for {FULL_SIZE} rooms)"
    print(f"{what:<48}{value:>12.3f} {unit:<4}{'<=' if most else '>='} {limit:>8}  {verdict}")


def recall_of(lines):
    """The table at the end of what juzhu address eval says: n, @1, @5, addresses @5, form."""
    found = {}
    for line in lines:
        cell = line.split()
        if line.startswith("miss\t") or len(cell) != 5 or not cell[0].isdigit():
            continue
        found[cell[4]] = float(cell[3] if cell[3] != "-" else cell[2])
    return found


def ours_targets(ours, recall):
    full = ours["rooms"] >= FULL_SIZE
    for what, us, limit in (("key from nothing, p99", ours["scratch"][1], 1), ("key from nothing, maximum", ours["scratch"][2], 5),
                            ("key appended, p99", ours["appended"][1], 0.3)):
        target(what, us / 1000, limit, True, "ms", full)
    target("memory", ours["kib"] / 1024, 40, True, "MB", full)
    target("file, for 10 million rooms", ours["bytes"] / 1e6 / max(1, ours["rooms"] / FULL_SIZE), 30, True, "MB", full)
    target("first result", ours["first"] / 1000, 100, True, "ms", full)
    for form, least in (("hanzi", 0.995), ("pinyin", 0.995), ("homophone", 0.99), ("fuzzy", 0.97), ("edited", 0.92),
                        ("lane", 0.99)):
        target(f"recall@5, {form}", recall.get(form, 0), least, False, "", full)


def make_rows():
    """Returns how many."""
    exported = f"{FOLDER}/rows.csv"
    spelt = address_rows.write_names(f"{FOLDER}/library.db", f"{FOLDER}/names.tsv")
    subprocess.run([os.environ.get("JUZHU", "juzhu"), "address", "export", "--library", f"{FOLDER}/library.db", exported], check=True)
    n = address_rows.write_rows(exported, f"{FOLDER}/rows.tsv", spelt)
    os.remove(exported)
    return n


def first_of_each(queries):
    count, sample = {}, []
    for q in queries:
        count[q["form"]] = count.get(q["form"], 0) + 1
        if count[q["form"]] <= SAMPLE:
            sample.append(q)
    with open(f"{FOLDER}/sample.jsonl", "w", encoding="utf-8") as f:
        f.writelines(json.dumps(q, ensure_ascii=False) + "\n" for q in sample)
    return sample


def our_recall(name):
    said = subprocess.run([os.environ.get("JUZHU", "juzhu"), "address", "eval", f"{FOLDER}/{name}", "--library",
                           f"{FOLDER}/library.db"], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    return recall_of(said.splitlines())


def main():
    with open(f"{FOLDER}/queries.jsonl", encoding="utf-8") as f:
        queries = [json.loads(line) for line in f]
    with open(f"{FOLDER}/ours.json", encoding="utf-8") as f:
        ours = json.load(f)
    sample, n_rows = first_of_each(queries), make_rows()
    forms = list(dict.fromkeys(q["form"] for q in queries))
    keys = [(q["query"][:i], q["name"][:i]) for q in queries for i in range(1, len(q["query"]) + 1)]
    rng = random.Random(1)
    rng.shuffle(keys)
    rng.shuffle(sample)  # a peer that runs out of time has seen some of each category
    size = f"{ours['bytes'] / 1e6:.1f}"
    print(f"\n{'':29}{'rows':>9}{'build s':>8}{'MB':>9}{'keys':>8}{'p50 ms':>10}{'p99 ms':>11}{'max ms':>11}{'p99 x':>9}"
          + "".join(f"{f[:5]:>6}" for f in forms))
    whole = our_recall("queries.jsonl")
    show(forms, "juzhu", n_rows, f"{ours['build']:.1f}", size, ours["keys"], [t / 1000 for t in ours["scratch"]], "1", whole)
    show(forms, "juzhu, appended", times=[t / 1000 for t in ours["appended"]], recall=whole)
    show(forms, "juzhu, queries of the peers", recall=our_recall("sample.jsonl"))
    ratios = []
    for name, peer in PEERS:
        start = time.monotonic()
        try:
            peer.build()
            build = BUILT.setdefault(peer.key, time.monotonic() - start)
            ms, recall = measure(peer, keys, sample)
            times = percentiles(ms)
            ratios.append((name, peer.names, times[1] * 1000 / ours["scratch"][1]))
            show(forms, name, ours["names"] if peer.names else n_rows, f"{build:.1f}", f"{peer.size() / 1e6:.1f}", len(ms), times,
                 f"{ratios[-1][2]:.1f}", recall)
            peer.close()
        except Exception as e:  # whatever ails one of them, the table goes on
            show(forms, name, why=f"skipped: {e}")
    print()
    for name, of_names, ratio in ratios:
        target(f"p99 of {name}", ratio, NAMES_TARGET if of_names else FLAT_TARGET, False, "x", ours["rooms"] >= FULL_SIZE)
    ours_targets(ours, whole)
    for name in MADE + [os.path.basename(p.path) for _, p in PEERS if hasattr(p, "path")]:
        path = f"{FOLDER}/{name}"
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.exists(path):
            os.remove(path)


main()
