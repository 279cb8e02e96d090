#!/bin/sh
# Materials are read and compared with what was typed: drawn pages of fictional people, PDF with and without text, and files that
# are made to do harm. Needs no picture from outside; tests/bench/material does it for everybody in people.tsv.
set -eu
pages=$JUZHU_SOURCE_DIR/tests/pages
printf 'clock: "2026-03-02T10:00:00"\n' >"$TMP/k.yaml"
fail() {
	echo "material.sh: $*" >&2
	exit 1
}
field() { grep -v '^#' "$pages/people.tsv" | sed -n "${1}p" | cut -f "$2"; }
check() { "$JUZHU" --config "$TMP/k.yaml" --data "$DATA" material check "$@"; }
# expect STATUS "FIELD VERDICT..." KIND FILE OPTIONS: the status and, for each word pair, a line that begins with it
expect() {
	want=$1 lines=$2
	shift 2
	status=0
	check "$@" >"$TMP/said" 2>"$TMP/log" || status=$?
	[ $status -eq "$want" ] || fail "$*: status $status instead of $want: $(cat "$TMP/said" "$TMP/log")"
	for line in $lines; do
		grep -q "^$(echo "$line" | tr '=' '\t')	" "$TMP/said" || fail "$*: no $line in: $(cat "$TMP/said")"
	done
}

# --- pictures ---------------------------------------------------------------------------------------------------------
name=$(field 1 1) number=$(field 1 4) home=$(field 1 5) dwelling=$(field 1 8) other=$(field 2 4)
"$pages/draw" 1 card phone "$TMP/card.jpg"
"$pages/draw" 1 back scan "$TMP/back.jpg"
"$pages/draw" 1 lease poor "$TMP/lease.jpg"
"$pages/draw" 1 property scan "$TMP/book.jpg"
expect 1 "name=agrees id-number=agrees address=agrees expiry=unread" \
	id-card "$TMP/card.jpg" --name "$name" --id-number "$number" --address "$home"
grep -q '^expiry	.*国徽面' "$TMP/said" || fail "it is not said on which side the validity stands: $(cat "$TMP/said")"
expect 1 "expiry=agrees name=unread" id-card "$TMP/back.jpg" --name "$name"
expect 0 "name=agrees id-number=agrees address=agrees filing=noted period=agrees" \
	lease-filing "$TMP/lease.jpg" --name "$name" --id-number "$number" --address "$dwelling"
expect 0 "name=agrees address=agrees certificate=noted" property "$TMP/book.jpg" --name "$name" --address "$dwelling"
grep -q "$(field 1 10)" "$TMP/said" || fail "the certificate's number was read wrong: $(cat "$TMP/said")"

# Somebody else's paper, or a slip of the typing: each is told, none passes.
expect 1 "name=differs address=differs" property "$TMP/book.jpg" --name "$(field 4 1)" --address "$(field 4 8)"
expect 1 "name=agrees id-number=differs" id-card "$TMP/card.jpg" --name "$name" --id-number "$other"
grep -q "id-number	differs	$number	" "$TMP/said" || fail "what was read is not shown"
# A card with another number that is valid, too: the typed one is nowhere on it.
NUMBER=$other "$pages/draw" 1 card scan "$TMP/wrong.jpg"
expect 1 "name=agrees id-number=differs" id-card "$TMP/wrong.jpg" --name "$name" --id-number "$number"
# Held askew: the number stands higher than its label
"$pages/draw" 8 card phone "$TMP/askew.jpg"
expect 1 "name=agrees id-number=agrees" id-card "$TMP/askew.jpg" --name "$(field 8 1)" --id-number "$(field 8 4)"
# Lying on its side, and nothing but noise
convert "$TMP/card.jpg" -rotate 90 "$TMP/turned.jpg"
expect 1 "name=agrees id-number=agrees" id-card "$TMP/turned.jpg" --name "$name" --id-number "$number"
convert -size 900x900 -seed 3 xc:gray +noise Random "$TMP/noise.png"
expect 1 "legible=unread" other "$TMP/noise.png"
expect 0 "legible=agrees" other "$TMP/lease.jpg"

