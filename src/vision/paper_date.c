#include <string.h>

#include "base/clock.h"
#include "vision/paper.h"

enum { BETWEEN_MAX = 5 }; /* points between the two dates of a period */

static size_t number(const struct paper *p, size_t at, size_t most, int *ret)
{
	size_t n = 0;
	int value = 0;
	for (; at + n < p->n && n < most && p->points[at + n] >= '0' && p->points[at + n] <= '9'; n++)
		value = value * 10 + (int)(p->points[at + n] - '0');
	*ret = value;
	return n;
}

static bool separator(uint32_t point)
{
	static const uint32_t SIGNS[] = { '.', '-', '/', ',', 0xB7, 0x5E74 /* 年 */, 0x6708 /* 月 */, 0x3002 };
	for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
		if (point == SIGNS[i])
			return true;
	return false;
}

/* "2020年01月12日", "2020.1.12", "20200112". Returns its length, 0: no date here. */
static size_t date_at(const struct paper *p, size_t at, int *ret)
{
	int part[3];
	static const size_t MOST[] = { 4, 2, 2 };
	size_t i = at;
	bool joined = false;
	if (at && p->points[at - 1] >= '0' && p->points[at - 1] <= '9')
		return 0;
	for (int k = 0; k < 3; k++) {
		size_t n = number(p, i, MOST[k], &part[k]);
		if (n == 0 || (k == 0 && n != 4) || (joined && n != MOST[k]))
			return 0;
		i += n;
		joined = k < 2 && !(i < p->n && separator(p->points[i]));
		if (joined && n != MOST[k]) /* without separators all digits have to be there */
			return 0;
		i += k < 2 && !joined;
	}
	if (i < p->n && p->points[i] >= '0' && p->points[i] <= '9')
		return 0;
	if (part[0] < 1900 || part[0] > 2200 || !date_real(part[0], part[1], part[2]))
		return 0;
	if (i < p->n && p->points[i] == 0x65E5) /* 日 */
		i++;
	*ret = part[0] * 10000 + part[1] * 100 + part[2];
	return i - at;
}

static bool forever_at(const struct paper *p, size_t at)
{
	return at + 1 < p->n && p->points[at] == 0x957F && p->points[at + 1] == 0x671F; /* 长期 */
}

static bool period_in(const struct paper *p, size_t from, size_t to, int *ret_from, int *ret_to)
{
	for (size_t at = from; at < to; at++) {
		int first = 0, second = 0;
		size_t n = date_at(p, at, &first);
		for (size_t k = 0; n && k <= BETWEEN_MAX && at + n + k < p->n; k++) {
			if (forever_at(p, at + n + k))
				second = PAPER_FOREVER;
			else if (!date_at(p, at + n + k, &second))
				continue;
			if (second <= first)
				break;
			*ret_from = first;
			*ret_to = second;
			return true;
		}
	}
	return false;
}

bool paper_period(const struct paper *p, const char *const *labels, int *ret_from, int *ret_to)
{
	const uint32_t *value;
	size_t n = paper_labelled(p, labels, NULL, &value);
	size_t at = n ? (size_t)(value - p->points) : 0;
	return (n && period_in(p, at, at + n, ret_from, ret_to)) || period_in(p, 0, p->n, ret_from, ret_to);
}
