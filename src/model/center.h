#ifndef MODEL_CENTER_H
#define MODEL_CENTER_H

#include <stddef.h>

/*
 * The community affairs center (社区事务受理服务中心) that a subdistrict or town runs: what the residence's address leads to.
 * Its name follows from the town's (domain file 4.12); address, hours and telephone come from the operator's table.
 */
struct center_row {
	char *town; /* code, nine digits */
	char *name; /* "" when it is the usual one */
	char *address, *hours, *phone;
};

struct centers {
	struct center_row *rows;
	size_t n;
};

struct center {
	char name[200];                      /* "" when the town is not known */
	const char *address, *hours, *phone; /* "" when not known; borrowed from the table */
};

void center_of(const struct centers *c, const char *town_code, const char *town, struct center *ret);
void centers_finish(struct centers *c);

#endif
