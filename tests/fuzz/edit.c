#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/edit.h"

/* Any sequence of typing, deleting, moving and resizing leaves valid text with the cursor inside the window. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct edit e;
	unsigned first = 0;

	setlocale(LC_CTYPE, "C.UTF-8"); /* widths come from the locale */
	if (n == 0)
		return 0;
	edit_init(&e, data[0], NULL);
	for (size_t i = 1; i + 3 < n; i += 4) {
		uint32_t point = (uint32_t)data[i + 1] << 16 | (uint32_t)data[i + 2] << 8 | data[i + 3];
		switch (data[i] % 8) {
		case 0:
			edit_backspace(&e);
			break;
		case 1:
			edit_delete(&e);
			break;
		case 2:
			edit_move(&e, (enum edit_move)(data[i + 1] % 4));
			break;
		case 3:
			edit_insert(&e, 0x0300 + data[i + 1] % 0x70);
			break;
		default:
			edit_insert(&e, point);
			break;
		}
		char text[EDIT_MAX * 4 + 1], slice[EDIT_MAX * 4 + 1];
		unsigned columns = data[i + 3] % 40, cursor = 0;
		edit_get(&e, text, sizeof text);
		edit_slice(&e, columns, &first, slice, sizeof slice, &cursor);
		if (!utf8_valid(text, strlen(text)) || !utf8_valid(slice, strlen(slice)) || utf8_length(text) != e.len)
			abort();
		if (!strstr(text, slice) || utf8_width(slice) > (int)columns || (columns > 0 && cursor >= columns))
			abort();
	}
	edit_wipe(&e);
	return 0;
}
