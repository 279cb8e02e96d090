#!/bin/sh
# The daily purge leaves a registration alone for as long as it is in force: on the last day the permit still opens it.
set -u
# shellcheck source=tests/e2e/part/mine.sh
. tests/e2e/part/mine.sh
# opens DAY: does the permit take the registration over on this day, after a purge?
opens() {
	settings later "${1}T10:00:00" "keys: $KEYS"
	"$JUZHU" --config "$TMP/later.yaml" --data "$DATA" purge >/dev/null || bad=1
	settings=later
	printf '3\n1\n%s\n\n\n' "$code" | lines
	settings=k
}

file_case
for state in accepted review approved; do move "$number" $state >/dev/null || bad=1; done
for day in 2026-08-30 2026-09-02 2026-12-31 2027-03-02; do
	opens $day
	heard '已经找到您的居住登记'
done
# Then it serves nobody here, and goes.
opens 2027-05-01
unheard '已经找到您的居住登记'
heard '没有'
juzhu case list | grep -q "$number" && { echo "kept for longer than it says"; bad=1; }
exit $bad
