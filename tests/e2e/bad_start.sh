#!/bin/sh
# What is broken at the start is said in words, on standard error, with the documented status; nothing is changed.
set -u
bad=0
# refuses STATUS TEXT ARGUMENT...
refuses() {
	want=$1 text=$2
	shift 2
	timeout 20 "$KIOSK" "$@" --linear </dev/null >"$TMP/out" 2>"$TMP/err"
	got=$?
	if [ $got -ne "$want" ] || ! grep -qF "$text" "$TMP/err"; then
		echo "status $got, wanted $want and '$text':"
		cat "$TMP/err"
		bad=1
	fi
}
yaml() { printf '%s\n' "database: $TMP/j.db" "keys: $KEYS" "$@" >"$TMP/k.yaml"; }

refuses 2 Usage --no-such-option
refuses 3 none.yaml --config "$TMP/none.yaml" --data "$DATA" --screens "$SCREENS"
yaml 'no_such_setting: 1'
refuses 3 k.yaml:3 --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS"
yaml 'verify: off'
refuses 3 verify --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS"
yaml
mkdir "$TMP/empty"
refuses 3 "" --config "$TMP/k.yaml" --data "$TMP/empty" --screens "$SCREENS"
cp -R "$SCREENS" "$TMP/screens"
sed -i 's/when: \[filing_mode = other\]/when: [filing_mod = other]/' "$TMP/screens/residence-registration/item.yaml"
refuses 3 filing_mod --config "$TMP/k.yaml" --data "$DATA" --screens "$TMP/screens"
printf 'this is no database, and long enough to look at all of it' >"$TMP/j.db"
refuses 4 j.db --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS"
grep -q '^this is no database' "$TMP/j.db" || { echo "a foreign file was changed"; bad=1; }
rm "$TMP/j.db"
sqlite3 "$TMP/j.db" 'PRAGMA user_version = 99; PRAGMA application_id = 1; CREATE TABLE t(a);'
refuses 4 "another application" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS"
rm "$TMP/j.db"
printf 'database: %s/no/such/folder/j.db\nkeys: %s\n' "$TMP" "$KEYS" >"$TMP/k.yaml"
refuses 4 folder --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS"
yaml
timeout 20 "$KIOSK" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" </dev/null >/dev/null 2>"$TMP/err"
[ $? -eq 5 ] || { echo "without a terminal: not status 5"; cat "$TMP/err"; bad=1; }
exit $bad
