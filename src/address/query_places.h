#ifndef ADDRESS_QUERY_PLACES_H
#define ADDRESS_QUERY_PLACES_H

#include "address/query.h"

/* Inside of query_places: one reading at a time. */

/* The numbers of a query, after those joined by a hyphen have become one or not. */
struct numbers {
	struct part part[QUERY_PARTS];
	size_t n;
};

/* What a reading supposes. */
struct guess {
	bool number_first; /* an unnamed first number is the number, not the lane */
	bool sub;          /* one behind the lane is the side lane */
	bool lane_no;      /* of two with 号 the first is the lane */
	bool building;     /* 5幢22号: the 幢 counts; 588弄3幢502: it is no number */
	bool floor_no;     /* 1266弄3楼502: 3 is the number */
	bool letters;      /* 12f, 12s: a room with a letter */
	bool no_word;      /* 亭子间, B1: ignored */
};

/* Gives each number its field as far as the guess says; false: the guess contradicts what is written. */
bool read_numbers(const struct numbers *numbers, struct guess guess, struct place *ret);

#endif
