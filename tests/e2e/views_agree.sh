#!/bin/sh
# The full screen and the linear view store the same record for the same answers, on every route of the item: each filing
# is made twice, once by keys in a terminal (of the three sizes in turn) and once by lines in a pipe, and what
# `juzhu case show --json` prints is compared.
set -u
: "${KIOSK:?}" "${JUZHU:?}" "${DRIVE:?}" "${DATA:?}" "${SCREENS:?}"
export LC_ALL=C.UTF-8
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

settings() { # NAME RULES
	cat >"$work/$1.yaml" <<-END
		database: $work/$1.db
		demo: true
		verify: off
		rules: "$2"
		clock: "2026-03-02T10:00:00"
		printer: none
		keys: $KEYS
	END
}

# step TITLE KEYS... : what the terminal is sent once the title is there; KEYS: "text:..." or the name of a key
step() {
	echo "expect $1"
	shift
	for k in "$@"; do
		case $k in
		text:*) echo "type ${k#text:}" ;;
		*) echo "key $k" ;;
		esac
	done
}

# filing MODE TYPE REASON: writes the lines to fd 3 and the script to fd 4
filing() {
	mode=$1 type=$2 reason=$3
	answers=14 # focusable rows of the check-answers screen above the declaration
	printf '1\n1\n张伟\n32000019880512001X\n\n\n' >&3
	step 欢迎 text:1 >&4
	step 办理须知 text:1 >&4
	step 申请人的姓名 text:张伟 enter text:32000019880512001X enter enter >&4
	step 核对申请人身份 end enter >&4
	if [ "$mode" = self ]; then
		printf '1\n' >&3
		step 办理方式 text:1 enter >&4
	else
		printf '2\n' >&3
		step 办理方式 text:2 enter >&4
		answers=$((answers + 5))
		if [ "$mode" = guardian ]; then
			printf '1\n' >&3
			step 代办人 enter >&4
		else
			printf '2\n' >&3
			step 代办人 down enter >&4
		fi
		printf '李娜\n330000199511030023\n\n\n' >&3
		step 代办人 text:李娜 enter text:330000199511030023 enter enter >&4
		step 核对代办人身份 end enter >&4
	fi
	n=$(echo "own rent kin-own kin-rent dorm" | tr ' ' '\n' | grep -nx "$type" | cut -d: -f1)
	printf '%s\n' "$n" >&3
	step 住所种类 "text:$n" enter >&4
	case $type in
	kin-*)
		answers=$((answers + 3))
		printf '2\n张建国\n\n' >&3
		step 是申请人的什么人 down enter text:张建国 enter enter >&4
		;;
	esac
	printf 'hz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\nnjxl 1266 3 502\n1\n\n' >&3
	step 什么民族 text:hz text:1 enter >&4
	step 手机号码 text:13812345678 enter enter >&4
	step 户籍所在地 text:玄武区 text:1 enter >&4
	step 户籍的详细地址 text:玄武大道一百号三单元五零二室 enter enter >&4
	step 在沪居住地址 'text:njxl 1266 3 502' enter enter >&4
	step 重新查找 enter >&4
	if [ "$reason" = 17 ]; then
		answers=$((answers + 1))
		printf '其他\n1\n照顾病人\n\n' >&3
		step 居住事由 text:其他 text:1 enter >&4
		step 其他居住事由 text:照顾病人 enter enter >&4
	else
		printf '1\n' >&3
		step 居住事由 text:1 enter >&4
	fi
	printf '6\n2\n' >&3
	step 文化程度 text:6 enter >&4
	step 窗口拍照 text:2 enter >&4
	if [ "$mode$type" = selfown ]; then
		printf '\n' >&3
		step 证明材料 enter >&4
	else
		printf '%s\n\n' "$4" >&3
		step 证明材料 end up enter enter >&4
	fi
	printf '\n%s\n\n' $((answers + 1)) >&3
	step 还缺什么 end enter >&4
	step 核对并提交 end up enter enter >&4
	step 提交成功 end enter >&4
	printf '4\n' >&3
	step 欢迎 >&4
}

# What was filed, without the number, which is random.
record() {
	number=$("$JUZHU" --config "$work/$1.yaml" --data "$DATA" case list --limit 1 | grep -o '[0-9]\{20\}' | head -n 1)
	echo juzhu-test-center | "$JUZHU" --config "$work/$1.yaml" --data "$DATA" case open --json "$number" --center "$KEYS" | sed "s/$number/NUMBER/g"
}

bad=0 routes=0
for rules in 2017 2025; do
	settings linear $rules
	settings screen $rules
	for mode in self guardian spouse; do
		for type in own rent kin-own kin-rent dorm; do
			for reason in 1 17; do
				# "the rest at the counter" stands after the materials
				case $type in own | rent | dorm) materials=2 ;; *) materials=3 ;; esac
				[ "$mode" = self ] || materials=$((materials + 2))
				rm -f "$work"/*.db*
				filing "$mode" "$type" "$reason" $((materials + 1)) 3>"$work/lines" 4>"$work/keys"
				"$KIOSK" --config "$work/linear.yaml" --data "$DATA" --screens "$SCREENS" --linear \
					<"$work/lines" >"$work/said" 2>"$work/log"
				{
					case $((routes % 3)) in 0) echo "size 80x24" ;; 1) echo "size 60x18" ;; *) echo "size 40x15" ;; esac
					echo "run $KIOSK --config $work/screen.yaml --data $DATA --screens $SCREENS"
					cat "$work/keys"
					echo "kill TERM"
					echo "wait-exit 0"
				} >"$work/route.drive"
				"$DRIVE" "$work/route.drive" >"$work/drive.log" 2>&1 || {
					cat "$work/drive.log"
					bad=$((bad + 1))
				}
				record linear >"$work/linear.json"
				record screen >"$work/screen.json"
				routes=$((routes + 1))
				if ! grep -q '"answers"' "$work/linear.json"; then
					tail -n 30 "$work/said"
					bad=$((bad + 1))
				fi
				if ! diff "$work/linear.json" "$work/screen.json"; then
					echo "differs: rules $rules, $mode, $type, reason $reason"
					bad=$((bad + 1))
				fi
				[ $bad -eq 0 ] || exit 1
			done
		done
	done
done
echo "$routes filings, each the same in both views"
