#ifndef ADDRESS_SCAN_H
#define ADDRESS_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address/query.h"

struct address_library;

/*
 * The first pass over all names, by their pinyin (reference address.md 6): one row per name and way to read it, one
 * column per letter; bit p of a column is set when that letter stands at place p of the row. A typed letter is then one
 * step of plain word operations over all rows, which the compiler turns into vector code.
 *
 * exact: every typed letter goes on inside a syllable or begins the next one (abbreviations). slip: letters that are mixed
 * up (zh z, ng n, n l, h f), and one letter wrong, missing, too many or swapped, or one syllable replaced by a character.
 */
enum { SCAN_LETTERS = 31, SCAN_VARIANTS = 8 };

struct scan {
	uint32_t *letter[26];
	uint32_t *begin;    /* where syllables begin, and the end */
	uint32_t *optional; /* the h of zh, the g of ng: may be left out */
	uint32_t *after;    /* where a g (behind n) or h (behind z, c, s) may be too many */
	uint32_t *rank;     /* of the row's name */
	size_t rows, padded;
};

enum scan_column { SCAN_FRONT, SCAN_INSIDE, SCAN_LOOSE, SCAN_STRICT, SCAN_SLIP, SCAN_SWAP, SCAN_COLUMNS };

/* What is left of each row after the atoms so far. */
struct scan_state {
	uint32_t *column[SCAN_COLUMNS];
	uint8_t *alive[2]; /* per block: exact, slip */
	size_t n[2];       /* how many atoms each has taken */
	struct atom atoms[QUERY_ATOMS];
};

/* The rows in the order of `order`, which lists all names; a row tells the place in that order. */
void scan_build(struct scan *s, const struct address_library *l, const uint32_t *order);
void scan_finish(struct scan *s);
void scan_state_create(struct scan_state *t, const struct scan *s);
void scan_state_finish(struct scan_state *t);
/* Takes the atoms; what the state has taken already is kept when it is how they begin. `slip`: that pass as well. */
void scan_take(struct scan_state *t, const struct scan *s, const struct readings *r, const struct atom *atoms, size_t n,
	bool slip);
enum { SCAN_BLOCK = 256 }; /* rows that live or die together */
/* Is there a row left in the column's block that begins at `row`? */
bool scan_block_alive(const struct scan_state *t, enum scan_column c, size_t row);

#endif
