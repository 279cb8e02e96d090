#ifndef ADDRESS_LIBRARY_H
#define ADDRESS_LIBRARY_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address/address.h"
#include "address/readings.h"
#include "address/schema.h"

/*
 * The library as it is in memory: streets and all names with their syllables, 32 bytes a name; doors and rooms stay in the
 * file and are asked for with prepared statements.
 */
enum { NAME_CHARS = 24, REGION_NAME = 64 };

struct street {
	long id; /* index + 1 */
	const char *name;
	char district[7], town[10];
	uint8_t kind, weight;     /* enum street_kind; log2 of the doors */
	int valid_from, valid_to; /* YYYYMMDD, 0: none */
};

/* A character and how it is read; names share them. */
struct glyph {
	uint32_t point;
	uint16_t syllable[READINGS_EACH];
	uint8_t n;
};

/* One way to call a street, a lane of it (lane > 0) or one front door (no > 0): see schema.h. */
struct name {
	uint32_t street; /* index */
	uint32_t lane, sub, no;
	uint32_t first;    /* of its characters in `chars`; use name_glyph */
	uint32_t initials; /* bit per letter: which letters begin a syllable */
	uint32_t letters;  /* which letters occur at all */
	uint8_t n, kind;   /* characters (cut at NAME_CHARS), enum name_kind */
};

struct region {
	char code[13], name[REGION_NAME];
};

enum library_query { Q_LANES, Q_SUBS, Q_DOORS, Q_DOOR, Q_LANE_EXISTS, LIBRARY_QUERIES };

struct search_index;
void search_index_destroy(struct search_index *x); /* session.c; accepts NULL */

struct address_library {
	sqlite3 *db;
	sqlite3_stmt *query[LIBRARY_QUERIES];
	struct readings readings;
	struct street *streets; /* in the order of id: district, town, name */
	size_t n_streets;
	struct name *names; /* in the order of street, lane, sub, no */
	size_t n_names;
	struct glyph *glyphs;
	size_t n_glyphs;
	uint16_t *chars; /* indexes of glyphs */
	size_t n_chars;
	struct region *regions; /* districts and towns in the order of code */
	size_t n_regions;
	char *texts; /* what streets[].name points into */
	struct address_stats stats;
	struct search_index *index; /* of session.c; NULL before the first search */
};

static inline const struct glyph *name_glyph(const struct address_library *l, const struct name *n, size_t i)
{
	return &l->glyphs[l->chars[n->first + i]];
}
bool library_load(struct address_library *l, struct err *e); /* of an open database; address_open does it */
void library_name_text(const struct address_library *l, const struct name *n, char *out, size_t size);
const char *library_region(const struct address_library *l, const char *code); /* "" when not known */
const struct street *library_street(const struct address_library *l, long id); /* NULL: none */
/* The street of an address; manual entries and stored answers have no id and are found by name, district and town. */
const struct street *library_street_of(const struct address_library *l, const struct address *a);
/* The town of a door that says it itself (its column `town`; 0: it is the street's). */
void library_set_town(const struct address_library *l, struct address *a, long code);
/* Fills the street part of an address. */
void library_fill(const struct address_library *l, const struct street *s, struct address *ret);
/* The statement, reset and with its integers bound from ?1 on; the caller steps it and calls sqlite3_reset. */
sqlite3_stmt *library_ask(struct address_library *l, enum library_query q, int n, const long *values);

#endif
