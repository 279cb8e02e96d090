#ifndef ADDRESS_IMPORT_H
#define ADDRESS_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "address/import_row.h"

struct err;

/*
 * Makes a library file from a CSV file (reference address.md 6): every row is checked, what is refused is counted by reason and
 * listed, what is cancelled is left out. Nothing is to be seen before everything is written: see build.h.
 *
 * Delta: the rows are applied to the library at `out`, in their order, each code at most once: A adds a new code, U replaces
 * what the code stood for, D takes it away; U with status 0 or a valid_to that has passed is D. The library remembers which
 * deltas it has: the same file a second time is refused (ERR_NO), so is a U whose new address contradicts the library.
 */
struct import_progress {
	uint64_t rows, bytes, size; /* size 0: not known (a pipe) */
	int finishing;              /* -1: still reading; else permille of the writing */
};
/* False stops the import: ERR_NO, the old library stays. While finishing, the answer does not count. */
typedef bool import_report(void *ctx, const struct import_progress *p);

struct import_options {
	const char *csv, *out, *data_dir;
	const char *label;   /* NULL: the file's name and the date */
	const char *rejects; /* NULL: none */
	bool delta;
	bool keep_going; /* import although more than a tenth of the rows is refused */
	int today;       /* YYYYMMDD */
	import_report *report;
	void *ctx;
};

struct import_counts {
	uint64_t rows; /* without header and empty lines */
	uint64_t taken, added, changed, deleted, refused;
	uint64_t by_verdict[IMPORT_VERDICTS];
	uint64_t rejects_left_out;
	char unknown_columns[200];
};

/*
 * ERR_CONFIG: the file is none that can be imported; ERR_STORAGE: disk; ERR_NO: nothing could be taken, or too little (not
 * with keep_going), or stopped. `ret` is filled in any case.
 */
bool address_import(const struct import_options *o, struct import_counts *ret, struct err *e);

#endif
