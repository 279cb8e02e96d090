#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "model/case.h"
#include "store/audit.h"
#include "store/db.h"
#include "store/owner.h"
#include "store/paused.h"
#include "store/upkeep.h"

static const char PURGING[] = "deleting what is old";

enum { DAY = 24 * 60 * 60 };

struct purge {
	struct store *store;
	bool dry_run;
	say_fn *say;
	void *ctx;
	struct purge_counts counts;
};

static void say(const struct purge *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(const struct purge *p, const char *format, ...)
{
	char line[200];
	va_list args;

	if (p->say == NULL)
		return;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	p->say(p->ctx, line);
}

static const char *verb(const struct purge *p)
{
	return p->dry_run ? "would delete" : "deleted";
}

static bool purge_drafts(struct purge *p, unsigned minutes, struct err *e)
{
	int64_t max_age = (int64_t)minutes * 60;
	uint64_t n = 0;
	int code;

	sqlite3_stmt *q =
		db_query(p->store, SQL_PURGE_DRAFTS, "ti", p->store->station, (int64_t)(clock_now() - max_age));
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		struct owner o = { .pid = sqlite3_column_int64(q, 2), .start = sqlite3_column_int64(q, 3) };
		str_copy(o.boot, sizeof o.boot, db_text(q, 1));
		n += !owner_alive(&o);
	}
	db_done(q);
	if (code != SQLITE_DONE)
		return db_fail_code(p->store, code, PURGING, e);
	if (n == 0)
		return true;
	if (!p->dry_run && !store_draft_purge(p->store, max_age, e))
		return false;
	say(p, "%s %" PRIu64 " drafts that were left", verb(p), n);
	p->counts.drafts = n;
	return true;
}

/* Paused filings that nobody took up in time, of all stations: the first that looks deletes them. */
static bool purge_paused(struct purge *p, struct err *e)
{
	uint64_t n = 0;

	sqlite3_stmt *q = db_query(p->store, SQL_PAUSED_EXPIRED, "i", clock_now());
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW)
		n = (uint64_t)sqlite3_column_int64(q, 0);
	db_done(q);
	if (code != SQLITE_ROW)
		return db_fail_code(p->store, code, PURGING, e);
	if (n == 0)
		return true;
	if (!p->dry_run && !store_paused_purge(p->store, &n, e))
		return false;
	say(p, "%s %" PRIu64 " paused filings that nobody took up in time", verb(p), n);
	p->counts.paused = n;
	return true;
}

struct due {
	char number[CASENUM_LENGTH + 1]; /* "": none is left */
	int64_t ended;
};

/* The next one behind `after`. */
static bool next_due(struct store *s, int state, int64_t before, const char *after, struct due *ret, struct err *e)
{
	struct due d = { 0 };

	sqlite3_stmt *q = db_query(s, SQL_PURGE_NEXT, "iit", (int64_t)state, before, after);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		str_copy(d.number, sizeof d.number, db_text(q, 0));
		d.ended = sqlite3_column_int64(q, 1);
	}
	db_done(q);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return db_fail_code(s, code, PURGING, e);
	*ret = d;
	return true;
}

/* The mark lets the history go (trigger case_event_no_delete). */
static bool delete_case(struct store *s, const char *number, int state, struct err *e)
{
	static const enum sql steps[] = { SQL_PURGE_MARK, SQL_PURGE_OUTBOX, SQL_PURGE_PERSON, SQL_PURGE_PARTS,
		SQL_PURGE_REVISIONS, SQL_PURGE_ENVELOPE, SQL_PURGE_EVENTS, SQL_PURGE_CASE, SQL_PURGE_UNMARK };
	char detail[40];

	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		int code = db_exec(s, steps[i], "t", number);
		if (code != SQLITE_DONE)
			return db_fail_code(s, code, PURGING, e);
	}
	snprintf(detail, sizeof detail, "state %d", state);
	return store_audit(s, AUDIT_PURGED, number, detail, e);
}

/* It is looked for in the transaction that deletes it, so that an event of the last moment counts. */
static bool purge_next(struct purge *p, int state, int64_t before, const char *after, struct due *ret, struct err *e)
{
	if (p->dry_run)
		return next_due(p->store, state, before, after, ret, e);
	if (!db_begin(p->store, PURGING, e))
		return false;
	bool ok = next_due(p->store, state, before, after, ret, e) &&
		(ret->number[0] == '\0' || delete_case(p->store, ret->number, state, e));
	return db_end(p->store, ok, e);
}

