#include "store/statements.h"

#include <assert.h>
#include <stdarg.h>

#include "base/err.h"
#include "store/db.h"

/*
 * The one place with SQL. Prepared when the database is opened, so a mistake shows at start; parameters are always
 * bound.
 */
static const char *const texts[] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",

	[SQL_DRAFT_PUT] =
		"INSERT INTO draft (token, station, owner_boot, owner_pid, owner_start, item, item_version, step, demo,"
		" saved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (token) DO UPDATE SET"
		" owner_boot = excluded.owner_boot, owner_pid = excluded.owner_pid, owner_start = excluded.owner_start,"
		" item_version = excluded.item_version, step = excluded.step, saved_at = excluded.saved_at",
	[SQL_DRAFT_GET] = "SELECT step, demo, owner_boot, owner_pid, owner_start FROM draft WHERE token = ?1",
	[SQL_DRAFT_LIST] =
		"SELECT token, item, item_version, step, saved_at, owner_boot, owner_pid, owner_start FROM draft"
		" WHERE station = ?1 ORDER BY saved_at DESC, token",
	[SQL_DRAFT_OWN] = "UPDATE draft SET owner_boot = ?2, owner_pid = ?3, owner_start = ?4 WHERE token = ?1",
	[SQL_DRAFT_DELETE] = "DELETE FROM draft WHERE token = ?1",
	[SQL_DRAFT_ANSWER_CLEAR] = "DELETE FROM draft_answer WHERE token = ?1",
	[SQL_DRAFT_ANSWER_ADD] = "INSERT INTO draft_answer (token, name, value) VALUES (?1, ?2, ?3)",
	[SQL_DRAFT_ANSWER_LIST] = "SELECT name, value FROM draft_answer WHERE token = ?1 ORDER BY name",
	[SQL_DRAFT_FILE_HEADS] = "SELECT name, length(bytes), hash FROM draft_file WHERE token = ?1 ORDER BY name",
	[SQL_DRAFT_FILE_PUT] =
		"INSERT INTO draft_file (token, name, mime, hash, bytes) VALUES (?1, ?2, ?3, ?4, ?5)"
		" ON CONFLICT (token, name) DO UPDATE SET mime = excluded.mime, hash = excluded.hash, bytes = excluded.bytes",
	[SQL_DRAFT_FILE_DELETE] = "DELETE FROM draft_file WHERE token = ?1 AND name = ?2",
	[SQL_DRAFT_FILE_LIST] = "SELECT name, mime, bytes FROM draft_file WHERE token = ?1 ORDER BY name",

	[SQL_CASE_BY_TOKEN] = "SELECT number FROM cases WHERE token = ?1",
	[SQL_CASE_ADD] = "INSERT INTO cases (number, token, station, item, item_version, submitted_at, state, demo)"
			 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[SQL_CASE_GET] =
		"SELECT number, station, item, item_version, submitted_at, state, demo FROM cases WHERE number = ?1",
	[SQL_CASE_LIST] = "SELECT number, station, item, submitted_at, state, demo FROM cases"
			  " ORDER BY submitted_at DESC, number LIMIT ?1",
	[SQL_CASE_ANSWER_ADD] = "INSERT INTO case_answer (number, name, value) VALUES (?1, ?2, ?3)",
	[SQL_CASE_ANSWER_LIST] = "SELECT name, value FROM case_answer WHERE number = ?1 ORDER BY name",
	[SQL_CASE_FILE_ADD] = "INSERT INTO case_file (number, name, mime, sha256, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
	[SQL_CASE_FILE_LIST] =
		"SELECT name, mime, length(bytes), sha256 FROM case_file WHERE number = ?1 ORDER BY name",

	[SQL_EVENT_ADD] =
		"INSERT INTO case_event (station, number, seq, at, from_state, to_state, actor, reason) VALUES (?1, ?2,"
		" (SELECT coalesce(max(seq), 0) + 1 FROM case_event WHERE station = ?1 AND number = ?2), ?3, ?4, ?5, ?6, ?7)",
	[SQL_EVENT_LIST] = "SELECT at, from_state, to_state, actor, station, reason FROM case_event WHERE number = ?1"
			   " ORDER BY at, station, seq",

	[SQL_JOB_ADD] = "INSERT INTO outbox (station, id, number, made_at) VALUES (?1,"
			" (SELECT coalesce(max(id), 0) + 1 FROM outbox WHERE station = ?1), ?2, ?3)",
	[SQL_JOB_NEXT] = "SELECT id, number, attempts FROM outbox WHERE station = ?1 AND done_at IS NULL"
			 " AND (?2 IS NULL OR number = ?2) ORDER BY attempts, id LIMIT 1",
	[SQL_JOB_TRIED] = "UPDATE outbox SET attempts = attempts + 1, tried_at = ?3, why = ?5,"
			  " done_at = CASE ?4 WHEN 1 THEN ?3 END WHERE station = ?1 AND id = ?2 AND done_at IS NULL",

	[SQL_LICENCE_FIND] =
		"SELECT kind, number, holder_id, issuer, valid_from, valid_to FROM licence WHERE holder_id = ?2"
		" AND kind = ?1 AND valid_from <= ?3 AND (valid_to = 0 OR valid_to >= ?3)"
		" ORDER BY valid_from DESC, number LIMIT 1",
	[SQL_LICENCE_PUT] =
		"INSERT INTO licence (kind, number, holder_id, issuer, valid_from, valid_to)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (kind, number) DO UPDATE SET holder_id = excluded.holder_id,"
		" issuer = excluded.issuer, valid_from = excluded.valid_from, valid_to = excluded.valid_to",
	[SQL_LICENCE_LIST] =
		"SELECT kind, number, holder_id, issuer, valid_from, valid_to FROM licence ORDER BY kind, number",

	[SQL_STAFF_ADD] = "INSERT INTO staff (name, hash, added_at) VALUES (?1, ?2, ?3)",
	[SQL_STAFF_DISABLE] = "UPDATE staff SET disabled_at = ?2 WHERE name = ?1 AND disabled_at IS NULL",
	[SQL_STAFF_LIST] = "SELECT name, hash FROM staff WHERE disabled_at IS NULL ORDER BY name",
	[SQL_LOCK_GET] = "SELECT wrong, until FROM station_lock WHERE station = ?1",
	[SQL_LOCK_PUT] = "INSERT INTO station_lock (station, wrong, until) VALUES (?1, ?2, ?3)"
			 " ON CONFLICT (station) DO UPDATE SET wrong = excluded.wrong, until = excluded.until",
};
static_assert(sizeof texts / sizeof texts[0] == SQL_COUNT, "one text for each statement");

