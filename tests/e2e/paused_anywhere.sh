#!/bin/sh
# Paused at each screen of an item and taken up at a second kiosk: that very screen, and the record of a filing that was never
# paused. part/ITEM.steps holds what is typed on each screen from the start screen on, a line a screen, @ for a line end; the
# last line leads to the declaration. part/ITEM.setup, when there is one, prepares what the item builds on.
set -u
item=${1:-residence-registration}
steps=tests/e2e/part/$item.steps
printf 'database: %s/j.db\ndemo: true\nverify: off\nprinter: file\nprinter_dir: %s/paper\nclock: "2026-03-02T10:00:00"\nkeys: %s\n' \
	"$TMP" "$TMP" "$KEYS" >"$TMP/k.yaml"
juzhu() { "$JUZHU" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" "$@"; }
kiosk() { exec "$KIOSK" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" --linear; }
declaration=15 # its row on the page before submitting
looked_at() { :; } # NUMBER of a case whose record is known
typed() { sed -n "$1,$2p" "$steps" | tr -d '\n' | tr '@' '\n'; }
fail() {
	echo "$1"
	tail -n 25 "$TMP/a" "$TMP/b" "$TMP/log"
	exit 1
}
# wait_for FILE TEXT N: until it was said N times, at most 30 seconds
wait_for() {
	tries=0
	until [ "$(grep -c "$2" "$TMP/$1")" -ge "$3" ]; do
		tries=$((tries + 1))
		[ $tries -lt 600 ] || fail "no '$2' ($3) of kiosk $1, step ${n:-0}"
		sleep 0.05
	done
}
# What was filed last, without what is random.
record() {
	number=$(juzhu case list --limit 100 | grep -o '[0-9]\{20\}' | grep -vxFf "$TMP/seen")
	echo "$number" >>"$TMP/seen"
	echo juzhu-test-center | juzhu case open --json "$number" --center "$KEYS" | sed "s/$number/NUMBER/g"
	looked_at "$number"
}

: >"$TMP/seen"
# shellcheck source=/dev/null
[ ! -e "tests/e2e/part/$item.setup" ] || . "tests/e2e/part/$item.setup"
mkfifo "$TMP/keys-a" "$TMP/keys-b"
kiosk <"$TMP/keys-a" >"$TMP/a" 2>"$TMP/log" &
a=$!
exec 8>"$TMP/keys-a"
kiosk <"$TMP/keys-b" >"$TMP/b" 2>>"$TMP/log" &
b=$!
exec 9>"$TMP/keys-b"
wait_for a '· 没有按键\|== .*请选择要办的事' 1
row=$(sed -n 's/^ *\([0-9]*\)\. \[继续暂停的申报\].*/\1/p' "$TMP/a" | head -n 1)
[ -n "$row" ] || fail "no row for paused filings"

last=$(grep -c '' "$steps")
{ typed 1 "$last"; printf '%s\n' "$declaration"; } >&8 # the declaration is made
printf '\n' >&8
wait_for a '· 提交成功' 1
printf '4\n' >&8
record >"$TMP/whole"
grep -q '"answers"' "$TMP/whole" || fail "nothing was filed"

for n in $(seq 1 "$last"); do
	wait_for a '请选择要办的事' $((n + 1))
	{ typed 1 "$n"; printf '/s\n2\n'; } >&8
	wait_for a '^取回码: ' $((2 * n)) # once while it prints, once when it has
	code=$(sed -n 's/^取回码: //p' "$TMP/a" | tail -n 1)
	here=$(grep '^== ' "$TMP/a" | grep -B 1 '^== 暂停办理' | head -n -1 | tail -n 1)
	printf '3\n' >&8
	taken=$(grep -c '' "$TMP/b")
	printf '%s\n%s\n\n' "$row" "$code" >&9
	grep -q '张伟' "$TMP/a" && [ "$n" -ge 3 ] && printf '001x\n\n' >&9
	{ typed $((n + 1)) "$last"; printf '%s\n\n' "$declaration"; } >&9
	wait_for b '· 提交成功' "$n"
	printf '4\n' >&9
	wait_for b '请选择要办的事' $((n + 1))
	there=$(tail -n "+$((taken + 1))" "$TMP/b" | grep '^== ' | grep -v '请选择要办的事\|== 继续暂停的申报' | head -n 1)
	[ "$here" = "$there" ] || fail "paused at '$here', taken up at '$there'"
	record >"$TMP/paused"
	diff "$TMP/whole" "$TMP/paused" || fail "another record, paused after line $n: $here"
done
kill -TERM $a $b
wait $a $b
[ "$(sqlite3 "$TMP/j.db" 'SELECT (SELECT count(*) FROM paused) + (SELECT count(*) FROM paused_file) + (SELECT count(*) FROM draft)')" = 0 ] ||
	fail "something stayed behind"
[ "$(juzhu audit list | grep -c ' taken-up ')" = "$last" ] || fail "the log does not tell"
echo "paused and taken up at $last screens"
