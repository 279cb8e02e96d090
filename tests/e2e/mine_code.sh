#!/bin/sh
# "My cases" by the receipt: what the pages say is what `juzhu case open` says; every wrong code is one sentence that says what to
# do; wrong ones are counted, and the wait outlives the program; nothing of it is in the log, everything is in the audit log.
set -u
# shellcheck source=tests/e2e/part/mine.sh
. tests/e2e/part/mine.sh
file_case
other_query=$query
file_case
drive mine-code.part

# The same facts as the command: every answer that a question asked, the station, the times, the files, the state.
printf '%s\n1\n%s\n\n1\n2\n/b\n2\n/b\n3\n/b\n' "$mine" "$code" | lines
juzhu case open "$number" --code "$query" --json >"$TMP/case.json"
python3 - "$TMP/case.json" "$TMP/said" <<'END' || bad=1
import json
import sys

case = json.load(open(sys.argv[1]))
said = open(sys.argv[2]).read()
flat = said.replace(" ", "")
labels = {"filing_mode": "为我自己办理", "residence_type": "自己买的房子", "ethnic_group": "汉族", "household_region": "江苏省南京市玄武区",
          "stay_reason": "务工", "education": "大学本科", "photo": "到窗口拍照", "verified.way": "没有核对"}
wanted = [labels.get(name, value) for name, value in case["answers"].items()
          if name in labels or name in ("name", "id_number", "mobile", "household_address", "address.text")
          or name.endswith(".number") or name.endswith(".issuer")]
wanted += [case["number"], case["label"], case["station"], case["submitted_at"][:16].replace("T", "")]
wanted += [event["at"][:16].replace("T", "") for event in case["events"]]
lost = [text for text in wanted if text.replace(" ", "") not in flat]
if len(wanted) < 20 or lost:
    sys.exit("the pages do not say: %s" % lost)
END

# Confusable letters, blanks, small letters.
printf '%s\n1\n%s\n\n' "$mine" "$(echo "$code" | tr 'A-Z01' 'a-zol' | sed 's/..../& /g')" | lines
heard '· 办件详情'

# wrong TEXT LINE...: one sentence
wrong() {
	want=$1
	shift
	{ printf '%s\n1\n' "$mine"; printf '%s\n' "$@"; printf '\n'; } | lines
	heard "$want"
	unheard '办件详情'
}
wrong '不是完整的回执码' "${code%?}"
wrong '不是完整的回执码' "X${code#?}"
wrong '不是完整的回执码' "$(printf 'R%099d' 0)"
wrong '20位数字' "${number%?}"
wrong '20位数字' "$(printf '\377\033[31m居住登记')"
wrong '10位字母和数字' "$number" ABCDE12345
juzhu audit list | grep -c lookup-wrong | grep -qx 0 || { echo "a slip was counted"; bad=1; }
# a case that is sealed to another center, as it would come with its database: its signature is not believed here
settings foreign 2026-03-02T10:00:00
settings=foreign
wrong '在别的中心提交' "$number" "$query"
settings=k
case $code in *0) last=1 ;; *) last=0 ;; esac
forged=${code%?}$last
wrong '不是本机发出的' "$forged"
wrong '和这个办件对不上' "$number" "$other_query"
# a case of another database, of this station's number and of another one
here=$number here_query=$query here_code=$code
settings far 2026-03-02T10:00:00 "database: $TMP/far.db" 'station: "0002"'
sed -i 1d "$TMP/far.yaml"
settings=far
file_case
far=$number far_query=$query
settings=k
wrong '号终端提交的，请到那里查询' "$far" "$far_query"
settings again 2026-03-03T10:00:00 "database: $TMP/again.db" "keys: $KEYS"
sed -i 1d "$TMP/again.yaml"
settings=again
file_case
settings=k
wrong '没有这个编号的办件' "$number" "$query"
logged() { juzhu audit list | grep -c lookup-wrong | grep -qx "$1" || { echo "not $1 wrong ones: $(juzhu audit list | grep -c lookup-wrong)"; bad=1; }; }
logged 3
# after three wrong ones a right one begins anew, so that the fifth from there is the first that makes wait
right() {
	printf '%s\n1\n%s\n\n' "$mine" "$here_code" | lines
	heard '· 办件详情'
}
right
wrong '没有这个编号的办件' "$number" "$query"
for _ in 1 2 3 4; do wrong '和这个办件对不上' "$here" "$other_query"; done
# five wrong ones: now also the right code has to wait, in a new program
wrong '输错的次数太多了，请等到 10:0' "$here_code"
# permit TEXT LINE...: what is said where the permit asks for the registration's receipt
permit() {
	want=$1
	shift
	{ printf '3\n1\n'; printf '%s\n' "$@"; } | lines
	heard "$want"
}
permit '输错的次数太多了，请等到 10:0' "$here" "$query" ''
logged 8
# two hours later it opens; then the tries at the permit, also a forged one, make wait at "my cases"
settings later 2026-03-02T12:00:00 "keys: $KEYS"
settings=later
right
permit '没有这个编号的办件' "$number" "$query" ''
permit '和这个办件对不上' "$here" "$other_query" ''
permit '号终端提交的，请到那里查询' "$far" "$far_query" ''
permit '20位数字' "${number%?}" "$query" ''
permit '不是本机发出的' "$forged" ''
permit '不是本机发出的' "$forged" ''
permit '和这个办件对不上' "$here" "$other_query" ''
wrong '输错的次数太多了，请等到 12:0' "$here_code"
logged 13
# from the list of the own cases the number is known: what is said stands at the query code, the one row there is
settings afternoon 2026-03-02T15:00:00 "keys: $KEYS"
settings=afternoon
right
list() { { printf '%s\n2\n张伟\n32000019880512001X\n\n\n' "$mine"; [ $# -eq 0 ] || printf '%s\n' "$@"; } | lines; }
list
grouped=$(echo "$here" | sed 's/..../& /g; s/ $//')
row=$(sed -n "s/^ *\([0-9]*\)\. ( ) .*$grouped\$/\1/p" "$TMP/said")
list "$row" 0000000000 ''
heard '查询码: 0000000000 ! 查询码和这个办件对不上'
list "$row" ABCDE ''
heard '查询码: ABCDE ! 查询码是10位'
list "$row" "$here_query" ''
heard '· 办件详情'
logged 14
juzhu audit list | grep -q "lookup-wrong.*$here" || { echo "which case was tried is not kept"; bad=1; }
juzhu audit verify >/dev/null || bad=1
grep -e 张伟 -e 32000019880512001X -e 13812345678 -e "$far_query" -e "$other_query" "$TMP/log" && { echo "personal in the log"; bad=1; }
exit $bad
