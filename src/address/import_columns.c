#include "address/import_columns.h"

#include <strings.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"

static const char *const NAMES[IMPORT_COLUMNS] = {
	[COL_CODE] = "addr_code",
	[COL_CITY] = "city",
	[COL_DISTRICT_CODE] = "district_code",
	[COL_DISTRICT] = "district",
	[COL_TOWN_CODE] = "town_code",
	[COL_TOWN] = "town",
	[COL_COMMITTEE_CODE] = "committee_code",
	[COL_COMMITTEE] = "committee",
	[COL_STREET] = "street",
	[COL_KIND] = "street_kind",
	[COL_PINYIN] = "street_pinyin",
	[COL_LANE] = "lane",
	[COL_SUB] = "sub_lane",
	[COL_NUMBER] = "number",
	[COL_SUFFIX] = "number_suffix",
	[COL_BUILDING] = "building",
	[COL_UNIT] = "unit",
	[COL_FLOOR] = "floor",
	[COL_ROOM] = "room",
	[COL_COMPOUND] = "compound",
	[COL_OLD_NAME] = "old_name",
	[COL_POSTCODE] = "postcode",
	[COL_LON] = "lon",
	[COL_LAT] = "lat",
	[COL_STATUS] = "status",
	[COL_FROM] = "valid_from",
	[COL_TO] = "valid_to",
	[COL_STANDARD] = "standard_text",
	[COL_OP] = "op",
};

static enum import_column find(const char *name)
{
	for (int c = 0; c < IMPORT_COLUMNS; c++) {
		if (strcasecmp(NAMES[c], name) == 0)
			return (enum import_column)c;
	}
	return IMPORT_COLUMNS;
}

static void trimmed(char *to, size_t size, const char *from)
{
	while (*from == ' ')
		from++;
	str_copy(to, size, from);
	for (size_t n = strlen(to); n && to[n - 1] == ' ';)
		to[--n] = '\0';
}

static bool required(const struct import_columns *c, bool delta, struct err *e)
{
	static const enum import_column NEEDED[] = { COL_CODE, COL_DISTRICT_CODE, COL_STREET };
	struct str missing;
	bool ok = true;
	str_init(&missing, 200);
	for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++) {
		if (!c->there[NEEDED[i]])
			str_addf(&missing, "%s%s", missing.len ? ", " : "", NAMES[NEEDED[i]]);
	}
	if (!c->there[COL_LANE] && !c->there[COL_NUMBER])
		str_addf(&missing, "%slane or number", missing.len ? ", " : "");
	if (delta && !c->there[COL_OP])
		str_addf(&missing, "%sop", missing.len ? ", " : "");
	if (missing.len)
		ok = err_set(e, ERR_CONFIG,
			"the first line is no header of an address library: column%s missing: %s; the names, separated by "
			"commas, stand in juzhu address import --help",
			strchr(missing.text, ',') ? "s" : "", missing.text);
	str_finish(&missing);
	if (ok && !delta && c->there[COL_OP])
		return err_set(e, ERR_CONFIG, "the file has a column op: it is a delta; give --delta");
	return ok;
}

bool import_columns_read(struct import_columns *ret, const struct csv_scan *header, bool delta, struct err *e)
{
	struct import_columns c = { .n = header->n };
	struct str unknown;
	str_init(&unknown, sizeof c.unknown - 1);
	for (size_t i = 0; i < header->n; i++) {
		char name[40];
		trimmed(name, sizeof name, header->field[i]);
		enum import_column col = find(name);
		c.what[i] = (uint8_t)col;
		if (col == IMPORT_COLUMNS) {
			str_addf(&unknown, "%s%s", unknown.len ? ", " : "", *name ? name : "(no name)");
		} else if (c.there[col]) {
			str_finish(&unknown);
			return err_set(e, ERR_CONFIG, "column %s is in the header twice", NAMES[col]);
		} else {
			c.there[col] = true;
		}
	}
	str_copy(c.unknown, sizeof c.unknown, unknown.text ? unknown.text : "");
	str_finish(&unknown);
	if (!required(&c, delta, e))
		return false;
	*ret = c;
	return true;
}

/* GB 18030-2005: one byte, two (81-FE, 40-FE but 7F), or four (81-FE, 30-39, 81-FE, 30-39). */
static bool is_gb18030(const unsigned char *p, const unsigned char *end)
{
	while (p < end) {
		size_t step = 1;
		if (*p >= 0x80) {
			if (*p == 0x80 || *p == 0xff || end - p < 2)
				return false;
			if (p[1] >= 0x40 && p[1] != 0x7f && p[1] != 0xff)
				step = 2;
			else if (end - p >= 4 && p[1] >= 0x30 && p[1] <= 0x39 && p[2] >= 0x81 && p[2] <= 0xfe &&
				p[3] >= 0x30 && p[3] <= 0x39)
				step = 4;
			else
				return false;
		}
		p += step;
	}
	return true;
}

bool import_encoding(const char *bytes, size_t n, struct err *e)
{
	size_t good = 0, bad = 0, gb = 0;
	if (n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
		return err_set(e, ERR_CONFIG, "the file is UTF-16; save it as UTF-8");
	if (n >= 16 && memchr(bytes, '\0', 64 < n ? 64 : n))
		return err_set(e, ERR_CONFIG, "the file is no text; export the library as CSV in UTF-8");
	/* By lines: one broken line makes no other encoding, and UTF-8 often passes for GB 18030. */
	for (const char *p = bytes, *end = bytes + n; p < end;) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		if (!stop)
			break; /* cut by the end of the block */
		bool utf8 = !(csv_marks(p, (size_t)(stop - p)) & CSV_NOT_UTF8);
		bool high = false;
		for (const char *q = p; q < stop && !high; q++)
			high = (unsigned char)*q >= 0x80;
		good += utf8 && high;
		bad += !utf8;
		gb += !utf8 && is_gb18030((const unsigned char *)p, (const unsigned char *)stop);
		p = stop + 1;
	}
	if (bad > good && gb * 2 > bad)
		return err_set(e, ERR_CONFIG, "the file is in GB18030 (GBK), not UTF-8; save it as UTF-8");
	if (bad > good)
		return err_set(e, ERR_CONFIG, "the file is not in UTF-8; save it as UTF-8");
	return true;
}
