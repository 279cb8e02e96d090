#ifndef LOAD_RETENTION_LOAD_H
#define LOAD_RETENTION_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "model/retention.h"

struct err;

/* data/retention/retention.tsv; README.md beside it. Each of draft, audit and the states in exactly one row. */
bool retention_load(const char *path, struct retention *ret, struct err *e);
/* `data` is changed and followed by a NUL; `path` is for messages. */
bool retention_parse(char *data, size_t n, const char *path, struct retention *ret, struct err *e);

#endif
