#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "model/case.h"
#include "model/case_reason.h"
#include "seal/envelope.h"
#include "seal/revision.h"
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

static bool check_parts(struct verify *v, const struct columns *c, const struct envelope *envelope, int64_t revision,
	struct err *e)
{
	unsigned n = 0;
	char of[40] = "";
	int code;

	if (revision > 1)
		snprintf(of, sizeof of, " of revision %lld", (long long)revision);
	sqlite3_stmt *q = db_query(v->store, SQL_VERIFY_PARTS, "ti", c->number, revision);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		int64_t part = sqlite3_column_int64(q, 0);
		if (part != (int64_t)n)
			verify_problem(v, "case %s: file %u%s is missing", c->number, n, of);
		if (part >= (int64_t)envelope->n_parts)
			verify_problem(v, "case %s: file %lld%s is not in its envelope", c->number, (long long)part,
				of);
		else if (!envelope_part_good(envelope, (unsigned)part, sqlite3_column_blob(q, 1),
				 (size_t)sqlite3_column_bytes(q, 1)))
			verify_problem(v, "case %s: file %lld%s is damaged or was changed", c->number, (long long)part,
				of);
		n = (unsigned)part + 1;
		v->counts.parts++;
	}
	db_done(q);
	if (code == SQLITE_DONE && n < envelope->n_parts)
		verify_problem(v, "case %s: file %u%s is missing", c->number, n, of);
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
			read = check_parts(v, c, &envelope, 1, e);
		}
		code = SQLITE_DONE;
	}
	db_done(q);
	return read && ended(v, code, e);
}

/* One envelope behind the first: the row is of SQL_REVISION_LIST. */
static bool check_revision(struct verify *v, const struct columns *c, sqlite3_stmt *q, struct err *e)
{
	struct envelope envelope;
	struct envelope_head first = { .demo = c->demo };
	struct err why = { 0 };
	int64_t revision = sqlite3_column_int64(q, 0);

	str_copy(first.number, sizeof first.number, c->number);
	str_copy(first.item, sizeof first.item, c->item);
	if (envelope_parse(&envelope, sqlite3_column_blob(q, 1), (size_t)sqlite3_column_bytes(q, 1), &why) &&
		envelope_verify(&envelope, v->centers, v->n_centers, &why) &&
		revision_fits(&envelope.head, &first, (uint64_t)revision, &why))
		return check_parts(v, c, &envelope, revision, e);
	verify_problem(v, "case %s: revision %lld: %s", c->number, (long long)revision, why.text);
	return true;
}

/* The envelopes behind the first; *ret: the newest, when none between is missing. */
static bool check_revisions(struct verify *v, const struct columns *c, uint64_t *ret, struct err *e)
{
	uint64_t newest = 1;
	int64_t stray = 0;
	bool read = true;
	int code = SQLITE_ROW;

	sqlite3_stmt *q = db_query(v->store, SQL_REVISION_LIST, "t", c->number);
	while (read && (code = sqlite3_step(q)) == SQLITE_ROW) {
		uint64_t revision = (uint64_t)sqlite3_column_int64(q, 0);
		if (revision != ++newest)
			verify_problem(v, "case %s: revision %llu is missing", c->number, (unsigned long long)newest);
		newest = revision;
		read = check_revision(v, c, q, e);
	}
	db_done(q);
	*ret = newest;
	if (!read || !ended(v, code, e))
		return false;
	q = db_query(v->store, SQL_VERIFY_PARTS_REST, "ti", c->number, (int64_t)newest);
	code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		stray = sqlite3_column_int64(q, 0);
		code = SQLITE_DONE;
	}
	db_done(q);
	if (stray > 0)
		verify_problem(v, "case %s: %lld files are of a revision that is not there", c->number,
			(long long)stray);
	return ended(v, code, e);
}

struct fold { /* the last event by time, station and sequence */
	bool any;
	int64_t at, seq, state;
	char station[5];
	uint64_t revision; /* the newest that an event tells of */
};

static void fold(struct fold *f, sqlite3_stmt *q)
{
	int64_t seq = sqlite3_column_int64(q, 1), at = sqlite3_column_int64(q, 2);
	int stations = strcmp(db_text(q, 0), f->station);
	uint64_t revision = 0;
	enum revision_kind kind;
	char reason[REASON_SIZE];

	if (str_copy(reason, sizeof reason, db_text(q, 6)) &&
		case_revision(&(struct case_event){ .from = sqlite3_column_int(q, 3),
				      .to = sqlite3_column_int(q, 4),
				      .reason = reason },
			&revision, &kind) &&
		revision > f->revision)
		f->revision = revision;

	if (f->any && (at < f->at || (at == f->at && (stations < 0 || (stations == 0 && seq < f->seq)))))
		return;
	*f = (struct fold){ .any = true,
		.at = at,
		.seq = seq,
		.state = sqlite3_column_int64(q, 4),
		.revision = f->revision };
	str_copy(f->station, sizeof f->station, db_text(q, 0));
}

/* Rows come by station and sequence: each station's chain begins with a zero sum and seq 1. */
static bool check_events(struct verify *v, const struct columns *c, uint64_t newest, struct err *e)
{
	unsigned char before[16] = { 0 }, sum[16];
	char station[5] = "";
	int64_t next = 1;
	struct fold last = { .revision = 1 };
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
	if (code == SQLITE_DONE && last.revision != newest)
		verify_problem(v, "case %s: its newest revision is %llu, its events tell of %llu", c->number,
			(unsigned long long)newest, (unsigned long long)last.revision);
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
	uint64_t newest = 1;
	return check_envelope(v, &c, e) && check_revisions(v, &c, &newest, e) && check_events(v, &c, newest, e);
}
