#!/bin/sh
# Withdrawing with a confirmation, the certificate of a registration, one rating when the case has ended; each is offered only when
# the state allows it, and refused when somebody was quicker.
set -u
# shellcheck source=tests/e2e/part/mine.sh
. tests/e2e/part/mine.sh
# pages LINE...: opens the case and types the lines
pages() { { printf '%s\n1\n%s\n\n' "$mine" "$code"; [ $# -eq 0 ] || printf '%s\n' "$@"; } | lines; }
# row TEXT: number of the button on the first page of the case
row() {
	pages
	sed -n "/· 办件详情/,/编号（/s/^ *\([0-9]*\)\. \[$1\]$/\1/p" "$TMP/said" | head -n 1
}
to() {
	for state in "$@"; do move "$number" "$state" >/dev/null || bad=1; done
}

file_case
[ -z "$(row 打印凭证)$(row 评价这次服务)$(row 改领取方式)$(row 补充材料)" ] || { echo "offered too early"; bad=1; }
to accepted review
[ -z "$(row 撤回)" ] || { echo "withdrawing is offered under review"; bad=1; }
heard '承诺办结: 2026-03-17'
to approved
[ -z "$(row 改领取方式)" ] || { echo "a registration has no card"; bad=1; }
pages "$(row 打印凭证)"
heard '凭证已经打印'
paper=$TMP/paper/receipt-$number-certificate.txt
for text in 居住登记凭证 登记日期：2026-03-02 有效期至：2027-03-02 '张\*'; do
	grep -q "$text" "$paper" || { echo "not on the certificate: $text"; bad=1; }
done
grep -e 张伟 -e 32000019880512001X -e 502 "$paper" && { echo "not masked"; bad=1; }
rate=$(row 评价这次服务)
pages "$rate" 2 6
heard '谢谢您的评价'
heard '您的评价: 满意'
[ -z "$(row 评价这次服务)" ] || { echo "rated twice"; bad=1; }
juzhu case show "$number" | grep -q 'rating 4' || bad=1

# The permit builds on it: its receipt can be printed again, and tells its state, not what comes next.
pages "$(row 再打印回执)"
grep -q '状态：已办结' "$TMP/paper/receipt-$number"*.txt || { echo "a granted registration has no receipt any more"; bad=1; }

# Idle, a hundred times as fast as real.
settings idle 2026-03-02T10:00:00 "keys: $KEYS" 'idle_warn: 120' 'idle_wipe: 20' 'clock_speed: 100'
drive mine-idle.part 80x24

# Rated at another terminal while the five grades stand on this one.
file_case
to accepted review approved
drive mine-rate.part 40x15
juzhu case show "$number" | grep -c 'rating' | grep -qx 1 || { echo "rated twice"; bad=1; }

# Withdrawing: the first answer of the question is not to; then it is done, and only once.
file_case
withdraw=$(row 撤回)
pages "$withdraw" 1
juzhu case show "$number" | grep -q '^state: 10 ' || bad=1
pages "$withdraw" 2
heard '已经撤回'
heard '状态: 已撤回'
juzhu case show "$number" | grep -q '^state: 99 ' || bad=1
[ -z "$(row 撤回)" ] || { echo "withdrawn twice"; bad=1; }
# also while something is missing
file_case
move "$number" supplement --missing photo='照片太暗，请换一张。' >/dev/null || bad=1
pages "$(row 撤回)" 2
juzhu case show "$number" | grep -q '^state: 99 ' || { echo "not withdrawn while something was missing"; bad=1; }
# accepted at the counter while the question stands there
file_case
drive mine-withdraw.part 80x24
juzhu case show "$number" | grep -q '^state: 20 ' || bad=1

# Working days: on the last page, on paper, later in "my cases".
settings working 2026-03-02T10:00:00 "keys: $KEYS" 'promise_unit: working' 'promise_days: 7'
settings=working
file_case
heard '窗口受理后 7 个工作日内办结'
tr -d '\n ' <"$TMP/paper/receipt-$number.txt" | grep -q '从受理那天起7个工作日内办完' || { echo "not on the receipt: working days"; bad=1; }
pages
heard '承诺办结: 受理后 7 个工作日内'
settings=k
move "$number" withdrawn --actor applicant >/dev/null || bad=1

# A verified person sees the list: numbers, dates, states; the content needs the code.
printf '%s\n2\n张伟\n32000019880512001X\n\n\n' "$mine" | lines
[ "$(grep -c '居住登记  .* - 2026-03-02  0100 0120' "$TMP/said")" -eq 6 ] || { tail -n 20 "$TMP/said"; bad=1; }
heard '已办结'
heard '已撤回'
unheard 南京西路
grouped=$(echo "$number" | sed 's/..../& /g; s/ $//')
listed=$(sed -n "s/^ *\([0-9]\)\. .*$grouped$/\1/p" "$TMP/said")
printf '%s\n2\n张伟\n32000019880512001X\n\n\n%s\n%s\n\n' "$mine" "$listed" "$query" | lines
heard '· 办件详情'
printf '%s\n2\n李娜\n330000199511030023\n\n\n' "$mine" | lines
heard '没有找到'
juzhu audit list | grep -q 'listed.*6' || bad=1
juzhu verify >"$TMP/verified" || { cat "$TMP/verified"; bad=1; }
grep -e 张伟 -e 李娜 -e 32000019880512001X -e 330000199511030023 "$TMP/log" && bad=1
exit $bad
