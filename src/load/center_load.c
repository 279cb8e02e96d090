#include "load/center_load.h"

#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "load/tsv.h"
#include "model/center.h"

enum { TOWN, NAME, ADDRESS, HOURS, PHONE };
static const char header[] = "town\tname\taddress\thours\tphone";

static bool take(void *ctx, char *field[static TSV_COLUMNS_MAX], struct err *e)
{
	struct centers *c = ctx;
	if (strlen(field[TOWN]) != 9 || strspn(field[TOWN], "0123456789") != 9)
		return err_set(e, ERR_CONFIG, "\"%s\" is no town's code: nine digits", field[TOWN]);
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->rows[i].town, field[TOWN]))
			return err_set(e, ERR_CONFIG, "town %s is there already", field[TOWN]);
	for (int i = NAME; i <= PHONE; i++)
		if (strlen(field[i]) > 180)
			return err_set(e, ERR_CONFIG, "town %s: column %d is longer than 180 bytes", field[TOWN],
				i + 1);
	c->rows = xrealloc(c->rows, c->n + 1, sizeof *c->rows);
	c->rows[c->n++] = (struct center_row){ .town = xstrdup(field[TOWN]),
		.name = xstrdup(field[NAME]),
		.address = xstrdup(field[ADDRESS]),
		.hours = xstrdup(field[HOURS]),
		.phone = xstrdup(field[PHONE]) };
	return true;
}

bool centers_load(const char *path, struct centers *ret, struct err *e)
{
	struct centers c = { 0 };
	if (!tsv_load(path, header, take, &c, e)) {
		centers_finish(&c);
		return false;
	}
	*ret = c;
	return true;
}
