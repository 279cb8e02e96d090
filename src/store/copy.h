#ifndef STORE_COPY_H
#define STORE_COPY_H

#include <stdbool.h>

#include "store/upkeep.h"

/* What making a backup and putting one in place share; in backup.c. */
enum { COPY_PROBLEM_MAX = 400 };

/* store_verify of a file that nobody writes to; the error's text is the first problem. */
bool copy_verify(const char *path, const char *schema_dir, const char *station, const struct center_public *centers,
	unsigned n, struct verify_counts *ret, struct err *e);
/* The file and its folder are on the disk when it returns. */
bool copy_sync(const char *path, struct err *e);

#endif
