#!/bin/sh
# The first screens on every terminal the kiosk promises: 256 colours, 8 colours, none.
set -u
status=0
for name in xterm-256color foot tmux-256color linux vt100 xterm; do
	infocmp "$name" >/dev/null 2>&1 || { echo "terminal $name is not described here"; status=1; continue; }
	cat >"$TMP/t.drive" <<-END
		term $name
		run $KIOSK --demo --data $DATA --screens $SCREENS
		expect 欢迎
		cursor-on 居住登记
		type 1
		expect 办理须知
		type 1
		expect 申请人的姓名
		type 张伟
		expect 张伟
		kill TERM
		wait-exit 0
	END
	"$DRIVE" "$TMP/t.drive" || { echo "on $name"; status=1; }
done
exit $status
