#ifndef ADDRESS_FILTER_H
#define ADDRESS_FILTER_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

/*
 * Which lanes and doors exist, in about two bytes each: "no" is certain, "yes" is wrong a few times in a hundred. Written
 * into the library with it (table `filter`), so that a hundred names can be asked for a number without reading the file.
 */
struct filter {
	unsigned char *bits;
	size_t mask; /* of words of eight bytes; 0 with bits NULL: nothing is known, everything may exist */
};

bool filter_write(sqlite3 *db, struct err *e);   /* of the doors that are in the database */
void filter_load(struct filter *f, sqlite3 *db); /* a library without one, or with a damaged one, has no filter */
void filter_finish(struct filter *f);
/* sub 0, no 0: the lane itself */
bool filter_maybe(const struct filter *f, long street, long lane, long sub, long no);

#endif
