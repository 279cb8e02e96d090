#!/bin/sh
# Pause codes that cannot be taken up: used by another kiosk in the same moment, expired, wrong again and again, of another version
# of the item. Each gets its sentence and changes nothing. Then: paused after closing time, taken up the next day, verified again.
set -u
conf() { # NAME TIME
	printf 'database: %s/j.db\ndemo: true\nverify: off\nprinter: none\nclock: "2026-03-%s:00"\nkeys: %s\ncloses: "17:30"\n' \
		"$TMP" "$2" "$KEYS" >"$TMP/$1.yaml"
}
fail() {
	echo "$1"
	tail -n 25 "$TMP"/*.said "$TMP"/*.log
	exit 1
}
# start NAME FD [OPTIONS]: keyboard at the descriptor
start() {
	name=$1 fd=$2
	shift 2
	rm -f "$TMP/$name.keys" && mkfifo "$TMP/$name.keys"
	: >"$TMP/$name.said"
	"$KIOSK" --config "$TMP/$name.yaml" --data "$DATA" --screens "$SCREENS" --linear "$@" \
		<"$TMP/$name.keys" >"$TMP/$name.said" 2>>"$TMP/$name.log" &
	eval "exec $fd>\"$TMP/$name.keys\""
	pids="${pids:-} $!"
}
# wait_for NAME TEXT [N]: until it was said N times, at most 30 seconds
wait_for() {
	tries=0
	until [ "$(grep -cF "$2" "$TMP/$1.said")" -ge "${3:-1}" ]; do
		tries=$((tries + 1))
		[ $tries -lt 600 ] || fail "kiosk $1 did not say '$2' (${3:-1})"
		sleep 0.05
	done
}
count() { sqlite3 "$TMP/j.db" "SELECT count(*) FROM paused"; }
# pause_at NAME FD N: the N-th filing of this kiosk is paused; its code in $code
pause_at() {
	printf '1\n1\n张伟\n32000019880512001X\n\n\n1\n1\n/s\n2\n' >&"$2" # at the ethnic group
	wait_for "$1" "${word:-取回码}: " $((2 * $3))
	code=$(sed -n "s/^${word:-取回码}: //p" "$TMP/$1.said" | tail -n 1)
	printf '3\n' >&"$2"
}

conf a 02T10:00 && conf b 02T10:00
start a 8 && start b 9
wait_for a '继续暂停的申报' && wait_for b '继续暂停的申报'
row=$(sed -n 's/^ *\([0-9]*\)\. \[继续暂停的申报\].*/\1/p' "$TMP/a.said")

# 1. both have found it, then both prove who they are in the same moment
pause_at a 8 1
wait_for a '请选择要办的事' 2
printf '%s\n%s\n\n' "$row" "$code" >&8
printf '%s\n%s\n\n' "$row" "$code" >&9
wait_for a 最后四位 && wait_for b 最后四位
{ printf '001X\n\n' >&8; } &
{ printf '001X\n\n' >&9; } &
wait $!
tries=0
until grep -qF '没有凭这个码' "$TMP/a.said" "$TMP/b.said" &&
	[ "$(cat "$TMP/a.said" "$TMP/b.said" | grep -c '== 居住登记 · 民族')" = 2 ]; do # 1: when it was paused
	tries=$((tries + 1))
	[ $tries -lt 600 ] || fail "not exactly one got it"
	sleep 0.05
done
[ "$(grep -lF '没有凭这个码' "$TMP/a.said" "$TMP/b.said" | grep -c '')" = 1 ] || fail "nobody got it"
[ "$(sqlite3 "$TMP/j.db" 'SELECT count(*) FROM draft')" = 1 ] || fail "not exactly one draft"
used=$code
# shellcheck disable=SC2086 # several numbers
kill -TERM $pids; wait; pids=

# 2. in English, and expired at the closing time
start a 8 --lang en
wait_for a 'paused filing'
word='Pause code'
pause_at a 8 1
word=
conf b 02T17:30
start b 9
wait_for b '继续暂停的申报'
printf '%s\n%s\n\n' "$row" "$code" >&9
wait_for b '已经过期'
[ "$(count)" = 0 ] || fail "what expired is still there"

# 3. wrong again and again: this station waits, longer each time
for _ in 1 2 3 4 5 6; do printf '%s\n\n' "$used" >&9; done
wait_for b '没有凭这个码' 1
wait_for b '请等到'
[ "$(sqlite3 "$TMP/j.db" "SELECT until > 0 FROM code_lock WHERE kind = 'pause' AND wrong > 4")" = 1 ] || fail "the tries are not counted"
sqlite3 "$TMP/j.db" 'DELETE FROM code_lock'
# shellcheck disable=SC2086 # several numbers
kill -TERM $pids; wait; pids=

# 4. another version of the item: it stays for a kiosk that has the old one
cp -R "$SCREENS" "$TMP/newer" && sed -i 's/^version: .*/version: 9/' "$TMP/newer/residence-registration/item.yaml"
conf a 02T18:00 && conf b 03T09:00
start a 8
wait_for a '继续暂停的申报'
pause_at a 8 1
start b 9 --screens "$TMP/newer"
wait_for b '继续暂停的申报'
printf '%s\n%s\n\n' "$row" "$code" >&9
wait_for b '换了新的版本'
[ "$(count)" = 1 ] || fail "it was used up"
# shellcheck disable=SC2086 # several numbers
kill -TERM $pids; wait; pids=

# 5. the next day: first verified again, then the screen where it was
start b 9
wait_for b '继续暂停的申报'
printf '%s\n%s\n\n001X\n\n' "$row" "$code" >&9
wait_for b '核对申请人身份'
printf '\n' >&9
wait_for b '· 民族'
# shellcheck disable=SC2086 # several numbers
kill -TERM $pids; wait
[ "$(count)" = 0 ] || fail "it was not used up"

# whatever happened, no log and no table knows a code or a person
! grep -qE '张伟|32000019880512001X' "$TMP"/*.log || fail "a log knows the person"
for c in "$used" "$code"; do
	plain=$(echo "$c" | tr -d ' ')
	! grep -qaF "$plain" "$TMP"/*.log "$TMP"/j.db* || fail "a code was kept"
done
! grep -qa '32000019880512001X' "$TMP"/j.db* || fail "the database knows the person"