static bool purge_cases(struct purge *p, int state, unsigned days, struct err *e)
{
	int64_t before = clock_now() - (int64_t)days * DAY;
	struct due due = { 0 };

	for (;;) {
		char day[11], after[CASENUM_LENGTH + 1];
		memcpy(after, due.number, sizeof after);
		if (!purge_next(p, state, before, after, &due, e))
			return false;
		if (due.number[0] == '\0')
			return true;
		const char *word = case_state_word(state);
		clock_date_text(due.ended, day);
		say(p, "%s case %s (%s, last event on %s)", verb(p), due.number, word == NULL ? "?" : word, day);
		p->counts.cases++;
	}
}

/* The last row of this station that goes; 0: none. */
static bool audit_upto(struct store *s, int64_t before, int64_t *ret_seq, unsigned char ret_hash[32], uint64_t *ret_n,
	struct err *e)
{
	sqlite3_stmt *q = db_query(s, SQL_PURGE_AUDIT_UPTO, "ti", s->station, before);
	int code = sqlite3_step(q);
	*ret_seq = 0;
	if (code == SQLITE_ROW && sqlite3_column_bytes(q, 1) == 32) {
		*ret_seq = sqlite3_column_int64(q, 0);
		memcpy(ret_hash, sqlite3_column_blob(q, 1), 32);
		*ret_n = (uint64_t)sqlite3_column_int64(q, 2);
	}
	db_done(q);
	return code == SQLITE_ROW || code == SQLITE_DONE || db_fail_code(s, code, PURGING, e);
}

static bool delete_audit(struct store *s, int64_t seq, const unsigned char hash[32], struct err *e)
{
	struct audit_verdict verdict;
	char detail[40];

	/* A new beginning that is signed would hide what was done to the rows before it. */
	if (!store_audit_verify(s, NULL, 0, &verdict, e))
		return err_add(e, "old rows of the audit log are kept");
	if (!db_audit_head(s, seq, hash, true, e))
		return err_add(e, "old rows of the audit log are kept");
	int code = db_exec(s, SQL_PURGE_AUDIT, "ti", s->station, seq);
	if (code == SQLITE_DONE)
		code = db_exec(s, SQL_PURGE_HEADS, "ti", s->station, seq);
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, PURGING, e);
	snprintf(detail, sizeof detail, "up to row %" PRId64, seq);
	return store_audit(s, AUDIT_AUDIT_PURGED, "", detail, e);
}

static bool purge_audit(struct purge *p, unsigned days, struct err *e)
{
	struct store *s = p->store;
	unsigned char hash[32];
	int64_t seq = 0, before = clock_now() - (int64_t)days * DAY;
	uint64_t n = 0;

	if (!audit_upto(s, before, &seq, hash, &n, e))
		return false;
	if (seq == 0)
		return true;
	if (!p->dry_run) {
		if (!db_begin(s, PURGING, e))
			return false;
		bool ok = audit_upto(s, before, &seq, hash, &n, e) && (seq == 0 || delete_audit(s, seq, hash, e));
		if (!db_end(s, ok, e))
			return false;
	}
	say(p, "%s %" PRIu64 " rows of the audit log, up to row %" PRId64, verb(p), n, seq);
	p->counts.audit_rows = n;
	return true;
}

bool store_purge(struct store *s, const struct retention *r, bool dry_run, say_fn *each, void *ctx,
	struct purge_counts *ret, struct err *e)
{
	struct purge p = { .store = s, .dry_run = dry_run, .say = each, .ctx = ctx };

	bool ok = db_ready(s, e) && purge_drafts(&p, r->draft_minutes, e) && purge_paused(&p, e);
	for (size_t i = 0; ok && i < r->n_states; i++) {
		if (r->states[i].days > 0)
			ok = purge_cases(&p, r->states[i].state, r->states[i].days, e);
	}
	ok = ok && (r->audit_days == 0 || purge_audit(&p, r->audit_days, e));
	/* Also after a failure: what was deleted shall leave the log, too. */
	if (!dry_run && p.counts.cases + p.counts.audit_rows > 0)
		store_tidy(s);
	if (ok)
		*ret = p.counts;
	return ok;
}

bool store_clock_steady(struct store *s, bool *ret_steady, struct err *e)
{
	enum { DAYS = 8 };
	int64_t now = clock_now();

	if (!db_ready(s, e))
		return false;
	sqlite3_stmt *q = db_query(s, SQL_AUDIT_BETWEEN, "tii", s->station, now - (int64_t)DAYS * DAY, now - DAY);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW)
		*ret_steady = sqlite3_column_int(q, 0) != 0;
	db_done(q);
	return code == SQLITE_ROW || db_fail_code(s, code, "looking at the audit log", e);
}
