#!/bin/sh
# kill -9 at each screen of the item: the next start goes on at that very screen, with the answers before it.
set -u
printf 'database: %s/j.db\ndemo: true\nverify: off\nprinter: none\nclock: "2026-03-02T10:00:00"\n' "$TMP" >"$TMP/k.yaml"
kiosk() { exec "$KIOSK" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" --linear; }

# The lines of one screen each, from the first that asks something on; @ is a line end.
answers='张伟@32000019880512001X@@
@
1@
1@
hz@1@
13812345678@@
玄武区@1@
玄武大道一百号三单元五零二室@@
njxl 1266 3 502@1@@
1@
6@
2@
3@'

# wait_for TEXT FILE: at most 20 seconds
wait_for() {
	tries=0
	until grep -qF "$1" "$2"; do
		tries=$((tries + 1))
		[ $tries -lt 400 ] || { echo "no '$1' in:"; tail -n 20 "$2"; exit 1; }
		sleep 0.05
	done
}

last=$(echo "$answers" | grep -c '')
for n in $(seq 1 "$last"); do
	rm -f "$TMP"/j.db* "$TMP/keys" "$TMP/more"
	mkfifo "$TMP/keys" "$TMP/more"
	here="第 $((n + 2)) 步"
	kiosk <"$TMP/keys" >"$TMP/said" 2>"$TMP/log" &
	pid=$!
	exec 9>"$TMP/keys"
	printf '1\n1\n' >&9
	echo "$answers" | head -n "$n" | tr -d '\n' | tr '@' '\n' >&9
	wait_for "$here" "$TMP/said"
	kill -KILL $pid
	wait $pid 2>/dev/null
	exec 9>&-
	kiosk <"$TMP/more" >"$TMP/again" 2>"$TMP/log" &
	pid=$!
	exec 9>"$TMP/more"
	printf '2\n001X\n\n' >&9 # 2: go on with the interrupted filing; then the proof
	wait_for "$here" "$TMP/again"
	if [ "$n" -ge 2 ]; then
		printf '/b\n' >&9
		wait_for "第 $((n + 1)) 步" "$TMP/again"
	fi
	kill -TERM $pid
	wait $pid
	exec 9>&-
done
echo "killed at $last screens"
