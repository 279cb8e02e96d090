#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "model/casenum.h"
#include "seal/envelope.h"
#include "store/verify.h"

static const char VERIFYING[] = "verifying a case";

/* A row of `cases`, copied: its statement goes on. */
struct columns {
	char number[CASENUM_LENGTH + 1], station[5], item[ITEM_CODE_MAX + 1];
	int64_t item_version, submitted_at, state;
	bool demo;
};

static bool ended(struct verify *v, int code, struct err *e)
{
	return code == SQLITE_DONE || db_fail_code(v->store, code, VERIFYING, e);
}

static void check_head(struct verify *v, const struct columns *c, const struct envelope_head *h)
{
	const struct {
		const char *name;
		bool same;
	} columns[] = {
		{ "number", strcmp(c->number, h->number) == 0 },
		{ "station", strcmp(c->station, h->station) == 0 },
		{ "item", strcmp(c->item, h->item) == 0 },
		{ "item_version", c->item_version == (int64_t)h->item_version },
		{ "submitted_at", c->submitted_at == h->created },
		{ "demo", c->demo == h->demo },
	};
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		if (!columns[i].same)
			verify_problem(v, "case %s: column %s is not what its envelope says", c->number,
				columns[i].name);
	}
}

static bool check_parts(struct verify *v, const struct columns *c, const struct envelope *envelope, struct err *e)
{
	unsigned n = 0;
	int code;

	sqlite3_stmt *q = db_query(v->store, SQL_VERIFY_PARTS, "t", c->number);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		int64_t part = sqlite3_column_int64(q, 0);
		if (part != (int64_t)n)
			verify_problem(v, "case %s: file %u is missing", c->number, n);
		if (part >= (int64_t)envelope->n_parts)
			verify_problem(v, "case %s: file %lld is not in its envelope", c->number, (long long)part);
		else if (!envelope_part_good(envelope, (unsigned)part, sqlite3_column_blob(q, 1),
				 (size_t)sqlite3_column_bytes(q, 1)))
			verify_problem(v, "case %s: file %lld is damaged or was changed", c->number, (long long)part);
		n = (unsigned)part + 1;
		v->counts.parts++;
	}
	db_done(q);
	if (code == SQLITE_DONE && n < envelope->n_parts)
		verify_problem(v, "case %s: file %u is missing", c->number, n);
	return ended(v, code, e);
}

static bool check_envelope(struct verify *v, const struct columns *c, struct err *e)
{
	struct envelope envelope;
	struct err why = { 0 };
	bool read = true;

	sqlite3_stmt *q = db_query(v->store, SQL_VERIFY_ENVELOPE, "t", c->number);
	int code = sqlite3_step(q);
	if (code == SQLITE_DONE) {
		verify_problem(v, "case %s: its envelope is missing", c->number);
	} else if (code == SQLITE_ROW) {
		if (!envelope_parse(&envelope, sqlite3_column_blob(q, 0), (size_t)sqlite3_column_bytes(q, 0), &why) ||
			!envelope_verify(&envelope, v->centers, v->n_centers, &why)) {
			verify_problem(v, "case %s: %s", c->number, why.text);
		} else {
			check_head(v, c, &envelope.head);
			read = check_parts(v, c, &envelope, e);
		}
		code = SQLITE_DONE;
	}
	db_done(q);
	return read && ended(v, code, e);
}

struct fold { /* the last event by time, station and sequence */
	bool any;
	int64_t at, seq, state;
	char station[5];
};

static void fold(struct fold *f, sqlite3_stmt *q)
{
	int64_t seq = sqlite3_column_int64(q, 1), at = sqlite3_column_int64(q, 2);
	int stations = strcmp(db_text(q, 0), f->station);

	if (f->any && (at < f->at || (at == f->at && (stations < 0 || (stations == 0 && seq < f->seq)))))
		return;
	*f = (struct fold){ .any = true, .at = at, .seq = seq, .state = sqlite3_column_int64(q, 4) };
	str_copy(f->station, sizeof f->station, db_text(q, 0));
}

/* Rows come by station and sequence: each station's chain begins with a zero sum and seq 1. */
static bool check_events(struct verify *v, const struct columns *c, struct err *e)
{
	unsigned char before[16] = { 0 }, sum[16];
	char station[5] = "";
	int64_t next = 1;
	struct fold last = { 0 };
	bool sound = true;
	int code;

	sqlite3_stmt *q = db_query(v->store, SQL_VERIFY_EVENTS, "t", c->number);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		int64_t seq = sqlite3_column_int64(q, 1);
		const char *reason = db_text(q, 6), *actor = db_text(q, 5);
		if (strcmp(db_text(q, 0), station) != 0) {
			str_copy(station, sizeof station, db_text(q, 0));
			memset(before, 0, sizeof before);
			next = 1;
			sound = true;
		}
		v->counts.events++;
		fold(&last, q);
		db_event_sum(before, db_text(q, 0), c->number, seq, sqlite3_column_int64(q, 2),
			sqlite3_column_int64(q, 3), sqlite3_column_int64(q, 4), actor, reason, sum);
		bool same = sqlite3_column_bytes(q, 7) == sizeof sum &&
			memcmp(sum, sqlite3_column_blob(q, 7), sizeof sum) == 0 &&
			strlen(actor) == (size_t)sqlite3_column_bytes(q, 5) &&
			strlen(reason) == (size_t)sqlite3_column_bytes(q, 6);
		/* One line for a chain: what follows a bad row cannot be judged. */
		if (sound && seq != next)
			verify_problem(v, "case %s: event %lld of station %s is missing", c->number, (long long)next,
				station);
		else if (sound && !same)
			verify_problem(v, "case %s: event %lld of station %s does not fit its sum and the one before",
				c->number, (long long)seq, station);
		sound = sound && seq == next && same;
		next = seq + 1;
		memcpy(before, sum, sizeof before);
	}
	db_done(q);
	if (code == SQLITE_DONE && !last.any)
		verify_problem(v, "case %s: it has no events", c->number);
	else if (code == SQLITE_DONE && last.state != c->state)
		verify_problem(v, "case %s: column state says %lld, its last event %lld", c->number,
			(long long)c->state, (long long)last.state);
	return ended(v, code, e);
}

bool verify_case(struct verify *v, sqlite3_stmt *row, struct err *e)
{
	struct columns c = { .item_version = sqlite3_column_int64(row, 3),
		.submitted_at = sqlite3_column_int64(row, 4),
		.state = sqlite3_column_int64(row, 5),
		.demo = sqlite3_column_int(row, 6) != 0 };
	bool fits = str_copy(c.number, sizeof c.number, db_text(row, 0));
	fits = str_copy(c.station, sizeof c.station, db_text(row, 1)) && fits;
	fits = str_copy(c.item, sizeof c.item, db_text(row, 2)) && fits;

	v->counts.cases++;
	if (!fits || !casenum_good(c.number)) {
		/* Any bytes: not for a message. */
		verify_problem(v, "the %llu. case: its number, station or item is damaged",
			(unsigned long long)v->counts.cases);
		return true;
	}
	return check_envelope(v, &c, e) && check_events(v, &c, e);
}
