#include "base/wrap.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* GB/T 15834-2011 5.1.1-5.1.9: which marks may not begin a line, and which may not end one. */
static const char CLOSING[] = "，。、；：？！）》〉」』】〕”’…—·％%,.;:?!)]}";
static const char OPENING[] = "（《〈「『【〔“‘([{";

static bool is_one_of(const char *set, const char *bytes, size_t n)
{
	unsigned char lead = (unsigned char)*bytes;
	if (lead >= 0xE4 && lead <= 0xE9) /* U+4000-U+9FFF: Han characters, by far the most; none is punctuation */
		return false;
	for (const char *p = set; *p;) {
		uint32_t point;
		size_t len = utf8_decode(p, strnlen(p, 4), &point);
		if (len == 0)
			return false;
		if (len == n && memcmp(p, bytes, n) == 0)
			return true;
		p += len;
	}
	return false;
}

struct glyph {
	size_t len;
	int width;
	bool closing, opening;
};

static struct glyph glyph_at(const char *s)
{
	struct glyph g = { .len = 1, .width = 1 };
	uint32_t point;
	size_t len = utf8_decode(s, strnlen(s, 4), &point);
	if (len == 0)
		return g; /* an invalid byte takes one column, as utf8_width counts it */
	g.len = len;
	g.width = utf8_point_width(point);
	if (g.width < 0)
		g.width = 0;
	g.closing = is_one_of(CLOSING, s, len);
	g.opening = is_one_of(OPENING, s, len);
	return g;
}

static size_t skip_blanks(const char *text, size_t at)
{
	while (text[at] == ' ')
		at++;
	if (text[at] == '\n')
		at++;
	return at;
}

static size_t trim_blanks(const char *text, size_t end)
{
	while (end > 0 && text[end - 1] == ' ')
		end--;
	return end;
}

size_t wrap_line(const char *text, unsigned columns, size_t *ret_next)
{
	size_t at = 0, border = 0; /* border: the last place where the line may end; 0: none yet */
	unsigned used = 0;
	struct glyph before = { 0 };

	while (text[at] && text[at] != '\n') {
		struct glyph g = glyph_at(text + at);
		bool blank = text[at] == ' ';
		if (at > 0 && g.width > 0) {
			bool after_blank = text[at - 1] == ' ';
			bool beside_wide = (g.width == 2 || before.width == 2) && !g.closing && !before.opening;
			if (blank || after_blank || beside_wide)
				border = at;
		}
		if (at > 0 && !blank && used + (unsigned)g.width > columns) {
			size_t end = border ? border : at;
			*ret_next = end;
			while (text[*ret_next] == ' ')
				(*ret_next)++;
			return trim_blanks(text, end);
		}
		used += (unsigned)g.width;
		if (g.width > 0)
			before = g;
		at += g.len;
	}
	*ret_next = skip_blanks(text, at);
	return trim_blanks(text, at);
}
