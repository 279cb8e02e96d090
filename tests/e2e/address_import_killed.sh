#!/bin/sh
# kill -9 at random points of an import: the library is the old one or the new one, to the byte, and whole. The next import
# clears away what was left. ROUNDS (50) and SEED can be given.
set -u
# shellcheck source=tests/e2e/part/address_rows.sh
. tests/e2e/part/address_rows.sh
rounds=${ROUNDS:-50} seed=${SEED:-$$}
mkdir "$TMP/l"
library=$TMP/l/library.db
address_file 0 2000 >"$TMP/old.csv"
address_file 1000 150000 改名路 >"$TMP/new.csv"
import() { "$JUZHU" address import --data "$DATA" --out "$library" --label x "$1" >"$TMP/said" 2>&1; }
ms() { awk '{ printf "%d", $1 * 1000 }' /proc/uptime; }

import "$TMP/new.csv" || { cat "$TMP/said"; exit 1; }
mv "$library" "$TMP/new.db"
import "$TMP/old.csv" || { cat "$TMP/said"; exit 1; }
cp "$library" "$TMP/old.db"
from=$(ms)
import "$TMP/new.csv"
took=$(($(ms) - from))
cmp -s "$library" "$TMP/new.db" || { echo "the same file gave another library"; exit 1; }

old=0 new=0
# shellcheck disable=SC2013 # numbers
for delay in $(awk -v n="$rounds" -v seed="$seed" -v took="$took" \
	'BEGIN { srand(seed); for (i = 0; i < n; i++) printf "%.4f\n", rand() * 1.1 * took / 1000 }'); do
	cp "$TMP/old.db" "$library"
	import "$TMP/new.csv" &
	job=$!
	sleep "$delay" # the random point
	pkill -KILL -P $job 2>/dev/null
	wait $job 2>/dev/null
	if cmp -s "$library" "$TMP/old.db"; then
		old=$((old + 1))
	elif cmp -s "$library" "$TMP/new.db"; then
		new=$((new + 1))
	else
		echo "seed $seed, killed after $delay s: neither the old nor the new library"
		exit 1
	fi
done
import "$TMP/new.csv" || { cat "$TMP/said"; exit 1; }
[ "$(find "$TMP/l" -type f | wc -l)" = 2 ] || { echo "left over:"; ls "$TMP/l"; exit 1; }
cmp "$TMP/l/library.db" "$TMP/l/library.db.last" || exit 1
[ "$(sqlite3 "$library" 'PRAGMA integrity_check')" = ok ] || exit 1
[ "$old" -gt 0 ] || { echo "no import was hit: $new new"; exit 1; }
echo "killed $rounds times in $took ms: $old old, $new new"
