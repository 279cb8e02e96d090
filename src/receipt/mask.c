/* Masks for slips and lists; common Chinese public practice (domain file 9, GB/T 35273-2020 on de-identified display).
 */
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "receipt/receipt.h"

static void add(char *out, size_t size, const char *from, size_t n)
{
	size_t used = strlen(out);
	if (used + n + 1 > size)
		return;
	memcpy(out + used, from, n);
	out[used + n] = 0;
}

/* Keeps the first `head` and the last `tail` characters. */
static void mask(const char *text, size_t head, size_t tail, char *out, size_t size)
{
	if (size == 0)
		return;
	*out = 0;
	size_t length = utf8_length(text), i = 0;
	for (const char *p = text; *p; i++) {
		uint32_t point;
		size_t n = utf8_decode(p, strnlen(p, 4), &point);
		bool shown = n > 0 && (i < head || i + tail >= length);
		add(out, size, shown ? p : "*", shown ? n : 1);
		p += n ? n : 1;
	}
}

void mask_name(const char *name, char *out, size_t size)
{
	size_t length = utf8_length(name);
	mask(name, length > 1 ? 1 : 0, length > 2 ? 1 : 0, out, size);
}

void mask_id_number(const char *id, char *out, size_t size)
{
	bool whole = utf8_length(id) == 18;
	mask(id, whole ? 3 : 0, whole ? 4 : 0, out, size);
}
