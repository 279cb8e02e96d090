#!/bin/sh
# kill -9 at each screen of the item: the program is started again and goes on at that very screen, with the answers before it.
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
3@
@'

# wait_for TEXT [FROM]: at most 20 seconds; only what was said from the line with FROM on counts
wait_for() {
	tries=0
	until sed -n "/${2:-^}/,\$p" "$TMP/said" | grep -qF "$1"; do
		tries=$((tries + 1))
		[ $tries -lt 400 ] || { echo "no '$1' in:"; tail -n 20 "$TMP/said"; exit 1; }
		sleep 0.05
	done
}

last=$(echo "$answers" | grep -c '')
for n in $(seq 1 "$last"); do
	rm -f "$TMP"/j.db* "$TMP/keys" "$TMP/said"
	mkfifo "$TMP/keys"
	here="第 $((n + 2)) 步"
	kiosk <"$TMP/keys" >"$TMP/said" 2>"$TMP/log" &
	pid=$!
	exec 9>"$TMP/keys"
	printf '1\n1\n' >&9
	echo "$answers" | head -n "$n" | tr -d '\n' | tr '@' '\n' >&9
	wait_for "$here"
	pkill -KILL -P $pid # not the supervisor: the program that shows the screens
	again=继续刚才中断的申报
	wait_for $again
	row=$(grep -o "[0-9]*\. \[$again\]" "$TMP/said" | tail -n 1 | cut -d. -f1)
	printf '%s\n001X\n\n' "$row" >&9 # go on with the interrupted filing; then the proof
	wait_for "$here" $again
	if [ "$n" -ge 2 ]; then
		printf '/b\n' >&9
		wait_for "第 $((n + 1)) 步" $again
	fi
	kill -TERM $pid
	wait $pid
	exec 9>&-
done
echo "killed at $last screens"
