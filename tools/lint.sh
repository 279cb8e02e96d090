#!/bin/sh
# lint.sh [RULE...]: the source checks, one line each; ends with the counts. A check whose tool is missing is skipped.
set -u
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
flags="-std=c17 -Isrc -D_GNU_SOURCE $(pkg-config --cflags chafa | sed 's/-I/-isystem/g')"
sources() { git ls-files --cached --others --exclude-standard -- "$@" | while read -r f; do [ ! -f "$f" ] || echo "$f"; done; }

check_format() { sources 'src/*.[ch]' 'tests/*.[ch]' | xargs clang-format --dry-run -Werror; }
# Tests may use what cmocka brings; their names and logic obey the same rules.
# shellcheck disable=SC2086 # flags are words
check_tidy() { sources 'src/*.c' | xargs -P "$(nproc)" -n 6 sh -c 'clang-tidy --quiet "$@" -- '"$flags"' 2>/dev/null' tidy | grep -E ": (error|warning): " | sed "s:^$PWD/::" | sort -u | { ! grep .; }; }
# shellcheck disable=SC2086
check_cppcheck() {
	cppcheck --enable=warning,portability,performance --inline-suppr --quiet --error-exitcode=1 --std=c11 -j "$(nproc)" \
		--suppress=missingIncludeSystem --suppress=unknownMacro --suppress=checkersReport -Isrc -D_GNU_SOURCE src
}
check_shell() { sources '*.sh' .ci/run tests/bench/run | xargs shellcheck; }

passed=0 failed=0 skipped=0
# one NAME TOOL COMMAND...
one() {
	name=$1 tool=$2
	shift 2
	if [ "$wanted" ] && ! echo " $wanted " | grep -q " $name "; then
		return
	fi
	if ! command -v "$tool" >/dev/null; then
		echo "skip lint/$name: $tool is not installed"
		skipped=$((skipped + 1))
	elif "$@" >"$work/log" 2>&1; then
		echo "ok lint/$name"
		passed=$((passed + 1))
	else
		echo "FAIL lint/$name"
		grep -v ' warnings generated\.$' "$work/log" | head -n 60 | sed 's/^/    /'
		failed=$((failed + 1))
	fi
}

wanted=$*
for rule in layers guards headers faces banned sql length width marks paths spaces; do
	one $rule sh tools/lint-text.sh $rule
done
one format clang-format check_format
one tidy clang-tidy check_tidy
one cppcheck cppcheck check_cppcheck
one shell shellcheck check_shell
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
