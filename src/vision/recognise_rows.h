#ifndef VISION_RECOGNISE_ROWS_H
#define VISION_RECOGNISE_ROWS_H

#include <stddef.h>

/*
 * Pieces of recognised text and where they stand, put into the rows that a person reads: forms have a label on the left and its
 * value far on the right, which a recogniser gives in any order.
 */
enum { PIECES_MAX = 400, PIECE_TEXT = 400 };

struct piece {
	int left, top, right, bottom; /* pixels, right and bottom outside */
	char text[PIECE_TEXT];        /* UTF-8, one line */
};

/* Reorders the pieces. Writes a line for each row, pieces in it parted by a blank; what does not fit is left out. */
void rows_text(struct piece *pieces, size_t n, char *out, size_t size);

#endif
