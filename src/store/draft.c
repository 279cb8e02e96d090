#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "store/db.h"
#include "store/owner.h"

enum { HASH_SIZE = 32 };

static const char SAVING[] = "saving the draft";
static const char LOADING[] = "loading the draft";
static const char DELETING[] = "deleting the draft";

static bool save_answers(struct store *s, const struct filing *f, struct err *e)
{
	int code = db_exec(s, SQL_DRAFT_ANSWER_CLEAR, "t", f->token);
	for (size_t i = 0; code == SQLITE_DONE && i < answers_count(f->answers); i++)
		code = db_exec(s, SQL_DRAFT_ANSWER_ADD, "ttt", f->token, answers_name_at(f->answers, i),
			answers_value_at(f->answers, i));
	return code == SQLITE_DONE || db_fail_code(s, code, SAVING, e);
}

/* Files are large and rarely change between two screens, so only what differs in size or hash is written. */
static bool save_files(struct store *s, const struct filing *f, struct err *e)
{
	unsigned char hashes[ATTACHMENTS_MAX][HASH_SIZE];
	bool same[ATTACHMENTS_MAX] = { false };
	char gone[ATTACHMENTS_MAX][ANSWER_NAME_MAX];
	unsigned n_gone = 0;

	for (unsigned i = 0; i < f->n_attachments; i++)
		crypto_generichash(hashes[i], HASH_SIZE, f->attachments[i].bytes, f->attachments[i].size, NULL, 0);

	sqlite3_stmt *q = db_query(s, SQL_DRAFT_FILE_HEADS, "t", f->token);
	int code;
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		const char *name = db_text(q, 0);
		unsigned i = 0;
		while (i < f->n_attachments && strcmp(f->attachments[i].name, name) != 0)
			i++;
		if (i < f->n_attachments)
			same[i] = (size_t)sqlite3_column_int64(q, 1) == f->attachments[i].size &&
				sqlite3_column_bytes(q, 2) == HASH_SIZE &&
				memcmp(sqlite3_column_blob(q, 2), hashes[i], HASH_SIZE) == 0;
		else if (n_gone < ATTACHMENTS_MAX)
			str_copy(gone[n_gone++], sizeof gone[0], name);
	}
	db_done(q);
	for (unsigned i = 0; code == SQLITE_DONE && i < n_gone; i++)
		code = db_exec(s, SQL_DRAFT_FILE_DELETE, "tt", f->token, gone[i]);
	for (unsigned i = 0; code == SQLITE_DONE && i < f->n_attachments; i++) {
		const struct attachment *a = &f->attachments[i];
		if (!same[i])
			code = db_exec(s, SQL_DRAFT_FILE_PUT, "tttbb", f->token, a->name, a->mime,
				(const void *)hashes[i], (size_t)HASH_SIZE, (const void *)a->bytes, a->size);
	}
	return code == SQLITE_DONE || db_fail_code(s, code, SAVING, e);
}

bool store_draft_save(struct store *s, const struct filing *f, struct err *e)
{
	struct owner me;

	if (!db_begin(s, SAVING, e))
		return false;
	owner_self(&me);
	int code = db_exec(s, SQL_DRAFT_PUT, "tttiitiiii", f->token, s->station, me.boot, me.pid, me.start,
		f->item->code, (int64_t)f->item->version, (int64_t)f->step, (int64_t)f->demo, clock_now());
	bool ok = code == SQLITE_DONE || db_fail_code(s, code, SAVING, e);
	return db_end(s, ok && save_answers(s, f, e) && save_files(s, f, e), e);
}

bool store_draft_delete(struct store *s, const char *token, struct err *e)
{
	if (!db_begin(s, DELETING, e))
		return false;
	int code = db_exec(s, SQL_DRAFT_DELETE, "t", token);
	if (!db_end(s, code == SQLITE_DONE || db_fail_code(s, code, DELETING, e), e))
		return false;
	store_tidy(s);
	return true;
}

static void owner_read(sqlite3_stmt *q, int column, struct owner *ret)
{
	str_copy(ret->boot, sizeof ret->boot, db_text(q, column));
	ret->pid = sqlite3_column_int64(q, column + 1);
	ret->start = sqlite3_column_int64(q, column + 2);
}

/* Steps on to the next draft whose process is gone. SQLITE_ROW, SQLITE_DONE or an error. */
static int next_orphan(sqlite3_stmt *q, struct draft_head *ret)
{
	for (;;) {
		struct owner owner;
		int code = sqlite3_step(q);
		if (code != SQLITE_ROW)
			return code;
		owner_read(q, 5, &owner);
		if (owner_alive(&owner))
			continue;
		str_copy(ret->token, sizeof ret->token, db_text(q, 0));
		str_copy(ret->item, sizeof ret->item, db_text(q, 1));
		ret->item_version = (unsigned)sqlite3_column_int(q, 2);
		ret->step = (unsigned)sqlite3_column_int(q, 3);
		ret->saved_at = sqlite3_column_int64(q, 4);
		return SQLITE_ROW;
	}
}

