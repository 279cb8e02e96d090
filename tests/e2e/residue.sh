#!/bin/sh
# After a session nothing remains. An applicant with an agent types, shows and attaches canaries everywhere; while the session is
# open each of them is found in the program's memory, and none on the disk. Then the session ends, in every way there is, and none is
# found any more: in the memory of both processes, in files, in what the terminal can scroll back to. tests/tool/residue.py searches.
# shellcheck disable=SC2016,SC2317 # what is printed is a script of its own; functions are called by names put together
set -u
[ "$(id -u)" -eq 0 ] || { echo "only root can read the memory of a kiosk"; exit 77; }
here=$JUZHU_SOURCE_DIR/tests
RESIDUE="$here/tool/residue.py"
KEYS=$TMP/keys
MUX=$TMP/mux
export RESIDUE KEYS MUX
trap 'tmux -S "$MUX" kill-server 2>/dev/null' EXIT
canary() { awk -F'\t' -v name="$1" '$1 == name { print $2 }' "$here/e2e/part/residue.tsv"; }

# Keys of a center and a station that nobody keeps; the stick with a photo and a proof.
printf 'residue-passphrase\n' | "$JUZHU" center init --keys "$TMP/center" >/dev/null &&
	printf 'residue-passphrase\n' | "$JUZHU" station enrol 0001 --center "$TMP/center" --out "$KEYS" >/dev/null || exit 1
mkdir "$TMP/source" && "$PORTRAIT" | convert ppm:- -quality 95 -set comment "$(canary photo)" \
	"$TMP/source/$(canary file-name).jpg" || exit 1
tests/pages/pdf pages "$TMP/source/proof.pdf" 1 && printf '%% %s\n%%%%EOF\n' "$(canary proof-file)" >>"$TMP/source/proof.pdf"
tests/pages/pdf pages "$TMP/source/second.pdf" 1 && printf '%% %s\n%%%%EOF\n' "$(canary second-file)" >>"$TMP/source/second.pdf"
SOURCE=$TMP/source
export SOURCE

# What both views begin with. In the script $TMP is the folder of its own that drive gives it.
begin() {
	cat <<-END
		sh printf 'database: %s/j.db\ndemo: true\nverify: counter\nprinter: file\nprinter_dir: %s/receipts\nlog: %s/log\nmedia: [%s/stick]\nkeys: %s\n' \$TMP \$TMP \$TMP \$TMP \$KEYS >\$TMP/k.yaml
		sh printf '$2' >>\$TMP/k.yaml
		sh cp -r \$SOURCE \$TMP/stick
		sh printf 'set -g status off\nset -g default-terminal tmux-256color\nset -g history-limit 5000\nset -g escape-time 0\n' >\$TMP/tmux.conf
		run tmux -u -f \$TMP/tmux.conf -S \$MUX new-session "exec \$KIOSK --config \$TMP/k.yaml --data \$DATA --screens \$SCREENS $1"
		expect 欢迎
		sh printf '$(canary code)\n' | \$JUZHU --config \$TMP/k.yaml --data \$DATA staff add 王窗口
	END
}
alive() { echo "sh \$RESIDUE alive \$TMP $*"; }
gone() { printf 'expect 欢迎\nsh $RESIDUE gone $TMP\n'; }

# From the start screen to the review, in the full screen.
fill_full() {
	cat <<-END
		key End
		type $(canary search)
		expect 没有找到
		$(alive search)
		key Esc
		absent 没有找到
		type 1
		expect 办理须知
		type 1
		expect 申请人的姓名
		type $(canary name)
		key Enter
		type $(canary id)
		key Enter
		key Enter
		expect 工作代码
		type $(canary code)
		expect ************
		$(alive name id code)
		key Enter
		expect 办理方式
		type 2
		key Enter
		expect 您是申请人的什么人
		type 2
		key Enter
		type $(canary agent)
		key Enter
		type $(canary agent-id)
		key Enter
		key Enter
		expect 工作代码
		type $(canary code)
		key Enter
		expect 住所种类
		type 1
		key Enter
		expect 什么民族
		type hz
		type 1
		key Enter
		expect 手机号码
		type $(canary mobile)
		key Enter
		key Enter
		expect 户籍所在地
		type $(canary region-search)
		expect $(canary region-search)
		$(alive region-search)
		key Backspace 4
		type 玄武区
		type 1
		key Enter
		expect 户籍的详细地址
		type $(canary hukou)
		key Enter
		key Enter
		expect 在沪居住地址
		goto 我的地址不在
		key Enter
		expect 您住在哪个区
		type 1
		expect 请照门牌填写
		type $(canary road)
		key Enter 2
		type 77
		key Enter 3
		type $(canary room)
		$(alive room)
		key Enter 2
		expect 重新查找
		key Enter
		expect 居住事由
		type 1
		key Enter
		expect 文化程度
		type 6
		key Enter
		expect 窗口拍照
		type 1
		expect 请选择存放文件的地方
		type 1
		expect $(canary file-name)
		$(alive file-name)
		goto $(canary file-name)
		key Enter
		expect 用这张照片
		type 1
		expect 358x441
		key Enter
		expect 证明材料
		type 2
		expect 从U盘选择图片或PDF文件
		type 1
		expect 上一级
		goto proof.pdf
		key Enter
		expect 您选的文件
		goto 再加一个文件
		key Enter
		expect 上一级
		goto second.pdf
		key Enter
		expect 用这些文件
		goto 看过了
		key Enter
		expect PDF
		goto 其余的到窗口
		key Enter
		goto 继续
		key Enter
		expect 还缺什么
		key End
		key Enter
		expect 核对并提交
		$(alive name id agent agent-id mobile hukou road photo proof-file second-file)
		sh \$RESIDUE shown \$TMP name
		sh \$RESIDUE disk \$TMP
		sh ! \$RESIDUE disk \$TMP/stick
	END
}

