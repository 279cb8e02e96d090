#include "store/verify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "store/audit.h"

static const char VERIFYING[] = "verifying the database";

enum { LINE_MAX_BYTES = 700, SAID_MAX = 1000 };

void verify_problem(struct verify *v, const char *format, ...)
{
	char line[LINE_MAX_BYTES] = "problem: ";
	va_list args;

	/* Of a file that is damaged throughout the first thousand are enough to know. */
	if (++v->counts.problems > SAID_MAX)
		return;
	va_start(args, format);
	vsnprintf(line + strlen(line), sizeof line - strlen(line), format, args);
	va_end(args);
	v->say(v->ctx, line);
}

bool db_begin_reading(struct store *s, const char *who, struct err *e)
{
	if (!db_ready(s, e))
		return false;
	int code = db_exec(s, SQL_VERIFY_BEGIN, "");
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, who, e);
	s->transaction = who;
	return true;
}

static bool ended(struct verify *v, int code, struct err *e)
{
	return code == SQLITE_DONE || db_fail_code(v->store, code, VERIFYING, e);
}

/* Not in the table of statements: preparing these looks at every table, which no program needs at its start. */
static bool check_file(struct verify *v, struct err *e)
{
	static const char *const pragmas[] = { "PRAGMA integrity_check", "PRAGMA foreign_key_check" };

	for (size_t i = 0; i < 2; i++) {
		sqlite3_stmt *q = NULL;
		int code = sqlite3_prepare_v2(v->store->db, pragmas[i], -1, &q, NULL);
		while (code == SQLITE_OK || code == SQLITE_ROW) {
			code = sqlite3_step(q);
			if (code != SQLITE_ROW || (i == 0 && strcmp(db_text(q, 0), "ok") == 0))
				continue;
			if (i == 0)
				verify_problem(v, "file: %s", db_text(q, 0));
			else
				verify_problem(v, "file: a row of %s belongs to a row of %s that is not there",
					db_text(q, 0), db_text(q, 2));
		}
		sqlite3_finalize(q);
		if (!ended(v, code, e))
			return false;
	}
	return true;
}

static bool check_cases(struct verify *v, struct err *e)
{
	bool read = true;
	int code = SQLITE_ROW;

	sqlite3_stmt *q = db_query(v->store, SQL_VERIFY_CASES, "");
	while (read && (code = sqlite3_step(q)) == SQLITE_ROW)
		read = verify_case(v, q, e);
	db_done(q);
	return read && ended(v, code, e);
}

static bool check_audit(struct verify *v, struct err *e)
{
	struct audit_verdict verdict = { 0 };
	struct err why = { 0 };

	bool good = store_audit_verify(v->store, v->centers, v->n_centers, &verdict, &why);
	if (!good && why.code != ERR_NO) {
		if (e != NULL)
			*e = why;
		return false;
	}
	v->counts.audit_rows = verdict.rows;
	if (!good)
		verify_problem(v, "audit log of station %s, row %" PRId64 ": %s", verdict.bad_station, verdict.bad_seq,
			verdict.why);
	return true;
}

/* The log against the cases, both ways. */
static bool check_told(struct verify *v, struct err *e)
{
	int code;

	sqlite3_stmt *q = db_query(v->store, SQL_VERIFY_LOST, "ii", (int64_t)AUDIT_SUBMITTED, (int64_t)AUDIT_PURGED);
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		verify_problem(v, "case %s is missing: row %lld of the audit log of station %s says that it was stored",
			db_text(q, 2), sqlite3_column_int64(q, 1), db_text(q, 0));
	db_done(q);
	if (!ended(v, code, e))
		return false;
	q = db_query(v->store, SQL_VERIFY_UNTOLD, "iii", (int64_t)AUDIT_SUBMITTED, (int64_t)AUDIT_PURGED,
		(int64_t)AUDIT_MIGRATED);
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		verify_problem(v, "case %s: the audit log does not know that it was stored", db_text(q, 0));
	db_done(q);
	if (!ended(v, code, e))
		return false;
	q = db_query(v->store, SQL_VERIFY_REST, "");
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		verify_problem(v, "case %s is marked as being deleted, but no deletion is under way", db_text(q, 0));
	db_done(q);
	return ended(v, code, e);
}

bool store_verify(struct store *s, const struct center_public *centers, unsigned n, say_fn *say, void *ctx,
	struct verify_counts *ret, struct err *e)
{
	struct verify v = { .store = s, .centers = centers, .n_centers = n, .say = say, .ctx = ctx };

	if (!db_begin_reading(s, VERIFYING, e))
		return false;
	say(ctx, "checking the file");
	bool read = check_file(&v, e);
	if (read) {
		say(ctx, "checking the cases");
		read = check_cases(&v, e);
	}
	if (read) {
		say(ctx, "checking the audit log");
		read = check_audit(&v, e) && check_told(&v, e);
	}
	db_rollback(s);
	if (!read)
		return false;
	*ret = v.counts;
	return v.counts.problems == 0 ||
		err_set(e, ERR_NO,
			"database %s: %" PRIu64 " problems; keep a copy of the file, then put the last good backup in"
			" its place (juzhu restore) or tell the maintainer",
			s->path, v.counts.problems);
}
