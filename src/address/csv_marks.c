#include <endian.h>
#include <string.h>

#include "address/csv_scan.h"
#include "base/utf8.h"

enum { WORD = sizeof(uint64_t) };
#define EACH(byte) (0x0101010101010101U * (uint64_t)(byte))

/* Eight characters of ASCII that can all be seen. A false no is possible next to a control character only. */
static bool plain_word(const char *p)
{
	uint64_t w;
	memcpy(&w, p, WORD);
	uint64_t del = w ^ EACH(0x7f);
	return (((w | (w - EACH(0x20))) | (del - EACH(1))) & EACH(0x80)) == 0;
}

/* Most Chinese text: U+4000 to U+9FFF, where nothing is overlong, a surrogate or invisible. */
static bool common_han(const unsigned char *p)
{
	return p[0] >= 0xE4 && p[0] <= 0xE9 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
}

static unsigned one(const char *p, size_t n, size_t *ret_step)
{
	uint32_t point;
	size_t step = utf8_decode(p, n, &point);
	*ret_step = step ? step : 1;
	if (!step)
		return CSV_NOT_UTF8;
	if (!utf8_point_allowed(point))
		return CSV_CONTROL;
	return (point >= 0xFF01 && point <= 0xFF5E) || point == 0x3000 ? CSV_WIDE : 0;
}

unsigned csv_marks(const char *bytes, size_t n)
{
	const char *p = bytes, *end = bytes + n;
	unsigned marks = 0;
	while (p < end) {
		unsigned char c = (unsigned char)*p;
		if (c >= 0x20 && c < 0x7f) {
			if (end - p >= WORD && plain_word(p))
				p += WORD;
			else
				p++;
		} else if (end - p >= 3 && common_han((const unsigned char *)p)) {
			p += 3;
		} else {
			size_t step;
			marks |= one(p, (size_t)(end - p), &step);
			p += step;
		}
	}
	return marks;
}
