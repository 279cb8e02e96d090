#!/bin/sh
# shellcheck disable=SC2154,SC2034 # the caller sets and uses some of these names
# For tests of "my cases": sourced. Settings in $TMP/k.yaml; `lines` feeds a kiosk in the linear view; file_case files a case.
: "${KIOSK:?}" "${JUZHU:?}" "${DRIVE:?}" "${DATA:?}" "${SCREENS:?}" "${TMP:?}"
bad=0
# settings NAME CLOCK [LINE...]: $TMP/NAME.yaml; a further line is added as it is
settings() {
	name=$1 clock=$2
	shift 2
	printf 'database: %s/j.db\ndemo: true\nverify: off\nclock: "%s"\nprinter: file\nprinter_dir: %s/paper\nlog: %s/log\nmedia: [%s/stick]\n' \
		"$TMP" "$clock" "$TMP" "$TMP" "$TMP" >"$TMP/$name.yaml"
	for l in "$@"; do echo "$l" >>"$TMP/$name.yaml"; done
}
mkdir -p "$TMP/stick"
settings k 2026-03-02T10:00:00 "keys: $KEYS"
juzhu() { "$JUZHU" --config "$TMP/k.yaml" --data "$DATA" "$@"; }
# lines: what it reads is typed line by line; what is said goes to $TMP/said
lines() { "$KIOSK" --config "$TMP/${settings:-k}.yaml" --data "$DATA" --screens "$SCREENS" --linear --lang "${lang:-zh}" >"$TMP/said" 2>&1; }
# The number of "my cases" on the start screen, and the digit that chooses it on the full screen.
lines </dev/null
mine=$(sed -n 's/^ *\([0-9]*\)\. ( ) 我的办件.*/\1/p' "$TMP/said")
digit=$(grep '^ *[0-9]*\. ( )' "$TMP/said" | grep -n 我的办件 | cut -d: -f1)
# Files a registration for 张伟; sets number, query and code (the whole code of the receipt's QR).
file_case() {
	printf '1\n1\n张伟\n32000019880512001X\n\n\n1\n1\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\nnjxl 1266 3 502\n1\n\n1\n6\n2\n\n\n15\n\n4\n' |
		lines
	number=$(grep '^办件编号: ' "$TMP/said" | head -n 1 | cut -d: -f2 | tr -d ' ')
	query=$(grep '^查询码: ' "$TMP/said" | head -n 1 | cut -d: -f2 | tr -d ' ')
	code=$(python3 tests/tool/qr_of_text.py "$TMP/paper/receipt-$number.txt")
	[ ${#code} -eq 38 ] || { echo "no case: '$number' '$query' '$code'"; tail -n 20 "$TMP/said"; exit 1; }
}
# heard TEXT: it was said in the last lines
heard() { grep -qF -- "$1" "$TMP/said" || { echo "not said: $1"; tail -n 40 "$TMP/said"; bad=1; }; }
unheard() { ! grep -qF -- "$1" "$TMP/said" || { echo "said: $1"; bad=1; }; }
# drive PART [SIZE]: a script that knows MINE (MINE_LINE in lines), NUMBER, QUERY, CODE and, as WORK, this test's folder
drive() {
	{ [ $# -lt 2 ] || echo "size $2"; cat "tests/e2e/part/$1"; } >"$TMP/script.drive"
	cp tests/e2e/part/mine-open.part "$TMP"
	WORK=$TMP MINE=$digit MINE_LINE=$mine NUMBER=$number QUERY=$query CODE=$code "$DRIVE" "$TMP/script.drive" || bad=1
}
move() { "$JUZHU" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" case move "$@"; }
