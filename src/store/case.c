#include "model/case.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/case_reason.h"
#include "seal/envelope.h"
#include "seal/revision.h"
#include "store/db.h"

static const char READING[] = "reading the case";

/* Result of a loop over rows. */
static bool ended(struct store *s, int code, struct err *e)
{
	return code == SQLITE_DONE || db_fail_code(s, code, READING, e);
}

static bool load_head(struct store *s, const char *number, struct case_record *c, struct err *e)
{
	sqlite3_stmt *q = db_query(s, SQL_CASE_GET, "t", number);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		str_copy(c->number, sizeof c->number, db_text(q, 0));
		c->station = xstrdup(db_text(q, 1));
		c->item = xstrdup(db_text(q, 2));
		c->item_version = (unsigned)sqlite3_column_int(q, 3);
		c->submitted_at = sqlite3_column_int64(q, 4);
		c->state = (enum case_state)sqlite3_column_int(q, 5);
		c->demo = sqlite3_column_int(q, 6) != 0;
		c->envelope_size = (size_t)sqlite3_column_bytes(q, 7);
		c->envelope = xcalloc(c->envelope_size + 1, 1);
		if (c->envelope_size > 0)
			memcpy(c->envelope, sqlite3_column_blob(q, 7), c->envelope_size);
	}
	db_done(q);
	if (code == SQLITE_DONE)
		return err_set(e, ERR_NO, "there is no case with this number in %s", s->path);
	return code == SQLITE_ROW || db_fail_code(s, code, READING, e);
}

static bool load_revisions(struct store *s, struct case_record *c, struct err *e)
{
	int code;
	bool in_order = true;

	sqlite3_stmt *q = db_query(s, SQL_REVISION_LIST, "t", c->number);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		c->revisions = xrealloc(c->revisions, c->n_revisions + 1, sizeof *c->revisions);
		struct case_revision *r = &c->revisions[c->n_revisions++];
		*r = (struct case_revision){ .size = (size_t)sqlite3_column_bytes(q, 1) };
		r->envelope = xcalloc(r->size + 1, 1);
		if (r->size > 0)
			memcpy(r->envelope, sqlite3_column_blob(q, 1), r->size);
		in_order = in_order && sqlite3_column_int64(q, 0) == (int64_t)c->n_revisions + 1;
	}
	db_done(q);
	if (!ended(s, code, e))
		return false;
	return (in_order && c->n_revisions < REVISIONS_MAX) ||
		err_set(e, ERR_STORAGE,
			"%s %s: one of its revisions is missing; run `juzhu verify`, restore the last backup", READING,
			c->number);
}

/* The columns repeat what was signed; a bit that fell over in one of them must not change what a case says. */
static bool check_head(struct store *s, const struct case_record *c, struct err *e)
{
	struct envelope v;
	const struct station_keys *k = s->keys;

	if (!envelope_parse(&v, c->envelope, c->envelope_size, e) ||
		!envelope_verify(&v, k ? k->centers : NULL, k ? k->n_centers : 0, e))
		return err_add(e, "%s", READING);
	if (!str_eq(v.head.number, c->number) || !str_eq(v.head.station, c->station) || !str_eq(v.head.item, c->item) ||
		v.head.item_version != c->item_version || v.head.created != c->submitted_at || v.head.demo != c->demo ||
		v.head.revision != 1)
		return err_set(e, ERR_STORAGE,
			"%s %s: its row differs from what the station signed; run `juzhu verify`, restore the last backup",
			READING, c->number);
	for (size_t i = 0; i < c->n_revisions; i++) {
		struct envelope later;
		if (!envelope_parse(&later, c->revisions[i].envelope, c->revisions[i].size, e) ||
			!envelope_verify(&later, k ? k->centers : NULL, k ? k->n_centers : 0, e) ||
			!revision_fits(&later.head, &v.head, i + 2, e))
			return err_add(e, "%s %s, revision %zu", READING, c->number, i + 2);
	}
	return true;
}

