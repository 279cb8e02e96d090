#!/bin/sh
# What the counter found missing is given at the kiosk in one go: a revision of the case, which opens with the same code and has
# the new file; in the linear view in English as well. Withdrawn meanwhile: one sentence, nothing changed.
set -u
disk=$TMP
# shellcheck source=tests/e2e/part/lines.sh
. tests/e2e/part/lines.sh
# shellcheck source=tests/e2e/part/mine.sh
. tests/e2e/part/mine.sh
"$PORTRAIT" | convert ppm:- -quality 95 "$TMP/stick/1-photo.jpg"
missing() {
	move "$number" supplement --missing photo='照片太暗，请换一张。' --missing property='看不清产权人。' \
		--missing text='请到窗口说明住处。' >/dev/null || bad=1
}
has() {
	juzhu case open "$number" --code "$query" >"$TMP/opened"
	grep -q "$1" "$TMP/opened" || { echo "not there: $1"; cat "$TMP/opened"; bad=1; }
}

record() { juzhu case open "$number" --code "$query" --json | sed "s/$number/NUMBER/g"; }

file_case
missing
for size in 80x24 40x15; do
	drive mine-supplement.part "$size"
	has '^state: 10 '
	has '^  photo: file'
	has '^  photo: image/jpeg'
	has '^  material.property: counter'
	# the number of the licence that the paper replaces is gone
	grep -q material.property.number "$TMP/opened" && { echo "a licence that was replaced is there"; bad=1; }
	[ -e "$TMP/screen.json" ] || record >"$TMP/screen.json"
	missing
done
# two revisions by now; the earlier photo is known as replaced
printf '%s\n1\n%s\n\n3\n/b\n4\n' "$mine" "$code" | lines
heard '先前交的文件'
heard '提交了补充的内容'
heard '其他：请到窗口说明住处。'
juzhu case show "$number" --json >"$TMP/case.json"
python3 - "$TMP/case.json" "$TMP/said" <<'END' || bad=1
import json
import sys

case = json.load(open(sys.argv[1]))
said = open(sys.argv[2]).read()
wanted = [case["label"]] + [event["at"][:16].replace("T", " ") for event in case["events"]]
wanted += [row["text"] for row in case["missing"]["what"]] + [case["missing"]["until"]]
lost = [text for text in wanted if text not in said]
if lost or len(case["missing"]["what"]) != 3 or said.count("（申请人）") != 3:
    sys.exit("the pages do not say: %s; %s" % (lost, case["missing"]))
END

# In English, line by line: the photo is taken at the counter.
lang=en
printf '%s\n1\n%s\n\n1\n1\n2\n\n4\n' "$mine" "$code" | lines
heard 'Have it taken at the counter'
printf '%s\n1\n%s\n\n1\n3\n3\n' "$mine" "$code" | lines
heard 'What you added was submitted'
lang=zh
has '^  photo: counter'

missing
drive mine-meanwhile.part 80x24
withdrawn=$number withdrawn_query=$query

# Another list meanwhile; and behind the last day nothing is taken here.
file_case
missing
drive mine-other-list.part 80x24
has '^state: 30 '
has '^revisions: 1'
settings late 2026-04-20T10:00:00 "keys: $KEYS"
settings=late
printf '%s\n1\n%s\n\n' "$mine" "$code" | lines
settings=k
heard '补充的期限已经过了'
unheard '[补充材料]'

# The same answers line by line make the same record as on the screen.
file_case
missing
rm -f "$TMP/said"
start_kiosk
printf '%s\n1\n%s\n\n1\n1\n1\n1\n1\n' "$mine" "$code" >&9
wait_for 用这张照片 1
printf '1\n\n2\n3\n3\n' >&9
wait_for 已经提交 1
stop_kiosk
# what can only be settled at the counter stays on the list, on the page and on a reprinted receipt
printf '%s\n1\n%s\n\n' "$mine" "$code" | lines
heard '其他: 请到窗口说明住处。'
again=$(sed -n 's/^ *\([0-9]*\)\. \[再打印回执\]$/\1/p' "$TMP/said" | head -n 1)
printf '%s\n1\n%s\n\n%s\n' "$mine" "$code" "$again" | lines
grep -q '其他：请到窗口说明住处' "$TMP"/paper/receipt-"$number"* || { echo "not on the receipt: what the counter asked for"; bad=1; }
record >"$TMP/linear.json"
diff "$TMP/screen.json" "$TMP/linear.json" || bad=1

number=$withdrawn query=$withdrawn_query
has '^state: 99 '
has '^  photo: counter'
juzhu verify >"$TMP/verified" || { cat "$TMP/verified"; bad=1; }
juzhu audit list | grep -c revised | grep -qx 4 || bad=1
grep -e 张伟 -e 1-photo -e 32000019880512001X "$TMP/log" && bad=1
exit $bad
