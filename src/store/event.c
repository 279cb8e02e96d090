#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "model/case.h"
#include "model/case_shortfall.h"
#include "store/db.h"

static const char KEEPING[] = "keeping the history of the case";

bool db_event_mark(struct store *s, const char *station, const char *number, struct event_mark *ret, struct err *e)
{
	*ret = (struct event_mark){ 0 };
	sqlite3_stmt *q = db_query(s, SQL_EVENT_LAST, "tt", station, number);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		ret->seq = sqlite3_column_int64(q, 0);
		if (sqlite3_column_bytes(q, 1) == sizeof ret->sum)
			memcpy(ret->sum, sqlite3_column_blob(q, 1), sizeof ret->sum);
	}
	db_done(q);
	return code == SQLITE_ROW || code == SQLITE_DONE || db_fail_code(s, code, KEEPING, e);
}

bool db_event_time(struct store *s, const char *number, int64_t *ret_at, struct err *e)
{
	int64_t least = 0;

	sqlite3_stmt *q = db_query(s, SQL_EVENT_NEWEST, "tt", number, s->station);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		least = sqlite3_column_int64(q, 0);
		/* In the same second the stations' numbers decide. */
		if (sqlite3_column_int(q, 1) && least < INT64_MAX)
			least++;
	}
	db_done(q);
	int64_t now = clock_now();
	*ret_at = now > least ? now : least;
	return code == SQLITE_ROW || code == SQLITE_DONE || db_fail_code(s, code, KEEPING, e);
}

bool db_add_event(struct store *s, const char *station, const char *number, int64_t at, int from, int to,
	const char *actor, const char *reason, struct err *e)
{
	struct event_mark last;
	unsigned char sum[16];

	if (!db_event_mark(s, station, number, &last, e))
		return false;
	db_event_sum(last.sum, station, number, last.seq + 1, at, from, to, actor, reason, sum);
	int code = db_exec(s, SQL_EVENT_ADD, "ttiiiittb", station, number, last.seq + 1, at, (int64_t)from, (int64_t)to,
		actor, reason, (const void *)sum, sizeof sum);
	return code == SQLITE_DONE || db_fail_code(s, code, KEEPING, e);
}

bool db_event_history(struct store *s, const char *number, struct event_history *ret, struct err *e)
{
	struct shortfalls missing;
	int code;

	*ret = (struct event_history){ 0 };
	sqlite3_stmt *q = db_query(s, SQL_EVENT_REASONS, "t", number);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		ret->n++;
		if (sqlite3_column_int(q, 0) != CASE_SUPPLEMENT && sqlite3_column_int(q, 1) == CASE_SUPPLEMENT)
			ret->until = case_shortfall_read(db_text(q, 2), &missing) ? missing.until : 0;
	}
	db_done(q);
	return code == SQLITE_DONE || db_fail_code(s, code, "reading the history of the case", e);
}
