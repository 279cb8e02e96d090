#!/bin/sh
# Import files, good and bad: what is in the library afterwards, what is said, and that a bad file leaves the old library.
set -u
# shellcheck source=tests/e2e/part/address_rows.sh
. tests/e2e/part/address_rows.sh
library=$TMP/library.db
import() { "$JUZHU" address import --data "$DATA" --out "$library" "$@" >"$TMP/said" 2>&1; }
fail() { echo "$1"; cat "$TMP/said"; exit 1; }
says() { grep -qF -- "$1" "$TMP/said" || fail "does not say: $1"; }
number() { sqlite3 "$library" "SELECT v FROM meta WHERE k = '$1'"; }
# expect STATUS ARGUMENTS...
expect() {
	wanted=$1
	shift
	import "$@"
	status=$?
	[ $status -eq "$wanted" ] || fail "$* ended with $status, not $wanted"
}
# refused STATUS ARGUMENTS...: the library stays as it is, nothing is left beside it
refused() {
	cp "$library" "$TMP/before.db"
	expect "$@"
	cmp -s "$library" "$TMP/before.db" || fail "the old library was touched"
	[ "$(find "$TMP" -name 'library.db?*' ! -name '*.last')" = "" ] || fail "something was left beside the library"
	says "is as it was"
}

# --- good files: plain; then with BOM, CR LF, quotes, other order of columns: the same content
address_file 0 999 >"$TMP/good.csv"
expect 0 "$TMP/good.csv" --label first
[ "$(number rooms)" = 1000 ] || fail "not 1000 rooms"
[ "$(number label)" = first ] || fail "not the label that was given"
content=$(number content)
{
	printf '\357\273\277'
	awk -F, -v OFS=, '{ $5 = "\"" $5 "\""; print $11, $1, $3, $4, "\"" $6 "\"", $5, $8, $7, $9, $10, $2 }' "$TMP/good.csv" |
		sed 's/$/\r/; 1s/"//g'
} >"$TMP/quoted.csv"
expect 0 "$TMP/quoted.csv"
[ "$(number content)" = "$content" ] || fail "quotes, CR LF, the order of columns changed the content"
"$JUZHU" address import --data "$DATA" --out "$library" - <"$TMP/good.csv" >"$TMP/said" 2>&1 || fail "standard input does not work"
[ "$(number content)" = "$content" ] || fail "standard input gives other content"
"$JUZHU" address export --library "$library" "$TMP/exported.csv" >"$TMP/said" 2>&1 || fail "export does not work"
expect 0 "$TMP/exported.csv"
[ "$(number content)" = "$content" ] || fail "what was exported gives other content"

# --- files that are none
cut -d, -f1-4 "$TMP/good.csv" >"$TMP/bad.csv"
refused 3 "$TMP/bad.csv"
says 'missing: street, lane or number'
tr , ';' <"$TMP/good.csv" >"$TMP/bad.csv"
refused 3 "$TMP/bad.csv"
sed 1d "$TMP/good.csv" >"$TMP/bad.csv"
refused 3 "$TMP/bad.csv"
iconv -t GB18030 "$TMP/good.csv" >"$TMP/bad.csv"
refused 3 "$TMP/bad.csv"
says 'save it as UTF-8'
iconv -t UTF-16 "$TMP/good.csv" >"$TMP/bad.csv"
refused 3 "$TMP/bad.csv"
says 'save it as UTF-8'
: >"$TMP/bad.csv"
refused 3 "$TMP/bad.csv"
refused 3 "$library"
refused 3 "$TMP/nowhere.csv"
refused 3 "$TMP"
echo "$ADDRESS_HEADER" >"$TMP/bad.csv"
refused 1 "$TMP/bad.csv"
says 'nothing could be imported'

# --- refused rows: listed by line with the reason; cancelled ones are counted
{
	cat "$TMP/good.csv"
	rows 5 5
	rows 2000 2000 | sed 's/,1,上/,0,上/'
	rows 2001 2001 | sed 's/室$/房间/'
	rows 2002 2002 | sed 's/宁花路/宁"花路/'
	rows 2003 2003 | sed 's/310106/31O106/'
	rows 2004 2004 | iconv -t GB18030
	rows 2005 2005
} >"$TMP/mixed.csv"
expect 0 "$TMP/mixed.csv" --rejects "$TMP/rejects"
[ "$(number rooms)" = 1001 ] || fail "not 1001 rooms"
says 'cancelled           1'
says 'refused             5'
awk -F '\t' 'NR > 1 { print $1, $2 }' "$TMP/rejects" >"$TMP/lines"
cat >"$TMP/wanted" <<'END'
1002 addr_code is there twice
1004 standard_text says something else than the columns
1005 quotes inside a field or never closed
1006 district_code is not 6 digits
1007 not UTF-8
END
diff "$TMP/wanted" "$TMP/lines" || fail "other refusals"
sed -n 2p "$TMP/rejects" | grep -qF "$(rows 5 5)" || fail "the rejects do not have the line"

