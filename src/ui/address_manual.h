#ifndef UI_ADDRESS_MANUAL_H
#define UI_ADDRESS_MANUAL_H

#include <stdbool.h>

#include "model/edit.h"

struct address;
struct code_table;
struct page;

/*
 * Structured manual entry, for an address that the library does not have: district, then road, lane, number, building,
 * unit, room, each by the number grammar. The result is marked; it never changes the library.
 */
enum { MANUAL_FIELDS = 6, ID_MANUAL_FIELD = 200, ID_MANUAL_DISTRICT = 300 };

struct address_manual {
	char district_code[16];
	char district[40];
	struct edit fields[MANUAL_FIELDS]; /* road, lane, number, building, unit, room */
	char errors[MANUAL_FIELDS][200];
	unsigned first; /* districts: first one shown */
};

void manual_open(struct address_manual *m, const struct address *known); /* what was chosen already is filled in */
void manual_describe(struct address_manual *m, struct page *p, const struct code_table *regions);
/* True when the press was used up. */
bool manual_press(struct address_manual *m, struct page *p, const struct code_table *regions, int id);
bool manual_turn(struct address_manual *m, int direction, const struct code_table *regions);
/* Checks everything; false: errors are in m and the first wrong field has the focus. */
bool manual_commit(struct address_manual *m, struct page *p, struct address *ret);
void manual_close(struct address_manual *m);

#endif
