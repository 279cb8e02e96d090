#!/bin/sh
# run-tests.sh KIND [PATTERN]: runs the tests of one kind (unit, screen, e2e, fuzz, fault) built in $B, whose names begin
# with PATTERN. Prints one line a test: "ok NAME", "FAIL NAME" (with what it said below), "skip NAME: why", and at the end
# the counts. SUFFIX is added to the names (which build was tested); the terminal tests named in WITHOUT are left out.
set -u
cd "$(dirname "$0")/.." || exit 2
kind=$1
pattern=${2:-}
B=${B:-build}
case $B in /*) ;; *) B=$PWD/$B ;; esac
export B
export JUZHU_SOURCE_DIR="$PWD" JUZHU_BUILD_DIR="$B" JUZHU_DATA_DIR="$B/data"
export KEYS="$PWD/tests/fixtures/keys"
export DRIVE="$B/tests/drive" PORTRAIT="$B/tests/portrait/portrait" DATA="$B/data" SCREENS="$PWD/screens" JUZHU="$B/juzhu"
export KIOSK="${KIOSK:-$B/juzhu-kiosk}"
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0}" UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
export LC_ALL=C.UTF-8
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# result STATUS NAME OUTPUT: 0 is ok, 77 is skip (the output's last line says why)
result() {
	case $1 in
	0) echo "ok $2${SUFFIX:-}" ;;
	77) echo "skip $2${SUFFIX:-}: $(tail -n 1 "$3")" ;;
	*)
		echo "FAIL $2${SUFFIX:-}"
		tail -n 80 "$3" | sed 's/^/    /'
		;;
	esac
}

# Every test gets an empty folder of its own as TMPDIR.
run_in_folder() {
	log=$1
	shift
	mkdir -p "$work/t"
	TMPDIR="$work/t" TMP="$work/t" timeout --kill-after=5 "${TEST_SECONDS:-240}" "$@" >"$log" 2>&1 </dev/null
	status=$?
	chmod -R u+rwx "$work/t" 2>/dev/null
	rm -rf "$work/t"
	return $status
}

# cmocka's TAP lines become ours; a crash or a leak after the last test is a failure too.
unit() {
	for source in tests/unit/"$pattern"*.c; do
		[ -e "$source" ] || continue
		name=$(basename "$source" .c)
		rm -f "$work/tap"
		CMOCKA_MESSAGE_OUTPUT=TAP run_in_folder "$work/log" "$B/tests/unit/$name"
		status=$?
		awk -v name="unit/$name" -v suffix="${SUFFIX:-}" -v status=$status '
			/^(not )?ok [0-9]+ - / {
				word = /^not/ ? "FAIL" : /# SKIP/ ? "skip" : "ok"
				sub(/^(not )?ok [0-9]+ - /, "")
				if (word == "FAIL") bad++
				print word " " name "/" $0 suffix
				next
			}
			/^1\.\.[0-9]+$/ { next }
			{ rest = rest "    " $0 "\n" }
			END {
				if (status && !bad) print "FAIL " name " (status " status ")" suffix
				if (status) printf "%s", rest
			}' "$work/log"
	done
}

terminal() {
	for test in tests/"$kind"/"$pattern"*.drive tests/"$kind"/"$pattern"*.sh; do
		[ -e "$test" ] || continue
		name=$kind/$(basename "${test%.*}")
		case " ${WITHOUT:-} " in *" ${name#*/} "*) continue ;; esac
		case $test in
		*.drive) run_in_folder "$work/log" "$DRIVE" "$test" ;;
		*) run_in_folder "$work/log" "$test" ;;
		esac
		result $? "$name" "$work/log"
	done
}

fuzz() {
	for source in tests/fuzz/"$pattern"*.c; do
		[ -e "$source" ] || continue
		name=$(basename "$source" .c)
		# New inputs that are found stay in the build folder; seeds in tests/fuzz/corpus/NAME are only read.
		mkdir -p "$B/fuzz/corpus/$name"
		set -- "$B/fuzz/corpus/$name"
		[ ! -d "tests/fuzz/corpus/$name" ] || set -- "$@" "tests/fuzz/corpus/$name"
		TEST_SECONDS=600 run_in_folder "$work/log" "$B/fuzz/tests/fuzz/$name" -max_total_time="${FUZZ_SECONDS:-3}" \
			-runs="${FUZZ_RUNS:--1}" -close_fd_mask=3 -artifact_prefix="$B/fuzz/$name-" "$@"
		result $? "fuzz/$name" "$work/log"
	done
}

# Each harness prints rows of a table, one a test; in the long forms (FAULT_LONG=1) so often as tests/fault/long says.
fault() {
	rows=$B/fault.tsv
	: >"$rows"
	for source in tests/fault/"$pattern"*.c; do
		grep -q '^int main(' "$source" || continue
		name=$(basename "$source" .c)
		times=$([ -z "${FAULT_LONG:-}" ] || awk -v name="$name" '$1 == name { print $2 }' tests/fault/long)
		TEST_SECONDS=${FAULT_LONG:+864000}
		TEST_SECONDS=${TEST_SECONDS:-240}
		# shellcheck disable=SC2086 # no argument when there are no times
		run_in_folder "$work/log" "$B/tests/fault/$name" ${times:+--times $times}
		status=$?
		awk -F '\t' -v name="fault/$name" -v suffix="${SUFFIX:-}" -v status=$status -v rows="$rows" '
			NF == 6 && $3 == "skipped" { print >>rows; print "skip " name ": " $1 suffix ": " $6; n++; next }
			NF == 6 && split($6, k, " of ") == 2 {
				good = $4 == 0 && $5 == 0 && k[1] == k[2]
				print >>rows
				print (good ? "ok " : "FAIL ") name ": " $1 suffix
				bad += !good
				n++
				next
			}
			{ rest = rest "    " $0 "\n" }
			END {
				if ((status && !bad) || !n) print "FAIL " name " (status " status ")" suffix
				if (status || bad || !n) printf "%s", rest
			}' "$work/log"
	done
	[ -n "${FAULT_QUIET:-}" ] || tests/fault/table "$rows"
}

case $kind in
unit | fuzz | fault) $kind ;;
screen | e2e) terminal ;;
*)
	echo "run-tests.sh: unknown kind $kind" >&2
	exit 2
	;;
esac | tee "$work/all"
awk '/^ok /{p++} /^FAIL /{f++} /^skip /{s++} END {printf "%d passed, %d failed, %d skipped\n", p, f, s; exit f > 0}' "$work/all"
