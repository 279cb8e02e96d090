#ifndef MODEL_EDIT_H
#define MODEL_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One line of text being typed; knows no terminal. Positions are clusters: a base character and its combining marks
 * move and are deleted together. The buffer is wiped at the end.
 */
enum { EDIT_MAX = 200 }; /* characters */

struct edit {
	uint32_t text[EDIT_MAX];
	unsigned len, cur, max; /* characters; max <= EDIT_MAX */
};

enum edit_move { EDIT_LEFT, EDIT_RIGHT, EDIT_HOME, EDIT_END };

void edit_init(struct edit *e, unsigned max, const char *utf8);
void edit_wipe(struct edit *e);
bool edit_insert(struct edit *e, uint32_t point); /* false: full, or a character that may not be typed */
bool edit_backspace(struct edit *e);
bool edit_delete(struct edit *e);
bool edit_move(struct edit *e, enum edit_move m);
void edit_set(struct edit *e, const char *utf8);
void edit_get(const struct edit *e, char *out, size_t size);
/*
 * The part that fits `columns` with the cursor in it and one free column for the cursor: `first` is kept between
 * calls (scroll position, characters). Never cuts a wide character.
 */
void edit_slice(const struct edit *e, unsigned columns, unsigned *first, char *out, size_t size,
	unsigned *ret_cursor_column);

#endif
