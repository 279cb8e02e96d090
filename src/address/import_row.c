#include "address/import_row.h"

#include <string.h>

#include "address/number.h"
#include "address/rooms.h"
#include "base/clock.h"
#include "base/utf8.h"

static const char *const REASONS[IMPORT_VERDICTS] = {
	[ROW_LONG] = "the line is longer than 64 KiB or has more than 64 fields",
	[ROW_QUOTES] = "quotes inside a field or never closed",
	[ROW_NOT_UTF8] = "not UTF-8",
	[ROW_CONTROL] = "control, bidi or invisible character, or a line end inside a field",
	[ROW_FIELDS] = "number of fields is not that of the header",
	[ROW_NO_CODE] = "addr_code is empty",
	[ROW_BAD_CODE] = "addr_code is longer than 39 bytes or not letters, digits and -",
	[ROW_TWICE] = "addr_code is there twice",
	[ROW_CITY] = "city is not 上海市",
	[ROW_DISTRICT_CODE] = "district_code is not 6 digits",
	[ROW_TOWN_CODE] = "town_code is not 9 digits within the district",
	[ROW_STREET] = "street is empty or longer than 89 bytes",
	[ROW_KIND] = "street_kind is not road, village, new_village, compound or 1 to 4",
	[ROW_NO_PLACE] = "neither lane nor number",
	[ROW_LANE] = "lane is not a whole number from 1 to 99999",
	[ROW_SUB] = "sub_lane is not a whole number from 1 to 99999, or there is no lane",
	[ROW_NUMBER] = "number is not a whole number from 1 to 99999 (甲, 临, -1 belong into number_suffix)",
	[ROW_SUFFIX] = "number_suffix is longer than 11 bytes, or there is no number",
	[ROW_PART_LONG] =
		"district, town, committee, building, unit, room, compound, old_name or street_pinyin is too long",
	[ROW_POSTCODE] = "postcode is not 6 digits",
	[ROW_POSITION] = "lon and lat are not both degrees",
	[ROW_STATUS] = "status is neither 1 nor 0",
	[ROW_DATE] = "valid_from or valid_to is not a date",
	[ROW_DATES] = "valid_to is before valid_from",
	[ROW_STANDARD] = "standard_text says something else than the columns",
	[ROW_OP] = "op is not A, U or D",
	[ROW_KNOWN] = "op is A, but the library has this addr_code already",
	[ROW_CONFLICT] = "contradicts the library",
};

const char *import_reason(enum import_verdict v)
{
	return v < IMPORT_VERDICTS && REASONS[v] ? REASONS[v] : "";
}

enum { DIGIT = 1, LETTER = 2 };

static bool digits(const char *s, size_t n, size_t want)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
	}
	return n == want;
}

/* "" is 0. */
static bool whole(const char *s, size_t n, long *ret)
{
	long value = 0;
	if (n > NUMBER_DIGITS)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		value = value * 10 + (s[i] - '0');
	}
	if (n && value == 0)
		return false;
	*ret = value;
	return true;
}

/* YYYYMMDD or YYYY-MM-DD or with /. 9999-12-31 is what databases write for no end. */
static bool date(const char *s, size_t n, int *ret)
{
	int v = 0;
	if (n == 0 || (n == 1 && *s == '0')) {
		*ret = 0;
		return true;
	}
	bool parted = n == 10 && (s[4] == '-' || s[4] == '/') && s[7] == s[4];
	if (n != 8 && !parted)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (parted && (i == 4 || i == 7))
			continue;
		if (s[i] < '0' || s[i] > '9')
			return false;
		v = v * 10 + (s[i] - '0');
	}
	if (!date_real(v / 10000, v / 100 % 100, v % 100))
		return false;
	*ret = v == 99991231 ? 0 : v;
	return true;
}

static bool degrees(const char *s, size_t n, long most)
{
	size_t i = n && s[0] == '-';
	long value = 0;
	size_t start = i;
	for (; i < n && s[i] >= '0' && s[i] <= '9'; i++)
		value = value > most ? value : value * 10 + (s[i] - '0');
	if (i == start || value > most)
		return false;
	if (i < n && s[i] == '.')
		for (i++; i < n && s[i] >= '0' && s[i] <= '9'; i++)
			;
	return i == n && n < 16;
}

static bool code_good(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = s[i];
		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-'))
			return false;
	}
	return n < ROOM_CODE;
}

