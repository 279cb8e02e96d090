#!/bin/sh
# shellcheck disable=SC2154,SC2153,SC2034 # the caller sets and uses some of these names
# For tests that type lines into a kiosk: sourced after $disk is set. The caller sets the trap that unmounts.
printf 'database: %s/j.db\ndemo: true\nverify: off\nprinter: none\nclock: "2026-03-02T10:00:00"\nkeys: %s\nspace_mb: 1\nballast_mb: 2\n' \
	"$disk" "$KEYS" >"$TMP/k.yaml"
juzhu() { "$JUZHU" --config "$TMP/k.yaml" --data "$DATA" "$@"; }
cases() { juzhu case list 2>/dev/null | grep -c '[0-9]\{20\}'; }

# Its process in $kiosk, its keyboard is descriptor 9, what it says is added to $TMP/said.
start_kiosk() {
	rm -f "$TMP/keys"
	mkfifo "$TMP/keys"
	"$KIOSK" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" --linear <"$TMP/keys" >>"$TMP/said" 2>>"$TMP/log" &
	kiosk=$!
	exec 9>"$TMP/keys"
}
stop_kiosk() {
	kill -TERM "$kiosk"
	wait "$kiosk"
	exec 9>&-
}
# wait_for TEXT N: until it was said N times, at most 20 seconds
wait_for() {
	tries=0
	until [ "$(grep -cF "$1" "$TMP/said")" -ge "$2" ]; do
		tries=$((tries + 1))
		[ $tries -lt 400 ] || { echo "no '$1' ($2) in:"; tail -n 30 "$TMP/said" "$TMP/log"; exit 1; }
		sleep 0.05
	done
}
wait_cases() {
	[ "$(cases)" -eq "$1" ] || { echo "$(cases) cases, wanted $1"; exit 1; }
}
# From the start screen to the declaration; an empty line then submits.
to_review() {
	printf '1\n1\n张伟\n32000019880512001X\n\n\n1\n1\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\nnjxl 1266 3 502\n1\n\n1\n6\n2\n\n\n15\n' >&9
}
