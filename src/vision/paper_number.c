#include "vision/paper.h"

#include <stdlib.h>
#include <string.h>

#include "model/idnum.h"
#include "vision/material.h"

enum { ID_SIGNS = 18, NOISE_MAX = 2 };

/* The digit that a recogniser may have meant; '\0': none. Own list, from its misreadings on drawn pages. */
static char meant(uint32_t point)
{
	static const struct {
		const char *signs;
		char digit;
	} MIXED[] = { { "0OoDQ", '0' }, { "1lIi|!", '1' }, { "2Zz", '2' }, { "5Ss", '5' }, { "8B", '8' }, { "6b", '6' },
		{ "9gq", '9' } };
	if (point >= '0' && point <= '9')
		return (char)point;
	if (point == 0 || point >= 0x80)
		return '\0';
	for (size_t i = 0; i < sizeof MIXED / sizeof *MIXED; i++)
		if (strchr(MIXED[i].signs, (int)point))
			return MIXED[i].digit;
	return '\0';
}

static bool noise(uint32_t point)
{
	return point && point < 0x80 && strchr(".,:-_", (int)point);
}

/* The 18 signs that begin here, over a speck or two between them. */
static bool number_at(const struct paper *p, size_t at, char out[static PAPER_NUMBER])
{
	unsigned specks = 0;
	size_t n = 0;
	for (; at < p->n && n < ID_SIGNS; at++) {
		uint32_t point = p->points[at];
		char digit = meant(point);
		if (n == ID_SIGNS - 1 && (point == 'X' || point == 'x' || point == 0xD7 || point == 'K'))
			digit = 'X';
		if (digit)
			out[n++] = digit;
		else if (n == 0 || !noise(point) || ++specks > NOISE_MAX)
			return false;
	}
	out[n] = 0;
	return n == ID_SIGNS;
}

static int by_votes(const void *a, const void *b)
{
	const struct paper_number *x = a, *y = b;
	return x->votes == y->votes ? strcmp(x->text, y->text) : x->votes < y->votes ? 1 : -1;
}

size_t paper_numbers(const struct material_reading *r, int today, struct paper_number out[static PAPER_NUMBERS])
{
	struct paper p;
	unsigned last[PAPER_NUMBERS]; /* the pass that voted last */
	size_t n = 0;
	for (unsigned pass = 0; pass < r->n_passes && pass < MATERIAL_PASSES; pass++) {
		paper_fold(&p, r->text[pass], true);
		for (size_t at = 0; at < p.n; at++) {
			char text[PAPER_NUMBER];
			size_t k = 0;
			if (!number_at(&p, at, text) || idnum_judge(text, today) != IDNUM_GOOD)
				continue;
			while (k < n && strcmp(out[k].text, text) != 0)
				k++;
			if (k == PAPER_NUMBERS || (k < n && last[k] == pass))
				continue;
			if (k == n) {
				memcpy(out[n].text, text, sizeof text);
				out[n++].votes = 0;
			}
			out[k].votes++;
			last[k] = pass;
		}
	}
	explicit_bzero(&p, sizeof p);
	qsort(out, n, sizeof *out, by_votes);
	return n;
}

static bool digit(uint32_t point)
{
	return point >= '0' && point <= '9';
}

/* The next number from *at on: its digits, where l and O beside a digit are taken for what they look like. 0: no more. */
static size_t next_number(const uint32_t *s, size_t n, size_t *at, char *out, size_t size)
{
	size_t len = 0;
	while (*at < n && !digit(s[*at]) && !(meant(s[*at]) && *at + 1 < n && digit(s[*at + 1])))
		++*at;
	for (; *at < n && meant(s[*at]); ++*at)
		if (len + 1 < size)
			out[len++] = meant(s[*at]);
	out[len] = 0;
	return len;
}

bool paper_same_numbers(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
	char x[32], y[32];
	size_t i = 0, j = 0;
	for (;;) {
		size_t u = next_number(a, n, &i, x, sizeof x), v = next_number(b, m, &j, y, sizeof y);
		if (strcmp(x, y) != 0)
			return false;
		if (!u && !v)
			return true;
	}
}
