#ifndef ADDRESS_QUERY_TEXT_H
#define ADDRESS_QUERY_TEXT_H

#include "address/query.h"

/*
 * Inside of the query parser: the text in one alphabet. Small letters, half-width digits, simplified characters, 号 for
 * #; of the punctuation only ' ' (any that parts), '-', '~' (from to) and 与 (&) are left; numbers are written in digits, the
 * ones in names (瑞金二路) in Chinese.
 */
struct text {
	uint32_t p[QUERY_POINTS + 1]; /* 0 behind the last */
	const struct reading *r[QUERY_POINTS + 1];
	size_t n;
};

void query_text(struct text *ret, const char *typed, const struct readings *r);

static inline bool is_digit(uint32_t p)
{
	return p >= '0' && p <= '9';
}

static inline bool is_letter(uint32_t p)
{
	return p >= 'a' && p <= 'z';
}

static inline bool is_han(uint32_t p)
{
	return p >= 0x2e80;
}

static inline uint32_t text_at(const struct text *t, size_t i)
{
	return i < t->n ? t->p[i] : 0;
}

bool is_one_of(uint32_t p, const uint32_t *set);
/* The last character of most names of roads and compounds: what follows is not the name any more. */
bool ends_name(uint32_t p);
/* How many points a word takes at i, 0: it is not there. A blank in the word stands for any number of blanks. */
size_t text_word(const struct text *t, size_t i, const uint32_t *word);

/* Reads the number, the letter (A座) or the room by name (亭子间) at i; returns how many points it took, 0: none. */
size_t query_number(struct query *q, const struct text *t, size_t i, enum joint joint);

#endif
