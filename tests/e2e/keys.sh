#!/bin/sh
# The keys of center and station through their commands: made, enrolled, shown, revoked; whatever is wrong is refused with
# file, cause, remedy and the documented status.
set -u
bad=0
complain() {
	echo "$@"
	cat "$TMP/out" "$TMP/err"
	bad=1
}
# runs STATUS TEXT INPUT ARGUMENT...: `juzhu ARGUMENT...` has to end with STATUS and to say TEXT
runs() {
	want=$1 text=$2 input=$3
	shift 3
	printf '%s' "$input" | timeout 60 "$JUZHU" --config "$TMP/k.yaml" "$@" >"$TMP/out" 2>"$TMP/err"
	got=$?
	if [ $got -ne "$want" ] || ! cat "$TMP/out" "$TMP/err" | grep -qF -- "$text"; then
		complain "juzhu $*: status $got, wanted $want and '$text'"
	fi
}
says() { grep -qxF -- "$1" "$TMP/out" || complain "not said: $1"; }
yaml() { printf 'station: "%s"\nkeys: %s\nclock: "%sT10:00:00"\n' "$1" "$2" "$3" >"$TMP/k.yaml"; }
mode() { stat -c %a "$1"; }

day=2026-03-02
center=$TMP/center kiosk=$TMP/kiosk
pass='correct horse
'
yaml 0001 "$kiosk" $day

