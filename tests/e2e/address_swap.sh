#!/bin/sh
# The address library is replaced while somebody is at the address screen: a newer one is taken up when the screen opens again,
# one that is garbage, cut short, of an older version or gone is not: the last good one stays, and the log says so.
set -u
export LC_ALL=C.UTF-8
mkdir "$TMP/data" "$TMP/data/addresses" || exit 1
for folder in "$DATA"/*; do
	[ "$(basename "$folder")" = addresses ] || ln -s "$(readlink -f "$folder")" "$TMP/data/"
done
library=$TMP/data/addresses/library.db
cp "$DATA/addresses/library.db" "$library"
printf 'database: %s/j.db\ndemo: true\nverify: off\nprinter: none\nlog: %s/log\n' "$TMP" "$TMP" >"$TMP/k.yaml"

# the newer library: a few roads of its own
cat >"$TMP/new.csv" <<END
addr_code,district_code,district,street,lane,number,building,unit,room
1,310106,静安区,新换路,12,1,1,1,101
2,310106,静安区,新换路,12,1,1,1,102
3,310106,静安区,新换路,12,1,1,2,101
4,310106,静安区,新换路,12,1,2,1,101
5,310106,静安区,新换路,12,10,,,
6,310106,静安区,独弄路,7,3,,,601
END
"$JUZHU" --data "$DATA" address import "$TMP/new.csv" --out "$TMP/newer" >"$TMP/import" 2>&1 || { cat "$TMP/import"; exit 1; }
head -c 200000 /dev/zero | tr '\0' x >"$TMP/garbage"
head -c 40000 "$DATA/addresses/library.db" >"$TMP/short"
cp "$DATA/addresses/library.db" "$TMP/older" && sqlite3 "$TMP/older" 'PRAGMA user_version = 1' || exit 1

# swap NAME: puts it in place in one step
swap() {
	cp "$TMP/$1" "$library.put" && mv "$library.put" "$library"
}

mkfifo "$TMP/keys"
pid=
trap '[ -z "$pid" ] || kill $pid 2>/dev/null' EXIT
start_kiosk() {
	: >"$TMP/said" # the kiosk's side of the pipe may open before its output is redirected
	"$KIOSK" --config "$TMP/k.yaml" --data "$TMP/data" --screens "$SCREENS" --linear <"$TMP/keys" >"$TMP/said" 2>"$TMP/err" &
	pid=$!
	exec 9>"$TMP/keys"
}
start_kiosk

heard=0
# say LINES TEXT: types; waits until TEXT is said after that
say() {
	heard=$(wc -l <"$TMP/said")
	printf "%b" "$1" >&9
	tries=0
	until tail -n "+$heard" "$TMP/said" | grep -qF "$2"; do
		tries=$((tries + 1))
		[ $tries -lt 400 ] || { echo "after '$1' no '$2':"; tail -n 30 "$TMP/said"; cat "$TMP/log"; exit 1; }
		sleep 0.05
	done
}
# logged COUNT TEXT
logged() {
	n=$(grep -c "address-library.*$2" "$TMP/log")
	[ "$n" -eq "$1" ] || { echo "$n times '$2' in the log, wanted $1:"; cat "$TMP/log"; exit 1; }
}

to_address() {
	say '1\n1\n张伟\n32000019880512001X\n\n\n1\n1\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\n' 在沪居住地址
}
to_address
logged 1 replaced=0
say '武定路\n' '武定路  静安区'
swap newer # while the screen is open nothing changes
say '#0\n新换路\n' 个结果，先列出
logged 0 replaced=1
again() { # leaves the screen and opens it again
	say '/b\n' 户籍的详细地址
	say '\n\n' 首字母
}
again
logged 1 replaced=1
say '新换路\n' '1. ( ) 新换路  静安区'
# one way only is no question: the lane is skipped; then number, building, unit, room
say '1\n' '上海市静安区新换路12弄'
say '#1\n' '1. ( ) 1幢  3 室'
say '#1\n' '1. ( ) 1单元  2 室'
say '#1\n' '2. ( ) 102室'
say '#2\n' '上海市静安区新换路12弄1号1幢1单元102室'
say '/b\n' '2. ( ) 102室'
say '/b\n' '1. ( ) 1单元'
say '/b\n' '1. ( ) 1幢'
say '/b\n' '10号  独门独户'
say '/b\n' 路名

count=0
for bad in garbage short older; do
	swap $bad
	again
	count=$((count + 1))
	logged $count 'failed=3 kept=1'
	say '独弄路\n' '1. ( ) 独弄路  静安区'
	# road, lane, number and room have one choice each: read back at once
	say '1\n' '上海市静安区独弄路7弄3号601室'
	say '/b\n' 路名
	again
	logged $count 'failed=3 kept=1' # said once, not each time
done
rm "$library"
again
logged 4 'kept=1'
say '独弄路\n' '1. ( ) 独弄路  静安区'
swap newer
again
logged 2 replaced=1
kill -0 $pid || { echo "the kiosk has ended"; exit 1; }
# the next program knows nothing of it: it takes the copy that the importer left
exec 9>&-
kill $pid
wait $pid 2>/dev/null
"$JUZHU" --data "$DATA" address import "$TMP/new.csv" --out "$library" >"$TMP/import" 2>&1 || exit 1
cat "$TMP/garbage" >"$library" # not even renamed
: >"$TMP/log"
start_kiosk
to_address
logged 1 'failed=3 kept=0'
logged 1 'replaced=0 last=1'
say '独弄路\n' '1. ( ) 独弄路  静安区'
! grep -e 独弄路 -e 武定路 -e 新换路 "$TMP/log" || exit 1
