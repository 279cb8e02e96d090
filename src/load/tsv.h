#ifndef LOAD_TSV_H
#define LOAD_TSV_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/*
 * A small table that an operator keeps: UTF-8, tabs, comments (#) above one header line that must be exactly `header`. `row`
 * gets each line's `columns` fields (the text is changed and its own), returns false to stop; file and line are put before
 * what it says. No field holds a character that may not be shown.
 */
enum { TSV_COLUMNS_MAX = 8 };
typedef bool tsv_row(void *ctx, char *field[static TSV_COLUMNS_MAX], struct err *e);

/* `data` is changed and followed by a NUL; `path` is for messages. */
bool tsv_parse(char *data, size_t n, const char *path, const char *header, tsv_row *row, void *ctx, struct err *e);
bool tsv_load(const char *path, const char *header, tsv_row *row, void *ctx, struct err *e);

#endif
