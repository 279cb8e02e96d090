#include "address/number.h"

#include <stdio.h>
#include <string.h>

#include "address/address.h"
#include "base/str.h"
#include "base/utf8.h"

bool number_split(const char *canonical, long *ret_value, char suffix[static NUMBER_SUFFIX])
{
	long value = 0;
	size_t n = 0;
	for (; canonical[n] >= '0' && canonical[n] <= '9'; n++) {
		if (n == NUMBER_DIGITS)
			return false;
		value = value * 10 + (canonical[n] - '0');
	}
	if (n == 0 || strlen(canonical + n) >= NUMBER_SUFFIX)
		return false;
	*ret_value = value;
	memcpy(suffix, canonical + n, strlen(canonical + n) + 1);
	return true;
}

int numeral_value(uint32_t point)
{
	static const struct {
		uint32_t point;
		int value;
	} numerals[] = {
		{ 0x3007, 0 },
		{ 0x96f6, 0 },
		{ 0x25cb, 0 },
		{ 0x4e00, 1 },
		{ 0x4e8c, 2 },
		{ 0x4e24, 2 },
		{ 0x4e09, 3 },
		{ 0x56db, 4 },
		{ 0x4e94, 5 },
		{ 0x516d, 6 },
		{ 0x4e03, 7 },
		{ 0x516b, 8 },
		{ 0x4e5d, 9 },
		{ 0x5341, 10 },
		{ 0x767e, 100 },
		{ 0x5343, 1000 },
	};
	for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++) {
		if (numerals[i].point == point)
			return numerals[i].value;
	}
	return -1;
}

long numeral_run(const uint32_t *points, size_t n)
{
	bool by_value = false;
	long total = 0, digit = 0;
	if (n == 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		by_value |= numeral_value(points[i]) >= 10;
	if (!by_value && n > NUMBER_DIGITS)
		return -1;
	for (size_t i = 0; i < n; i++) {
		int v = points[i] == 'o' ? 0 : numeral_value(points[i]);
		if (v < 0)
			return -1;
		if (!by_value) {
			total = total * 10 + v;
		} else if (v >= 10) {
			total += (digit ? digit : 1) * v;
			digit = 0;
		} else {
			digit = v;
		}
		if (total > 99999)
			return -1;
	}
	return total + digit;
}

static bool is_digit(uint32_t p)
{
	return p >= '0' && p <= '9';
}

static bool is_stem(uint32_t p) /* 甲乙丙丁 */
{
	return p == 0x7532 || p == 0x4e59 || p == 0x4e19 || p == 0x4e01;
}

enum { P_HAO = 0x53f7, P_LIN = 0x4e34, POINTS = 24 };

/* Folds width, blanks, dashes and letter case; drops the words that name the part (弄 号 室 幢 ...). 0: too long or
 * empty. */
static size_t fold(const char *typed, uint32_t out[static POINTS])
{
	static const uint32_t words[] = { 0x5f04 /* 弄 */, P_HAO, 0x5ba4 /* 室 */, 0x5e62 /* 幢 */, 0x680b /* 栋 */,
		0x5ea7 /* 座 */, 0x697c /* 楼 */, 0x652f /* 支 */, 0x623f /* 房 */, 0x6237 /* 户 */ };
	char text[128];
	size_t n = 0, left, step;
	uint32_t p;
	if (!str_copy(text, sizeof text, typed))
		return 0;
	utf8_fold_width(text);
	left = strlen(text);
	for (const char *s = text; left; s += step, left -= step) {
		bool word = false;
		step = utf8_decode(s, left, &p);
		if (!step)
			return 0;
		for (size_t i = 0; i < sizeof words / sizeof *words; i++)
			word |= words[i] == p;
		if (word || p == ' ')
			continue;
		if (p == 0x2014 || p == 0x2013 || p == 0x2010 || p == 0x2212)
			p = '-';
		if (p >= 'a' && p <= 'z')
			p -= 'a' - 'A';
		if (n == POINTS)
			return 0;
		out[n++] = p;
	}
	return n;
}

struct reader {
	const uint32_t *points;
	size_t n, at;
	struct str out;
};

static uint32_t look(const struct reader *r)
{
	return r->at < r->n ? r->points[r->at] : 0;
}

static void take(struct reader *r)
{
	char bytes[4];
	str_add_n(&r->out, bytes, utf8_encode(r->points[r->at++], bytes));
}

/* One to five digits without leading zeros; Chinese numerals become digits. */
static bool take_digits(struct reader *r)
{
	size_t start = r->at;
	while (numeral_value(look(r)) >= 0)
		r->at++;
	if (r->at > start) {
		long value = numeral_run(r->points + start, r->at - start);
		if (value <= 0)
			return false;
		str_addf(&r->out, "%ld", value);
		return true;
	}
	while (look(r) == '0')
		r->at++;
	start = r->at;
	while (is_digit(look(r)) && r->at - start < NUMBER_DIGITS)
		take(r);
	return r->at > start && !is_digit(look(r));
}

static bool take_number(struct reader *r)
{
	bool temporary = look(r) == P_LIN;
	if (temporary)
		r->at++; /* 临1207号 is 1207临号 */
	if (!temporary && r->n == 1 && is_stem(look(r))) {
		take(r); /* a room called 甲 */
		return true;
	}
	if (look(r) >= 'A' && look(r) <= 'Z')
		take(r);
	if (!take_digits(r))
		return false;
	if (look(r) == '-') {
		take(r);
		if (!take_digits(r))
			return false;
	}
	if (is_stem(look(r)) || (look(r) >= 'A' && look(r) <= 'Z'))
		take(r);
	if (look(r) == P_LIN) {
		if (temporary)
			return false;
		temporary = true;
		r->at++;
	}
	if (temporary)
		str_add(&r->out, "临");
	return r->at == r->n;
}

bool address_number_canonical(const char *typed, char *out, size_t size)
{
	uint32_t points[POINTS];
	struct reader r = { .points = points, .n = fold(typed, points) };
	str_init(&r.out, 64);
	bool ok = take_number(&r) && !r.out.full && r.out.len < size;
	if (ok)
		str_copy(out, size, r.out.text);
	str_finish(&r.out);
	return ok;
}
