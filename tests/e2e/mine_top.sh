#!/bin/sh
# The page of a case opens at its state, however long the list of what is missing is, and again after something was looked at there.
set -u
# shellcheck source=tests/e2e/part/mine.sh
. tests/e2e/part/mine.sh
file_case
move "$number" supplement --missing photo='照片太暗，请换一张。' --missing property='看不清产权人，请提供清楚的。' \
	--missing text='请到窗口说明住处和共同居住的人。' --missing text='请带户口簿原件到窗口。' >/dev/null || bad=1
for size in 80x24 60x18 40x15; do
	drive mine-top.part "$size"
done
exit $bad
