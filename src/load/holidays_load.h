#ifndef LOAD_HOLIDAYS_LOAD_H
#define LOAD_HOLIDAYS_LOAD_H

#include <stdbool.h>

#include "model/promise.h"

struct err;

/* data/holidays/holidays.tsv; README.md beside it. Free with holidays_finish. ERR_CONFIG: no day, a day twice. */
bool holidays_load(const char *path, struct holidays *ret, struct err *e);

#endif
