#ifndef LOAD_ITEM_BASE_H
#define LOAD_ITEM_BASE_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct item;

/*
 * Fills the materials that an item only names from the item that it builds on: words, licence, paper; both their guards hold.
 * ERR_CONFIG: a material without a title that is in no such item.
 */
bool items_take_base(struct item *const *items, size_t n, const char *screens_dir, struct err *e);

#endif
