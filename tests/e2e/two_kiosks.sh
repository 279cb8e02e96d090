#!/bin/sh
# Two kiosks on one database file at the same time, many filings each: every one stored, none twice, numbers all different.
set -u
printf 'database: %s/j.db\ndemo: true\nverify: off\nprinter: none\n' "$TMP" >"$TMP/k.yaml"
# one filing, from the start screen back to it
filing() {
	printf '1\n1\n张伟\n32000019880512001X\n\n\n1\n1\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\nnjxl 1266 3 502\n1\n\n1\n6\n2\n\n\n15\n\n4\n'
}
many() { for _ in 1 2 3 4 5 6 7 8 9 10; do filing; done; }
for n in 1 2; do
	many | "$KIOSK" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" --linear >"$TMP/said$n" 2>"$TMP/log$n" &
done
wait
"$JUZHU" --config "$TMP/k.yaml" --data "$DATA" case list --limit 100 | grep -o '[0-9]\{20\}' | sort >"$TMP/numbers"
total=$(grep -c . "$TMP/numbers") different=$(uniq "$TMP/numbers" | grep -c .)
[ "$total" -eq 20 ] && [ "$different" -eq 20 ] && exit 0
echo "$total cases, $different numbers; wanted 20"
tail -n 5 "$TMP"/log*
exit 1
