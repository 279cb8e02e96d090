#include "address/probe.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static const char *const sql[PROBE_QUERIES] = {
	[PROBE_LANE] = "SELECT lane FROM door WHERE street = ?1 AND lane BETWEEN ?4 AND ?5 ORDER BY lane LIMIT 1",
	[PROBE_SUB] =
		"SELECT sub FROM door WHERE street = ?1 AND lane = ?2 AND sub BETWEEN ?4 AND ?5 ORDER BY sub LIMIT 1",
	[PROBE_DOOR] =
		("SELECT no, suf, length(rooms), town FROM door WHERE street = ?1 AND lane = ?2 AND sub = ?3 AND no "
		 "BETWEEN ?4 AND ?5 ORDER BY no, suf LIMIT 1"),
};

void probe_open(struct probe *p, sqlite3 *db)
{
	*p = (struct probe){ 0 };
	filter_load(&p->filter, db);
	for (int i = 0; db && i < PROBE_QUERIES; i++)
		sqlite3_prepare_v3(db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &p->query[i], NULL);
}

void probe_close(struct probe *p)
{
	for (int i = 0; i < PROBE_QUERIES; i++)
		sqlite3_finalize(p->query[i]);
	filter_finish(&p->filter);
}

static bool ask(sqlite3_stmt *q, const struct address *parent, long low, long high)
{
	if (!q)
		return false;
	sqlite3_reset(q);
	sqlite3_bind_int64(q, 1, parent->street_id);
	sqlite3_bind_int64(q, 2, strtol(parent->lane, NULL, 10));
	sqlite3_bind_int64(q, 3, strtol(parent->sub_lane, NULL, 10));
	sqlite3_bind_int64(q, 4, low);
	sqlite3_bind_int64(q, 5, high);
	return sqlite3_step(q) == SQLITE_ROW;
}

long probe_lane(struct probe *p, const struct address *parent, bool sub, long low, long high)
{
	sqlite3_stmt *q = p->query[sub ? PROBE_SUB : PROBE_LANE];
	long found = ask(q, parent, low, high) ? (long)sqlite3_column_int64(q, 0) : 0;
	sqlite3_reset(q);
	return found;
}

long probe_door(struct probe *p, const struct address *parent, long low, long high, char suffix[static NUMBER_SUFFIX],
	bool *ret_single, long *ret_town)
{
	sqlite3_stmt *q = p->query[PROBE_DOOR];
	long found = 0;
	if (ask(q, parent, low, high)) {
		const unsigned char *text = sqlite3_column_text(q, 1);
		found = (long)sqlite3_column_int64(q, 0);
		str_copy(suffix, NUMBER_SUFFIX, text ? (const char *)text : "");
		*ret_single = sqlite3_column_int(q, 2) == 0;
		*ret_town = (long)sqlite3_column_int64(q, 3);
	}
	sqlite3_reset(q);
	return found;
}
