#ifndef LOAD_CENTER_LOAD_H
#define LOAD_CENTER_LOAD_H

#include <stdbool.h>

struct centers;
struct err;

/* data/centers/centers.tsv, or the operator's own file; README.md beside it. A town stands in one row. */
bool centers_load(const char *path, struct centers *ret, struct err *e);

#endif
