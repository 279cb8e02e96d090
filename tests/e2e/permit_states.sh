#!/bin/sh
# A registration that the permit cannot build on: each state has one sentence that says what to do.
set -u
# shellcheck source=tests/e2e/part/mine.sh
. tests/e2e/part/mine.sh
settings later 2026-09-02T10:00:00 "keys: $KEYS"
# told SENTENCE STATE...: a registration that was moved through these states
told() {
	wanted=$1
	shift
	file_case
	for state in "$@"; do
		case $state in
		supplement) move "$number" supplement --missing photo='照片太暗，请换一张。' >/dev/null || bad=1 ;;
		withdrawn) move "$number" withdrawn --actor applicant >/dev/null || bad=1 ;;
		refused | denied) move "$number" "$state" --reason '不符合条件' >/dev/null || bad=1 ;;
		*) move "$number" "$state" >/dev/null || bad=1 ;;
		esac
	done
	settings=later
	printf '3\n1\n%s\n\n\n' "$code" | lines
	settings=k
	heard "$wanted"
	unheard 已经找到您的居住登记
}

told 还没有办好
told 还没有办好 accepted review
told 还没有办好 supplement
told 没有办成 refused
told 没有办成 accepted review denied
told 已经撤回了 withdrawn
# the time for supplementing is over; the daily round has ended it
told 还没有办好 supplement
"$JUZHU" --config "$TMP/later.yaml" --data "$DATA" --screens "$SCREENS" case expire >/dev/null || bad=1
settings=later
printf '3\n1\n%s\n\n\n' "$code" | lines
heard 没有办成
exit $bad
