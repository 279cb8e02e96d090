#ifndef ADDRESS_ROOMS_BYTES_H
#define ADDRESS_ROOMS_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address/rooms.h"

/* What the writer and the reader of packed rooms share; the bytes are described in rooms.c. */
enum { NUMBER_MOST = 999999999, CODE_DIGITS = 18 };
enum { GROUP_BUILDING = 1, GROUP_UNIT = 2, GROUP_TEXTS = 4 };
enum { RUN_NONE, RUN_CODE, RUN_NEXT, RUN_STEP };

/* The largest number of that many digits. */
static inline uint64_t code_most(uint32_t width)
{
	static const uint64_t most[CODE_DIGITS + 1] = { 0, 9, 99, 999, 9999, 99999, 999999, 9999999, 99999999,
		999999999, 9999999999, 99999999999, 999999999999, 9999999999999, 99999999999999, 999999999999999,
		9999999999999999, 99999999999999999, 999999999999999999 };
	return most[width];
}

struct bytes {
	unsigned char *at;
	size_t n, cap;
};

unsigned char *bytes_space(struct bytes *b, size_t n); /* where the next n go */
void bytes_number(struct bytes *b, uint64_t v);
void bytes_text(struct bytes *b, const char *text, size_t n); /* with its length, below 256 */

struct code {
	size_t prefix, width;
	uint64_t tail;
};

/* Writes one code after the other as runs. */
struct rooms_coder {
	struct bytes *out;
	char text[ROOM_CODE]; /* of the last code */
	struct code last;
	size_t run; /* entries of the run that is still to be written */
	int64_t step;
	bool none; /* that run is of entries without code */
};
void rooms_put_code(struct rooms_coder *c, const char *text);
void rooms_end_codes(struct rooms_coder *c);

#endif
