#include "load/holidays_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "load/tsv.h"

enum { DATE, KIND };
static const char header[] = "date\tkind";

static bool day_read(const char *text, int *ret)
{
	int y, m, d, used = 0;
	if (strlen(text) != 10 || strspn(text, "0123456789-") != 10 ||
		sscanf(text, "%4d-%2d-%2d%n", &y, &m, &d, &used) != 3 || used != 10 || y < 1900 || !date_real(y, m, d))
		return false;
	*ret = y * 10000 + m * 100 + d;
	return true;
}

static bool take(void *ctx, char *field[static TSV_COLUMNS_MAX], struct err *e)
{
	struct holidays *h = ctx;
	int day;

	if (!day_read(field[DATE], &day))
		return err_set(e, ERR_CONFIG, "\"%s\" is no day, YYYY-MM-DD", field[DATE]);
	bool work = strcmp(field[KIND], "work") == 0;
	if (!work && strcmp(field[KIND], "off") != 0)
		return err_set(e, ERR_CONFIG, "\"%s\" is neither off nor work", field[KIND]);
	for (size_t i = 0; i < h->n; i++)
		if (h->rows[i].day == day)
			return err_set(e, ERR_CONFIG, "%s is there already", field[DATE]);
	h->rows = xrealloc(h->rows, h->n + 1, sizeof *h->rows);
	h->rows[h->n++] = (struct holiday){ .day = day, .work = work };
	return true;
}

static int by_day(const void *a, const void *b)
{
	int x = ((const struct holiday *)a)->day, y = ((const struct holiday *)b)->day;
	return (x > y) - (x < y);
}

bool holidays_load(const char *path, struct holidays *ret, struct err *e)
{
	struct holidays h = { 0 };
	if (!tsv_load(path, header, take, &h, e)) {
		holidays_finish(&h);
		return false;
	}
	if (h.n > 0)
		qsort(h.rows, h.n, sizeof *h.rows, by_day);
	*ret = h;
	return true;
}
