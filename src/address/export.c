/* Writes a library as CSV with the columns of the official list (reference address.md 6), RFC 4180, UTF-8. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "address/library.h"
#include "address/rooms.h"
#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"

static const char HEADER[] =
	"addr_code,city,district_code,district,town_code,town,committee_code,committee,street,street_kind,"
	"street_pinyin,lane,sub_lane,number,number_suffix,building,unit,floor,room,compound,old_name,"
	"postcode,lon,lat,status,valid_from,valid_to,standard_text\r\n";
/* All names of a street or of a place in it, "/" between them. */
static const char *const SQL[] = {
	("SELECT street, lane, sub, no, suf, committee, postcode, place, rooms, codes, town FROM door"
	 " ORDER BY street, lane, sub, no, suf"),
	"SELECT kind, text, pinyin FROM name WHERE street = ?1 AND lane = 0 AND sub = 0 AND no = 0 ORDER BY text",
	"SELECT kind, text, pinyin FROM name WHERE street = ?1 AND lane = ?2 AND sub = ?3 AND no = ?4 ORDER BY text",
};
enum { DOORS, STREET_NAMES, PLACE_NAMES, STATEMENTS };
enum { LINE_MAX_BYTES = 8192 };

struct exporting {
	struct address_library *l;
	FILE *out;
	sqlite3_stmt *q[STATEMENTS];
	struct str before, middle; /* what the rows of a street, of a door have in common */
	struct str street, old_names, compounds, pinyin, after, tail, line;
	sqlite3_int64 place[4]; /* street, lane, sub, no of the names above */
};

static const char *text(sqlite3_stmt *q, int i)
{
	const unsigned char *t = sqlite3_column_text(q, i);
	return t ? (const char *)t : "";
}

static void add_field(struct str *s, const char *value)
{
	if (!value[strcspn(value, ",\"\r\n")]) {
		str_add(s, value);
	} else {
		str_add(s, "\"");
		for (; *value; value++)
			str_add_n(s, *value == '"' ? "\"\"" : value, *value == '"' ? 2 : 1);
		str_add(s, "\"");
	}
	str_add(s, ",");
}

static void add_number(struct str *s, long value)
{
	if (value)
		str_addf(s, "%ld", value);
	str_add(s, ",");
}

static void add_name(struct str *s, const char *name)
{
	str_add(s, s->len ? "/" : "");
	str_add(s, name);
}

/* Compounds are named by place; the street's other names by old_name, the only column there is for them. */
static void collect_names(struct exporting *x, int statement, int n, struct str *compounds, struct str *others,
	struct str *pinyin)
{
	sqlite3_stmt *q = x->q[statement];
	sqlite3_reset(q);
	for (int i = 0; i < n; i++)
		sqlite3_bind_int64(q, i + 1, x->place[i]);
	while (sqlite3_step(q) == SQLITE_ROW) {
		int kind = sqlite3_column_int(q, 0);
		if (kind == NAME_OWN && pinyin)
			str_add(pinyin, text(q, 2));
		else if (kind == NAME_COMPOUND && compounds)
			add_name(compounds, text(q, 1));
		else if (kind != NAME_OWN && kind != NAME_COMPOUND && others)
			add_name(others, text(q, 1));
	}
	sqlite3_reset(q);
}

static void begin_street(struct exporting *x, const struct street *s)
{
	static const char *const kinds[] = { "", "road", "village", "compound" };
	str_clear(&x->before);
	str_clear(&x->street);
	str_clear(&x->old_names);
	str_clear(&x->pinyin);
	str_clear(&x->after);
	collect_names(x, STREET_NAMES, 1, NULL, &x->old_names, &x->pinyin);
	add_field(&x->before, "上海市");
	add_field(&x->before, s->district);
	add_field(&x->before, library_region(x->l, s->district));
	add_field(&x->street, s->name);
	add_field(&x->street, s->kind <= STREET_COMPOUND ? kinds[s->kind] : "");
	add_field(&x->street, x->pinyin.text);
	add_number(&x->after, s->valid_from);
	add_number(&x->after, s->valid_to);
}

/* ",lon,lat,1," from "lon,lat" */
static void add_place(struct str *s, const char *place)
{
	size_t n = strcspn(place, ",");
	str_add_n(s, place, n);
	str_add(s, ",");
	str_add(s, place[n] ? place + n + 1 : "");
	str_add(s, ",1,");
}

