#ifndef ADDRESS_PROBE_H
#define ADDRESS_PROBE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "address/address.h"
#include "address/filter.h"
#include "address/number.h"

/* Quick questions to the file: what is the next number that exists. */
enum probe_query { PROBE_LANE, PROBE_SUB, PROBE_DOOR, PROBE_QUERIES };

struct probe {
	sqlite3_stmt *query[PROBE_QUERIES];
	struct filter filter;
};

void probe_open(struct probe *p, sqlite3 *db); /* without a database nothing exists */
void probe_close(struct probe *p);
/* The lowest lane (or side lane of the lane) from `low` to `high`; 0: none. */
long probe_lane(struct probe *p, const struct address *parent, bool sub, long low, long high);
/* The same of doors; also what follows the digits, whether it has no rooms, and its own town (0: the street's). */
long probe_door(struct probe *p, const struct address *parent, long low, long high, char suffix[static NUMBER_SUFFIX],
	bool *ret_single, long *ret_town);

#endif
