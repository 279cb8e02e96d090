#!/bin/sh
# lint-text.sh RULE: one rule about the words of the source; prints the offending lines, exits with 1 when there are any.
set -u
cd "$(dirname "$0")/.." || exit 2
# Files that are in git or about to be (not ignored).
files() { git ls-files --cached --others --exclude-standard -- "$@" | while read -r f; do [ ! -f "$f" ] || echo "$f"; done; }
code() { files 'src/*.[ch]' 'tests/*.[ch]'; }
# Lines of code without their comments and string texts, as FILE:LINE:code.
bare() {
	# shellcheck disable=SC2016 # a program for awk
	code | xargs awk 'FNR == 1 { inside = 0 }
	{
		line = $0
		gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
		if (inside) { if (!sub(/^.*\*\//, "", line)) next; inside = 0 }
		gsub(/\/\*([^*]|\*+[^*\/])*\*+\//, "", line)
		sub(/\/\/.*/, "", line)
		if (sub(/\/\*.*/, "", line)) inside = 1
		print FILENAME ":" FNR ":" line
	}'
}

none() { ! grep .; }

case $1 in
layers) files 'src/*.[ch]' | xargs awk -f tools/layers.awk src/LAYERS ;;

guards) # the include guard is the header's path
	files 'src/*.h' | while read -r f; do
		guard=$(echo "${f#src/}" | tr 'a-z/.-' 'A-Z___')
		[ "$(grep -m 2 -c -E "^#(ifndef|define) $guard\$" "$f")" = 2 ] || echo "$f: the guard is not $guard"
	done | none ;;

headers) # each header compiles alone
	files 'src/*.h' | while read -r f; do
		${CC:-cc} -std=c17 -D_GNU_SOURCE -Isrc -fsyntax-only -Wall -Wextra -x c "$f" -Wno-pragma-once-outside-header \
			-Wno-unused 2>&1 || echo "$f: does not compile alone"
	done | none ;;

faces) # a function that a header shows has a caller outside of the file behind it; a test is one
	{
		files 'src/*.[ch]' 'src/*.cpp' 'tests/*.[ch]' | grep -v '^src/.*\.h$' | xargs grep -owE '[a-z][a-z0-9_]+' /dev/null | sort -u
		bare | sed -nE '/:(static|typedef|extern) /d; s/^(src\/[^:]*\.h):[0-9]+:[a-z][a-z_0-9 *]*[ *]([a-z][a-z_0-9]+)\(.*/shown:\1:\2/p'
	} | awk -F: '
		!/^shown:/ { n[$2]++; next }
		n[$3] < 2 { print $2 ": " $3 " has no caller elsewhere" }' | none ;;

banned) # use base/str.h, snprintf, strtol, fork and exec, and getch through ui/keys.c
	bare | grep -E '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|system|popen|strncpy|strncat|get_wch|wget_wch|alloca)[ ]*\(' | none ;;

sql) # statements are fixed text; values are bound
	code | xargs grep -nE '"[^"]*\b(SELECT .* FROM|INSERT INTO|UPDATE .* SET|DELETE FROM|WHERE)\b[^"]*%[-0-9.*l]*[sdiuzqQw]' | none ;;

length) # a file above 400 lines is two
	files 'src/*' 'tests/*.[ch]' 'tests/*.sh' 'tools/*' 'screens/*' | xargs wc -l | awk '$2 != "total" && $1 > 400 { print $2 ": " $1 " lines" }' | none ;;

width) # clang-format keeps code within 120 columns; a comment may run over, but not beyond 140 (tabs 8, wide characters 2)
	code | LC_ALL=C.UTF-8 xargs wc -L | awk '$2 != "total" && $1 > 140 { print $2 ": " $1 " columns" }' | none ;;

marks) # finished work only
	files src tests tools screens packaging data/schema Makefile mk | grep -v '^tools/lint-text.sh$' | xargs grep -nwE 'TODO|FIXME|XXX|HACK' | none ;;

paths) # nothing of the machine somebody works on
	files . | grep -v '^tools/lint-text.sh$' | xargs grep -nIE '/(work|farm|home/[a-z]+|root)/' | none ;;

spaces) # no blanks at line ends, text ends with a newline
	files src tests tools screens packaging mk Makefile '*.md' | grep -v '^tests/\(fuzz/corpus\|golden\|bad-screens\|fixtures\)/' |
		xargs grep -nIE '[[:blank:]]+$' | none ;;

*)
	echo "lint-text.sh: unknown rule $1" >&2
	exit 2
	;;
esac
