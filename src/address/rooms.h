#ifndef ADDRESS_ROOMS_H
#define ADDRESS_ROOMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

/*
 * The rooms of a door, packed: less than a byte a room when the floors are alike. Groups by building (幢) and unit (单元),
 * each in the order in which people read them: numeric rooms as differences, then rooms that are text ("地下室", "12A").
 * Beside them, in the same order, the official address codes, packed as a start and steps, so that a row of codes costs
 * nothing. The bytes: rooms.c.
 */
enum { ROOM_TEXT = 24, ROOM_PART = 16, ROOM_CODE = 40, ROOMS_MAX = 100000, ROOM_PERIOD = 16 };

struct room {
	char building[ROOM_PART], unit[ROOM_PART]; /* "" when none */
	char room[ROOM_TEXT];                      /* "" for a building without rooms, or for the door's own entry */
	char code[ROOM_CODE];                      /* official code, "" when the library has none */
};

struct rooms_writer; /* takes rooms in any order; equal ones are one */
struct rooms_writer *rooms_writer_create(void);
void rooms_writer_destroy(struct rooms_writer *w); /* accepts NULL */
void rooms_writer_clear(struct rooms_writer *w);
size_t rooms_writer_count(const struct rooms_writer *w); /* how many were added since */
/* ERR_NO: a part or the code is too long, or there are too many; the strings may be NULL. */
bool rooms_writer_add(struct rooms_writer *w, const char *building, const char *unit, const char *room,
	const char *code, struct err *e);
/*
 * Borrowed until the next call. Of two equal rooms the first with a code stays; returns how many had another code and
 * were left out. A door's own entry without a code needs no byte.
 */
size_t rooms_writer_pack(struct rooms_writer *w, const unsigned char **ret_rooms, size_t *ret_rooms_size,
	const unsigned char **ret_codes, size_t *ret_codes_size);

/*
 * Walks through packed rooms, which are hostile until read: false at the end or when the bytes are none (`good` tells). A
 * door's own entry (a single house, or a door that has a code besides its rooms) comes first with everything but the code
 * empty; without a code it does not come.
 */
struct rooms_reader {
	const unsigned char *at, *end, *codes, *codes_end;
	bool good, own, with_codes;
	struct room now;
	/* private: where in the groups, the differences, the codes */
	uint32_t left, numbers, texts, repeat, period, n_steps, value;
	uint32_t step[ROOM_PERIOD];
	uint32_t run, run_mode, width;
	int64_t run_step;
	uint64_t code;
	uint8_t prefix;
};
/* codes NULL: the caller wants none; then they are not looked at. */
void rooms_read(struct rooms_reader *r, const void *rooms, size_t rooms_size, const void *codes, size_t codes_size);
bool rooms_next(struct rooms_reader *r);            /* r->now */
size_t rooms_count(const void *rooms, size_t size); /* without the own entry and without walking through all */

#endif
