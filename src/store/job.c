#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "store/db.h"

static const char JOBS[] = "keeping the printing jobs";

bool store_job_next(struct store *s, const char *number, struct print_job *ret, struct err *e)
{
	if (!db_ready(s, e))
		return false;
	sqlite3_stmt *q = db_query(s, SQL_JOB_NEXT, "tt", s->station, number);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		ret->id = sqlite3_column_int64(q, 0);
		str_copy(ret->number, sizeof ret->number, db_text(q, 1));
		ret->attempts = (unsigned)sqlite3_column_int(q, 2);
	}
	db_done(q);
	if (code == SQLITE_DONE)
		return err_set(e, ERR_NONE, "%s", "");
	return code == SQLITE_ROW || db_fail_code(s, code, JOBS, e);
}

static bool write_job(struct store *s, int code, struct err *e)
{
	return db_end(s, code == SQLITE_DONE || db_fail_code(s, code, JOBS, e), e);
}

bool store_job_done(struct store *s, int64_t id, bool printed, const char *why, struct err *e)
{
	if (!db_begin(s, JOBS, e))
		return false;
	int code = printed ? db_exec(s, SQL_JOB_DONE, "ti", s->station, id)
			   : db_exec(s, SQL_JOB_TRIED, "tiit", s->station, id, clock_now(), why == NULL ? "" : why);
	return write_job(s, code, e);
}

bool store_job_add(struct store *s, const char *number, struct err *e)
{
	return db_begin(s, JOBS, e) && write_job(s, db_exec(s, SQL_JOB_ADD, "tti", s->station, number, clock_now()), e);
}
