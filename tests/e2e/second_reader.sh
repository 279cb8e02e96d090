#!/bin/sh
# The second reader of sealed cases, written from data/envelope/README.md, reads the published vectors: it opens what has to
# open and says the right word of the rest. First it has to notice that a vector was spoilt.
set -eu
vectors=${JUZHU_SOURCE_DIR:-.}/data/envelope/vectors
reader=${JUZHU_SOURCE_DIR:-.}/tests/tool/open_case.py
python=
for p in python3 /usr/bin/python3; do
	! "$p" -c 'import nacl.bindings' 2>/dev/null || { python=$p && break; }
done
if [ -z "$python" ]; then
	echo "python3-nacl is not installed"
	exit 77
fi
# spoilt FROM TO: the reader must not be content when vectors.json says TO instead of FROM
spoilt() {
	rm -rf "$TMP/vectors"
	cp -R "$vectors" "$TMP/vectors"
	sed -i "s/$1/$2/" "$TMP/vectors/vectors.json"
	! cmp -s "$vectors/vectors.json" "$TMP/vectors/vectors.json" || { echo "nothing to spoil: $1"; exit 1; }
	if "$python" "$reader" --vectors "$TMP/vectors" >"$TMP/said"; then
		echo "$1 became $2, and the reader did not notice"
		exit 1
	fi
	grep -q '^FAIL' "$TMP/said" || { cat "$TMP/said"; exit 1; }
}
spoilt '13800001234' '13800001235'
spoilt '"says": "certificate"' '"says": "signature"'
spoilt '"bit": [0-9]}' '"bit": 0}, "cut": 1'
spoilt '"sha256": "e3' '"sha256": "f3'
for change in 's/"pickup": "counter"/"pickup": "courier"/' 's/"says": "revision"/"says": ""/' 's/"revision": 2/"revision": 1/'; do
	rm -rf "$TMP/vectors"
	cp -R "$vectors" "$TMP/vectors"
	sed -i "$change" "$TMP/vectors/revised.json"
	! "$python" "$reader" --vectors "$TMP/vectors" >"$TMP/said" || { echo "$change went unnoticed"; exit 1; }
	grep -q '^FAIL revisions' "$TMP/said" || { cat "$TMP/said"; exit 1; }
done
"$python" "$reader" --vectors "$vectors" >"$TMP/said" || { cat "$TMP/said"; exit 1; }
[ "$(grep -c '^ok' "$TMP/said")" -ge 47 ] || { cat "$TMP/said"; exit 1; }