bool db_prepare(struct store *s, struct err *e)
{
	for (unsigned i = 0; i < SQL_COUNT; i++) {
		if (sqlite3_prepare_v3(s->db, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &s->statements[i], NULL) !=
			SQLITE_OK)
			return db_fail(s, "preparing the statements", e);
	}
	return true;
}

void db_finalize(struct store *s)
{
	for (unsigned i = 0; i < SQL_COUNT; i++) {
		sqlite3_finalize(s->statements[i]);
		s->statements[i] = NULL;
	}
}

static sqlite3_stmt *bind(struct store *s, enum sql which, const char *types, va_list parameters)
{
	sqlite3_stmt *statement = s->statements[which];

	/* Nothing here allocates or exceeds a limit, so a failure is a wrong index: a bug. */
	for (int i = 1; types[i - 1] != '\0'; i++) {
		int code = SQLITE_MISUSE;
		switch (types[i - 1]) {
		case 't':
			code = sqlite3_bind_text(statement, i, va_arg(parameters, const char *), -1, SQLITE_STATIC);
			break;
		case 'i':
			code = sqlite3_bind_int64(statement, i, va_arg(parameters, int64_t));
			break;
		case 'b': {
			const void *bytes = va_arg(parameters, const void *);
			code = sqlite3_bind_blob64(statement, i, bytes, va_arg(parameters, size_t), SQLITE_STATIC);
			break;
		}
		}
		assert(code == SQLITE_OK);
		(void)code;
	}
	return statement;
}

sqlite3_stmt *db_query(struct store *s, enum sql which, const char *types, ...)
{
	va_list parameters;
	va_start(parameters, types);
	sqlite3_stmt *statement = bind(s, which, types, parameters);
	va_end(parameters);
	return statement;
}

void db_done(sqlite3_stmt *statement)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

int db_exec(struct store *s, enum sql which, const char *types, ...)
{
	va_list parameters;
	va_start(parameters, types);
	sqlite3_stmt *statement = bind(s, which, types, parameters);
	va_end(parameters);
	int code = sqlite3_step(statement);
	db_done(statement);
	return code;
}

const char *db_text(sqlite3_stmt *statement, int column)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);
	return text == NULL ? "" : text;
}
