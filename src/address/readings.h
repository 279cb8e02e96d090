#ifndef ADDRESS_READINGS_H
#define ADDRESS_READINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

/*
 * How Chinese characters are read: the syllables of a character, the usual one first, and the simplified form of a
 * traditional one. Syllables are numbered, so that two characters sound the same when they share a number.
 */
enum { READINGS_EACH = 4, SYLLABLE_SIZE = 8, SYLLABLES_MAX = 1024, SYLLABLE_SLOTS = 2 * SYLLABLES_MAX };

struct reading {
	uint32_t point, simplified; /* simplified: 0 when the character is itself */
	uint16_t syllable[READINGS_EACH];
	uint8_t n;
};

struct readings {
	struct reading *rows; /* sorted by point after readings_sort */
	size_t n, cap;
	char syllable[SYLLABLES_MAX][SYLLABLE_SIZE];
	size_t n_syllables;
	uint16_t slot[SYLLABLE_SLOTS]; /* finds a syllable: its number + 1, 0 free */
};

void readings_finish(struct readings *r);
/* Adds a character with its readings, separated by blanks; ü is written v and also found as u. */
bool readings_add(struct readings *r, const char *character, const char *syllables, const char *simplified,
	struct err *e);
void readings_sort(struct readings *r);
const struct reading *readings_find(const struct readings *r, uint32_t point); /* NULL: not known */
/* The syllables of a list ("chang/zhang" or "lv lu"): numbers into `out`, at most READINGS_EACH. */
bool readings_number(struct readings *r, const char *list, char separator, uint16_t *out, uint8_t *ret_n,
	struct err *e);
/* Reads data/pinyin/readings.tsv below `data_dir`. */
bool readings_load(struct readings *r, const char *data_dir, struct err *e);
/*
 * The same from a pinyin column: syllables by blanks, or written together ("nanjingxilu"; cut where the characters' readings
 * allow it). One that does not fit the name is not used.
 */
void readings_of_given(const struct readings *r, const char *name, const char *given, char *out, size_t size);

#endif
