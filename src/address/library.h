#ifndef ADDRESS_LIBRARY_H
#define ADDRESS_LIBRARY_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address/address.h"
#include "address/readings.h"

/*
 * The library as it is in memory: all names with their syllables; doors and rooms stay in the file and are asked for
 * with prepared statements.
 */
enum { NAME_CHARS = 16, REGION_NAME = 64 };

struct street {
	long id;
	char name[90], district[7], town[10];
	int weight;
};

/* One way to call a street: its own name or another one. */
struct name {
	uint32_t street; /* index */
	uint8_t n;
	uint32_t point[NAME_CHARS];
	uint16_t syllable[NAME_CHARS][READINGS_EACH];
	uint8_t n_syllables[NAME_CHARS];
	uint32_t initials; /* bit per letter: which letters begin a syllable */
	uint32_t letters;  /* which letters occur at all */
};

struct region {
	char code[10], name[REGION_NAME];
};

enum library_query { Q_LANES, Q_SUBS, Q_DOORS, Q_DOOR, Q_LANE_EXISTS, LIBRARY_QUERIES };

struct address_library {
	sqlite3 *db;
	sqlite3_stmt *query[LIBRARY_QUERIES];
	struct readings readings;
	struct street *streets; /* in the order of id */
	size_t n_streets;
	struct name *names;
	size_t n_names;
	struct region *regions; /* districts and towns in the order of code */
	size_t n_regions;
	char label[120];
};

const char *library_region(const struct address_library *l, const char *code); /* "" when not known */
const struct street *library_street(const struct address_library *l, long id); /* NULL: none */
/* The street of an address; manual entries and stored answers have no id and are found by name and district. */
const struct street *library_street_of(const struct address_library *l, const struct address *a);
/* Fills the street part of an address. */
void library_fill(const struct address_library *l, const struct street *s, struct address *ret);
/* The statement, reset and with its integers bound from ?1 on; the caller steps it and calls sqlite3_reset. */
sqlite3_stmt *library_ask(struct address_library *l, enum library_query q, int n, const long *values);

#endif
