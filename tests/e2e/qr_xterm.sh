#!/bin/sh
# The receipt's QR as a phone sees it: the kiosk in a real xterm under Xvfb (keys come through tmux, which runs in that
# xterm), a picture of the window, zbarimg. In the frame at 80x24, alone on the
# screen at 60x18 and 40x15.
set -u
: "${KIOSK:?}" "${JUZHU:?}" "${DATA:?}" "${SCREENS:?}" "${TMP:?}"
for tool in Xvfb xterm xwininfo import zbarimg tmux; do
	command -v "$tool" >/dev/null || { echo "$tool is not installed"; exit 77; }
done
DISPLAY=:$((70 + $$ % 400))
export DISPLAY
Xvfb "$DISPLAY" -screen 0 1600x1000x24 -nolisten tcp >"$TMP/xvfb.log" 2>&1 &
server=$!
mux() { tmux -S "$TMP/mux" -f /dev/null "$@"; }
trap 'mux kill-server 2>/dev/null; kill $server 2>/dev/null' EXIT

# wait_for COMMAND...: until it succeeds, at most 20 seconds
wait_for() {
	tries=0
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || { echo "waited in vain: $*"; mux capture-pane -p; exit 1; }
		sleep 0.1
	done
}
shows() { mux capture-pane -p | grep -qF "$1"; }
# step TEXT KEY...: when the text is there; a key is a name of tmux or text:...
step() {
	wait_for shows "$1"
	shift
	for k in "$@"; do
		case $k in
		text:*) mux send-keys -l "${k#text:}" ;;
		*) mux send-keys "$k" ;;
		esac
	done
}

wait_for xwininfo -root

# receipt COLUMNS ROWS ALONE
receipt() {
	rm -f "$TMP"/j.db*
	printf 'database: %s/j.db\ndemo: true\nverify: off\nprinter: none\n' "$TMP" >"$TMP/k.yaml"
	xterm -fa 'DejaVu Sans Mono' -fd 'Noto Sans Mono CJK SC' -fs 14 -geometry "$1x$2+10+10" -bg black -fg white +sb -u8 \
		-title receipt -e tmux -S "$TMP/mux" -f /dev/null new-session \
		"tmux -S $TMP/mux set -g status off; exec env TERM=tmux-256color $KIOSK --config $TMP/k.yaml --data $DATA --screens $SCREENS" \
		>"$TMP/xterm.log" 2>&1 &
	terminal=$!
	step 欢迎 text:1
	step 办理须知 text:1
	step 申请人的姓名 text:张伟 Enter text:32000019880512001X Enter Enter
	step 核对申请人身份 End Enter
	step 为谁办理 text:1 Enter
	step 住所种类 text:1 Enter
	step 什么民族 text:hz text:1 Enter
	step 手机号码 text:13812345678 Enter Enter
	step 户籍所在地 text:玄武区 text:1 Enter
	step 户籍的详细地址 text:玄武大道一百号三单元五零二室 Enter Enter
	step 在沪居住地址 'text:njxl 1266 3 502'
	step 1266弄3号502室 Enter Enter
	step 重新查找 Enter
	step 居住事由 text:1 Enter
	step 文化程度 text:6 Enter
	step 窗口拍照 text:2 Enter
	step 证明材料 End Enter
	step 还缺什么 End Enter
	step 核对并提交 End Up Enter Enter
	step 提交成功
	if [ "$3" = alone ]; then
		step 二维码 Home Enter
		while shows 提交成功; do sleep 0.1; done
	fi
	number=$("$JUZHU" --config "$TMP/k.yaml" --data "$DATA" case list | grep -o '[0-9]\{20\}')
	decoded=
	tries=0
	while [ "$decoded" != "$number" ] && [ $tries -lt 40 ]; do
		import -window root "$TMP/receipt.png"
		# R, case number 20, query code 10, tag 7
		decoded=$(zbarimg --quiet --raw "$TMP/receipt.png" 2>/dev/null | sed -n 's/^R\([0-9]\{20\}\)[0-9A-Z]\{17\}$/\1/p')
		tries=$((tries + 1))
	done
	[ -z "${KEEP:-}" ] || cp "$TMP/receipt.png" "$KEEP/receipt-$1x$2.png"
	mux kill-server
	wait $terminal 2>/dev/null
	[ "$decoded" = "$number" ] && return 0
	echo "at $1x$2 the picture decodes to '$decoded', the case is $number"
	return 1
}
receipt 80 24 framed && receipt 60 18 alone && receipt 40 15 alone
