#ifndef ADDRESS_INVENT_NAMES_H
#define ADDRESS_INVENT_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "address/build_texts.h"
#include "address/schema.h"

struct err;

/*
 * New names from the parts of the sample's: the first and second characters of roads, the ends of villages and compounds.
 * Plausible, and harder to tell apart than real ones, because they share their parts more evenly.
 */
enum { PARTS_MAX = 2000, INVENTED_BYTES = 100, TOWNS_MAX = 300, REGION_TEXT = 60 };

struct invent_parts {
	uint32_t at[PARTS_MAX]; /* texts */
	size_t n;
};

struct invent_names {
	struct texts texts; /* parts, and every name that was given out */
	struct invent_parts first, second, road_end, village_end, compound_end;
	char town[TOWNS_MAX][10], town_name[TOWNS_MAX][REGION_TEXT];
	size_t n_towns;
};

bool invent_names_load(struct invent_names *p, const char *data_dir, struct err *e);
void invent_names_finish(struct invent_names *p);
/* A name that was not given out before. */
void invent_name(struct invent_names *p, uint64_t *random, enum street_kind kind, char out[static INVENTED_BYTES]);
uint64_t invent_random(uint64_t *state);
uint32_t invent_below(uint64_t *state, uint32_t n); /* 0 to n - 1 */

#endif
