#ifndef ADDRESS_CSV_SCAN_H
#define ADDRESS_CSV_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

/*
 * Splits comma separated values (RFC 4180) read from a descriptor in big blocks; nothing is allocated for a row. Strict where
 * RFC 4180 is: a quote inside a field without quotes is an error. A row that cannot be split costs one line: reading goes on
 * with the line after the one it began on, so that a quote never closed swallows no good rows.
 */
enum { CSV_LINE = 65536, CSV_FIELDS = 64, CSV_BLOCK = 1 << 20 };

enum csv_state {
	CSV_ROW,
	CSV_LONG, /* more than CSV_LINE bytes or more than CSV_FIELDS fields: passed over, csv_scan_raw has its beginning */
	CSV_QUOTES, /* quotes in the wrong place or never closed: no fields */
	CSV_END,
	CSV_FAILED, /* reading failed */
};

enum csv_mark { /* what the bytes of a row are, before quotes are taken off */
	CSV_NOT_UTF8 = 1,
	CSV_CONTROL = 2, /* a character that leaves no mark on paper: control, bidi, zero width, a line end in quotes */
	CSV_WIDE = 4,    /* full-width forms occur */
};

struct csv_scan {
	int fd;
	char *buffer, *spare; /* spare: a row with quotes, without them */
	char *at, *end;       /* not yet split; at `end` stands a line end of ours */
	char *raw;
	size_t raw_size;
	bool over;     /* nothing more to read */
	bool split;    /* commas of the raw row are NUL at the moment */
	uint64_t line; /* of the row's beginning, from 1 */
	uint64_t lines, bytes;
	unsigned marks;
	size_t n; /* fields of the row: */
	char *field[CSV_FIELDS];
	uint32_t size[CSV_FIELDS]; /* without the NUL that ends each field */
};

void csv_scan_init(struct csv_scan *s, int fd); /* the caller keeps and closes fd */
void csv_scan_finish(struct csv_scan *s);
/* Reads the first block if nothing has been read yet; a byte-order mark is passed over. Borrowed, `*ret` bytes. */
bool csv_scan_peek(struct csv_scan *s, const char **ret_bytes, size_t *ret, struct err *e);
/* The next row; an empty line is a row of one empty field. Fields stay until the next call. */
enum csv_state csv_scan_next(struct csv_scan *s, struct err *e);
/* The bytes of the last row as they were, without the line end. The fields are void afterwards. */
const char *csv_scan_raw(struct csv_scan *s, size_t *ret_size);

/* csv_mark bits of `n` bytes. */
unsigned csv_marks(const char *bytes, size_t n);

#endif
