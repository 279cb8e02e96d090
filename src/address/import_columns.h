#ifndef ADDRESS_IMPORT_COLUMNS_H
#define ADDRESS_IMPORT_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address/csv_scan.h"

struct err;

/* Columns of an import file (reference address.md 6). */
enum import_column {
	COL_CODE,
	COL_CITY,
	COL_DISTRICT_CODE,
	COL_DISTRICT,
	COL_TOWN_CODE,
	COL_TOWN,
	COL_COMMITTEE_CODE,
	COL_COMMITTEE,
	COL_STREET,
	COL_KIND,
	COL_PINYIN,
	COL_LANE,
	COL_SUB,
	COL_NUMBER,
	COL_SUFFIX,
	COL_BUILDING,
	COL_UNIT,
	COL_FLOOR,
	COL_ROOM,
	COL_COMPOUND,
	COL_OLD_NAME,
	COL_POSTCODE,
	COL_LON,
	COL_LAT,
	COL_STATUS,
	COL_FROM,
	COL_TO,
	COL_STANDARD,
	COL_OP,
	IMPORT_COLUMNS
};

struct import_columns {
	size_t n;                   /* fields of each row */
	uint8_t what[CSV_FIELDS];   /* import_column of a field; IMPORT_COLUMNS: passed over */
	bool there[IMPORT_COLUMNS]; /* in the file */
	char unknown[200];          /* names passed over, for the summary */
};
/* From the header line, names in any order. ERR_CONFIG: a column is missing, or there twice, or op does not fit. */
bool import_columns_read(struct import_columns *ret, const struct csv_scan *header, bool delta, struct err *e);
/* Looks at the beginning of the file: is it UTF-8 text? ERR_CONFIG names the encoding that it is in, and what to do. */
bool import_encoding(const char *bytes, size_t n, struct err *e);

#endif
