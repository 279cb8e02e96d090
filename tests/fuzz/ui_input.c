#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/input.h"

/*
 * Any bytes with any pauses: only characters that may be typed come out, nothing is pressed inside a paste, and a quiet line
 * always brings the machine back to where the next key is understood.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void judge(const struct input *in, struct key k)
{
	bool control = k.point < 0x20 || k.point == 0x7F;
	if (k.kind == KEY_POINT && !control && !utf8_point_allowed(k.point))
		abort();
	if (in->paste && (k.kind == KEY_ESCAPE || k.kind == KEY_CURSES || (k.kind == KEY_POINT && control)))
		abort();
	if (in->length > INPUT_SEQUENCE_MAX + 1 || in->have > sizeof in->bytes)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct input in;
	int64_t now = 1;

	setlocale(LC_CTYPE, "C.UTF-8"); /* characters come from the locale */
	input_init(&in);
	for (size_t i = 0; i < n; i++) {
		if (data[i] == 0xFE) { /* a pause */
			now += i + 1 < n ? data[i + 1] : 1;
			judge(&in, input_quiet(&in));
		} else if (data[i] == 0xFF) { /* a key that curses knew */
			judge(&in, input_feed(&in, 0x100 + (i + 1 < n ? data[i + 1] : 0), now));
		} else {
			judge(&in, input_feed(&in, data[i], now));
		}
	}
	for (int i = 0; i <= INPUT_STALE; i++)
		judge(&in, input_quiet(&in));
	if (input_pending(&in))
		abort();
	struct key k = input_feed(&in, 'x', now + INPUT_PASTE_MS);
	if (k.kind != KEY_POINT || k.point != 'x')
		abort();
	return 0;
}