# --- PDF ----------------------------------------------------------------------------------------------------------------
printf '上海市住房租赁合同备案通知书\n备案编号：%s\n承租人：%s\n证件号码：%s\n房屋坐落：%s\n租赁期限：2023年01月01日至2026年03月20日\n' \
	"$(field 1 11)" "$name" "$number" "$dwelling" | "$pages/pdf" text "$TMP/text.pdf"
expect 1 "name=agrees id-number=agrees address=agrees filing=noted period=differs" \
	lease-filing "$TMP/text.pdf" --name "$name" --id-number "$number" --address "$dwelling"
check lease-filing "$TMP/text.pdf" --json >"$TMP/said" || true
grep -q '"exact":true,"pages":1,"certainty":100,"preview":\[311,441\]' "$TMP/said" || fail "the text of the PDF was not taken: $(cat "$TMP/said")"
"$pages/pdf" picture "$TMP/picture.pdf" "$TMP/book.jpg"
expect 0 "name=agrees address=agrees certificate=noted" property "$TMP/picture.pdf" --name "$name" --address "$dwelling"

# Several pages: both sides of a card in one file, a paper behind an empty page; what is behind the fourth is not read.
"$pages/pdf" picture "$TMP/both.pdf" "$TMP/card.jpg" "$TMP/back.jpg"
expect 0 "name=agrees id-number=agrees address=agrees expiry=agrees" \
	id-card "$TMP/both.pdf" --name "$name" --id-number "$number" --address "$home"
"$pages/pdf" picture "$TMP/fourth.pdf" empty empty empty "$TMP/book.jpg"
expect 0 "name=agrees address=agrees certificate=noted" property "$TMP/fourth.pdf" --name "$name" --address "$dwelling"
"$pages/pdf" picture "$TMP/fifth.pdf" empty empty empty empty "$TMP/book.jpg"
expect 1 "name=unread address=unread certificate=unread" property "$TMP/fifth.pdf" --name "$name" --address "$dwelling"

for kind in locked broken loop bomb "pages:500"; do
	count=${kind#*:} kind=${kind%:*}
	"$pages/pdf" "$kind" "$TMP/bad.pdf" "$count"
	begin=$(date +%s)
	expect 1 "" lease-filing "$TMP/bad.pdf"
	took=$(($(date +%s) - begin))
	case $kind$count in
	loop*) ! grep -q agrees "$TMP/said" || fail "$kind: something was read" ;;
	*) grep -q '^refused	' "$TMP/said" || fail "$kind: not refused: $(cat "$TMP/said" "$TMP/log")" ;;
	esac
	[ $took -le 30 ] || fail "$kind: $took s"
done

# What the applicant is shown: 358x441 at most, nothing of what cannot be drawn.
for file in card.jpg:358,2[0-9][0-9] book.jpg:[0-9]*,441 picture.pdf:[0-9]*,441 bad.pdf:0,0; do
	check property "$TMP/${file%:*}" --json >"$TMP/said" || true
	grep -q "\"preview\":\[${file#*:}\]" "$TMP/said" || fail "${file%:*} is not shown as it should: $(cat "$TMP/said")"
done

# --- what is no material --------------------------------------------------------------------------------------------------
printf 'no picture' >"$TMP/text.jpg"
: >"$TMP/empty.pdf"
mkfifo "$TMP/fifo"
expect 1 "" id-card "$TMP/text.jpg"
expect 1 "" id-card "$TMP/empty.pdf"
expect 5 "" id-card "$TMP/fifo"
expect 5 "" id-card "$TMP/none.jpg"
expect 2 "" photo "$TMP/card.jpg"
expect 2 "" id-card "$TMP/card.jpg" --name
printf 'inspector: "/nonexistent/inspect"\n' >>"$TMP/k.yaml"
expect 5 "" id-card "$TMP/card.jpg"
