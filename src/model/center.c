#include "model/center.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

void center_of(const struct centers *c, const char *town_code, const char *town, struct center *ret)
{
	*ret = (struct center){ .address = "", .hours = "", .phone = "" };
	if (*town)
		snprintf(ret->name, sizeof ret->name, "%s社区事务受理服务中心", town);
	for (size_t i = 0; *town_code && i < c->n; i++) {
		const struct center_row *row = &c->rows[i];
		if (!str_eq(row->town, town_code))
			continue;
		if (*row->name)
			str_copy(ret->name, sizeof ret->name, row->name);
		ret->address = row->address;
		ret->hours = row->hours;
		ret->phone = row->phone;
		return;
	}
}

void centers_finish(struct centers *c)
{
	for (size_t i = 0; i < c->n; i++) {
		char *texts[] = { c->rows[i].town, c->rows[i].name, c->rows[i].address, c->rows[i].hours,
			c->rows[i].phone };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			free(texts[k]);
	}
	free(c->rows);
	*c = (struct centers){ 0 };
}
