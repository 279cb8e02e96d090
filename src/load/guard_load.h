#ifndef LOAD_GUARD_LOAD_H
#define LOAD_GUARD_LOAD_H

#include <stdbool.h>

struct err;
struct guard;

/* Reads `name = a | b` or `name != a | b`. Fills *ret, which guard_finish frees. */
bool guard_parse(const char *text, struct guard *ret, struct err *e);
void guard_finish(struct guard *g);

#endif
