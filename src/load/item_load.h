#ifndef LOAD_ITEM_LOAD_H
#define LOAD_ITEM_LOAD_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct item;
struct screen;

/*
 * Reads screens/ into the model. Every folder with an item.yaml is an item; a step's screen is looked for in the
 * item's folder, then in screens/common/. The vocabulary is in screens/README.md; an unknown word, a missing or a
 * twisted value is refused with file and line. Whether the words make a sensible item is judged by screen_lint.h.
 */
enum { ITEMS_MAX = 99 };

/* All items, by number. Yours to free. */
bool items_load(const char *screens_dir, struct item ***ret, size_t *ret_n, struct err *e);
void items_free(struct item **items, size_t n); /* accepts NULL */

/*
 * One file from memory that ends with a NUL; `path` is for messages. An item parsed this way has steps without
 * screens.
 */
bool item_parse(const char *data, size_t n, const char *path, struct item **ret, struct err *e);
void item_free(struct item *item); /* accepts NULL */
bool screen_parse(const char *data, size_t n, const char *path, struct screen **ret, struct err *e);
void screen_free(struct screen *screen); /* accepts NULL */

#endif
