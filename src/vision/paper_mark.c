#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "vision/paper.h"

enum { SERIAL_MIN = 5, SERIAL_MAX = 8, FILING_MIN = 8, FILING_MAX = 30 };

static bool digit(uint32_t point)
{
	return point >= '0' && point <= '9';
}

static bool bracket(uint32_t point)
{
	static const uint32_t SIGNS[] = { '(', ')', '[', ']', '{', '}', 0x3014, 0x3015, 0x3010, 0x3011 };
	for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
		if (point == SIGNS[i])
			return true;
	return false;
}

/* "(2018)", brackets of any kind. Returns its length, 0: no year here. */
static size_t year_at(const struct paper *p, size_t at, char out[static 5])
{
	if (at + 6 > p->n || !bracket(p->points[at]) || !bracket(p->points[at + 5]))
		return 0;
	for (size_t i = 0; i < 4; i++) {
		if (!digit(p->points[at + 1 + i]))
			return 0;
		out[i] = (char)p->points[at + 1 + i];
	}
	out[4] = 0;
	return strncmp(out, "19", 2) == 0 || strncmp(out, "20", 2) == 0 ? 6 : 0;
}

/* "第015979" and how many signs; 号 behind it may be lost. */
static size_t serial_at(const struct paper *p, size_t at, char out[static SERIAL_MAX + 1])
{
	size_t n = 0;
	if (at >= p->n || p->points[at] != 0x7B2C) /* 第 */
		return 0;
	while (at + 1 + n < p->n && n <= SERIAL_MAX && digit(p->points[at + 1 + n])) {
		if (n < SERIAL_MAX)
			out[n] = (char)p->points[at + 1 + n];
		n++;
	}
	if (n < SERIAL_MIN || n > SERIAL_MAX)
		return 0;
	out[n] = 0;
	return n + 1;
}

static bool is_word(const struct paper *p, size_t at, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0, step; i < n; i += step, at++) {
		uint32_t point = 0;
		step = utf8_decode(word + i, n - i, &point);
		if (!step || at >= p->n || p->points[at] != point)
			return false;
	}
	return true;
}

/* 沪 as recognisers read it. */
static bool shanghai(uint32_t point)
{
	static const uint32_t SIGNS[] = { 0x6CAA, 0x6C61, 0x6CF8, 0x62A4, 0x6C7D }; /* 沪 污 泸 护 汽 */
	for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
		if (point == SIGNS[i])
			return true;
	return false;
}

/* 沪(2018)徐字不动产权第015979号 */
static bool new_book(const struct paper *p, size_t at, char *out, size_t size)
{
	char year[5], serial[SERIAL_MAX + 1], body[16];
	size_t i = at + 1, n = year_at(p, i, year);
	if (!n)
		return false;
	i += n;
	n = 0; /* one or two characters of the registering body */
	while (n < 3 && i + n < p->n && p->points[i + n] != 0x5B57 && paper_han(p->points[i + n])) /* 字 */
		n++;
	if (n < 1 || n > 2 || !is_word(p, i + n, "字不动产权") || !paper_utf8(p->points + i, n, body, sizeof body))
		return false;
	if (!serial_at(p, i + n + 5, serial))
		return false;
	return snprintf(out, size, "沪(%s)%s字不动产权第%s号", year, body, serial) < (int)size;
}

/* 沪房地徐字(2008)第012345号 */
static bool old_book(const struct paper *p, size_t at, char *out, size_t size)
{
	char year[5], serial[SERIAL_MAX + 1], body[16];
	size_t i = at + 3, n = 0;
	if (!is_word(p, at + 1, "房地"))
		return false;
	while (n < 3 && i + n < p->n && p->points[i + n] != 0x5B57 && paper_han(p->points[i + n]))
		n++;
	if (n > 2 || !is_word(p, i + n, "字") || !paper_utf8(p->points + i, n, body, sizeof body))
		return false;
	i += n + 1;
	n = year_at(p, i, year);
	if (!n || !serial_at(p, i + n, serial))
		return false;
	return snprintf(out, size, "沪房地%s字(%s)第%s号", body, year, serial) < (int)size;
}

bool paper_certificate(const struct paper *p, char *out, size_t size)
{
	for (size_t at = 0; at < p->n; at++)
		if (shanghai(p->points[at]) && (new_book(p, at, out, size) || old_book(p, at, out, size)))
			return true;
	return false;
}

bool paper_filing(const struct paper *p, const char *const *labels, char *out, size_t size)
{
	const uint32_t *value;
	char number[FILING_MAX + 1];
	size_t n = paper_labelled(p, labels, NULL, &value), k = 0;
	for (; k < n && value[k] < 0x80; k++) {
		if (!digit(value[k]) && value[k] != '-' && !(value[k] >= 'A' && value[k] <= 'Z') &&
			!(value[k] >= 'a' && value[k] <= 'z'))
			break;
		if (k == FILING_MAX)
			return false;
		number[k] = (char)value[k];
	}
	if (k < FILING_MIN)
		return false;
	number[k] = 0;
	return str_copy(out, size, number);
}