# --- too many refused: nothing, unless that is wanted
{ address_file 0 79; rows 0 19; } >"$TMP/twice.csv"
refused 1 "$TMP/twice.csv"
says 'more than a tenth'
expect 0 "$TMP/twice.csv" --keep-going
[ "$(number rooms)" = 80 ] || fail "not 80 rooms"

# --- a line without end: passed over in little memory
mkfifo "$TMP/endless"
{
	address_file 0 99
	head -c 1000000000 /dev/zero | tr '\0' x
	printf '\n'
	rows 100 199
	printf '"'
	head -c 300000000 /dev/zero | tr '\0' y
} >"$TMP/endless" &
(
	# shellcheck disable=SC3045 # dash and bash have -v; a sanitizer needs terabytes of addresses
	nm -D "$JUZHU" 2>/dev/null | grep -q __asan_init || ulimit -v 400000
	import "$TMP/endless"
) || fail "an endless line stops the import"
wait
says 'longer than 64 KiB'
says 'refused             2'
[ "$(number rooms)" = 200 ] || fail "not 200 rooms"

# --- a delta: one added, one changed, one deleted, one cancelled; a second time it is refused
expect 0 "$TMP/good.csv"
{
	echo "op,$ADDRESS_HEADER"
	rows 5000 5000 | sed 's/^/A,/'
	rows 1 1 | sed 's/^/U,/; s/宁花路/改名路/g'
	echo 'D,310100000000002,,,,,,,,,,'
	rows 3 3 | sed 's/^/U,/; s/,1,上/,0,上/'
} >"$TMP/delta.csv"
refused 3 "$TMP/delta.csv"
says 'give --delta'
expect 0 --delta "$TMP/delta.csv"
[ "$(number rooms)" = 999 ] || fail "not 999 rooms"
says 'added               1'
says 'changed             1'
says 'deleted             2'
[ "$(sqlite3 "$library" "SELECT count(*) FROM street WHERE name = '改名路'")" = 1 ] || fail "the change is not there"
refused 1 --delta "$TMP/delta.csv"
says 'applied already'
{
	echo "op,$ADDRESS_HEADER"
	for i in 6001 6002 6003 6004 6005 6006 6007 6008 6009 6010 6011 6012 6013 6014 6015 6016 6017 6018 6019 6020; do
		rows $i $i | sed 's/^/A,/'
	done
	rows 10 10 | sed 's/^/A,/'
	rows 7000 7000 | sed 's/^/U,/'
} >"$TMP/delta2.csv"
expect 0 --delta "$TMP/delta2.csv" --rejects "$TMP/rejects"
says 'op is A, but the library has this addr_code already'
says 'refused             2'
refused 1 --delta "$TMP/delta.csv" # still known
sed '1s/op/OP/' "$TMP/delta.csv" >"$TMP/delta3.csv"
library=$TMP/none.db
expect 4 --delta "$TMP/delta3.csv"
library=$TMP/library.db

# --- somebody asks it to stop
mkfifo "$TMP/slow"
"$JUZHU" address import --data "$DATA" --out "$library" "$TMP/slow" >"$TMP/said" 2>&1 &
pid=$!
cp "$library" "$TMP/before.db"
exec 9>"$TMP/slow"
address_file 0 5000 >&9
kill -TERM $pid
rows 5001 40000 >&9 2>/dev/null
exec 9>&-
wait $pid
[ $? -eq 1 ] || fail "it did not stop"
says 'stopped'
cmp -s "$library" "$TMP/before.db" || fail "the old library was touched"

# --- a full disk in mid-import
[ "$(id -u)" -eq 0 ] || { echo "imported; a full disk needs root"; exit 0; }
disk=$TMP/disk
mkdir "$disk"
mount -t tmpfs -o size=2m tmpfs "$disk" || { echo "imported; no file system can be mounted here"; exit 0; }
trap 'umount -l "$disk"' EXIT
library=$disk/library.db
expect 0 "$TMP/good.csv"
cp "$library" "$TMP/before.db"
address_file 0 40000 | awk -F, -v OFS=, 'NR > 1 { $1 = "Z" NR * 7919 % 1000003 "Q" NR "X" NR * 31 % 977 } { print }' >"$TMP/much.csv"
dd if=/dev/zero of="$disk/fill" bs=4k 2>/dev/null
expect 4 "$TMP/much.csv"
cmp -s "$library" "$TMP/before.db" || fail "the old library was touched"
[ "$(find "$disk" -name 'library.db?*' ! -name '*.last')" = "" ] || fail "something was left beside the library"
says "is as it was"
rm "$disk/fill"
expect 4 "$TMP/good.csv" --rejects "$disk/nowhere/rejects"
expect 0 "$TMP/much.csv"
