/* From version 1 to 2: what lay in the clear is sealed, then the old tables go (secure_delete overwrites their pages). */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/licence.h"
#include "seal/envelope.h"
#include "store/audit.h"
#include "store/db.h"

static const char MIGRATING[] = "updating the database";

typedef bool row_fn(struct store *s, sqlite3_stmt *row, void *ctx, struct err *e);

/*
 * Statements that are needed once in the life of a file are not in the table of statements: that one is prepared when this is
 * over. `number` NULL: the statement has no parameter.
 */
static bool each_row(struct store *s, const char *sql, const char *number, row_fn *row, void *ctx, struct err *e)
{
	sqlite3_stmt *q = NULL;
	bool good = true;
	int code = sqlite3_prepare_v2(s->db, sql, -1, &q, NULL);
	if (code == SQLITE_OK && number)
		code = sqlite3_bind_text(q, 1, number, -1, SQLITE_STATIC);
	while (code == SQLITE_OK || (code == SQLITE_ROW && good)) {
		code = sqlite3_step(q);
		if (code == SQLITE_ROW)
			good = row(s, q, ctx, e);
	}
	sqlite3_finalize(q);
	return good && (code == SQLITE_DONE || db_fail_code(s, code, MIGRATING, e));
}

static bool take_answer(struct store *s, sqlite3_stmt *row, void *ctx, struct err *e)
{
	struct filing *f = ctx;
	(void)s;
	return answers_set(f->answers, db_text(row, 0), db_text(row, 1)) ||
		err_set(e, ERR_STORAGE, "%s: a case holds more than this program accepts", MIGRATING);
}

static bool take_file(struct store *s, sqlite3_stmt *row, void *ctx, struct err *e)
{
	struct filing *f = ctx;
	(void)s;
	return filing_attach(f, db_text(row, 0), db_text(row, 1), sqlite3_column_blob(row, 2),
		       (size_t)sqlite3_column_bytes(row, 2)) ||
		err_set(e, ERR_STORAGE, "%s: a case holds more files than this program accepts", MIGRATING);
}

static bool take_event(struct store *s, sqlite3_stmt *row, void *ctx, struct err *e)
{
	const char *number = ctx;
	return db_add_event(s, db_text(row, 0), number, sqlite3_column_int64(row, 1), sqlite3_column_int(row, 2),
		sqlite3_column_int(row, 3), db_text(row, 4), db_text(row, 5), e);
}

/*
 * Nobody has a query code for such a case: it is sealed to the center alone. The station that signs is this one; the case
 * keeps its own number and station only when they are the same, which they are on a kiosk's own disk.
 */
static bool seal(struct store *s, const struct envelope_head *h, const struct filing *f, struct err *e)
{
	unsigned char key[SEAL_KEY_SIZE];
	struct sealed_case c = { 0 };

	if (strcmp(h->station, s->keys->certificate.station) != 0)
		return err_set(e, ERR_CONFIG,
			"%s: case %s was filed at station %s, but the keys are those of station %s; start once with that station's"
			" keys",
			MIGRATING, h->number, h->station, s->keys->certificate.station);
	randombytes_buf(key, sizeof key);
	bool good = case_seal(&c,
			    &(struct seal_request){ .head = *h,
				    .record = f->answers,
				    .filing = f,
				    .key = key,
				    .person = answers_text(f->answers, "id_number") },
			    s->keys, e) &&
		db_add_sealed(s, &c, MIGRATING, e);
	sodium_memzero(key, sizeof key);
	sealed_case_finish(&c);
	return good;
}

static bool take_nothing(struct store *s, sqlite3_stmt *row, void *ctx, struct err *e)
{
	(void)s;
	(void)row;
	(void)ctx;
	(void)e;
	return true;
}

static bool give_envelope(struct store *s, const char *number, struct err *e)
{
	return each_row(s,
		"UPDATE cases SET envelope = (SELECT coalesce(max(id), 0) + 1 FROM case_envelope) WHERE number = ?1",
		number, take_nothing, NULL, e);
}

