#!/bin/sh
# The two processes of a kiosk: what ends which, and what neither ever leaves behind.
# shellcheck disable=SC2317 # functions are called through until_it
set -u
printf 'database: %s/j.db\ndemo: true\nverify: off\nprinter: none\nclock: "2026-03-02T10:00:00"\n' "$TMP" >"$TMP/k.yaml"
supervisor=
# Root would be told nothing by who owns a process, so the kiosk runs as another user where that can reach it.
as=
if [ "$(id -u)" -eq 0 ]; then
	chown 65534:65534 "$TMP"
	as='setpriv --reuid=65534 --regid=65534 --clear-groups'
	$as test -x "$KIOSK" -a -r "$DATA/schema/001.sql" -a -r "$SCREENS/README.md" -a -w "$TMP" 2>/dev/null || as=
fi
trap '[ -z "$supervisor" ] || kill -KILL $supervisor 2>/dev/null' EXIT

fail() {
	echo "$*"
	tail -n 5 "$TMP/log" 2>/dev/null
	exit 1
}

# until_it COMMAND...: waits until it succeeds, at most 20 seconds
until_it() {
	tries=0
	until "$@" 2>/dev/null; do
		tries=$((tries + 1))
		[ $tries -lt 400 ] || fail "waited in vain: $*"
		sleep 0.05
	done
}
gone() { ! kill -0 "$1" 2>/dev/null; }
welcomes() { [ "$(grep -c 欢迎 "$TMP/said")" -ge "$1" ]; }
program() { pgrep -P "$supervisor"; }
another() { [ -n "$(program)" ] && [ "$(program)" != "$1" ]; }

# The kiosk reads lines from descriptor 9.
begin() {
	rm -f "$TMP/keys" "$TMP/said"
	mkfifo "$TMP/keys"
	(cd "$TMP" && exec $as "$KIOSK" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" --linear) \
		<"$TMP/keys" >"$TMP/said" 2>"$TMP/log" &
	supervisor=$!
	exec 9>"$TMP/keys"
	until_it welcomes 1
}
# status WANTED WHAT: of the supervisor
status() {
	wait $supervisor
	got=$?
	exec 9>&-
	[ $got -eq "$1" ] || fail "$2: status $got, wanted $1"
	supervisor=
}

# Neither can be dumped or looked into by its own user; the key of the drafts reaches no disk.
begin
for pid in $supervisor $(program); do
	grep -q '^Max core file size *0 *0 ' "/proc/$pid/limits" || fail "process $pid can leave a core file"
	# Of a process that cannot be dumped, /proc belongs to root, whoever runs it.
	[ "$(stat -c %u "/proc/$pid/environ")" -eq 0 ] || fail "process $pid can be dumped"
	if grep -q secretmem "/proc/$pid/maps"; then
		hidden=yes
	else
		locked=$(awk '/^VmLck:/ { print $2 }' "/proc/$pid/status")
		[ "$locked" -gt 0 ] || fail "the key of the drafts of process $pid is neither secret nor locked memory"
		hidden=no
	fi
done
echo "secret memory: $hidden"

# A session ends: the next one gets another program, and another key (a draft of the one before could not be opened).
key() { sqlite3 "$TMP/j.db" 'PRAGMA busy_timeout = 5000; SELECT hex(key_id) FROM draft' | tail -n 1 | grep -x '[0-9A-F]\{16\}'; }
first=$(program)
printf '1\n' >&9
until_it key >/dev/null
first_key=$(key)
printf '2\n2\n' >&9 # not now; leave
until_it welcomes 2
another "$first" || fail "after a session the same program goes on"
gone "$first" || fail "the program of the session before still runs"
kill -0 $supervisor || fail "the supervisor ended with a session"

# Killed: started again, with another process, but with the same key: the draft can be gone on with.
second=$(program)
printf '1\n' >&9
until_it key >/dev/null
[ "$(key)" != "$first_key" ] || fail "the next session has the same key"
kill -KILL "$second"
until_it welcomes 3
another "$second" || fail "after a crash nothing was started"
until_it grep -qF 继续刚才中断的申报 "$TMP/said"

# Told to end: both do, with 0.
last=$(program)
kill -TERM $supervisor
status 0 "SIGTERM"
gone "$last" || fail "SIGTERM left the program"

# Without its supervisor the program ends: nobody would hold the key.
begin
last=$(program)
kill -KILL $supervisor
until_it gone "$last"
status 137 "SIGKILL"

# Stopped programs of sessions cannot hide a crash that comes again and again: six times, then an end with a message.
begin
for n in 1 2 3 4 5 6; do
	until_it welcomes $n
	until_it program >/dev/null
	kill -KILL "$(program)"
done
status 70 "six crashes"
grep -q 'crashed 6 times' "$TMP/log" || fail "six crashes: no message"

[ -z "$(find "$TMP" -name 'core*')" ] || fail "a core file was left"
exit 0