static void put_row(struct exporting *x, const struct room *r, struct address *at)
{
	char standard[400];
	struct str *line = &x->line;
	str_clear(line);
	str_copy(at->building, sizeof at->building, r->building);
	str_copy(at->unit, sizeof at->unit, r->unit);
	str_copy(at->room, sizeof at->room, r->room);
	address_text(at, standard, sizeof standard);
	add_field(line, r->code);
	str_add(line, x->middle.text);
	add_field(line, r->building);
	add_field(line, r->unit);
	str_add(line, ",");
	add_field(line, r->room);
	str_add(line, x->tail.text);
	add_field(line, standard);
	line->text[line->len - 1] = '\r';
	fwrite(line->text, 1, line->len, x->out);
	putc('\n', x->out);
}

static void put_door(struct exporting *x, const struct street *s, sqlite3_stmt *q)
{
	struct rooms_reader r;
	struct address at;
	size_t rows = 0;
	long lane = (long)sqlite3_column_int64(q, 1), sub = (long)sqlite3_column_int64(q, 2),
	     no = (long)sqlite3_column_int64(q, 3);
	library_fill(x->l, s, &at);
	if (lane)
		snprintf(at.lane, sizeof at.lane, "%ld", lane);
	if (sub)
		snprintf(at.sub_lane, sizeof at.sub_lane, "%ld", sub);
	if (no)
		snprintf(at.number, sizeof at.number, "%ld%s", no, text(q, 4));
	str_clear(&x->middle);
	library_set_town(x->l, &at, (long)sqlite3_column_int64(q, 10));
	str_add(&x->middle, x->before.text);
	add_field(&x->middle, at.town_code);
	add_field(&x->middle, at.town);
	str_add(&x->middle, ","); /* the committee has a name only */
	add_field(&x->middle, text(q, 5));
	str_add(&x->middle, x->street.text);
	add_number(&x->middle, lane);
	add_number(&x->middle, sub);
	add_number(&x->middle, no);
	add_field(&x->middle, text(q, 4));
	str_clear(&x->tail);
	add_field(&x->tail, x->compounds.text ? x->compounds.text : "");
	add_field(&x->tail, x->old_names.text ? x->old_names.text : "");
	add_field(&x->tail, text(q, 6));
	add_place(&x->tail, text(q, 7));
	str_add(&x->tail, x->after.text);
	for (rooms_read(&r, sqlite3_column_blob(q, 8), (size_t)sqlite3_column_bytes(q, 8), sqlite3_column_blob(q, 9),
		     (size_t)sqlite3_column_bytes(q, 9));
		rooms_next(&r); rows++)
		put_row(x, &r.now, &at);
	if (rows == 0)
		put_row(x, &(struct room){ .code = "" }, &at);
}

static bool put_all(struct exporting *x, struct err *e)
{
	sqlite3_stmt *q = x->q[DOORS];
	int rc;
	fputs(HEADER, x->out);
	while ((rc = sqlite3_step(q)) == SQLITE_ROW && !ferror(x->out)) {
		sqlite3_int64 place[4], street = x->place[0];
		for (int i = 0; i < 4; i++)
			place[i] = sqlite3_column_int64(q, i);
		const struct street *s = library_street(x->l, (long)place[0]);
		if (!s)
			return err_set(e, ERR_CONFIG, "a door belongs to no street: the library is damaged");
		if (place[1])
			place[3] = 0; /* in a lane the names are the lane's */
		if (memcmp(place, x->place, sizeof place) != 0) {
			memcpy(x->place, place, sizeof place);
			str_clear(&x->compounds);
			collect_names(x, PLACE_NAMES, 4, &x->compounds, NULL, NULL);
		}
		if (street != place[0])
			begin_street(x, s);
		put_door(x, s, q);
	}
	if (ferror(x->out) || fflush(x->out) != 0)
		return err_set(e, ERR_STORAGE, "writing the addresses failed: %s", strerror(errno));
	return rc == SQLITE_DONE || err_set(e, ERR_STORAGE, "reading the library failed: %s", sqlite3_errmsg(x->l->db));
}

bool address_export(struct address_library *l, FILE *out, struct err *e)
{
	struct exporting x = { .l = l, .out = out };
	struct str *const all[] = { &x.before, &x.middle, &x.street, &x.old_names, &x.compounds, &x.pinyin, &x.after,
		&x.tail, &x.line };
	bool ok = true;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		str_init(all[i], LINE_MAX_BYTES);
		str_add(all[i], "");
	}
	for (int i = 0; i < STATEMENTS && ok; i++)
		ok = sqlite3_prepare_v2(l->db, SQL[i], -1, &x.q[i], NULL) == SQLITE_OK ||
			err_set(e, ERR_STORAGE, "reading the library failed: %s", sqlite3_errmsg(l->db));
	ok = ok && put_all(&x, e);
	for (int i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(x.q[i]);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		str_finish(all[i]);
	return ok;
}