# --- the center ---
runs 2 "8 bytes or more" "short
" center init --keys "$center"
runs 2 "no passphrase was given" "" center init --keys "$center"
runs 2 "center needs init" "" center
runs 0 "$center/center.key  secret" "$pass" center init --keys "$center"
[ "$(mode "$center/center.key")" = 600 ] || complain "center.key has mode $(mode "$center/center.key")"
[ "$(mode "$center")" = 700 ] || complain "the center's folder has mode $(mode "$center")"
before=$(cat "$center/center.key")
runs 3 "is there already; nothing was changed" "$pass" center init --keys "$center"
[ "$before" = "$(cat "$center/center.key")" ] || complain "center.key was overwritten"
runs 4 "the folder cannot be made" "$pass" center init --keys "$TMP/no/such"
grep -q "correct horse" "$center"/* && complain "the passphrase is on the disk"

# --- enrolling ---
runs 1 "center.key: wrong passphrase" "wrong horse
" station enrol 0001 --center "$center" --out "$kiosk"
[ ! -e "$kiosk/station.key" ] || complain "a wrong passphrase made a key"
runs 2 "no passphrase was given" "" station enrol 0001 --center "$center" --out "$kiosk"
runs 2 "four digits" "$pass" station enrol 1 --center "$center" --out "$kiosk"
runs 2 "--days is a number" "$pass" station enrol 0001 --center "$center" --out "$kiosk" --days 0
runs 2 "revoke has other options" "$pass" station revoke 0001 --center "$center"
runs 3 "center.key: is missing; restore it" "$pass" station enrol 0001 --center "$kiosk" --out "$kiosk"
runs 0 "station: 0001" "$pass" station enrol 0001 --center "$center" --out "$kiosk"
says "valid: 20260302 to 20310228"
fingerprint=$(sed -n 's/^fingerprint: //p' "$TMP/out")
kept=$center/issued/0001-$fingerprint.cert
cmp -s "$kiosk/station.cert" "$kept" || complain "the center kept no copy $kept"
[ "$(mode "$kiosk/station.key")" = 600 ] || complain "station.key has mode $(mode "$kiosk/station.key")"
cmp -s "$center/center.pub" "$kiosk/center.pub" || complain "center.pub was not copied"
runs 3 "station.key: is there already" "$pass" station enrol 0001 --center "$center" --out "$kiosk"

# --- at the kiosk ---
runs 0 "usable: yes" "" station show
says "fingerprint: $fingerprint"
says "revoked: no"
runs 0 "usable: yes" "" station show --keys "$kiosk"
yaml 0002 "$kiosk" $day
runs 3 "is of station 0001, but this is station 0002; correct station: in the settings, or run \`juzhu station enrol 0002\`" \
	"" station show
says "usable: no"
yaml 0001 "$kiosk" 2031-02-28
runs 0 "usable: yes" "" station show
yaml 0001 "$kiosk" 2031-03-01
runs 3 "was valid until 20310228, and today is 20310301; run \`juzhu station enrol 0001\`" "" station show
yaml 0001 "$kiosk" 2026-03-01
runs 3 "is valid from 20260302 on, and today is 20260301; set the machine's clock right" "" station show
yaml 0001 "$TMP/nowhere" $day
runs 3 "$TMP/nowhere/station.cert: is missing; run \`juzhu station enrol 0001\` at the center" "" station show
# systemd's folder, when the settings name none
printf 'station: "0001"\nclock: "%sT10:00:00"\n' $day >"$TMP/k.yaml"
CREDENTIALS_DIRECTORY=$kiosk runs 0 "usable: yes" "" station show
yaml 0001 "$kiosk" $day

# --- a key of another station, of another enrolment, of another center ---
runs 0 "station: 0002" "$pass" station enrol 0002 --center "$center" --out "$TMP/second" --days 30
says "valid: 20260302 to 20260331"
runs 0 "station: 0001" "$pass" station enrol 0001 --center "$center" --out "$TMP/again"
runs 0 "center.pub  public" "$pass" center init --keys "$TMP/stranger"
for from in second again; do
	rm -rf "$TMP/mixed"
	cp -R "$kiosk" "$TMP/mixed"
	cp "$TMP/$from/station.key" "$TMP/mixed"
	runs 3 "station.key: does not fit station.cert beside it; copy all files" "" station show --keys "$TMP/mixed"
done
cp "$kiosk/station.key" "$TMP/mixed"
cp "$TMP/stranger/center.pub" "$TMP/mixed"
runs 3 "station.cert: is not signed by the center of center.pub" "" station show --keys "$TMP/mixed"
runs 3 "center.pub: is of another center" "$pass" station enrol 0003 --center "$center" --out "$TMP/stranger"

# --- damaged files: one letter, the second half gone, empty, a folder, writable for everybody ---
for file in station.key station.cert center.pub; do
	for how in letter half empty folder open; do
		rm -rf "$TMP/mixed"
		cp -R "$kiosk" "$TMP/mixed"
		f=$TMP/mixed/$file
		case $how in
		letter) sed -i 's/=\([0-9a-f]*\)\([0-9a-f]\)$/=\1x/' "$f" ;;
		half) dd if="$kiosk/$file" of="$f" bs=100 count=1 2>/dev/null && truncate -s 100 "$f" ;;
		empty) : >"$f" ;;
		folder) rm "$f" && mkdir "$f" ;;
		open) chmod o+w "$f" ;;
		esac
		case $how in
		letter | half) said="$file:1: is damaged: " ;;
		empty) said="$file:1: is empty; " ;;
		folder) said="$file: is not a file; " ;;
		open) said="$file: everybody may write it; " ;;
		esac
		runs 3 "$said" "" station show --keys "$TMP/mixed"
	done
done

# --- revoked ---
runs 2 "is of station 0001, not 0002; nothing was changed" "$pass" station revoke 0002 --cert "$kept" --center "$center"
runs 3 "did not certify this key" "$pass" station revoke 0001 --cert "$kept" --center "$TMP/stranger"
runs 1 "wrong passphrase" "wrong horse
" station revoke 0001 --cert "$kept" --center "$center"
[ ! -e "$center/revoked" ] || complain "a wrong passphrase revoked"
runs 0 "revoked: now" "$pass" station revoke 0001 --cert "$kept" --center "$center"
runs 1 "is revoked already, since 2026-03-02T10:00:00+08:00" "$pass" station revoke 0001 --cert "$kiosk" --center "$center"
runs 0 "usable: yes" "" station show
cp "$center/revoked" "$kiosk"
runs 3 "station.cert: was revoked by the center, since 2026-03-02T10:00:00+08:00; run \`juzhu station enrol 0001\`" \
	"" station show
says "revoked: since 2026-03-02T10:00:00+08:00"
cp "$center/revoked" "$TMP/again"
runs 0 "usable: yes" "" station show --keys "$TMP/again" # its new key is another one
sed -i 's/at=1/at=2/' "$kiosk/revoked"
runs 3 "revoked:1: is not signed by this center; copy the list from the center again" "" station show
says "revoked: unknown"

# --- receipts; made with the published keys of the tests (tests/unit/seal_keys.c) ---
keys=$JUZHU_SOURCE_DIR/tests/fixtures/keys
mine=R010001202603021234547K3MA9QXTJXQBGAYT other=R010007202603025432167K3MA9QXTJRXF78YG
tests_pass='juzhu-test-center
'
yaml 0001 "$keys" $day
runs 0 "genuine: yes" "" receipt verify $mine
says "number: 0100 0120 2603 0212 3454"
runs 0 "genuine: yes" "" receipt verify "r010001 2o26o3o2i2345 47k3ma-9qxtj xqbgayt"
runs 0 "genuine: yes" "$mine
" receipt verify -
runs 1 "length: a receipt code has 38 characters, this one has 37" "" receipt verify "${mine%?}"
runs 1 "format: " "" receipt verify "S${mine#R}"
runs 1 "case number: " "" receipt verify R010001202603021234647K3MA9QXTJXQBGAYT
runs 1 "query code: " "" receipt verify R010001202603021234547K3MA9QXTKXQBGAYT
runs 1 "tag: station 0001 did not make it" "" receipt verify R010001202603021234547K3MA9QXTJXQBGAYV
says "genuine: no"
runs 2 "the receipt is of station 0007, this is station 0001" "" receipt verify $other
says "genuine: unknown"
runs 0 "genuine: yes" "$tests_pass" receipt verify $other --center "$keys"
runs 0 "genuine: yes" "$tests_pass" receipt verify $mine --center "$keys"
runs 1 "tag: station 0007 did not make it" "$pass" receipt verify $other --center "$center"
runs 3 "wrong passphrase" "$pass" receipt verify $other --center "$keys"
runs 2 "receipt needs verify" "" receipt verify
yaml 0001 "$kiosk" $day
runs 3 "revoked:1: is not signed" "" receipt verify $mine
exit $bad