static bool take_case(struct store *s, sqlite3_stmt *row, void *ctx, struct err *e)
{
	uint64_t *n = ctx;
	struct filing f;
	struct envelope_head h = { .item_version = (unsigned)sqlite3_column_int(row, 3),
		.revision = 1,
		.created = sqlite3_column_int64(row, 4),
		.demo = sqlite3_column_int(row, 5) != 0 };

	str_copy(h.number, sizeof h.number, db_text(row, 0));
	str_copy(h.station, sizeof h.station, db_text(row, 1));
	str_copy(h.item, sizeof h.item, db_text(row, 2));
	filing_init(&f, NULL, "00000000000000000000000000000000");
	bool good = each_row(s, "SELECT name, value FROM old_case_answer WHERE number = ?1", h.number, take_answer, &f,
			    e) &&
		each_row(s, "SELECT name, mime, bytes FROM old_case_file WHERE number = ?1", h.number, take_file, &f,
			e) &&
		give_envelope(s, h.number, e) && seal(s, &h, &f, e) &&
		each_row(s,
			"SELECT station, at, from_state, to_state, actor, reason FROM old_case_event WHERE number = ?1"
			" ORDER BY station, seq",
			h.number, take_event, h.number, e);
	filing_finish(&f);
	++*n;
	return good;
}

static bool take_licence(struct store *s, sqlite3_stmt *row, void *ctx, struct err *e)
{
	struct licence l = { .valid_from = sqlite3_column_int(row, 4), .valid_to = sqlite3_column_int(row, 5) };

	str_copy(l.kind, sizeof l.kind, db_text(row, 0));
	str_copy(l.number, sizeof l.number, db_text(row, 1));
	str_copy(l.holder_id, sizeof l.holder_id, db_text(row, 2));
	str_copy(l.issuer, sizeof l.issuer, db_text(row, 3));
	++*(uint64_t *)ctx;
	return db_put_licence(s, &l, e);
}

static bool take_count(struct store *s, sqlite3_stmt *row, void *ctx, struct err *e)
{
	(void)s;
	(void)e;
	*(int64_t *)ctx = sqlite3_column_int64(row, 0);
	return true;
}

bool db_migrate_seal(struct store *s, struct err *e)
{
	int64_t there = 0;
	uint64_t cases = 0, licences = 0;
	char detail[64];

	if (!each_row(s, "SELECT (SELECT count(*) FROM cases) + (SELECT count(*) FROM old_licence)", NULL, take_count,
		    &there, e))
		return false;
	if (there > 0 && !s->keys)
		return err_set(e, ERR_CONFIG,
			"%s: %s holds cases that are not sealed yet; set keys in the configuration and start again",
			MIGRATING, s->path);
	/* The statements of this version fit the tables now, and are needed to fill them. */
	if (!db_prepare(s, e))
		return false;
	bool good = each_row(s, "SELECT number, station, item, item_version, submitted_at, demo FROM cases", NULL,
			    take_case, &cases, e) &&
		each_row(s, "SELECT kind, number, holder_id, issuer, valid_from, valid_to FROM old_licence", NULL,
			take_licence, &licences, e);
	snprintf(detail, sizeof detail, "1 to 2, %" PRIu64 " cases, %" PRIu64 " licences", cases, licences);
	s->transaction = MIGRATING; /* the log joins it */
	good = good && (there == 0 || store_audit(s, AUDIT_MIGRATED, "", detail, e));
	s->transaction = NULL;
	db_finalize(s);
	if (good &&
		sqlite3_exec(s->db,
			"DROP TABLE old_case_answer; DROP TABLE old_case_file; DROP TABLE old_case_event;"
			" DROP TABLE old_licence",
			NULL, NULL, NULL) != SQLITE_OK)
		good = db_fail(s, MIGRATING, e);
	return good;
}