bool store_draft_orphan(struct store *s, int64_t max_age, struct draft_head *ret, struct err *e)
{
	struct draft_head head;

	if (!db_ready(s, e))
		return false;
	sqlite3_stmt *q = db_query(s, SQL_DRAFT_LIST, "t", s->station);
	int code = next_orphan(q, &head);
	db_done(q);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return db_fail_code(s, code, LOADING, e);
	/* Newest first, so when this one is too old, all are. */
	if (code == SQLITE_DONE || head.saved_at < clock_now() - max_age)
		return err_set(e, ERR_NONE, "%s", "");
	*ret = head;
	return true;
}

bool store_draft_purge(struct store *s, int64_t max_age, struct err *e)
{
	enum { AT_ONCE = 32 };
	struct draft_head head[AT_ONCE];
	unsigned n, deleted = 0;

	do {
		if (!db_begin(s, DELETING, e))
			return false;
		n = 0;
		sqlite3_stmt *q = db_query(s, SQL_DRAFT_LIST, "t", s->station);
		int code = SQLITE_DONE;
		while (n < AT_ONCE && (code = next_orphan(q, &head[n])) == SQLITE_ROW) {
			if (head[n].saved_at < clock_now() - max_age)
				n++;
		}
		if (n == AT_ONCE)
			code = SQLITE_DONE;
		db_done(q);
		for (unsigned i = 0; code == SQLITE_DONE && i < n; i++)
			code = db_exec(s, SQL_DRAFT_DELETE, "t", head[i].token);
		if (!db_end(s, code == SQLITE_DONE || db_fail_code(s, code, DELETING, e), e))
			return false;
		deleted += n;
	} while (n == AT_ONCE);
	if (deleted > 0)
		store_tidy(s);
	return true;
}

static bool load_rows(struct store *s, const char *token, struct filing *f, struct err *e)
{
	bool fits = true;
	int code;

	sqlite3_stmt *q = db_query(s, SQL_DRAFT_ANSWER_LIST, "t", token);
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		fits = answers_set(f->answers, db_text(q, 0), db_text(q, 1)) && fits;
	db_done(q);
	if (code == SQLITE_DONE) {
		q = db_query(s, SQL_DRAFT_FILE_LIST, "t", token);
		while ((code = sqlite3_step(q)) == SQLITE_ROW)
			fits = filing_attach(f, db_text(q, 0), db_text(q, 1), sqlite3_column_blob(q, 2),
				       (size_t)sqlite3_column_bytes(q, 2)) &&
				fits;
		db_done(q);
	}
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, LOADING, e);
	return fits ||
		err_set(e, ERR_STORAGE, "%s: it holds more than this program accepts; start a new filing", LOADING);
}

/* Takes the draft over, in the same transaction in which it is read, so that two kiosks never get the same one. */
static bool load(struct store *s, const char *token, struct filing *f, struct err *e)
{
	struct owner owner, me;

	owner_self(&me);
	sqlite3_stmt *q = db_query(s, SQL_DRAFT_GET, "t", token);
	int code = sqlite3_step(q);
	unsigned at = (unsigned)sqlite3_column_int(q, 0);
	bool demo = sqlite3_column_int(q, 1) != 0;
	if (code == SQLITE_ROW)
		owner_read(q, 2, &owner);
	db_done(q);
	if (code == SQLITE_DONE)
		return err_set(e, ERR_NO, "%s: there is none with this token", LOADING);
	if (code != SQLITE_ROW)
		return db_fail_code(s, code, LOADING, e);
	if (!owner_equal(&owner, &me) && owner_alive(&owner))
		return err_set(e, ERR_NO, "%s: another program has it", LOADING);
	if (at >= f->item->n_steps)
		return err_set(e, ERR_NO, "%s: the item has fewer steps now", LOADING);
	if (!load_rows(s, token, f, e))
		return false;
	code = db_exec(s, SQL_DRAFT_OWN, "ttii", token, me.boot, me.pid, me.start);
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, LOADING, e);
	f->step = at;
	f->demo = f->demo || demo;
	if (token != f->token)
		str_copy(f->token, sizeof f->token, token);
	return true;
}

bool store_draft_load(struct store *s, const char *token, struct filing *f, struct err *e)
{
	return db_begin(s, LOADING, e) && db_end(s, load(s, token, f, e), e);
}
