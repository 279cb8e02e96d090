#!/bin/sh
# check.sh: every test in every build (make check). Ends with "N passed, N failed, N skipped" over all of them.
set -u
cd "$(dirname "$0")/.." || exit 2
B=${B:-build}
case $B in /*) ;; *) B=$PWD/$B ;; esac
program=${MAKE:-make}
make="$program --no-print-directory -j$(nproc)"
# The builds below choose their own compiler and flags; what the outer make was given does not reach them.
unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL CC CFLAGS SAN
mkdir -p "$B"
rm -f "$B/fault.tsv"
results=$B/check.txt
: >"$results"
rm -f "$B"/build-*.log

note() { echo "$*" | tee -a "$results"; }

# What each build makes. Those but the first are begun beside its tests, which mostly wait.
goals() {
	case $1 in
	gcc) echo "B=$B all units drive harnesses" ;;
	fuzz) echo "B=$B/fuzz CC=clang FUZZ=1 fuzzers" ;;
	san) echo "B=$B/san SAN=1 WERROR=1 all units drive" ;;
	clang) echo "B=$B/clang CC=clang WERROR=1 all units drive" ;;
	esac
}

ahead() {
	trap 'kill $child; exit' TERM
	for name in fuzz san clang; do
		# shellcheck disable=SC2046 # words
		nice -n 19 "$program" --no-print-directory -k $(goals $name) >"$B/build-$name.log" 2>&1 &
		child=$!
		wait $child
	done
}

# build NAME: a build that fails or warns is a failed test
build() {
	# shellcheck disable=SC2046 # words
	if $make $(goals "$1") >>"$B/build-$1.log" 2>&1 && ! grep -q 'warning:' "$B/build-$1.log"; then
		note "ok build/$1"
	else
		note "FAIL build/$1"
		grep -v -e '^  CC ' -e '^  LINK ' "$B/build-$1.log" | head -n 60 | sed 's/^/    /' | tee -a "$results"
		return 1
	fi
}

tests() { tools/run-tests.sh "$@" | sed '$d' | tee -a "$results"; }

if build gcc; then
	ahead &
	beside=$!
	trap 'kill $beside 2>/dev/null; exit 130' INT TERM
	if said=$("$B/juzhu" --data data --screens screens screens lint --translations 2>&1); then
		note "ok screens/lint"
	else
		note "FAIL screens/lint"
		note "$said"
	fi
	for kind in unit screen e2e; do
		B=$B tests $kind
	done
	B=$B FAULT_QUIET=1 tests fault
	# One full journey under valgrind; its report would be in $TMP/report.PID, where drive looks.
	if [ -e tests/e2e/journey-self.drive ]; then
		under="valgrind --quiet --trace-children=yes --trace-children-skip=*juzhu-inspect --leak-check=full --errors-for-leak-kinds=definite --error-exitcode=99 --log-file=%q{TMP}/report.%p"
		(
			export B KIOSK="$under $B/juzhu-kiosk" TERM_SLOW=20 SUFFIX=" (valgrind)"
			tests e2e journey-self
		)
	fi
	wait
fi
if build fuzz; then
	B=$B FUZZ_RUNS=20000 FUZZ_SECONDS=3 tests fuzz
fi
if build san; then
	# Left out: what looks through memory, which the sanitizer keeps in its own way, and long comparisons of records.
	for kind in unit e2e; do
		B=$B/san TERM_SLOW=4 SUFFIX=" (san)" WITHOUT="residue views_agree paused_permit" tests $kind
	done
fi
build clang

[ ! -e "$B/fault.tsv" ] || tests/fault/table "$B/fault.tsv"
awk '/^ok /{p++} /^FAIL /{f++; bad = bad "  " $0 "\n"} /^skip /{s++}
	END { if (f) printf "failed:\n%s", bad; printf "%d passed, %d failed, %d skipped\n", p, f, s; exit f > 0 }' "$results"
