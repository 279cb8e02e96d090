#!/bin/sh
# Without the recogniser's model and without poppler-utils a material "could not be read" and nothing else: it is not refused, so the
# journey goes on. Hides them in a mount namespace of its own.
set -u
if [ "$(id -u)" -ne 0 ] || ! unshare -m true 2>/dev/null; then
	echo "needs root and mount namespaces"
	exit 77
fi
data=$(dirname "$(find /usr/share/tesseract-ocr -name chi_sim.traineddata | head -n 1)")
pages=$JUZHU_SOURCE_DIR/tests/pages
"$pages/draw" 1 lease poor "$TMP/lease.jpg" && "$pages/pdf" pages "$TMP/empty.pdf" 1 || exit 1
cat >"$TMP/inside.sh" <<'END'
mount -t tmpfs none "$1" && mount --bind /dev/null /usr/bin/pdftotext && mount --bind /dev/null /usr/bin/pdftoppm || exit 9
for file in lease.jpg empty.pdf; do
	"$JUZHU" --data "$DATA" material check lease-filing "$TMP/$file" --name 张伟
	[ $? -eq 1 ] || exit 8
done
END
export JUZHU DATA TMP
unshare -m sh "$TMP/inside.sh" "$data" >"$TMP/said" 2>"$TMP/log" || {
	cat "$TMP/said" "$TMP/log"
	exit 1
}
if [ "$(grep -c 'unread' "$TMP/said")" -ne 6 ] || grep -q -e refused -e agrees -e differs "$TMP/said"; then
	cat "$TMP/said"
	exit 1
fi
