#!/bin/sh
# The linear view for people who have nothing but it: a way to every button, values read again, its own help, numbers that ascend, the
# receipt's code as text, and nothing cut in silence.
set -u
# shellcheck source=tests/e2e/part/mine.sh
. tests/e2e/part/mine.sh
permit=$(sed -n 's/^ *\([0-9]*\)\. ( ) 居住证新办.*/\1/p' "$TMP/said")
search=$(sed -n 's/^ *\([0-9]*\)\. 查找事项.*/\1/p' "$TMP/said")
paused=$(sed -n 's/^ *\([0-9]*\)\. \[继续暂停的申报.*/\1/p' "$TMP/said")
# often N TEXT: it was said so often
often() {
	n=$(grep -cF -- "$2" "$TMP/said")
	[ "$n" -eq "$1" ] || { echo "$n times, wanted $1: $2"; tail -n 40 "$TMP/said"; bad=1; }
}
# ascending: under a title the numbers go up by one, from 0 or 1; where rows are read again they go up
ascending() {
	awk '/^== / { last = -1; page = 1; next }
		/> $/ { last = -1; page = 0; next }
		/^ *[0-9]+\. / { n = $1 + 0
			if (n <= last || (page && (last < 0 ? n > 1 : n != last + 1))) { print; bad = 1 }
			last = n }
		END { exit bad }' "$TMP/said" || { echo "numbers do not ascend"; bad=1; }
}

# Empty fields lead to the buttons, which are read again; nothing is judged that nobody typed.
printf '%s\n1\n\n\n4\n' "$permit" | lines
heard '登记的日期'
unheard '需要改正'
often 2 '  4. [我没有回执]'
ascending
# the same when something wrong was typed: it is judged once
printf '%s\n1\nabc\n\n\n\n4\n' "$permit" | lines
often 1 '! 有一处需要改正'
heard '登记的日期'
printf '%s\n1\n\n\n4\n' "$mine" | lines
unheard '需要改正'
[ "$(grep -c '^== 我的办件' "$TMP/said")" -eq 2 ] || { echo "no way back from the receipt's code"; tail -n 30 "$TMP/said"; bad=1; }
printf '%s\n\n' "$paused" | lines
often 2 '2. [继续]'
unheard '码输错了'
printf '#%s\n居住证\n\n\n1\n' "$search" | lines
heard '== 居住证新办 · 居住登记'
ascending
# an empty line keeps an answer that stands and goes on to it
printf '1\n1\n张伟\n32000019880512001X\n\n\n1\n1\nhz\n1\n/b\n\n\n' | lines
heard '== 居住登记 · 手机号码'
ascending

# What was typed is read with the page, not only when it is asked; what is masked is not.
printf '1\n1\n张伟\n/r\n/h\n\n/l\n' | lines
often 2 '1. 申请人的姓名: 张伟'
heard "1. Applicant's name: 张伟"
settings secret 2026-03-02T10:00:00 "keys: $KEYS"
sed -i 's/^verify: .*/verify: counter/; s/^demo: .*/demo: false/' "$TMP/secret.yaml"
printf '1\n1\n张伟\n32000019880512001X\n\n2468\n/r\n' | settings=secret lines
heard ': ***'
unheard 2468

# The help names what is there, in both languages; what speaks of keys or of sight is not said.
for lang in zh en; do
	printf '/h\n\n1\n/h\n\n1\n张伟\n32000019880512001X\n\n\n1\n1\n/h\n\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\nnj\n/h\n' |
		lang=$lang lines
	for command in /b /h /l /q /r /s /n /p; do heard "$command "; done
	heard ' - /n'
	grep -e ↓ -e ↑ -e PgDn -e PgUp -e Esc -e 'F[0-9]' -e 屏幕 -e 'the screen' "$TMP/said" && { echo "keys or sight ($lang)"; bad=1; }
	sed -n '/^== .* ==$/,/> $/p' "$TMP/said" | grep -q '12345$' || { echo "the hotline is not said ($lang)"; bad=1; }
	ascending
done
lang=zh

# Below a road digits are the door that is looked for; what the page says about choosing is true.
printf '1\n1\n张伟\n32000019880512001X\n\n\n1\n1\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\nnj\n#3\n#1\n' | lines
heard '输入 # 和编号选择'
heard '已选: 上海市杨浦区嫩江路232弄'

# A name that is too long
python3 -c 'print("1\n1\n" + "长" * 10000 + "\n320")' | lines
heard '! 太长了：只收下了前 30 个字'
often 1 '太长了'
printf '1\n1\n%s\n/r\n' 欧阳阿依古丽 | lines
unheard '太长了'

# The code of the receipt, all of it, and the next line is not lost.
file_case
ascending
printf '1\n1\n张伟\n32000019880512001X\n\n\n1\n1\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\nnjxl 1266 3 502\n1\n\n1\n6\n2\n\n\n14\n\n15\n16\n1\n4\n' |
	lines
# the row before the declaration is the second material: it leads to the materials and back
[ "$(grep -c '^== 居住登记 · 证明材料' "$TMP/said")" -eq 2 ] || { echo "the second material cannot be chosen"; bad=1; }
heard '== 居住登记 · 提交成功'
spoken=$(sed -n 's/^二维码: R/R/p' "$TMP/said" | head -n 1)
number=$(grep '^办件编号: ' "$TMP/said" | head -n 1 | cut -d: -f2 | tr -d ' ')
[ "$(echo "$spoken" | tr -d ' ')" = "$(python3 tests/tool/qr_of_text.py "$TMP/paper/receipt-$number.txt")" ] ||
	{ echo "the code is said as '$spoken'"; tail -n 20 "$TMP/said"; bad=1; }
echo "$spoken" | grep -q '^[0-9A-Z]\{4\} [0-9A-Z]\{4\} ' || { echo "not in groups: $spoken"; bad=1; }
exit $bad
