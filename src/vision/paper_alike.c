#include <string.h>

#include "vision/paper.h"

enum { ALIKE_POINTS = 256 };

static unsigned least(unsigned a, unsigned b, unsigned c)
{
	unsigned m = a < b ? a : b;
	return m < c ? m : c;
}

static unsigned hundredths(unsigned cost, size_t of)
{
	return of == 0 ? 0 : cost >= of ? 0 : (unsigned)((of - cost) * 100 / of);
}

unsigned paper_alike(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
	unsigned row[ALIKE_POINTS + 1];
	if (n > ALIKE_POINTS || m > ALIKE_POINTS)
		return 0;
	for (size_t j = 0; j <= m; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= n; i++) {
		unsigned corner = row[0];
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= m; j++) {
			unsigned cost = least(row[j] + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1]));
			corner = row[j];
			row[j] = cost;
		}
	}
	return hundredths(row[m], n > m ? n : m);
}

static bool digit(uint32_t point)
{
	return point >= '0' && point <= '9';
}

/* Sellers' algorithm: a column for each point of the text, with where the alignment began. */
unsigned paper_find(const struct paper *text, const uint32_t *wanted, size_t n, size_t *ret_at, size_t *ret_n)
{
	unsigned cost[ALIKE_POINTS + 1];
	size_t from[ALIKE_POINTS + 1], at = 0, end = 0;
	if (n == 0 || n > ALIKE_POINTS)
		return 0;
	for (size_t i = 0; i <= n; i++) {
		cost[i] = (unsigned)i;
		from[i] = 0;
	}
	unsigned best = (unsigned)n;
	for (size_t j = 1; j <= text->n; j++) {
		unsigned corner = cost[0];
		size_t corner_from = from[0];
		cost[0] = 0;
		from[0] = j;
		for (size_t i = 1; i <= n; i++) {
			unsigned change = corner + (wanted[i - 1] != text->points[j - 1]);
			unsigned left = cost[i] + 1, up = cost[i - 1] + 1;
			size_t start = corner_from;
			corner = cost[i];
			corner_from = from[i];
			cost[i] = least(change, left, up);
			if (cost[i] == change)
				from[i] = start;
			else if (cost[i] == up)
				from[i] = from[i - 1];
		}
		if (cost[n] < best) {
			best = cost[n];
			at = from[n];
			end = j;
		}
	}
	while (end && at && digit(text->points[at]) && digit(text->points[at - 1]))
		at--;
	while (end && end < text->n && digit(text->points[end - 1]) && digit(text->points[end]))
		end++;
	*ret_at = at;
	*ret_n = end - at;
	return hundredths(best, n);
}
