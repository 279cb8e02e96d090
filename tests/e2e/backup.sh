#!/bin/sh
# The restore drill: cases filed at a real kiosk, a backup, the database lost, the backup put in its place; what was there before
# is there again and verifies, and the kiosk goes on with it.
set -u
printf 'database: %s/j.db\ndemo: true\nverify: off\nprinter: none\nstation: "0042"\n' "$TMP" >"$TMP/k.yaml"
juzhu() { "$JUZHU" --config "$TMP/k.yaml" --data "$DATA" "$@"; }
fail() {
	echo "$1"
	cat "$TMP"/out "$TMP"/err
	exit 1
}
# ok COMMAND...: it has to succeed; wants STATUS TEXT COMMAND...: it has to end with this status and say this
ok() { "$@" >"$TMP/out" 2>"$TMP/err" || fail "failed: $*"; }
wants() {
	status=$1 text=$2
	shift 2
	"$@" >"$TMP/out" 2>"$TMP/err"
	got=$?
	[ $got -eq "$status" ] || fail "status $got, wanted $status: $*"
	grep -qF -e "$text" "$TMP/out" "$TMP/err" || fail "does not say '$text': $*"
}
# one filing, from the start screen back to it
filing() {
	printf '1\n1\n张伟\n32000019880512001X\n\n\n1\n1\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\nnjxl 1266 3 502\n1\n\n1\n6\n2\n\n\n15\n\n4\n'
}
file() {
	for _ in $(seq "$1"); do filing; done | "$KIOSK" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" --linear \
		>"$TMP/said" 2>"$TMP/log"
}
cases() { juzhu case list; }

file 3
cases >"$TMP/before"
[ "$(grep -c '[0-9]\{20\}' "$TMP/before")" -eq 3 ] || { tail -n 20 "$TMP/said" "$TMP/log"; fail "not 3 cases"; }
wants 0 '3 cases, 0 files, 3 events' juzhu verify
wants 0 'verified copy' juzhu backup "$TMP/copy.db"
[ "$(stat -c %a "$TMP/copy.db")" = 600 ] || fail "the backup can be read by others"
wants 2 'is there already' juzhu backup "$TMP/copy.db"
ok juzhu audit verify
wants 0 ' backup ' juzhu audit list

# Lost: the database and what lies beside it.
rm -f "$TMP"/j.db*
wants 4 'there is none' juzhu case list
wants 0 'is in place' juzhu restore "$TMP/copy.db"
wants 0 'no problems' juzhu verify
cases >"$TMP/after"
cmp "$TMP/before" "$TMP/after" || fail "other cases after the restore"
wants 0 restored juzhu audit list
ok juzhu audit verify

# The kiosk goes on; a second restore keeps what it wrote.
file 2
wants 0 '5 cases' juzhu verify
wants 2 --replace juzhu restore "$TMP/copy.db"
wants 0 'is in place' juzhu restore "$TMP/copy.db" --replace
cases | cmp - "$TMP/before" || fail "other cases after the second restore"
[ "$(sqlite3 "$TMP/j.db.before-restore" 'SELECT count(*) FROM cases')" -eq 5 ] || fail "the replaced database was not kept"

# Never under a kiosk that is running, never from a backup that was changed.
rm "$TMP/j.db.before-restore"
mkfifo "$TMP/keys"
"$KIOSK" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" --linear <"$TMP/keys" >"$TMP/said" 2>"$TMP/log" &
exec 9>"$TMP/keys"
tries=0
until grep -q 居住 "$TMP/said"; do
	tries=$((tries + 1))
	[ $tries -lt 400 ] || fail "the kiosk does not start"
	sleep 0.05
done
wants 4 'is in use' juzhu restore "$TMP/copy.db" --replace
wants 0 'verified copy' juzhu backup "$TMP/running.db"
exec 9>&-
wait
sqlite3 "$TMP/copy.db" 'DELETE FROM case_envelope'
wants 1 'its envelope is missing' juzhu restore "$TMP/copy.db" --replace
cases | cmp - "$TMP/before" || fail "a bad backup changed the database"
ok juzhu restore "$TMP/running.db" --replace

# What is verified is also found when it is wrong.
sqlite3 "$TMP/j.db" "UPDATE cases SET item = 'other' WHERE number = (SELECT min(number) FROM cases)"
wants 1 'column item is not what its envelope says' juzhu verify
wants 1 '1 problems' juzhu verify

# Retention, from a table that keeps submitted cases for a day.
cp -RL "$DATA" "$TMP/data"
sed -i 's/^submitted\t0\t/submitted\t1\t/' "$TMP/data/retention/retention.tsv"
printf 'clock: "2099-01-01T00:00:00"\n' >>"$TMP/k.yaml"
purge() { "$JUZHU" --config "$TMP/k.yaml" --data "$TMP/data" purge "$@"; }
wants 0 'would delete 0 drafts, 0 paused filings, 3 cases' purge --dry-run
[ "$(grep -c 'would delete case [0-9]\{20\} (submitted, last event on 20' "$TMP/out")" -eq 3 ] || fail "not each case was named"
[ "$(cases | grep -c '[0-9]\{20\}')" -eq 3 ] || fail "a dry run deleted something"
sed -i 's/^audit\t1095\t/audit\t0\t/' "$TMP/data/retention/retention.tsv"
wants 0 'deleted 0 drafts, 0 paused filings, 3 cases' purge
wants 0 '0 cases, 0 files, 0 events' juzhu verify