static const struct {
	const char *word;
	enum street_kind kind;
} KINDS[] = { { "road", STREET_ROAD }, { "village", STREET_VILLAGE }, { "new_village", STREET_VILLAGE },
	{ "compound", STREET_COMPOUND }, { "1", STREET_ROAD }, { "2", STREET_VILLAGE }, { "3", STREET_VILLAGE },
	{ "4", STREET_COMPOUND }, { "道路", STREET_ROAD }, { "村", STREET_VILLAGE }, { "新村", STREET_VILLAGE },
	{ "小区", STREET_COMPOUND } };

static bool ends_in(const char *s, size_t n, const char *end)
{
	size_t m = strlen(end);
	return n >= m && memcmp(s + n - m, end, m) == 0;
}

static bool kind(const struct import_row *r, enum street_kind *ret)
{
	const char *word = r->text[COL_KIND];
	if (!*word) {
		*ret = ends_in(r->text[COL_STREET], r->size[COL_STREET], "村") ? STREET_VILLAGE : STREET_ROAD;
		return true;
	}
	for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
		if (strcmp(KINDS[i].word, word) == 0) {
			*ret = KINDS[i].kind;
			return true;
		}
	}
	return false;
}

/* Points into the scanner's fields; what has to be changed is copied, so that the line can be shown as it was. */
static void collect(struct import_row *r, const struct import_columns *c, const struct csv_scan *s)
{
	size_t used = 0;
	for (size_t i = 0; i < c->n; i++) {
		unsigned col = c->what[i];
		const char *text = s->field[i];
		size_t n = s->size[i];
		if (col >= IMPORT_COLUMNS)
			continue;
		if (n && (text[0] == ' ' || text[n - 1] == ' ' || (s->marks & CSV_WIDE)) &&
			used + n + 1 <= IMPORT_SPARE) {
			char *to = r->spare + used;
			memcpy(to, text, n);
			to[n] = '\0';
			utf8_fold_width(to);
			while (*to == ' ')
				to++;
			n = strlen(to);
			while (n && to[n - 1] == ' ')
				to[--n] = '\0';
			used = (size_t)(to - r->spare) + n + 1;
			text = to;
		}
		r->text[col] = text;
		r->size[col] = n;
	}
}

static bool lengths(const struct import_row *r)
{
	static const struct {
		uint8_t col, size;
	} MOST[] = { { COL_DISTRICT, 40 }, { COL_TOWN, 60 }, { COL_COMMITTEE, 90 }, { COL_COMMITTEE_CODE, 16 },
		{ COL_PINYIN, 200 }, { COL_BUILDING, ROOM_PART }, { COL_UNIT, ROOM_PART }, { COL_ROOM, ROOM_TEXT },
		{ COL_COMPOUND, 200 }, { COL_OLD_NAME, 200 } };
	for (size_t i = 0; i < sizeof MOST / sizeof *MOST; i++) {
		if (r->size[MOST[i].col] >= MOST[i].size)
			return false;
	}
	return true;
}

static bool town_code(const struct import_row *r)
{
	const char *t = r->text[COL_TOWN_CODE];
	return r->size[COL_TOWN_CODE] == 0 ||
		(digits(t, r->size[COL_TOWN_CODE], 9) && memcmp(t, r->text[COL_DISTRICT_CODE], 6) == 0);
}

static enum import_verdict numbers(struct import_row *r)
{
	struct library_row *row = &r->row;
	if (!whole(r->text[COL_LANE], r->size[COL_LANE], &row->lane))
		return ROW_LANE;
	if (!whole(r->text[COL_SUB], r->size[COL_SUB], &row->sub) || (row->sub && !row->lane))
		return ROW_SUB;
	if (!whole(r->text[COL_NUMBER], r->size[COL_NUMBER], &row->no))
		return ROW_NUMBER;
	if (!row->lane && !row->no)
		return ROW_NO_PLACE;
	if (r->size[COL_SUFFIX] >= NUMBER_SUFFIX || (r->size[COL_SUFFIX] && !row->no))
		return ROW_SUFFIX;
	return ROW_TAKEN;
}

static enum import_verdict place(struct import_row *r)
{
	size_t lon = r->size[COL_LON], lat = r->size[COL_LAT];
	if (!lon && !lat)
		return ROW_TAKEN;
	if (!degrees(r->text[COL_LON], lon, 180) || !degrees(r->text[COL_LAT], lat, 90))
		return ROW_POSITION;
	memcpy(r->place, r->text[COL_LON], lon);
	r->place[lon] = ',';
	memcpy(r->place + lon + 1, r->text[COL_LAT], lat + 1);
	r->row.place = r->place;
	return ROW_TAKEN;
}

