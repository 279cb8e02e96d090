#include "store/lock.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "store/audit.h"
#include "store/db.h"

enum { FREE_TRIES = 4, WAIT_FIRST = 30 }; /* tries, seconds */

static bool read(struct store *s, const struct lock *l, int64_t *ret_wrong, int64_t *ret_until, struct err *e)
{
	sqlite3_stmt *q = db_query(s, l->get, "t", s->station);
	int result = sqlite3_step(q);
	if (result == SQLITE_ROW || result == SQLITE_DONE) {
		*ret_wrong = result == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
		*ret_until = result == SQLITE_ROW ? sqlite3_column_int64(q, 1) : 0;
	}
	db_done(q);
	return result == SQLITE_ROW || result == SQLITE_DONE || db_fail_code(s, result, l->doing, e);
}

static bool write(struct store *s, const struct lock *l, int64_t wrong, int64_t until, struct err *e)
{
	int result = db_exec(s, l->put, "tii", s->station, wrong, until);
	return result == SQLITE_DONE || db_fail_code(s, result, l->doing, e);
}

/* Seconds to wait after so many wrong tries in a row: 30 after the fifth, then doubled. */
static int64_t wait_after(const struct lock *l, int64_t wrong)
{
	int64_t wait = WAIT_FIRST;

	if (wrong <= FREE_TRIES)
		return 0;
	for (int64_t i = FREE_TRIES + 1; i < wrong && wait < l->longest; i++)
		wait *= 2;
	return wait < l->longest ? wait : l->longest;
}

/* A clock set back must not lock a station for longer than the wait that belongs to its wrong tries. */
static int64_t until_now(const struct lock *l, int64_t wrong, int64_t until)
{
	int64_t now = clock_now(), latest = now + wait_after(l, wrong);
	if (until > latest)
		until = latest;
	return until > now ? until : 0;
}

bool lock_read(struct store *s, const struct lock *l, int64_t *ret_wrong, int64_t *ret_until, struct err *e)
{
	int64_t wrong = 0, until = 0;

	if (!db_ready(s, e) || !read(s, l, &wrong, &until, e))
		return false;
	*ret_wrong = wrong;
	*ret_until = until_now(l, wrong, until);
	return true;
}

bool lock_count(struct store *s, const struct lock *l, int64_t *ret_until, struct err *e)
{
	int64_t wrong = 0, until = 0;

	*ret_until = 0;
	if (!db_begin(s, l->doing, e))
		return false;
	bool ok = read(s, l, &wrong, &until, e);
	int64_t locked = ok ? until_now(l, wrong, until) : 0;
	if (locked > 0) {
		char text[26];
		clock_time_text(locked, text);
		*ret_until = locked;
		ok = err_set(e, ERR_NO, "too many wrong codes at station %s; locked until %s", s->station, text);
	}
	return db_end(s, ok && write(s, l, wrong + 1, clock_now() + wait_after(l, wrong + 1), e), e);
}

bool lock_forgive(struct store *s, const struct lock *l, struct err *e)
{
	int64_t wrong = 0, until = 0;

	if (!db_begin(s, l->doing, e))
		return false;
	bool ok = read(s, l, &wrong, &until, e);
	return db_end(s, ok && write(s, l, wrong > 0 ? wrong - 1 : 0, 0, e), e);
}

bool lock_open(struct store *s, const struct lock *l, struct err *e)
{
	return write(s, l, 0, 0, e);
}

void lock_log(struct store *s, const struct lock *l, const char *subject)
{
	struct err ignored;
	int64_t wrong = 0, until = 0;
	char detail[32];

	if (!lock_read(s, l, &wrong, &until, &ignored))
		return;
	snprintf(detail, sizeof detail, "%" PRId64, wrong);
	store_audit(s, l->wrong, subject, detail, &ignored);
}
