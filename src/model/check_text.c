#include "model/check_text.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

enum { MIDDLE_DOT = 0x00B7, IDEOGRAPHIC_SPACE = 0x3000, NO_BREAK_SPACE = 0x00A0 };

static bool is_blank(uint32_t point)
{
	return point == ' ' || point == '\t' || point == IDEOGRAPHIC_SPACE || point == NO_BREAK_SPACE ||
		(point >= 0x2000 && point <= 0x200A);
}

void check_text_line(char *value, size_t size)
{
	(void)size; /* never grows */
	size_t n = strlen(value), used = 0;
	bool gap = false;
	for (size_t i = 0; i < n;) {
		uint32_t point = 0;
		size_t step = utf8_decode(value + i, n - i, &point);
		step = step ? step : 1;
		if (is_blank(point)) {
			gap = used > 0;
		} else {
			if (gap)
				value[used++] = ' ';
			gap = false;
			memmove(value + used, value + i, step);
			used += step;
		}
		i += step;
	}
	value[used] = '\0';
}

void check_text_code(char *value, size_t size)
{
	size_t used = 0;
	utf8_fold_width(value);
	check_text_line(value, size);
	for (const char *s = value; *s; s++) {
		if (*s == ' ' || *s == '-')
			continue;
		value[used++] = *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s;
	}
	value[used] = '\0';
}

void check_text_phone(char *value, size_t size)
{
	check_text_code(value, size);
	if (strncmp(value, "+86", 3) == 0)
		str_copy(value, size, value + 3);
}

void check_text_name(char *value, size_t size)
{
	/* what keyboards and input methods give for the dot of the identity card */
	static const uint32_t dots[] = { '.', 0xFF0E, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65, 0x0387, 0x2E33,
		0x25CF };
	size_t n = strlen(value);
	struct str name;

	str_init(&name, size - 1);
	for (size_t i = 0; i < n;) {
		uint32_t point = 0;
		size_t step = utf8_decode(value + i, n - i, &point);
		bool dot = false;
		for (size_t k = 0; k < sizeof dots / sizeof *dots; k++)
			dot = dot || point == dots[k];
		step = step ? step : 1;
		if (dot)
			str_add(&name, "·");
		else if (!is_blank(point))
			str_add_n(&name, value + i, step);
		i += step;
	}
	str_copy(value, size, name.text);
	str_finish(&name);
}

static bool is_han(uint32_t point)
{
	/* Unicode 15.1: unified ideographs, compatibility ideographs, extensions A to I, and the ideographic zero */
	static const struct {
		uint32_t first, last;
	} blocks[] = {
		{ 0x3007, 0x3007 },
		{ 0x3400, 0x4DBF },
		{ 0x4E00, 0x9FFF },
		{ 0xF900, 0xFAFF },
		{ 0x20000, 0x2A6DF },
		{ 0x2A700, 0x2EE5D },
		{ 0x2F800, 0x2FA1F },
		{ 0x30000, 0x323AF },
	};
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
		if (point >= blocks[i].first && point <= blocks[i].last)
			return true;
	return false;
}

bool check_text_han_name(const char *name)
{
	size_t n = strlen(name);
	bool han_before = false;
	for (size_t i = 0; i < n;) {
		uint32_t point;
		size_t step = utf8_decode(name + i, n - i, &point);
		if (step == 0)
			return false;
		bool han = is_han(point);
		if (!han && !(point == MIDDLE_DOT && han_before))
			return false;
		han_before = han;
		i += step;
	}
	return han_before;
}
