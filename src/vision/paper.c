#include "vision/paper.h"

#include <string.h>

#include "base/utf8.h"

enum { LABEL_POINTS = 16 };

bool paper_han(uint32_t point)
{
	return (point >= 0x3400 && point <= 0x9FFF) || (point >= 0x20000 && point <= 0x3FFFF) || point == 0xB7;
}

/* Full width as ASCII, dots of names as one; 0 for what is left out. */
static uint32_t folded(uint32_t point)
{
	static const uint32_t DOTS[] = { 0x2022, 0x2027, 0x22C5, 0x30FB, 0xFF65 };
	static const uint32_t LEFT_OUT[] = { '"', '\'', '`', 0xB4, 0x2018, 0x2019, 0x201C, 0x201D, 0x3000 };
	static const uint32_t DASHES[] = { 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212 };
	for (size_t i = 0; i < sizeof LEFT_OUT / sizeof *LEFT_OUT; i++)
		if (point == LEFT_OUT[i])
			return 0;
	for (size_t i = 0; i < sizeof DOTS / sizeof *DOTS; i++)
		if (point == DOTS[i])
			return 0xB7;
	for (size_t i = 0; i < sizeof DASHES / sizeof *DASHES; i++)
		if (point == DASHES[i])
			return '-';
	if (point >= 0xFF01 && point <= 0xFF5E)
		point -= 0xFEE0;
	return point > ' ' ? point : 0;
}

void paper_fold(struct paper *p, const char *text, bool lines)
{
	size_t n = strlen(text);
	p->n = 0;
	for (size_t i = 0; i < n && p->n < PAPER_POINTS;) {
		uint32_t point = 0;
		size_t step = utf8_decode(text + i, n - i, &point);
		i += step ? step : 1;
		point = !step ? 0 : point == '\n' ? (lines ? '\n' : 0) : folded(point);
		if (point)
			p->points[p->n++] = point;
	}
}

bool paper_utf8(const uint32_t *points, size_t n, char *out, size_t size)
{
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		char bytes[4];
		size_t step = points[i] == '\n' ? 0 : utf8_encode(points[i], bytes);
		if (used + step >= size) {
			out[used] = 0;
			return false;
		}
		memcpy(out + used, bytes, step);
		used += step;
	}
	out[used] = 0;
	return true;
}

static size_t to_points(const char *label, uint32_t out[static LABEL_POINTS])
{
	size_t n = strlen(label), count = 0;
	for (size_t i = 0, step; i < n && count < LABEL_POINTS; i += step) {
		step = utf8_decode(label + i, n - i, &out[count++]);
		if (!step)
			return 0;
	}
	return count;
}

/* Is the label here? Four signs and more may have one that is another one. */
static bool label_at(const struct paper *p, size_t at, const uint32_t *label, size_t n)
{
	size_t wrong = 0;
	if (at + n > p->n)
		return false;
	for (size_t i = 0; i < n; i++) {
		wrong += p->points[at + i] != label[i];
		if (p->points[at + i] == '\n' || wrong > (n >= 4))
			return false;
	}
	return true;
}

/* Length of the label that begins here, 0: none of them. */
static size_t any_label_at(const struct paper *p, size_t at, const char *const *labels)
{
	uint32_t label[LABEL_POINTS];
	for (; labels && *labels; labels++) {
		size_t n = to_points(*labels, label);
		if (n && label_at(p, at, label, n))
			return n;
	}
	return 0;
}

/* Between a label and its value: colons and what recognisers make of the gap. */
static bool gap(uint32_t point)
{
	return point < 0x80 ? strchr(":;.,|_-", (int)point) != NULL && point : point == 0x3001 || point == 0x3002;
}

size_t paper_labelled(const struct paper *p, const char *const *labels, const char *const *stops,
	const uint32_t **ret_value)
{
	for (; *labels; labels++) {
		const char *const one[] = { *labels, NULL };
		for (size_t at = 0; at < p->n; at++) {
			size_t n = any_label_at(p, at, one);
			if (!n)
				continue;
			size_t from = at + n;
			while (from < p->n && gap(p->points[from]))
				from++;
			if (from < p->n && p->points[from] == '\n')
				from++;
			size_t to = from;
			while (to < p->n && p->points[to] != '\n' && !any_label_at(p, to, stops))
				to++;
			if (to == from)
				continue;
			*ret_value = p->points + from;
			return to - from;
		}
	}
	return 0;
}
