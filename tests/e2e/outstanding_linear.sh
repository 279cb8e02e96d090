#!/bin/sh
# The one-time notice in the linear view, in English: the same rows in the same order, numbered; a number leads to the screen
# of its row, going on or back from there leads to the list again; the receipt repeats the list.
set -u
printf 'database: %s/j.db\ndemo: true\nverify: off\nprinter: file\nprinter_dir: %s/receipts\nclock: "2026-03-02T10:00:00"\nkeys: %s\n' \
	"$TMP" "$TMP" "$KEYS" >"$TMP/k.yaml"
{
	printf '1\n1\n张伟\n32000019880512001X\n\n\n1\n4\n2\n张建国\n\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\n'
	printf 'njxl 1266 3 502\n1\n\n1\n6\n2\n' # photo: at the counter
	printf '4\n\n'                           # the rest of the materials: at the counter
	printf '1\n/b\n'                         # to the photo and back without a change
	printf '3\n\n'                           # to the materials and on: back to the list
	printf '\n18\n\n4\n'
} | "$KIOSK" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" --linear --lang en >"$TMP/said" 2>"$TMP/log"

# Titles, and the beginnings of the rows of the list.
sed -n 's/^== [^·]*· \(.*\) · step.*/== \1/p; /^To bring/p; s/^ *\([0-9]\. [^(]*: [^.]*\)\..*/\1/p' "$TMP/said" |
	sed -n '/Still missing/,$p' >"$TMP/heard"
list="== Still missing, or to bring
To bring to or do at the counter
1. Applicant's photo: Have it taken at the counter
2. Relative's lease registration: Show the original at the counter
3. Proof of kinship to the relative: Show the original at the counter"
cat >"$TMP/wanted" <<END
$list
== Applicant's photo
$list
== Materials
$list
== Check and submit
== Check and submit
END
diff "$TMP/wanted" "$TMP/heard" || { tail -n 60 "$TMP/said" "$TMP/log"; exit 1; }
grep -q '^== .*Submitted' "$TMP/said"
grep -q '^One-time notice: this is the whole list' "$TMP"/receipts/* && grep -q '^3. Proof of kinship' "$TMP"/receipts/*
