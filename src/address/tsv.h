#ifndef ADDRESS_TSV_H
#define ADDRESS_TSV_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/*
 * Reads a data file: UTF-8, tab separated, one header line, `#` comments. Calls `row` with the fields of each line; a
 * field that a line lacks is "". `row` returns false to stop with the error it has set; file and line are put before
 * it.
 */
enum { TSV_FIELDS = 8 };
typedef bool (*tsv_row)(void *ctx, char *field[static TSV_FIELDS], struct err *e);
bool tsv_read(const char *dir, const char *name, tsv_row row, void *ctx, struct err *e);

#endif
