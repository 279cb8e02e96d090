#ifndef ADDRESS_IMPORT_ROW_H
#define ADDRESS_IMPORT_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "address/build.h"
#include "address/import_columns.h"

/* What becomes of a row. The reasons stand in a table, so that the summary can count them. */
enum import_verdict {
	ROW_TAKEN,
	ROW_CANCELLED, /* status 0, or valid_to has passed: left out, not an error */
	ROW_LONG,      /* from here on refused */
	ROW_QUOTES,
	ROW_NOT_UTF8,
	ROW_CONTROL,
	ROW_FIELDS,
	ROW_NO_CODE,
	ROW_BAD_CODE,
	ROW_TWICE,
	ROW_CITY,
	ROW_DISTRICT_CODE,
	ROW_TOWN_CODE,
	ROW_STREET,
	ROW_KIND,
	ROW_NO_PLACE,
	ROW_LANE,
	ROW_SUB,
	ROW_NUMBER,
	ROW_SUFFIX,
	ROW_PART_LONG,
	ROW_POSTCODE,
	ROW_POSITION,
	ROW_STATUS,
	ROW_DATE,
	ROW_DATES,
	ROW_STANDARD,
	ROW_OP,
	ROW_KNOWN,
	ROW_CONFLICT, /* the library says why */
	IMPORT_VERDICTS
};
const char *import_reason(enum import_verdict v); /* of a refusal; names the column */

enum import_op { OP_ADD = 'A', OP_CHANGE = 'U', OP_DELETE = 'D' };

enum { IMPORT_SPARE = 2048 };
struct import_row {
	struct library_row row; /* borrows from the scanner's fields and from `spare` */
	enum import_op op;
	const char *text[IMPORT_COLUMNS]; /* trimmed, widths folded; "" when not given */
	size_t size[IMPORT_COLUMNS];
	char spare[IMPORT_SPARE], place[40];
};

/* Takes the columns out of a row that the scanner has split. ROW_TAKEN, or refused already. */
enum import_verdict import_row_collect(struct import_row *ret, const struct import_columns *c,
	const struct csv_scan *s);
/* Checks them and fills `row`. `today`: YYYYMMDD. A row to be deleted needs no more than its code. */
enum import_verdict import_row_check(struct import_row *r, const struct import_columns *c, int today);
/* Does standard_text say what the columns say? City and town may be left out; 26号甲 and 26甲号 are the same. */
bool import_standard_fits(const struct import_row *r);

#endif
