#include <string.h>

#include "base/err.h"
#include "store/db.h"

bool db_add_event(struct store *s, const char *station, const char *number, int64_t at, int from, int to,
	const char *actor, const char *reason, struct err *e)
{
	enum { SUM = 16 };
	unsigned char before[SUM] = { 0 }, sum[SUM];
	int64_t seq = 0;

	sqlite3_stmt *q = db_query(s, SQL_EVENT_LAST, "tt", station, number);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		seq = sqlite3_column_int64(q, 0);
		if (sqlite3_column_bytes(q, 1) == SUM)
			memcpy(before, sqlite3_column_blob(q, 1), SUM);
	}
	db_done(q);
	if (code == SQLITE_ROW || code == SQLITE_DONE) {
		db_event_sum(before, station, number, seq + 1, at, from, to, actor, reason, sum);
		code = db_exec(s, SQL_EVENT_ADD, "ttiiiittb", station, number, seq + 1, at, (int64_t)from, (int64_t)to,
			actor, reason, (const void *)sum, (size_t)SUM);
	}
	return code == SQLITE_DONE || db_fail_code(s, code, "keeping the history of the case", e);
}
