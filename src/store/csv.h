#ifndef STORE_CSV_H
#define STORE_CSV_H

#include <stdbool.h>
#include <stddef.h>

/*
 * CSV as in RFC 4180: commas, fields in double quotes may hold commas, line ends and doubled quotes; LF or CR LF. Reads
 * in place: fields are cut out of the caller's text, which is changed.
 */
struct csv {
	char *at;      /* next row; set by the caller to a NUL-terminated text */
	unsigned line; /* where the last row began; 0 before the first */
	unsigned next_line;
};

enum csv_result { CSV_ROW, CSV_END, CSV_BAD };

/* Fields of the next row. CSV_BAD: more than `max` fields, or quotes that do not fit. */
enum csv_result csv_next(struct csv *c, char **fields, size_t max, size_t *ret_n);

#endif
