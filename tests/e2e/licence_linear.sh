#!/bin/sh
# The linear dialogue while an outside program is asked for a licence: it says so once, is silent until the answer is there (a reader
# speaks every line), and then says what came.
set -u
disk=$TMP
# shellcheck source=tests/e2e/part/lines.sh
. tests/e2e/part/lines.sh
cat >"$TMP/licence" <<'END'
#!/bin/sh
read -r line
sleep 1
case $line in
*'"id-card"'*) echo '{"result":"found","number":"P-1","holder_id":"32000019880512001X","issuer":"O","valid_from":"20200101"}' ;;
*) echo '{"result":"none"}' ;;
esac
END
chmod +x "$TMP/licence"
printf 'licences: program\nlicence_program: %s/licence\n' "$TMP" >>"$TMP/k.yaml"
start_kiosk
printf '1\n1\n张伟\n32000019880512001X\n\n\n1\n3\n2\n张建国\n\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\nnjxl 1266 3 502\n1\n\n1\n6\n2\n' >&9
wait_for '正在查询电子证照' 1
wait_for '电子证照 P-1，O 签发，长期有效' 1
printf '2\n1\n2\n350000196501010053\n\n' >&9
wait_for '没有查到这项电子证照' 1
stop_kiosk
bad=0
grep -c '正在查询电子证照' "$TMP/said" | grep -qx 2 || { echo "what it waits for is not said once for each"; bad=1; }
awk '/正在查询电子证照/ { asking = 1 } /^==/ { asking = 0 } asking && gsub(/\)> /, "") > 1 { exit 1 }' "$TMP/said" ||
	{ echo "the prompt is said again while nothing happens"; bad=1; }
grep -q '350000196501010053\|P-1' "$TMP/log" && { echo "a value is in the log"; bad=1; }
exit $bad
