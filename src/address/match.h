#ifndef ADDRESS_MATCH_H
#define ADDRESS_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address/library.h"
#include "address/query.h"

/* Costs are hundredths: 0 is the whole name as written. Above the limit is no match. */
enum { MATCH_LIMIT = 420, MATCH_NONE = 10000, MATCH_CACHE = 1024 };

/* What the letters from one atom on cost against one character, by how many letters are taken. */
struct match_letters {
	uint32_t key, round;
	uint16_t cost[SYLLABLE_SIZE + 1];
};

/* Aligns typed atoms with the characters of names; made once, then begun for each query. */
struct matcher {
	const struct address_library *l;
	const struct atom *atoms; /* borrowed until the next match_begin */
	size_t n;
	bool ended; /* numbers follow: the name is not going to be typed on */
	uint32_t round;
	char letters[QUERY_ATOMS + 1]; /* the atoms that are letters, the others '\0' */
	uint8_t run[QUERY_ATOMS + 1];  /* letters from here on */
	uint16_t alike[SYLLABLES_MAX]; /* syllables that people mix up have the same number */
	struct match_syllable {
		uint8_t length, blurred_length;
		char blurred[SYLLABLE_SIZE]; /* without what people mix up */
	} syllables[SYLLABLES_MAX];
	uint16_t best[QUERY_ATOMS + 1][NAME_CHARS + 1];
	uint16_t from[QUERY_ATOMS + 1][NAME_CHARS + 1];
	struct match_letters cache[MATCH_CACHE];
};

void match_create(struct matcher *m, const struct address_library *l);
void match_begin(struct matcher *m, const struct atom *atoms, size_t n, bool ended);
/*
 * How far the typed atoms are from a name: characters, full pinyin, initials and any mixture; a homophone costs little (a
 * slip of the input method), so do letters that sound alike (zh/z, ng/n, n/l, h/f) and one mistake in a syllable. With
 * `errors` also a wrong, a missing and a surplus character. MATCH_NONE: too far.
 */
int match_name(struct matcher *m, const struct name *name, bool errors);
/* Which characters of the name the last match_name used: bit per character. */
uint32_t match_marks(const struct matcher *m, const struct name *name);

#endif
