/* Takes over an existing library, for a delta. Its doors stay packed; what is in the file is not trusted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/build_own.h"
#include "base/err.h"
#include "base/xalloc.h"

/* Of a street whose doors say their town: what is ours in one of the towns, so that a delta finds it. */
struct part {
	uint32_t id, street;
};

struct taking {
	struct library_writer *w;
	sqlite3 *db;
	uint32_t *streets; /* ours, by the id of the library */
	size_t n;
	struct part *parts; /* in the order of the ids */
	size_t n_parts;
};

static const char *text(sqlite3_stmt *q, int i)
{
	const unsigned char *t = sqlite3_column_text(q, i);
	return t ? (const char *)t : "";
}

static uint32_t number(sqlite3_stmt *q, int i)
{
	return (uint32_t)sqlite3_column_int64(q, i);
}

static bool take_region(struct taking *t, sqlite3_stmt *q, struct err *e)
{
	(void)e;
	library_writer_region(t->w, text(q, 0), text(q, 1));
	return true;
}

static bool take_street(struct taking *t, sqlite3_stmt *q, struct err *e)
{
	struct library_writer *w = t->w;
	if (number(q, 0) != t->n + 1)
		return err_set(e, ERR_CONFIG, "the streets are not numbered from 1 on");
	uint32_t i = build_street(w, text(q, 2), text(q, 3), text(q, 4), (enum street_kind)number(q, 1));
	struct build_street *s = &w->streets[i];
	s->valid_from = (int)number(q, 5);
	s->valid_to = (int)number(q, 6);
	s->open = !s->valid_to;
	t->streets = xrealloc(t->streets, t->n + 1, sizeof *t->streets);
	t->streets[t->n++] = i;
	return true;
}

static bool street_of(const struct taking *t, uint32_t id, uint32_t *ret, struct err *e)
{
	if (id == 0 || id > t->n)
		return err_set(e, ERR_CONFIG, "a name or door belongs to no street");
	*ret = t->streets[id - 1];
	return true;
}

static void put_name(struct library_writer *w, const struct build_name *n)
{
	if (n->kind == NAME_OWN)
		w->streets[n->street].pinyin = n->pinyin;
	else
		build_name(w, n);
}

/* A name goes to each part of its street; where it has no doors it is left out when written. */
static bool take_name(struct taking *t, sqlite3_stmt *q, struct err *e)
{
	struct library_writer *w = t->w;
	struct build_name n = { .lane = number(q, 1),
		.sub = number(q, 2),
		.no = number(q, 3),
		.kind = (uint8_t)number(q, 5) };
	if (!street_of(t, number(q, 0), &n.street, e))
		return false;
	n.text = texts_add(&w->texts, text(q, 4));
	n.pinyin = texts_add(&w->texts, text(q, 6));
	put_name(w, &n);
	size_t low = 0, high = t->n_parts;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (t->parts[middle].id < number(q, 0))
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < t->n_parts && t->parts[low].id == number(q, 0); low++) {
		n.street = t->parts[low].street;
		put_name(w, &n);
	}
	return true;
}

static uint32_t part_of(struct taking *t, uint32_t id, uint32_t street, uint32_t town)
{
	struct library_writer *w = t->w;
	char code[16];
	size_t n = t->n_parts;
	snprintf(code, sizeof code, "%09u", town);
	const struct build_street *whole = &w->streets[street];
	uint32_t i = build_street(w, texts_at(&w->texts, whole->name), texts_at(&w->texts, whole->district), code,
		(enum street_kind)whole->kind);
	while (n && t->parts[n - 1].id == id && t->parts[n - 1].street != i)
		n--;
	if (n && t->parts[n - 1].id == id)
		return i;
	whole = &w->streets[street]; /* the array may have moved */
	w->streets[i].valid_from = whole->valid_from;
	w->streets[i].valid_to = whole->valid_to;
	w->streets[i].open = whole->open;
	t->parts = xrealloc(t->parts, t->n_parts + 1, sizeof *t->parts);
	t->parts[t->n_parts++] = (struct part){ id, i };
	return i;
}

static bool take_door(struct taking *t, sqlite3_stmt *q, struct err *e)
{
	struct texts *x = &t->w->texts;
	struct build_door d = { .lane = number(q, 1), .sub = number(q, 2), .no = number(q, 3) };
	if (!street_of(t, number(q, 0), &d.street, e))
		return false;
	d.suffix = texts_add(x, text(q, 4));
	d.committee = texts_add(x, text(q, 5));
	d.postcode = texts_add(x, text(q, 6));
	d.place = texts_add(x, text(q, 7));
	if (number(q, 8))
		d.street = part_of(t, number(q, 0), d.street, number(q, 8));
	const void *rooms = sqlite3_column_blob(q, 9), *codes = sqlite3_column_blob(q, 10);
	size_t rooms_size = (size_t)sqlite3_column_bytes(q, 9), codes_size = (size_t)sqlite3_column_bytes(q, 10);
	struct rooms_reader r;
	for (rooms_read(&r, rooms, rooms_size, codes, codes_size); rooms_next(&r);)
		;
	if (!r.good)
		return err_set(e, ERR_CONFIG, "the rooms of a door cannot be read");
	build_put_door(t->w, &d, rooms, rooms_size, codes, codes_size);
	return true;
}

static bool check_version(struct taking *t, sqlite3_stmt *q, struct err *e)
{
	(void)t;
	return (number(q, 0) == LIBRARY_APPLICATION && number(q, 1) == LIBRARY_VERSION) ||
		err_set(e, ERR_CONFIG, "not an address library of version %d", LIBRARY_VERSION);
}

static bool each(struct taking *t, const char *sql, bool (*row)(struct taking *, sqlite3_stmt *, struct err *),
	struct err *e)
{
	sqlite3_stmt *q = NULL;
	bool ok = true;
	int rc = sqlite3_prepare_v2(t->db, sql, -1, &q, NULL);
	while (ok && rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		ok = row(t, q, e);
		rc = SQLITE_OK;
	}
	sqlite3_finalize(q);
	return ok && (rc == SQLITE_DONE || err_set(e, ERR_STORAGE, "%s", sqlite3_errmsg(t->db)));
}

bool library_writer_take(struct library_writer *w, const char *library_path, struct err *e)
{
	struct taking t = { .w = w };
	bool ok = sqlite3_open_v2(library_path, &t.db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK ||
		err_set(e, ERR_CONFIG, "%s", t.db ? sqlite3_errmsg(t.db) : "out of memory");
	if (ok) {
		sqlite3_db_config(t.db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
		sqlite3_db_config(t.db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	}
	ok = ok &&
		each(&t, "SELECT a.application_id, u.user_version FROM pragma_application_id a, pragma_user_version u",
			check_version, e) &&
		each(&t, "SELECT code, name FROM region", take_region, e) &&
		each(&t, "SELECT id, kind, name, district, town, valid_from, valid_to FROM street ORDER BY id",
			take_street, e) &&
		each(&t,
			"SELECT street, lane, sub, no, suf, committee, postcode, place, town, rooms, codes FROM door"
			" ORDER BY street",
			take_door, e) &&
		each(&t, "SELECT street, lane, sub, no, text, kind, pinyin FROM name", take_name, e);
	sqlite3_close(t.db);
	free(t.streets);
	free(t.parts);
	return ok || err_add(e, "%s: the library that is to be changed", library_path);
}