static bool load_events(struct store *s, struct case_record *c, struct err *e)
{
	enum { SUM = 16, STATIONS_MAX = 32 };
	struct {
		char station[5];
		unsigned char sum[SUM];
		int64_t seq;
	} chains[STATIONS_MAX] = { 0 };
	bool good = true;
	uint64_t told = 1; /* the newest revision that the history knows */
	int code;

	sqlite3_stmt *q = db_query(s, SQL_EVENT_LIST, "t", c->number);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		c->events = xrealloc(c->events, c->n_events + 1, sizeof *c->events);
		struct case_event *v = &c->events[c->n_events++];
		*v = (struct case_event){ .at = sqlite3_column_int64(q, 0),
			.from = sqlite3_column_int(q, 1),
			.to = sqlite3_column_int(q, 2),
			.actor = xstrdup(db_text(q, 3)),
			.station = xstrdup(db_text(q, 4)),
			.reason = xstrdup(db_text(q, 5)) };
		unsigned i = 0;
		while (i < STATIONS_MAX - 1 && chains[i].seq > 0 && !str_eq(chains[i].station, v->station))
			i++;
		str_copy(chains[i].station, sizeof chains[i].station, v->station);
		db_event_sum(chains[i].sum, v->station, c->number, ++chains[i].seq, v->at, v->from, v->to, v->actor,
			v->reason, chains[i].sum);
		good = good && sqlite3_column_int64(q, 6) == chains[i].seq && sqlite3_column_bytes(q, 7) == SUM &&
			memcmp(sqlite3_column_blob(q, 7), chains[i].sum, SUM) == 0;
		uint64_t revision = 0;
		enum revision_kind kind;
		if (case_revision(v, &revision, &kind))
			good = good && revision == ++told;
	}
	db_done(q);
	if (!ended(s, code, e))
		return false;
	if (!good || c->n_events == 0 || told != revision_newest(c) || c->events[c->n_events - 1].to != (int)c->state)
		return err_set(e, ERR_STORAGE,
			"%s %s: its history does not fit together; run `juzhu verify`, restore the last backup",
			READING, c->number);
	return true;
}

bool store_case_load(struct store *s, const char *number, struct case_record **ret, struct err *e)
{
	if (!db_ready(s, e))
		return false;
	struct case_record *c = xcalloc(1, sizeof *c);
	c->answers = answers_create();
	if (!load_head(s, number, c, e) || !load_revisions(s, c, e) || !check_head(s, c, e) || !load_events(s, c, e)) {
		case_record_destroy(c);
		return false;
	}
	*ret = c;
	return true;
}

bool store_part_load(struct store *s, const char *number, uint64_t revision, unsigned i, unsigned char **ret,
	size_t *ret_size, struct err *e)
{
	if (!db_ready(s, e))
		return false;
	sqlite3_stmt *q = db_query(s, SQL_PART_GET, "tii", number, (int64_t)revision, (int64_t)i);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		*ret_size = (size_t)sqlite3_column_bytes(q, 0);
		*ret = xcalloc(*ret_size + 1, 1);
		if (*ret_size > 0)
			memcpy(*ret, sqlite3_column_blob(q, 0), *ret_size);
	}
	db_done(q);
	if (code == SQLITE_DONE)
		return err_set(e, ERR_NO, "case %s has no file %u", number, i + 1);
	return code == SQLITE_ROW || db_fail_code(s, code, READING, e);
}

static bool list(struct store *s, sqlite3_stmt *q, void (*each)(const struct case_head *h, void *ctx), void *ctx,
	struct err *e)
{
	int code;

	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		struct case_head h = { .submitted_at = sqlite3_column_int64(q, 3),
			.state = sqlite3_column_int(q, 4),
			.demo = sqlite3_column_int(q, 5) != 0 };
		str_copy(h.number, sizeof h.number, db_text(q, 0));
		str_copy(h.station, sizeof h.station, db_text(q, 1));
		str_copy(h.item, sizeof h.item, db_text(q, 2));
		each(&h, ctx);
	}
	db_done(q);
	return ended(s, code, e);
}

bool store_case_list(struct store *s, unsigned limit, void (*each)(const struct case_head *h, void *ctx), void *ctx,
	struct err *e)
{
	return db_ready(s, e) && list(s, db_query(s, SQL_CASE_LIST, "i", (int64_t)limit), each, ctx, e);
}

bool store_case_of_person(struct store *s, const unsigned char person[static 16],
	void (*each)(const struct case_head *h, void *ctx), void *ctx, struct err *e)
{
	return db_ready(s, e) &&
		list(s, db_query(s, SQL_CASE_OF_PERSON, "b", (const void *)person, (size_t)PERSON_SIZE), each, ctx, e);
}