# The case that was just filed, at "my cases", with everything in full.
reopen() {
	cat <<-'END'
		sh grep -o '办件编号.*' $TMP/receipts/* | grep -o '[0-9 ]*$' | tr -d ' ' | head -n 1 >$TMP/number
		sh grep -o '查询码：.*' $TMP/receipts/* | head -n 1 | cut -c 13- >$TMP/query
		type 3
		expect 怎样找
		type 1
		expect 扫码枪
		type-file $TMP/number
		key Enter
		type-file $TMP/query
		key Enter
		expect 办件详情
		goto 填报的内容
		key Enter
		expect 隐去一部分
		goto 显示完整
		key Enter
		expect 隐去姓名
		key Home
	END
	echo "expect $(canary name)"
	alive name id agent agent-id mobile hukou road
	printf 'key F10\nexpect 要离开吗\ntype 2\n'
}

# The ways in which a session ends, in the full screen.
end_full() {
	case $1 in
	submitted)
		printf 'key End\nkey Up\nkey Enter 2\nexpect 提交成功\nkey End\nkey Enter\n'
		gone
		reopen
		;;
	left) printf 'key F10\nexpect 要退出吗\ntype 2\n' ;;
	idle) printf 'expect 您还在吗\n' ;;
	crashed)
		printf 'sh $RESIDUE kill $TMP\nexpect 继续刚才中断的申报\n'
		gone # nobody went on
		printf 'key Enter\nexpect 最后四位\ntype %s\nexpect ****\n' "$(canary proof)"
		alive proof
		printf 'key F10\nexpect 要退出吗\ntype 2\n'
		;;
	esac
	gone
	printf 'sh tmux -S $MUX kill-server\n'
}

# In the linear view: the same, in lines. Everything stays on the screen there until the session ends.
fill_linear() {
	cat <<-END
		line #7
		line $(canary search)
		expect 没有找到
		$(alive search)
		line /b
		line 1
		line 1
		line $(canary name)
		line $(canary id)
		line
		expect 工作代码
		line $(canary code)
		line
		line 2
		line 2
		line $(canary agent)
		line $(canary agent-id)
		line
		expect 核对代办人身份
		line $(canary code)
		line
		line 1
		line hz
		line 1
		line $(canary mobile)
		line
		expect 户籍所在地
		line $(canary region-search)
		expect $(canary region-search) >
		$(alive region-search)
		line 玄武区
		line 1
		line $(canary hukou)
		line
		line #2
		line 1
		line $(canary road)
		line
		line 77
		line
		line
		line $(canary room)
		line
		expect 重新查找
		line
		line 1
		line 6
		expect 窗口拍照
		line 1
		line 1
		expect $(canary file-name)
		$(alive file-name)
		line 3
		expect 用这张照片
		line 1
		expect 358x441
		line
		expect 证明材料
		line 2
		line 1
		line 1
		expect 您选的文件
		line 2
		line 2
		expect 用这些文件
		line 1
		expect 其余的到窗口
		line 5
		line
		expect 还缺什么
		line
		expect [提交]
		$(alive name id agent agent-id mobile hukou road photo proof-file second-file)
		sh \$RESIDUE shown \$TMP name
		sh \$RESIDUE disk \$TMP
		sh ! \$RESIDUE disk \$TMP/stick
	END
}
end_linear() {
	case $1 in
	submitted) printf 'line 20\nline\nexpect 提交成功\nline 4\n' ;;
	left) printf 'line /q\nexpect 要退出吗\nline 2\n' ;;
	idle) printf 'expect 您还在吗\n' ;;
	crashed)
		printf 'sh $RESIDUE kill $TMP\nexpect 继续刚才中断的申报\n'
		gone
		printf 'line\nexpect 最后四位\nline %s\nsettle\n' "$(canary proof)"
		alive proof
		printf 'line /q\nexpect 要退出吗\nline 2\n'
		;;
	esac
	gone
	printf 'sh tmux -S $MUX kill-server\n'
}

bad=0
for view in full linear; do
	for way in submitted left idle crashed; do
		option='' settings=''
		[ $view = full ] || option=--linear
		[ $way != idle ] || settings='idle_warn: 400\nidle_wipe: 300\nclock_speed: 100\n'
		{
			begin "$option" "$settings"
			# That the search finds everything is proved once for each view. It takes time, which an idle session has not.
			if [ $way = submitted ]; then fill_$view; else fill_$view | grep -v RESIDUE; fi
			end_$view $way
		} | sed 's/^line \(.*\)$/type \1\nkey Enter/; s/^line$/key Enter/' >"$TMP/$view-$way.drive"
		"$DRIVE" "$TMP/$view-$way.drive" >"$TMP/said" 2>&1 && continue
		bad=1
		cat "$TMP/said"
		tmux -S "$MUX" kill-server 2>/dev/null
	done
done
exit $bad
