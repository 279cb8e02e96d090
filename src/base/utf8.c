#include "base/utf8.h"

#include <string.h>
#include <wchar.h>

size_t utf8_decode(const char *bytes, size_t n, uint32_t *ret_point)
{
	/* RFC 3629, section 4: length by first byte, smallest point that needs this length */
	static const struct {
		unsigned char mask, lead;
		uint32_t least;
	} forms[] = { { 0x80, 0x00, 0 }, { 0xE0, 0xC0, 0x80 }, { 0xF0, 0xE0, 0x800 }, { 0xF8, 0xF0, 0x10000 } };

	if (n == 0)
		return 0;
	unsigned char first = (unsigned char)bytes[0];
	size_t len = 0;
	while (len < 4 && (first & forms[len].mask) != forms[len].lead)
		len++;
	if (len == 4 || len + 1 > n)
		return 0;
	uint32_t point = first & (unsigned char)~forms[len].mask;
	for (size_t i = 1; i <= len; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		if ((byte & 0xC0) != 0x80)
			return 0;
		point = point << 6 | (byte & 0x3F);
	}
	if (point < forms[len].least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
		return 0;
	*ret_point = point;
	return len + 1;
}

size_t utf8_encode(uint32_t point, char out[static 4])
{
	if (point < 0x80) {
		out[0] = (char)point;
		return 1;
	}
	size_t len = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
	static const unsigned char leads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	for (size_t i = len - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (point & 0x3F));
		point >>= 6;
	}
	out[0] = (char)(leads[len] | point);
	return len;
}

bool utf8_valid(const char *s, size_t n)
{
	uint32_t point;
	for (size_t i = 0, step; i < n; i += step) {
		step = utf8_decode(s + i, n - i, &point);
		if (step == 0)
			return false;
	}
	return true;
}

size_t utf8_length(const char *s)
{
	size_t n = strlen(s), count = 0;
	uint32_t point;
	for (size_t i = 0; i < n; count++) {
		size_t step = utf8_decode(s + i, n - i, &point);
		i += step ? step : 1;
	}
	return count;
}

int utf8_point_width(uint32_t point)
{
	if (point < 0x20 || (point >= 0x7F && point < 0xA0))
		return 0; /* controls are never drawn */
	int width = wcwidth((wchar_t)point);
	return width < 0 ? 2 : width;
}

int utf8_width(const char *s)
{
	size_t n = strlen(s);
	int width = 0;
	uint32_t point;
	for (size_t i = 0; i < n;) {
		size_t step = utf8_decode(s + i, n - i, &point);
		width += step ? utf8_point_width(point) : 1;
		i += step ? step : 1;
	}
	return width;
}

bool utf8_point_allowed(uint32_t point)
{
	/*
	 * UTR 36, section 3 (Unicode Security), UAX 9 (bidi controls) and the Default_Ignorable_Code_Point
	 * property: whatever leaves no mark on the paper may not be in the record either. Ordered by point.
	 */
	static const struct {
		uint32_t first, last;
	} refused[] = {
		{ 0x0000, 0x001F }, { 0x007F, 0x009F },                     /* C0, DEL, C1 */
		{ 0x00AD, 0x00AD }, { 0x034F, 0x034F }, { 0x061C, 0x061C }, /* soft hyphen, joiner, Arabic mark */
		{ 0x115F, 0x1160 }, { 0x17B4, 0x17B5 },
		{ 0x180B, 0x180F }, /* Hangul fillers, Khmer, Mongolian selectors */
		{ 0x200B, 0x200F }, { 0x2028, 0x202E }, { 0x2060, 0x206F }, /* zero width, line ends, bidi */
		{ 0x3164, 0x3164 }, { 0xD800, 0xDFFF },
		{ 0xFDD0, 0xFDEF }, /* Hangul filler, surrogates, noncharacters */
		{ 0xFE00, 0xFE0F }, { 0xFEFF, 0xFEFF },
		{ 0xFFA0, 0xFFA0 }, /* variation selectors, byte-order mark, filler */
		{ 0xFFF0, 0xFFFC }, { 0x1BCA0, 0x1BCA3 },
		{ 0x1D173, 0x1D17A }, /* annotations, shorthand, musical formats */
		{ 0xE0000, 0xE0FFF }, /* tags, more variation selectors */
	};

	if (point > 0x10FFFF || (point & 0xFFFE) == 0xFFFE)
		return false;
	for (size_t i = 0; i < sizeof refused / sizeof *refused && point >= refused[i].first; i++)
		if (point <= refused[i].last)
			return false;
	return true;
}

bool utf8_plain(const char *s)
{
	for (size_t n = strlen(s), used; n > 0; s += used, n -= used) {
		uint32_t point;
		used = utf8_decode(s, n, &point);
		if (used == 0 || !utf8_point_allowed(point))
			return false;
	}
	return true;
}

bool utf8_clean(char *to, size_t size, const char *from, size_t n, size_t max)
{
	enum { MARKS_MAX = 2 };
	bool all = true;
	size_t used = 0, count = 0;
	unsigned marks = MARKS_MAX; /* a mark at the start has nothing to stand on: it would change the cell before */

	if (size == 0)
		return n == 0;
	for (size_t i = 0; i < n;) {
		uint32_t point;
		size_t step = utf8_decode(from + i, n - i, &point);
		const char *character = from + i;
		i += step ? step : 1;
		if (step == 0 || !utf8_point_allowed(point)) {
			all = false;
			continue;
		}
		bool mark = utf8_point_width(point) == 0;
		if (mark && marks == MARKS_MAX) {
			all = false;
			continue;
		}
		if (count == max || used + step >= size) {
			all = false;
			break;
		}
		marks = mark ? marks + 1 : 0;
		memmove(to + used, character, step);
		used += step;
		count++;
	}
	to[used] = '\0';
	return all;
}

void utf8_fold_width(char *s)
{
	size_t n = strlen(s), used = 0;
	for (size_t i = 0; i < n;) {
		uint32_t point;
		size_t step = utf8_decode(s + i, n - i, &point);
		if (step == 3 && point >= 0xFF01 && point <= 0xFF5E) {
			s[used++] = (char)(point - 0xFF01 + '!');
		} else if (step == 3 && point == 0x3000) {
			s[used++] = ' ';
		} else {
			step = step ? step : 1;
			memmove(s + used, s + i, step);
			used += step;
		}
		i += step;
	}
	s[used] = '\0';
}
