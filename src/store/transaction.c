#include <assert.h>

#include "base/err.h"
#include "store/db.h"

bool db_begin(struct store *s, const char *who, struct err *e)
{
	if (!db_ready(s, e))
		return false;
	assert(s->transaction == NULL);
	int code = db_exec(s, SQL_BEGIN, "");
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, who, e);
	s->transaction = who;
	return true;
}

bool db_commit(struct store *s, struct err *e)
{
	assert(s->transaction != NULL);
	const char *who = s->transaction;
	int code = db_exec(s, SQL_COMMIT, "");
	s->transaction = NULL;
	if (code == SQLITE_DONE)
		return true;
	/* Whatever the code: what is in the file now is unknown to this connection. */
	db_fail_code(s, code, who, e);
	s->suspect = true;
	return false;
}

void db_rollback(struct store *s)
{
	assert(s->transaction != NULL);
	s->transaction = NULL;
	/* After some errors SQLite has rolled back by itself. */
	if (!sqlite3_get_autocommit(s->db) && db_exec(s, SQL_ROLLBACK, "") != SQLITE_DONE)
		s->suspect = true;
}

bool db_end(struct store *s, bool ok, struct err *e)
{
	if (ok)
		return db_commit(s, e);
	db_rollback(s);
	return false;
}
