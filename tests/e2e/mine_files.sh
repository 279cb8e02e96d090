#!/bin/sh
# Supplementing a material with several files, line by line: two, then one, then as many as there can be, then at the counter. What is
# given anew replaces all files of before; the case, its pages and the second reader say the same.
set -u
disk=$TMP
# shellcheck source=tests/e2e/part/lines.sh
. tests/e2e/part/lines.sh
# shellcheck source=tests/e2e/part/mine.sh
. tests/e2e/part/mine.sh
for n in 1 2 3 4; do
	printf '第 %s 页\n' $n | "$JUZHU_SOURCE_DIR/tests/pages/pdf" text "$TMP/stick/$n-page.pdf" || exit 1
done
python=
for p in python3 /usr/bin/python3; do
	! "$p" -c 'import nacl.bindings' 2>/dev/null || { python=$p && break; }
done

# supplement FILE...: the property certificate is missing and given with these files (row on the stick); none: at the counter. The linear
# dialogue lists the stick anew for each.
supplement() {
	move "$number" supplement --missing property='看不清产权人。' >/dev/null || bad=1
	rm -f "$TMP/said"
	start_kiosk
	printf '%s\n1\n%s\n\n1\n1\n' "$mine" "$code" >&9
	n=0
	for file; do
		n=$((n + 1))
		case $n in 1) printf '2\n1\n%s\n' "$file" ;; *) printf '2\n%s\n' "$file" ;; esac >&9
		wait_for 您选的文件 "$n"
		wait_for '[看过了，用' "$n"
	done
	if [ $n -eq 0 ]; then printf '3\n2\n'; else printf '1\n2\n'; fi >&9
	wait_for 已经提交 1
	stop_kiosk
}
# is FILES REPLACED: "NAME:REVISION ..." of the case as it opens now
is() {
	juzhu case open "$number" --code "$query" --json >"$TMP/opened" || bad=1
	python3 - "$TMP/opened" "$1" "$2" <<'EOF' || bad=1
import json
import sys

case = json.load(open(sys.argv[1]))
for key, wanted in (("files", sys.argv[2]), ("replaced", sys.argv[3])):
    there = " ".join("%s:%d" % (f["name"], f["revision"]) for f in case[key])
    if there != wanted:
        sys.exit("%s: %s, wanted %s" % (key, there, wanted))
EOF
	[ -z "$python" ] || second_reader
}
# Envelopes and parts out of the database, read by the second reader: the same files with the same contents.
second_reader() {
	rm -rf "$TMP/raw" "$TMP/files" "$TMP/theirs"
	mkdir "$TMP/raw" "$TMP/theirs"
	"$python" - "$TMP/j.db" "$number" "$TMP/raw" >"$TMP/arguments" <<'EOF' || bad=1
import sqlite3
import sys

database, number, folder = sys.argv[1:]
c = sqlite3.connect(database)
names = []
for revision, envelope in c.execute("SELECT revision, bytes FROM case_envelope WHERE number = ? ORDER BY revision", [number]):
    parts = c.execute("SELECT bytes FROM case_part WHERE number = ? AND revision = ? ORDER BY part", [number, revision])
    of = [("%s/%d" % (folder, revision), envelope)]
    of += [("%s/%d.%d" % (folder, revision, i), row[0]) for i, row in enumerate(parts)]
    for name, content in of:
        open(name, "wb").write(content)
    names.append(" ".join(name for name, _ in of))
print(" --then ".join(names))
EOF
	trust=$(sed 's/.* sign=\([0-9a-f]*\).*/\1/' "$KEYS/center.pub")
	# shellcheck disable=SC2046 # the names are words
	"$python" tests/tool/open_case.py --trust "$trust" --code "$(echo "$query" | tr -d ' ')" --out "$TMP/theirs" \
		$(cat "$TMP/arguments") >"$TMP/other" || bad=1
	juzhu case open "$number" --code "$query" --files "$TMP/files" >/dev/null || bad=1
	for file in "$TMP/files"/*; do
		[ ! -e "$file" ] || cmp "$file" "$TMP/theirs/$(basename "$file" .pdf)" || bad=1
	done
	[ "$(find "$TMP/files" -type f 2>/dev/null | wc -l)" -eq "$(find "$TMP/theirs" -type f | wc -l)" ] || bad=1
}
# pages: "my cases" says what the case holds
pages() {
	printf '%s\n1\n%s\n\n2\n/b\n3\n' "$mine" "$code" | lines
}

file_case
is "" ""
supplement 1 2
is "property:2 property.2:2" ""
supplement 3
is "property:3" "property:2 property.2:2"
supplement 4 3 2 1
grep -qF '已交 4 个文件，不能再加了。' "$TMP/said" || bad=1
[ "$(grep -c '\[再加一个文件' "$TMP/said")" -eq 3 ] || bad=1
is "property:4 property.2:4 property.3:4 property.4:4" "property:2 property.2:2 property:3"
juzhu case open "$number" --code "$query" --files "$TMP/case" >"$TMP/opened"
for n in 1 2 3 4; do
	name=property$([ $n -eq 1 ] || echo .$n).pdf
	cmp "$TMP/case/$name" "$TMP/stick/$((5 - n))-page.pdf" || bad=1
done
[ "$(grep '^  material.property.about: ' "$TMP/opened" | grep -o PDF | wc -l)" -eq 4 ] || { cat "$TMP/opened"; bad=1; }
pages
for file in "$TMP/case"/*; do heard "$(sha256sum "$file" | cut -c 1-8)"; done
[ "$(grep -c '不动产权证或房产证: 先前交的文件' "$TMP/said")" -eq 3 ] || { heard "three earlier files"; cat "$TMP/said"; }
supplement
is "" "property:2 property.2:2 property:3 property:4 property.2:4 property.3:4 property.4:4"
juzhu verify >"$TMP/verified" || { cat "$TMP/verified"; bad=1; }
exit $bad
