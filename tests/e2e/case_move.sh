#!/bin/sh
# A case from filing to its end by `juzhu case move`: every state of the table, for an item with and without a card; what is not
# allowed is refused with what is; what is missing, the promised date and the end of the time for it are shown.
set -u
mkdir "$TMP/card"
cp -R "$SCREENS/." "$TMP/card"
sed -i 's/^version: .*/&\ncard: true/' "$TMP/card/residence-registration/item.yaml"
config() { # NAME MOMENT
	printf 'database: %s/j.db\ndemo: true\nverify: off\nprinter: none\nstation: "0042"\nclock: "%s"\nscreens: %s\n' \
		"$TMP" "$2" "$SCREENS" >"$TMP/$1.yaml"
	printf 'promise_days: 10\npromise_unit: working\nsupplement_days: 10\n' >>"$TMP/$1.yaml"
}
config monday 2026-03-02T09:30:00
config friday 2026-03-13T23:00:00
day=monday
case_() { "$JUZHU" --config "$TMP/$day.yaml" --data "$DATA" --screens "${with:-$SCREENS}" case "$@"; }
fail() {
	echo "$1"
	cat "$TMP/out" "$TMP/err"
	exit 1
}
# wants STATUS TEXT ARGUMENTS...: has to end with this status and say this
wants() {
	status=$1 text=$2
	shift 2
	case_ "$@" >"$TMP/out" 2>"$TMP/err"
	got=$?
	[ $got -eq "$status" ] || fail "status $got, wanted $status: $*"
	grep -qF -e "$text" "$TMP/out" "$TMP/err" || fail "does not say '$text': $*"
}
# to NUMBER STATE [MORE]: the move has to be made
to() { n=$1 state=$2 && shift 2 && wants 0 "-> $state" move "$n" "$state" "$@" && wants 0 " $(case_ show "$n" | sed -n 's/^state: //p')" show "$n"; }
filing() {
	printf '1\n1\n张伟\n32000019880512001X\n\n\n1\n1\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\nnjxl 1266 3 502\n1\n\n1\n6\n2\n\n\n15\n\n4\n'
}
for _ in 1 2 3 4 5 6 7 8; do filing; done >"$TMP/typed"
"$KIOSK" --config "$TMP/monday.yaml" --data "$DATA" --screens "$SCREENS" --linear <"$TMP/typed" >"$TMP/said" 2>"$TMP/log"
case_ list >"$TMP/list"
[ "$(wc -l <"$TMP/list")" -ge 8 ] || { tail -n 20 "$TMP/said" "$TMP/log"; echo "not 8 cases"; exit 1; }
number() { sed -n "$1s/ .*//p" "$TMP/list"; }

# No card: to its end, with what is missing asked for twice.
a=$(number 1)
wants 0 'promised: -' show "$a"
wants 1 'from here: accepted (center), refused (center), supplement (center or police), withdrawn (applicant)' move "$a" "done"
wants 1 'cannot be moved to accepted by the police' move "$a" accepted --actor police
wants 2 'is no state' move "$a" finished
wants 2 '--actor is' move "$a" accepted --actor clerk
wants 2 'an option does not go with show' show "$a" --reason no
wants 1 'say what is missing' move "$a" supplement
wants 1 'has no such material' move "$a" supplement --missing passport=带护照
wants 1 'photo stands twice' move "$a" supplement --missing photo=太暗 --missing photo=太小
to "$a" supplement --missing photo=照片太暗，请重拍 --missing 'text=工作单位写全称' --actor center:王
wants 0 'missing, until 20260312:' show "$a"
wants 0 '  photo: 照片太暗，请重拍' show "$a"
wants 0 '"missing": {"until": "2026-03-12", "what": [' show "$a" --json
wants 1 'somebody else was quicker' move "$a" accepted --from submitted
wants 1 'needs a reason' move "$a" submitted --actor applicant
to "$a" submitted --actor applicant --reason 原件已在窗口看过
to "$a" accepted
wants 0 'promised: 2026-03-16' show "$a"
to "$a" review
to "$a" supplement --missing text=补充单位地址 --actor police
wants 0 'promised: -' show "$a"
day=friday
to "$a" submitted --reason 已补
wants 0 'promised: 2026-03-26' show "$a"
day=monday
to "$a" accepted
to "$a" review
wants 1 'making' move "$a" making
wants 0 'approved -> done' move "$a" approved
wants 0 'state: 90 已办结' show "$a"
wants 1 'which is an end' move "$a" accepted

# Ends.
b=$(number 2) && wants 1 'needs a reason' move "$b" refused && to "$b" refused --reason 不在受理范围
c=$(number 3) && to "$c" accepted && to "$c" review && to "$c" denied --reason 房屋不符
d=$(number 4) && to "$d" withdrawn

# The last day for what is missing is the whole day.
e=$(number 5) && to "$e" supplement --missing text=缺租赁合同
config last 2026-03-12T23:59:59
config over 2026-03-13T00:00:00
day=last && wants 0 '0 cases' expire
day=over && wants 0 "would end $e" expire --dry-run && wants 0 "ended $e" expire && wants 0 '0 cases' expire
wants 0 'state: 31' show "$e"
day=monday

# A kiosk does it by itself, when its clock has been about right for a day.
h=$(number 8) && to "$h" supplement --missing text=缺租赁合同
config week 2026-03-09T08:00:00
config later 2026-03-13T08:00:00
for day in week later; do
	printf '' | "$KIOSK" --config "$TMP/$day.yaml" --data "$DATA" --screens "$SCREENS" --linear >"$TMP/said" 2>"$TMP/log"
	wants 0 "state: $([ $day = week ] && echo 30 || echo 31)" show "$h"
done
day=monday

# With a card.
with=$TMP/card
f=$(number 6) && to "$f" accepted && to "$f" review && to "$f" approved
wants 1 'from here: making (police)' move "$f" "done"
to "$f" making
wants 1 --waybill move "$f" shipped
wants 1 --waybill move "$f" shipped --waybill EM123456784CN
to "$f" shipped --waybill EM123456785CN
to "$f" returned
to "$f" ready
to "$f" collected
g=$(number 7) && to "$g" accepted && to "$g" review && to "$g" approved && to "$g" making && to "$g" ready && to "$g" collected

case_ list --json | grep -o '"state": [0-9]*' | sort | tr -d '\n' >"$TMP/out"
[ "$(cat "$TMP/out")" = '"state": 21"state": 31"state": 31"state": 51"state": 80"state": 80"state": 90"state": 99' ] || fail "other states at the end"
"$JUZHU" --config "$TMP/monday.yaml" --data "$DATA" verify >"$TMP/out" 2>"$TMP/err" || fail "the database does not verify"
"$JUZHU" --config "$TMP/monday.yaml" --data "$DATA" audit list >"$TMP/out"
grep -q "moved.*$f.*60 to 70, center" "$TMP/out" || fail "the audit log does not tell of a move"
! grep -q 照片 "$TMP/out" || fail "the audit log holds what was written"
