#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "model/case.h"
#include "store/db.h"
#include "store/move.h"

static const char EXPIRING[] = "looking for cases whose time is over";

/* The next case in SUPPLEMENT behind `number`, which it replaces; "" behind the last. */
static bool next_waiting(struct store *s, char number[static CASENUM_LENGTH + 1], struct err *e)
{
	char found[CASENUM_LENGTH + 1] = "";

	sqlite3_stmt *q = db_query(s, SQL_CASE_IN_STATE, "it", (int64_t)CASE_SUPPLEMENT, number);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW)
		str_copy(found, sizeof found, db_text(q, 0));
	db_done(q);
	memcpy(number, found, sizeof found);
	return code == SQLITE_ROW || code == SQLITE_DONE || db_fail_code(s, code, EXPIRING, e);
}

bool store_case_expire(struct store *s, bool dry_run, void (*each)(void *ctx, const char *number), void *ctx,
	unsigned *ret_n, struct err *e)
{
	char number[CASENUM_LENGTH + 1] = "";
	struct event_history history;
	int today = clock_today();

	*ret_n = 0;
	if (!db_ready(s, e))
		return false;
	for (;;) {
		struct err why = { 0 };
		if (!next_waiting(s, number, e))
			return false;
		if (number[0] == '\0')
			return true;
		if (!db_event_history(s, number, &history, e))
			return false;
		if (history.until == 0 || today <= history.until) /* without a list it waits for ever */
			continue;
		if (!dry_run &&
			!store_case_move(s, number,
				&(struct case_move){ .from = CASE_SUPPLEMENT,
					.to = CASE_SUPPLEMENT_EXPIRED,
					.events = history.n,
					.actor = ACTOR_SYSTEM },
				&why)) {
			if (why.code == ERR_NO)
				continue; /* supplemented, or asked for something else, at this very moment */
			if (e)
				*e = why;
			return false;
		}
		++*ret_n;
		if (each)
			each(ctx, number);
	}
}
