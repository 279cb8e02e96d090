#ifndef ADDRESS_DOORS_H
#define ADDRESS_DOORS_H

#include <stdbool.h>
#include <stdint.h>

#include "address/schema.h"

struct err;
struct str;

struct door {
	long lane, sub, no; /* 0: none */
	const char *suffix; /* "", "甲", "临", "-1" */
	const char *rooms;  /* separated by blanks, "" for a single house */
};

typedef bool (*door_sink)(void *ctx, const struct door *d, struct err *e);

/*
 * Invents the doors of one street from a seed. Each street has its own random sequence (SplitMix64 started from the
 * seed and the street's name and district), so adding a name to the data changes no other street.
 */
bool doors_generate(uint64_t seed, const char *name, const char *district, enum street_kind kind, door_sink sink,
	void *ctx, struct err *e);
/* Writes the rooms "101 102 ... " of floors first to last with `each` rooms a floor. */
void doors_rooms(struct str *out, int first, int last, int each);

#endif
