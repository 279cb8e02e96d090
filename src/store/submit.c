#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/filing.h"
#include "model/item.h"
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
static bool add_head(struct store *s, const struct filing *f, int64_t now, char number[static 21], struct err *e)
{
	int code = SQLITE_CONSTRAINT_PRIMARYKEY;

	for (unsigned i = 0; code == SQLITE_CONSTRAINT_PRIMARYKEY && i < NUMBER_TRIES; i++) {
		casenum_make(f->item->number, s->station, clock_today(), randombytes_uniform(100000), number);
		code = db_exec(s, SQL_CASE_ADD, "ttttiiii", number, f->token, s->station, f->item->code,
			(int64_t)f->item->version, now, (int64_t)CASE_SUBMITTED, (int64_t)f->demo);
	}
	if (code == SQLITE_CONSTRAINT_PRIMARYKEY)
		return err_set(e, ERR_STORAGE,
			"%s: no free case number was found for station %s today; give the station another number",
			FILING, s->station);
	return code == SQLITE_DONE || db_fail_code(s, code, FILING, e);
}

static bool add_file(struct store *s, const struct filing *f, const char *name, const char *number, struct err *e)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	const struct attachment *a = filing_attachment(f, name);

	if (a == NULL)
		return err_set(e, ERR_BUG, "%s: the record names the file of %s, but there is none", FILING, name);
	crypto_hash_sha256(hash, a->bytes, a->size);
	int code = db_exec(s, SQL_CASE_FILE_ADD, "tttbb", number, name, a->mime, (const void *)hash, sizeof hash,
		(const void *)a->bytes, a->size);
	return code == SQLITE_DONE || db_fail_code(s, code, FILING, e);
}

/* Name of the attachment that an answer of the record stands for; NULL: none. */
static const char *file_of(const char *name, const char *value)
{
	static const char material[] = "material.";

	if (strcmp(value, "file") != 0)
		return NULL;
	if (strcmp(name, "photo") == 0)
		return name;
	return strncmp(name, material, sizeof material - 1) == 0 ? name + sizeof material - 1 : NULL;
}

static bool write_case(struct store *s, const struct filing *f, const struct answers *record, char number[static 21],
	struct err *e)
{
	int64_t now = clock_now();

	if (!add_head(s, f, now, number, e))
		return false;
	for (size_t i = 0; i < answers_count(record); i++) {
		const char *name = answers_name_at(record, i), *value = answers_value_at(record, i);
		int code = db_exec(s, SQL_CASE_ANSWER_ADD, "ttt", number, name, value);
		if (code != SQLITE_DONE)
			return db_fail_code(s, code, FILING, e);
		const char *file = file_of(name, value);
		if (file != NULL && !add_file(s, f, file, number, e))
			return false;
	}
	int code = db_exec(s, SQL_EVENT_ADD, "ttiiitt", s->station, number, now, (int64_t)STATE_DRAFT,
		(int64_t)CASE_SUBMITTED, "applicant", "");
	if (code == SQLITE_DONE)
		code = db_exec(s, SQL_JOB_ADD, "tti", s->station, number, now);
	return code == SQLITE_DONE || db_fail_code(s, code, FILING, e);
}

/*
 * After a failed COMMIT the case may be in the file or not. A fresh connection recovers and empties the log first, so
 * what it sees is final.
 */
static bool look_up(struct store *s, const char *token, char ret_number[static 21], struct err *e)
{
	char number[CASENUM_LENGTH + 1] = "";

	if (!db_ready(s, e) || !find_token(s, token, number, e)) {
		s->suspect = true;
		return err_add(e, "it is not known whether the case was filed; submitting again is safe and will tell");
	}
	if (number[0] == '\0')
		return err_add(e, "the case was not filed, nothing is lost; submit again");
	memcpy(ret_number, number, sizeof number);
	return true;
}

bool store_submit(struct store *s, const struct filing *f, const struct answers *record, char ret_number[static 21],
	struct err *e)
{
	char number[CASENUM_LENGTH + 1] = "";

	if (!db_begin(s, FILING, e))
		return false;
	bool ok = find_token(s, f->token, number, e) && (number[0] != '\0' || write_case(s, f, record, number, e));
	if (ok) {
		int code = db_exec(s, SQL_DRAFT_DELETE, "t", f->token);
		ok = code == SQLITE_DONE || db_fail_code(s, code, FILING, e);
	}
	if (!ok) {
		db_rollback(s);
		return false;
	}
	if (!db_commit(s, e))
		return look_up(s, f->token, ret_number, e);
	memcpy(ret_number, number, sizeof number);
	return true;
}
