#include "store/statements.h"

#include <assert.h>
#include <stdarg.h>

#include "base/err.h"
#include "store/db.h"

/*
 * The one place with SQL. Prepared when the database is opened, so a mistake shows at start; parameters are always
 * bound.
 */
#define CODE_LOCK_GET(kind) "SELECT wrong, until FROM code_lock WHERE station = ?1 AND kind = '" kind "'"
#define CODE_LOCK_PUT(kind) \
	"INSERT INTO code_lock (station, kind, wrong, until) VALUES (?1, '" kind "', ?2, ?3)" \
	" ON CONFLICT (station, kind) DO UPDATE SET wrong = excluded.wrong, until = excluded.until"

static const char *const texts[] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",

	[SQL_DRAFT_PUT] =
		"INSERT INTO draft (token, station, owner_boot, owner_pid, owner_start, item, item_version, step, demo,"
		" saved_at, key_id, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
		" ON CONFLICT (token) DO UPDATE SET"
		" owner_boot = excluded.owner_boot, owner_pid = excluded.owner_pid, owner_start = excluded.owner_start,"
		" item_version = excluded.item_version, step = excluded.step, saved_at = excluded.saved_at,"
		" key_id = excluded.key_id, sealed = excluded.sealed",
	[SQL_DRAFT_GET] =
		"SELECT step, demo, owner_boot, owner_pid, owner_start, coalesce(number, ''), sealed FROM draft"
		" WHERE token = ?1 AND key_id = ?2",
	[SQL_DRAFT_LIST] = "SELECT token, item, item_version, step, saved_at, owner_boot, owner_pid, owner_start,"
			   " coalesce(number, '') FROM draft WHERE station = ?1 AND (?2 IS NULL OR key_id = ?2)"
			   " ORDER BY saved_at DESC, token",
	[SQL_DRAFT_OWN] = "UPDATE draft SET owner_boot = ?2, owner_pid = ?3, owner_start = ?4 WHERE token = ?1",
	[SQL_DRAFT_OWNER] = "SELECT owner_boot, owner_pid, owner_start FROM draft WHERE token = ?1",
	[SQL_DRAFT_DELETE] = "DELETE FROM draft WHERE token = ?1",
	[SQL_DRAFT_SUBMITTED] = "UPDATE draft SET number = ?2 WHERE token = ?1",
	[SQL_DRAFT_FILE_MARKS] = "SELECT name, mark FROM draft_file WHERE token = ?1 ORDER BY name",
	[SQL_DRAFT_FILE_PUT] =
		"INSERT INTO draft_file (token, name, mark, sealed) VALUES (?1, ?2, ?3, ?4)"
		" ON CONFLICT (token, name) DO UPDATE SET mark = excluded.mark, sealed = excluded.sealed",
	[SQL_DRAFT_FILE_DELETE] = "DELETE FROM draft_file WHERE token = ?1 AND name = ?2",
	[SQL_DRAFT_FILE_CLEAR] = "DELETE FROM draft_file WHERE token = ?1",
	[SQL_DRAFT_FILE_LIST] = "SELECT name, sealed FROM draft_file WHERE token = ?1 ORDER BY name",

	[SQL_PAUSED_PUT] = "INSERT INTO paused (id, station, paused_at, until, sealed) VALUES (?1, ?2, ?3, ?4, ?5)"
			   " ON CONFLICT (id) DO UPDATE SET paused_at = excluded.paused_at, until = excluded.until,"
			   " sealed = excluded.sealed",
	[SQL_PAUSED_FILE_CLEAR] = "DELETE FROM paused_file WHERE id = ?1",
	[SQL_PAUSED_FILE_PUT] = "INSERT INTO paused_file (id, n, sealed) VALUES (?1, ?2, ?3)",
	[SQL_PAUSED_GET] = "SELECT paused_at, until, sealed FROM paused WHERE id = ?1",
	[SQL_PAUSED_FILE_LIST] = "SELECT sealed FROM paused_file WHERE id = ?1 ORDER BY n",
	[SQL_PAUSED_DELETE] = "DELETE FROM paused WHERE id = ?1",
	[SQL_PAUSED_EXPIRED] = "SELECT count(*) FROM paused WHERE until <= ?1",
	[SQL_PAUSED_EXPIRE] = "DELETE FROM paused WHERE until <= ?1",
	[SQL_PAUSE_LOCK_GET] = CODE_LOCK_GET("pause"),
	[SQL_PAUSE_LOCK_PUT] = CODE_LOCK_PUT("pause"),
	[SQL_RECEIPT_LOCK_GET] = CODE_LOCK_GET("receipt"),
	[SQL_RECEIPT_LOCK_PUT] = CODE_LOCK_PUT("receipt"),

	[SQL_CASE_BY_TOKEN] = "SELECT number FROM cases WHERE token = ?1",
	[SQL_CASE_ADD] =
		"INSERT INTO cases (number, token, station, item, item_version, submitted_at, state, demo, envelope)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
		" (SELECT coalesce(max(id), 0) + 1 FROM case_envelope))",
	[SQL_CASE_GET] = "SELECT c.number, station, item, item_version, submitted_at, state, demo, e.bytes"
			 " FROM cases c LEFT JOIN case_envelope e ON e.id = c.envelope AND e.number = c.number"
			 " WHERE c.number = ?1",
	[SQL_CASE_LIST] = "SELECT number, station, item, submitted_at, state, demo FROM cases"
			  " ORDER BY submitted_at DESC, number LIMIT ?1",
	[SQL_CASE_OF_PERSON] = "SELECT c.number, station, item, submitted_at, state, demo FROM person p"
			       " JOIN cases c ON c.number = p.number WHERE p.hash = ?1"
			       " ORDER BY submitted_at DESC, c.number",
	[SQL_CASE_OPEN_OF_PERSON] = "SELECT c.number, state FROM person p JOIN cases c ON c.number = p.number"
				    " WHERE p.hash = ?1 AND c.item = ?2 ORDER BY c.number",
	[SQL_CASE_STATE] = "SELECT state FROM cases WHERE number = ?1",
	/* The first one in this state behind number ?2. */
	[SQL_CASE_IN_STATE] = "SELECT number FROM cases WHERE state = ?1 AND number > ?2 ORDER BY number LIMIT 1",
	[SQL_CASE_MOVE] = "UPDATE cases SET state = ?3 WHERE number = ?1 AND state = ?2",
	[SQL_ENVELOPE_ADD] = "INSERT INTO case_envelope (id, number, bytes)"
			     " VALUES ((SELECT envelope FROM cases WHERE number = ?1), ?1, ?2)",
	[SQL_REVISION_ADD] = "INSERT INTO case_envelope (number, revision, bytes) VALUES (?1, ?2, ?3)",
	/* `revision > 1` in these words: they are those of the index case_revision. */
	[SQL_REVISION_LIST] = "SELECT revision, bytes FROM case_envelope WHERE number = ?1 AND revision > 1"
			      " ORDER BY revision",
	[SQL_REVISION_NEWEST] =
		"SELECT coalesce(max(revision), 1) FROM case_envelope WHERE number = ?1 AND revision > 1",
	[SQL_PART_ADD] = "INSERT INTO case_part (number, revision, part, bytes) VALUES (?1, ?2, ?3, ?4)",
	[SQL_PART_GET] = "SELECT bytes FROM case_part WHERE number = ?1 AND revision = ?2 AND part = ?3",
	[SQL_PERSON_ADD] = "INSERT INTO person (hash, number) VALUES (?1, ?2)",

	[SQL_EVENT_LAST] =
		"SELECT seq, sum FROM case_event WHERE station = ?1 AND number = ?2 ORDER BY seq DESC LIMIT 1",
	[SQL_EVENT_ADD] = "INSERT INTO case_event (station, number, seq, at, from_state, to_state, actor, reason, sum)"
			  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
	[SQL_EVENT_LIST] =
		"SELECT at, from_state, to_state, actor, station, reason, seq, sum FROM case_event WHERE number = ?1"
		" ORDER BY at, station, seq",
	/* And whether another station than ?2 made one then. */
	[SQL_EVENT_NEWEST] = "SELECT at, station <> ?2 FROM case_event WHERE number = ?1"
			     " ORDER BY at DESC, station <> ?2 DESC LIMIT 1",
	[SQL_EVENT_THERE] = "SELECT 1 FROM case_event WHERE number = ?1 AND station = ?2 AND seq = ?3 AND sum = ?4",
	[SQL_EVENT_REASONS] =
		"SELECT from_state, to_state, reason FROM case_event WHERE number = ?1 ORDER BY at, station,"
		" seq",

	[SQL_JOB_ADD] = "INSERT INTO outbox (station, id, number, made_at) VALUES (?1,"
			" (SELECT coalesce(max(id), 0) + 1 FROM outbox WHERE station = ?1), ?2, ?3)",
	[SQL_JOB_NEXT] = "SELECT id, number, attempts FROM outbox WHERE station = ?1"
			 " AND (?2 IS NULL OR number = ?2) ORDER BY attempts, id LIMIT 1",
	[SQL_JOB_TRIED] =
		"UPDATE outbox SET attempts = attempts + 1, tried_at = ?3, why = ?4 WHERE station = ?1 AND id = ?2",
	[SQL_JOB_DONE] = "DELETE FROM outbox WHERE station = ?1 AND id = ?2",

	[SQL_LICENCE_FIND] =
		"SELECT kind, valid_from, valid_to, sealed FROM licence WHERE holder = ?2 AND kind = ?1"
		" ORDER BY valid_from <= ?3 AND (valid_to = 0 OR valid_to >= ?3) DESC, valid_from DESC, id LIMIT 1",
	[SQL_LICENCE_PUT] =
		"INSERT INTO licence (id, kind, holder, valid_from, valid_to, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
		" ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, valid_from = excluded.valid_from,"
		" valid_to = excluded.valid_to, sealed = excluded.sealed",
	[SQL_LICENCE_LIST] = "SELECT kind, valid_from, valid_to, sealed FROM licence ORDER BY kind, id",

	[SQL_STAFF_ADD] = "INSERT INTO staff (name, hash, added_at) VALUES (?1, ?2, ?3)",
	[SQL_STAFF_DISABLE] = "UPDATE staff SET disabled_at = ?2 WHERE name = ?1 AND disabled_at IS NULL",
	[SQL_STAFF_LIST] = "SELECT name, hash FROM staff WHERE disabled_at IS NULL ORDER BY name",
	[SQL_LOCK_GET] = "SELECT wrong, until FROM station_lock WHERE station = ?1",
	[SQL_LOCK_PUT] = "INSERT INTO station_lock (station, wrong, until) VALUES (?1, ?2, ?3)"
			 " ON CONFLICT (station) DO UPDATE SET wrong = excluded.wrong, until = excluded.until",

	/* The end of this station's chain: the last row, or the head up to which rows were deleted; and the last signed one. */
	[SQL_AUDIT_END] =
		"SELECT coalesce(l.seq, 0), l.hash,"
		" coalesce((SELECT max(seq) FROM audit_head WHERE station = ?1), 0) FROM (SELECT 1) LEFT JOIN"
		" (SELECT seq, hash FROM audit WHERE station = ?1 UNION ALL"
		" SELECT seq, hash FROM audit_head WHERE station = ?1 AND purged = 1 ORDER BY seq DESC LIMIT 1) l",
	[SQL_AUDIT_BETWEEN] = "SELECT EXISTS (SELECT 1 FROM audit WHERE station = ?1 AND at BETWEEN ?2 AND ?3)",
	[SQL_AUDIT_ADD] = "INSERT INTO audit (station, seq, at, type, subject, detail, hash)"
			  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[SQL_AUDIT_HEAD_ADD] = "INSERT INTO audit_head (station, seq, at, hash, certificate, signature)"
			       " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (station, seq) DO NOTHING",
	[SQL_AUDIT_HEAD_PURGED] =
		"INSERT INTO audit_head (station, seq, at, hash, certificate, signature, purged)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1) ON CONFLICT (station, seq) DO UPDATE SET at = excluded.at,"
		" hash = excluded.hash, certificate = excluded.certificate, signature = excluded.signature, purged = 1",
	[SQL_AUDIT_LIST] = "SELECT station, seq, at, type, subject, detail FROM audit WHERE at > ?1"
			   " ORDER BY at, station, seq",

	[SQL_VERIFY_BEGIN] = "BEGIN", /* one snapshot to read from, without keeping anybody from writing */
	[SQL_VERIFY_STATIONS] = "SELECT station FROM audit UNION SELECT station FROM audit_head ORDER BY 1",
	[SQL_VERIFY_AUDIT] = "SELECT seq, at, type, subject, detail, hash FROM audit WHERE station = ?1 ORDER BY seq",
	[SQL_VERIFY_HEADS] = "SELECT seq, at, hash, certificate, signature, purged FROM audit_head WHERE station = ?1"
			     " ORDER BY seq",
	[SQL_VERIFY_CASES] =
		"SELECT number, station, item, item_version, submitted_at, state, demo FROM cases ORDER BY number",
	[SQL_VERIFY_ENVELOPE] = "SELECT bytes FROM case_envelope WHERE number = ?1"
				" AND id = (SELECT envelope FROM cases WHERE number = ?1)",
	[SQL_VERIFY_PARTS] = "SELECT part, bytes FROM case_part WHERE number = ?1 AND revision = ?2 ORDER BY part",
	[SQL_VERIFY_PARTS_REST] = "SELECT count(*) FROM case_part WHERE number = ?1 AND NOT revision BETWEEN 1 AND ?2",
	[SQL_VERIFY_EVENTS] = "SELECT station, seq, at, from_state, to_state, actor, reason, sum FROM case_event"
			      " WHERE number = ?1 ORDER BY station, seq",
	/*
	 * ?1, ?2, ?3: types submitted, purged, migrated. Rows older than the first one that is left of a purged log tell
	 * nothing: what answered them may be gone. Cases that a migration sealed were filed before there was a log.
	 */
	[SQL_VERIFY_LOST] =
		"SELECT station, seq, subject FROM audit WHERE type = ?1"
		" AND at >= (SELECT coalesce(max((SELECT at FROM audit a WHERE a.station = h.station ORDER BY seq"
		" LIMIT 1)), 0) FROM audit_head h WHERE purged = 1)"
		" AND subject NOT IN (SELECT number FROM cases)"
		" AND subject NOT IN (SELECT subject FROM audit WHERE type = ?2) ORDER BY station, seq",
	[SQL_VERIFY_UNTOLD] =
		"SELECT number FROM cases WHERE number NOT IN (SELECT subject FROM audit WHERE type = ?1)"
		" AND submitted_at >= (SELECT coalesce(max((SELECT at FROM audit a WHERE a.station = h.station"
		" ORDER BY seq LIMIT 1)), 0) FROM audit_head h WHERE purged = 1)"
		" AND submitted_at > (SELECT coalesce(max(at), -1) FROM audit WHERE type = ?3"
		" AND detail LIKE '1 to %') ORDER BY number",
	[SQL_VERIFY_REST] = "SELECT number FROM purging ORDER BY number",

	[SQL_PURGE_DRAFTS] =
		"SELECT saved_at, owner_boot, owner_pid, owner_start FROM draft WHERE station = ?1 AND saved_at < ?2",
	/* The next case in this state that has had no event since ?2, behind number ?3. */
	[SQL_PURGE_NEXT] = "SELECT number, ended FROM (SELECT number, coalesce((SELECT max(at) FROM case_event e"
			   " WHERE e.number = c.number), submitted_at) AS ended FROM cases c"
			   " WHERE state = ?1 AND number > ?3) WHERE ended < ?2 ORDER BY number LIMIT 1",
	[SQL_PURGE_MARK] = "INSERT INTO purging (number) VALUES (?1)",
	[SQL_PURGE_OUTBOX] = "DELETE FROM outbox WHERE number = ?1",
	[SQL_PURGE_PERSON] = "DELETE FROM person WHERE number = ?1",
	[SQL_PURGE_PARTS] = "DELETE FROM case_part WHERE number = ?1",
	[SQL_PURGE_ENVELOPE] = "DELETE FROM case_envelope"
			       " WHERE id = (SELECT envelope FROM cases WHERE number = ?1) AND number = ?1",
	[SQL_PURGE_REVISIONS] = "DELETE FROM case_envelope WHERE number = ?1 AND revision > 1",
	[SQL_PURGE_EVENTS] = "DELETE FROM case_event WHERE number = ?1",
	[SQL_PURGE_CASE] = "DELETE FROM cases WHERE number = ?1",
	[SQL_PURGE_UNMARK] = "DELETE FROM purging WHERE number = ?1",
	/* The rows before the first one that is not older than ?2: a clock that jumped back deletes nothing newer. */
	[SQL_PURGE_AUDIT_UPTO] =
		"SELECT seq, hash, (SELECT count(*) FROM audit b WHERE b.station = ?1 AND b.seq <= a.seq) FROM audit a"
		" WHERE station = ?1 AND seq < coalesce((SELECT min(seq) FROM audit WHERE station = ?1 AND at >= ?2),"
		" 9223372036854775807) ORDER BY seq DESC LIMIT 1",
	[SQL_PURGE_AUDIT] = "DELETE FROM audit WHERE station = ?1 AND seq <= ?2",
	[SQL_PURGE_HEADS] = "DELETE FROM audit_head WHERE station = ?1 AND seq < ?2",
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
