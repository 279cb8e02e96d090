#ifndef LOAD_FILE_H
#define LOAD_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/* Reads a whole file of at most max bytes; the result ends with a NUL that is not counted. Yours to free. */
bool file_read(const char *path, size_t max, char **ret_data, size_t *ret_n, struct err *e);

#endif
