#!/bin/sh
# Files that are made to do harm, given to `juzhu photo check` and `juzhu material check`: refused with a sentence, in bounded time and
# memory. Prints the table (tests/tool/bad_files.py). What a child that was taken over tries: tests/unit/vision_sandbox.c; what the
# picker of the kiosk refuses: tests/unit/device_picker.c.
set -u
cd "$TMPDIR" || exit 1
"$PORTRAIT" | convert ppm:- -quality 95 good.jpg
"$PORTRAIT" | convert ppm:- good.png
"$PORTRAIT" width=2976 height=3666 | convert ppm:- -interlace JPEG -quality 90 large.jpg # progressive: all of it is held in memory
for kind in bomb loop locked broken pages; do
	"$JUZHU_SOURCE_DIR/tests/pages/pdf" $kind $kind.pdf 500 || exit 1
done
exec python3 "$JUZHU_SOURCE_DIR/tests/tool/bad_files.py" "$JUZHU" "$DATA"
