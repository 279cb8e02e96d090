#!/bin/sh
# `juzhu photo check` by the real inspector: what passes, what does not and why, what is no photo at all; and its statuses.
set -u
cd "$TMPDIR" || exit 1
failed=0
# want STATUS WORDS FILE...: the verb ends with STATUS, and its answer has WORDS
want() {
	status=$1 words=$2
	shift 2
	"$JUZHU" --data "$DATA" photo check "$@" >out 2>err
	got=$?
	if [ $got -ne "$status" ] || ! grep -q -e "$words" out err; then
		echo "photo check $*: status $got, wanted $status and \"$words\":"
		cat out err
		failed=1
	fi
}
"$PORTRAIT" | convert ppm:- -quality 95 good.jpg
"$PORTRAIT" size=0.5 width=1432 height=1764 | convert ppm:- -quality 95 small.jpg
"$PORTRAIT" wall=0x5080d0 | convert ppm:- -quality 95 blue.jpg
"$PORTRAIT" | convert ppm:- good.png
convert -size 441x441 plasma:tomato-steelblue -resize 358x441! -quality 95 nobody.jpg
head -c 9000 good.jpg >cut.jpg
cp good.png png-named.jpg
: >empty.jpg
printf 'GIF89a' >gif.jpg
ln -s /dev/zero zero.jpg
mkfifo fifo.jpg
truncate -s 1T sparse.jpg
head -c 20000 /dev/urandom >noise.jpg

want 0 'good.jpg: pass' good.jpg
want 0 'png-named.jpg: pass' good.png png-named.jpg
want 1 'small.jpg: fixable' small.jpg
want 1 'face_small: 头部占照片高度的3' small.jpg
want 1 'bg_color: 背景不是白色' blue.jpg
want 1 '"code":"no_face","severity":"block","fixable":false' --json nobody.jpg
want 1 'broken' cut.jpg
want 1 'unsupported' empty.jpg
want 1 'unsupported' gif.jpg
want 1 'unsupported' noise.jpg
want 5 'a symbolic link' good.jpg zero.jpg
want 5 'not a regular file' fifo.jpg
want 5 'error' sparse.jpg
want 5 'No such file' absent.jpg good.jpg
want 2 'which file'
want 2 'which file' --json
want 0 'status: 0 all pass' --help
"$JUZHU" --data "$DATA" photo check --json good.jpg small.jpg | python3 -c 'import json, sys
lines = [json.loads(line) for line in sys.stdin]
assert [a["verdict"] for a in lines] == ["pass", "fixable"], lines
assert 0.6 < lines[1]["after"]["head"] < 0.8, lines[1]' || failed=1
exit $failed
