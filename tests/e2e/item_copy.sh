#!/bin/sh
# A copy of the item under another name, made by copying YAML only, runs to a stored case.
set -eu
cp -R "$SCREENS" "$TMP/screens"
cp -R "$TMP/screens/residence-registration" "$TMP/screens/second-registration"
sed -i -e 's/^code: .*/code: second-registration/' -e 's/^number: .*/number: "03"/' -e 's/^title: .*/title: 第二次登记/' \
	"$TMP/screens/second-registration/item.yaml"
printf 'database: %s/j.db\ndemo: true\nverify: off\nclock: "2026-03-02T10:00:00"\nprinter: none\n' "$TMP" >"$TMP/k.yaml"
printf '5\n1\n张伟\n32000019880512001X\n\n\n1\n1\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\nnjxl 1266 3 502\n1\n\n1\n6\n2\n\n\n15\n\n4\n' |
	"$KIOSK" --config "$TMP/k.yaml" --data "$DATA" --screens "$TMP/screens" --linear >"$TMP/said" 2>"$TMP/log" || true
number=$("$JUZHU" --config "$TMP/k.yaml" --data "$DATA" case list | grep -o '[0-9]\{20\}')
"$JUZHU" --config "$TMP/k.yaml" --data "$DATA" case show "$number" | grep -q second-registration
case $number in 03*) ;; *) echo "number $number does not begin with the item's 03"; exit 1 ;; esac
