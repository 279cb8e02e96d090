#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "model/case.h"
#include "model/case_move.h"
#include "seal/envelope.h"
#include "store/audit.h"
#include "store/db.h"

enum { NUMBER_TRIES = 100, STATE_DRAFT = 0 };

static const char FILING[] = "filing the case";

/* Number of the case with this token, "" when there is none. */
static bool find_token(struct store *s, const char *token, char ret_number[static 21], struct err *e)
{
	sqlite3_stmt *q = db_query(s, SQL_CASE_BY_TOKEN, "t", token);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		str_copy(ret_number, CASENUM_LENGTH + 1, code == SQLITE_ROW ? db_text(q, 0) : "");
	db_done(q);
	return code == SQLITE_ROW || code == SQLITE_DONE || db_fail_code(s, code, FILING, e);
}

/* The random part of a number can be taken: then another one, chosen by nobody but chance. */
bool store_number(struct store *s, const char *item2, char ret_number[static 21], struct err *e)
{
	char number[CASENUM_LENGTH + 1];

	if (!db_ready(s, e))
		return false;
	for (unsigned i = 0; i < NUMBER_TRIES; i++) {
		casenum_make(item2, s->station, clock_today(), randombytes_uniform(100000), number);
		sqlite3_stmt *q = db_query(s, SQL_CASE_GET, "t", number);
		int code = sqlite3_step(q);
		db_done(q);
		if (code == SQLITE_DONE) {
			memcpy(ret_number, number, sizeof number);
			return true;
		}
		if (code != SQLITE_ROW)
			return db_fail_code(s, code, FILING, e);
	}
	return err_set(e, ERR_STORAGE,
		"%s: no free case number was found for station %s today; give the station another number", FILING,
		s->station);
}

bool db_add_parts(struct store *s, const struct sealed_case *c, const char *doing, struct err *e)
{
	int code = SQLITE_DONE;

	for (unsigned i = 0; code == SQLITE_DONE && i < c->n_parts; i++)
		code = db_exec(s, SQL_PART_ADD, "tiib", c->head.number, (int64_t)c->head.revision, (int64_t)i,
			(const void *)c->parts[i].bytes, c->parts[i].size);
	return code == SQLITE_DONE || db_fail_code(s, code, doing, e);
}

bool db_add_sealed(struct store *s, const struct sealed_case *c, const char *doing, struct err *e)
{
	int code = db_exec(s, SQL_ENVELOPE_ADD, "tb", c->head.number, (const void *)c->envelope, c->size);
	if (code == SQLITE_DONE && !sodium_is_zero(c->person, sizeof c->person))
		code = db_exec(s, SQL_PERSON_ADD, "bt", (const void *)c->person, sizeof c->person, c->head.number);
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, doing, e);
	return db_add_parts(s, c, doing, e);
}

/* In the transaction that files the case: nobody else can file one in between. */
static bool check_single(struct store *s, const struct sealed_case *c, struct err *e)
{
	char other[CASENUM_LENGTH + 1] = "";
	int code;

	if (sodium_is_zero(c->person, sizeof c->person))
		return true;
	sqlite3_stmt *q =
		db_query(s, SQL_CASE_OPEN_OF_PERSON, "bt", (const void *)c->person, sizeof c->person, c->head.item);
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		if (!case_is_ended(sqlite3_column_int(q, 1)))
			str_copy(other, sizeof other, db_text(q, 0));
	db_done(q);
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, FILING, e);
	return other[0] == '\0' ||
		err_set(e, ERR_EXISTS,
			"%s: this person has an open case of the same item, %s; wait for its end, or withdraw it",
			FILING, other);
}

static bool write_case(struct store *s, const char *token, const struct sealed_case *c, bool single, struct err *e)
{
	const struct envelope_head *h = &c->head;

	if (single && !check_single(s, c, e))
		return false;

	int code = db_exec(s, SQL_CASE_ADD, "ttttiiii", h->number, token, h->station, h->item, (int64_t)h->item_version,
		h->created, (int64_t)CASE_SUBMITTED, (int64_t)h->demo);
	if (code == SQLITE_CONSTRAINT_PRIMARYKEY)
		return err_set(e, ERR_NO, "%s: its number was taken in between; seal it again with another one",
			FILING);
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, FILING, e);
	if (!db_add_sealed(s, c, FILING, e) ||
		!db_add_event(s, h->station, h->number, h->created, STATE_DRAFT, CASE_SUBMITTED, "applicant", "", e) ||
		!store_audit(s, AUDIT_SUBMITTED, h->number, h->item, e))
		return false;
	code = db_exec(s, SQL_JOB_ADD, "tti", s->station, h->number, h->created);
	return code == SQLITE_DONE || db_fail_code(s, code, FILING, e);
}

/* What was typed is in the case now. The draft's row stays until the session ends: it leads back to the receipt. */
static bool close_draft(struct store *s, const char *token, const char *number, struct err *e)
{
	int code = db_exec(s, SQL_DRAFT_SUBMITTED, "tt", token, number);
	if (code == SQLITE_DONE)
		code = db_exec(s, SQL_DRAFT_FILE_CLEAR, "t", token);
	return code == SQLITE_DONE || db_fail_code(s, code, FILING, e);
}

/*
 * After a failed COMMIT the case may be in the file or not. A fresh connection recovers and empties the log first, so
 * what it sees is final.
 */
static bool look_up(struct store *s, const char *token, char ret_number[static 21], struct err *e)
{
	char number[CASENUM_LENGTH + 1] = "";
	bool full = s->full; /* the reason of the failure, not of what follows */

	if (!db_ready(s, e) || !find_token(s, token, number, e)) {
		s->suspect = true;
		return err_add(e, "it is not known whether the case was filed; submitting again is safe and will tell");
	}
	s->full = full;
	if (number[0] == '\0')
		return err_add(e, "the case was not filed, nothing is lost; submit again");
	memcpy(ret_number, number, sizeof number);
	return true;
}

static bool submit_once(struct store *s, const char *token, const struct sealed_case *c, bool single,
	char ret_number[static 21], struct err *e)
{
	char number[CASENUM_LENGTH + 1] = "";

	if (!db_begin(s, FILING, e))
		return false;
	bool ok = find_token(s, token, number, e);
	if (ok && number[0] == '\0') {
		ok = write_case(s, token, c, single, e);
		memcpy(number, c->head.number, sizeof number);
	}
	if (!ok || !close_draft(s, token, number, e)) {
		db_rollback(s);
		return false;
	}
	if (!db_commit(s, e))
		return look_up(s, token, ret_number, e);
	memcpy(ret_number, number, sizeof number);
	return true;
}

bool store_submit(struct store *s, const char *token, const struct sealed_case *c, bool single,
	char ret_number[static 21], struct err *e)
{
	if (submit_once(s, token, c, single, ret_number, e))
		return true;
	/* The reserve is for this: whoever has filled in everything shall not leave with nothing. */
	if (!s->full || !store_ballast_give(s))
		return false;
	if (!submit_once(s, token, c, single, ret_number, e))
		return false;
	struct err ignored;
	store_audit(s, AUDIT_BALLAST, "", "", &ignored);
	return true;
}
