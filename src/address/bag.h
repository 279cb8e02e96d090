#ifndef ADDRESS_BAG_H
#define ADDRESS_BAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address/query.h"

struct address_library;
struct name;

/*
 * Which names share characters or sounds with what is typed, in any order: finds a name with a wrong, missing or surplus
 * character. For each character and each syllable the places (in the order of weight) of the names that have it; a rare
 * one counts more than 路. And the whole names by a hash, to find them inside a longer text.
 */
struct bag {
	uint32_t *points; /* distinct characters, sorted */
	size_t n_points, n;
	uint32_t *char_start, *char_list;   /* place << 1 | it is the first character */
	uint32_t *sound_start, *sound_list; /* the same by syllable */
	uint8_t *length;                    /* of the name at a place */
	uint32_t *bucket, *next;            /* place + 1 of whole names */
	size_t mask;
};

struct bag_state {
	uint16_t *score; /* per place */
	uint32_t full;   /* what a name with all the characters has at least */
	size_t n;
	struct atom atoms[QUERY_ATOMS];
};

void bag_build(struct bag *b, const struct address_library *l, const uint32_t *order);
void bag_finish(struct bag *b);
void bag_state_create(struct bag_state *t, const struct bag *b);
void bag_state_finish(struct bag_state *t);
/* Counts the atoms that are characters; keeps what was counted when it is how they begin. */
void bag_take(struct bag_state *t, const struct bag *b, const struct atom *atoms, size_t n);
/* The places of the names that share most, the best first in coarse steps, then by weight. */
size_t bag_best(const struct bag_state *t, const struct bag *b, uint32_t *out, size_t max);
/* The first place whose name is exactly these atoms, or the next one behind `place`; UINT32_MAX: none. */
uint32_t bag_whole(const struct bag *b, const struct address_library *l, const uint32_t *order,
	const struct atom *atoms, size_t n, uint32_t place);

#endif