static enum import_verdict validity(struct import_row *r, int today)
{
	const char *status = r->text[COL_STATUS];
	if (r->size[COL_STATUS] > 1 || (*status && *status != '0' && *status != '1'))
		return ROW_STATUS;
	if (!date(r->text[COL_FROM], r->size[COL_FROM], &r->row.valid_from) ||
		!date(r->text[COL_TO], r->size[COL_TO], &r->row.valid_to))
		return ROW_DATE;
	if (r->row.valid_to && r->row.valid_to < r->row.valid_from)
		return ROW_DATES;
	return *status == '0' || (r->row.valid_to && r->row.valid_to < today) ? ROW_CANCELLED : ROW_TAKEN;
}

static enum import_verdict operation(struct import_row *r)
{
	const char *op = r->text[COL_OP];
	r->op = (enum import_op)(*op & ~0x20);
	return r->size[COL_OP] == 1 && (r->op == OP_ADD || r->op == OP_CHANGE || r->op == OP_DELETE) ? ROW_TAKEN
												     : ROW_OP;
}

static enum import_verdict street(struct import_row *r)
{
	if (r->size[COL_CITY] && strcmp(r->text[COL_CITY], "上海市") != 0 && strcmp(r->text[COL_CITY], "上海") != 0)
		return ROW_CITY;
	if (!digits(r->text[COL_DISTRICT_CODE], r->size[COL_DISTRICT_CODE], 6))
		return ROW_DISTRICT_CODE;
	if (!town_code(r))
		return ROW_TOWN_CODE;
	if (r->size[COL_STREET] == 0 || r->size[COL_STREET] >= 90)
		return ROW_STREET;
	return kind(r, &r->row.kind) ? ROW_TAKEN : ROW_KIND;
}

static void fill(struct import_row *r)
{
	struct library_row *row = &r->row;
	row->code = r->text[COL_CODE];
	row->district_code = r->text[COL_DISTRICT_CODE];
	row->district = r->text[COL_DISTRICT];
	row->town_code = r->text[COL_TOWN_CODE];
	row->town = r->text[COL_TOWN];
	row->committee = r->text[r->size[COL_COMMITTEE] ? COL_COMMITTEE : COL_COMMITTEE_CODE];
	row->street = r->text[COL_STREET];
	row->pinyin = r->text[COL_PINYIN];
	row->suffix = r->text[COL_SUFFIX];
	row->building = r->text[COL_BUILDING];
	row->unit = r->text[COL_UNIT];
	row->room = r->text[COL_ROOM];
	row->compound = r->text[COL_COMPOUND];
	row->old_name = r->text[COL_OLD_NAME];
	row->postcode = r->text[COL_POSTCODE];
}

static enum import_verdict code_and_op(struct import_row *r, const struct import_columns *c)
{
	if (r->size[COL_CODE] == 0)
		return ROW_NO_CODE;
	if (!code_good(r->text[COL_CODE], r->size[COL_CODE]))
		return ROW_BAD_CODE;
	return c->there[COL_OP] ? operation(r) : ROW_TAKEN;
}

static enum import_verdict whereabouts(struct import_row *r)
{
	enum import_verdict v = street(r);
	if (v == ROW_TAKEN)
		v = numbers(r);
	if (v == ROW_TAKEN && !lengths(r))
		v = ROW_PART_LONG;
	if (v == ROW_TAKEN && r->size[COL_POSTCODE] && !digits(r->text[COL_POSTCODE], r->size[COL_POSTCODE], 6))
		v = ROW_POSTCODE;
	return v == ROW_TAKEN ? place(r) : v;
}

enum import_verdict import_row_collect(struct import_row *r, const struct import_columns *c, const struct csv_scan *s)
{
	if (s->marks & CSV_NOT_UTF8)
		return ROW_NOT_UTF8;
	if (s->marks & CSV_CONTROL)
		return ROW_CONTROL;
	if (s->n != c->n)
		return ROW_FIELDS;
	for (int col = 0; col < IMPORT_COLUMNS; col++) {
		r->text[col] = "";
		r->size[col] = 0;
	}
	collect(r, c, s);
	return ROW_TAKEN;
}

enum import_verdict import_row_check(struct import_row *r, const struct import_columns *c, int today)
{
	r->op = OP_ADD;
	r->row = (struct library_row){ .place = "" };
	fill(r);
	enum import_verdict v = code_and_op(r, c);
	if (v != ROW_TAKEN || r->op == OP_DELETE)
		return v;
	v = validity(r, today);
	if (v != ROW_TAKEN)
		return v;
	v = whereabouts(r);
	return v == ROW_TAKEN && r->size[COL_STANDARD] && !import_standard_fits(r) ? ROW_STANDARD : v;
}
