#ifndef VISION_PAPER_H
#define VISION_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct material_reading;

/*
 * Fields out of recognised text. Works on code points: full width folded, blanks and stray quotes left out, lines kept, so that
 * what a recogniser puts between the characters of a word does not matter.
 */
enum { PAPER_POINTS = 6000, PAPER_NUMBERS = 8, PAPER_NUMBER = 19 };

struct paper {
	uint32_t points[PAPER_POINTS];
	size_t n;
};

/* `lines`: the line ends are kept as '\n'. What does not fit is left out. */
void paper_fold(struct paper *p, const char *text, bool lines);
bool paper_utf8(const uint32_t *points, size_t n, char *out, size_t size); /* false: cut */
bool paper_han(uint32_t point);                                            /* or the dot in a name */

/*
 * Identity numbers of GB 11643, among signs that recognisers mix up with digits (O and 0, l and 1), each with how many passes
 * have it. Most votes first; returns how many.
 */
struct paper_number {
	char text[PAPER_NUMBER];
	unsigned votes;
};
size_t paper_numbers(const struct material_reading *r, int today, struct paper_number out[static PAPER_NUMBERS]);

/*
 * What stands behind the first of the labels that is there (one sign of four and more may be wrong), up to the line's end or
 * the next of `stops`; an empty rest means the line below. Both lists end with NULL. Returns how many points, 0: none.
 */
size_t paper_labelled(const struct paper *p, const char *const *labels, const char *const *stops,
	const uint32_t **ret_value);

/* A pair of dates "from - to", YYYYMMDD; to is PAPER_FOREVER for 长期. False: none. */
enum { PAPER_FOREVER = 99991231 };
bool paper_period(const struct paper *p, const char *const *labels, int *ret_from, int *ret_to);

/* "沪(2018)徐字不动产权第015979号" (domain file 5.6), also the older 沪房地. False: none. */
bool paper_certificate(const struct paper *p, char *out, size_t size);
/* Letters, digits and hyphens, 8 to 30, behind a label (domain file 5.7). */
bool paper_filing(const struct paper *p, const char *const *labels, char *out, size_t size);

/* How much of two texts is alike: 1 minus edit distance by the longer length, in hundredths. */
unsigned paper_alike(const uint32_t *a, size_t n, const uint32_t *b, size_t m);
/*
 * Where `wanted` is most alike in the text, with both ends free: hundredths of its own length. The place found grows by digits
 * that were cut at its ends.
 */
unsigned paper_find(const struct paper *text, const uint32_t *wanted, size_t n, size_t *ret_at, size_t *ret_n);
/* Do both hold the same numbers in the same order? Digits alone count, and signs that recognisers mix up with them. */
bool paper_same_numbers(const uint32_t *a, size_t n, const uint32_t *b, size_t m);

#endif
