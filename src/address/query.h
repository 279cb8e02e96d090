#ifndef ADDRESS_QUERY_H
#define ADDRESS_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address/number.h"
#include "address/readings.h"

/*
 * What a person typed, taken apart (grammar: reference address.md 7): the name as a row of atoms, Chinese characters or
 * letters, and the numbers with what was written behind them. Knows nothing about which names or numbers exist.
 */
enum { QUERY_BYTES = 400, QUERY_POINTS = 200, QUERY_ATOMS = 40, QUERY_PARTS = 8, QUERY_PLACES = 8 };

struct atom {
	uint32_t point;                /* 'a'-'z' or a Chinese character, simplified */
	const struct reading *reading; /* NULL for a letter or an unknown character */
};

enum role { ROLE_BARE, ROLE_LANE, ROLE_SUB, ROLE_NO, ROLE_BUILDING, ROLE_IGNORED, ROLE_ROOM };

struct part {
	long value;
	char text[16];              /* digits and suffix as typed, letters in upper case */
	char suffix[NUMBER_SUFFIX]; /* 甲, 临, B */
	enum role role;
	bool hyphen; /* a hyphen stands before it */
};

struct query {
	struct atom atoms[QUERY_ATOMS];
	size_t n_atoms;
	struct part parts[QUERY_PARTS];
	size_t n_parts;
};

void query_parse(struct query *q, const char *typed, const struct readings *r);

enum field { FIELD_LANE, FIELD_SUB, FIELD_NO, FIELD_ROOM, FIELDS };

/* One way to read the numbers. */
struct place {
	long value[FIELDS];         /* 0: not given; of the room only `room` counts */
	char suffix[NUMBER_SUFFIX]; /* of the number */
	char room[16];
	int last;       /* the field that was typed last, -1: none */
	bool open;      /* nothing was written behind it: 12 may become 126 */
	char typed[16]; /* the last number as typed */
	int cost;       /* hundredths; how unusual this reading is */
};

/* All readings of the numbers, the most usual first; 0 when no numbers were typed. */
size_t query_places(const struct query *q, struct place out[static QUERY_PLACES]);

#endif
