#!/bin/sh
# Who can open a case: the query code that was shown, the whole code of the receipt, the center's key. Nobody else: not with the
# code of another case, not with another center's key, not with everything that lies on the kiosk.
set -u
disk=$TMP
# shellcheck source=tests/e2e/part/lines.sh
. tests/e2e/part/lines.sh
bad=0
# says STATUS TEXT COMMAND...
says() {
	want=$1 text=$2
	shift 2
	"$@" >"$TMP/out" 2>&1
	got=$?
	if [ $got -ne "$want" ] || ! grep -qF "$text" "$TMP/out"; then
		echo "status $got, wanted $want and '$text': $*"
		head -n 5 "$TMP/out"
		bad=1
	fi
}
# shellcheck disable=SC2317 # called through says
center() { echo "$1" | juzhu case open "$number" --center "$2"; }

sed -i 's/^printer: none/printer: file/' "$TMP/k.yaml"
echo "printer_dir: $TMP/paper" >>"$TMP/k.yaml"
start_kiosk
for n in 1 2; do
	to_review
	printf '\n' >&9
	wait_for '· 提交成功' $n
	printf '4\n' >&9
done
wait_for '欢迎' 3
stop_kiosk
grep '^办件编号: ' "$TMP/said" | cut -d: -f2 | tr -d ' ' | sort -u >"$TMP/numbers"
wait_cases 2
number=$(grep '^办件编号: ' "$TMP/said" | head -n 1 | cut -d: -f2 | tr -d ' ')
code=$(grep '^查询码: ' "$TMP/said" | head -n 1 | cut -d: -f2)
other=$(grep '^查询码: ' "$TMP/said" | tail -n 1 | cut -d: -f2)
[ "$code" != "$other" ] || { echo "two cases with one code"; bad=1; }

says 0 '南京西路1266弄3号502室' juzhu case open "$number" --code "$code"
says 0 'id_number: 32000019880512001X' juzhu case open "$number" --code "$(echo "$code" | tr 'A-Z0' 'a-zo')"
says 0 '南京西路1266弄3号502室' center juzhu-test-center "$KEYS"
says 1 'does not open' juzhu case open "$number" --code "$other"
says 1 'not a query code' juzhu case open "$number" --code 12345
says 1 'passphrase' center wrong-passphrase "$KEYS"
echo another-passphrase | "$JUZHU" center init --keys "$TMP/foreign" >/dev/null
says 1 'not sealed to this center' center another-passphrase "$TMP/foreign"
says 0 'sealed: ' juzhu case show "$number"
juzhu case show "$number" --json | grep -q '张伟\|南京西路\|32000019880512001X' && { echo "case show tells what is sealed"; bad=1; }
grep -rlF -e 张伟 -e 32000019880512001X -e 13812345678 "$TMP"/j.db* "$TMP/log" && { echo "in the clear on the disk"; bad=1; }
juzhu audit list | grep -c 'opened .*code' | grep -qx 2 || { echo "opening is not in the audit log"; bad=1; }
exit $bad
