#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "seal/locker.h"
#include "seal/pack.h"
#include "store/db.h"
#include "store/draft.h"
#include "store/owner.h"

enum { MARK_SIZE = 32, KEY_ID_SIZE = 8, LABEL_MAX = ANSWER_NAME_MAX + 64 };

static const char SAVING[] = "saving the draft";
static const char LOADING[] = "loading the draft";
static const char DELETING[] = "deleting the draft";

/* A new program has a new key, so a draft of another one can only be deleted. */
static void key_id(const struct store *s, unsigned char ret[static KEY_ID_SIZE])
{
	unsigned char mark[MARK_SIZE];
	locker_mark(s->draft_key, "draft key", "", 0, mark, sizeof mark);
	memcpy(ret, mark, KEY_ID_SIZE);
}

static bool need_key(const struct store *s, const char *doing, struct err *e)
{
	return s->draft_key || err_set(e, ERR_BUG, "%s: this program has no key for drafts", doing);
}

static void label_of(char out[static LABEL_MAX], const char *token, const char *file)
{
	snprintf(out, LABEL_MAX, "draft %s %s", token, file);
}

static int save_file(struct store *s, const struct filing *f, const struct attachment *a, const unsigned char *mark)
{
	struct packer plain = { 0 }, sealed = { 0 };
	char label[LABEL_MAX];

	label_of(label, f->token, a->name);
	pack_text(&plain, a->mime, 1);
	pack_bytes(&plain, a->bytes, a->size);
	locker_seal(&sealed, s->draft_key, label, plain.bytes, plain.size);
	int code = db_exec(s, SQL_DRAFT_FILE_PUT, "ttbb", f->token, a->name, (const void *)mark, (size_t)MARK_SIZE,
		(const void *)sealed.bytes, sealed.size);
	pack_finish(&plain);
	pack_finish(&sealed);
	return code;
}

/* Files are large and rarely change between two screens, so only those whose keyed hash differs are written. */
static bool save_files(struct store *s, const struct filing *f, struct err *e)
{
	unsigned char marks[ATTACHMENTS_MAX][MARK_SIZE];
	bool same[ATTACHMENTS_MAX] = { false };
	char gone[ATTACHMENTS_MAX][ANSWER_NAME_MAX];
	unsigned n_gone = 0;

	for (unsigned i = 0; i < f->n_attachments; i++)
		locker_mark(s->draft_key, f->attachments[i].mime, f->attachments[i].bytes, f->attachments[i].size,
			marks[i], MARK_SIZE);

	sqlite3_stmt *q = db_query(s, SQL_DRAFT_FILE_MARKS, "t", f->token);
	int code;
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		const char *name = db_text(q, 0);
		unsigned i = 0;
		while (i < f->n_attachments && strcmp(f->attachments[i].name, name) != 0)
			i++;
		if (i < f->n_attachments)
			same[i] = sqlite3_column_bytes(q, 1) == MARK_SIZE &&
				memcmp(sqlite3_column_blob(q, 1), marks[i], MARK_SIZE) == 0;
		else if (n_gone < ATTACHMENTS_MAX)
			str_copy(gone[n_gone++], sizeof gone[0], name);
	}
	db_done(q);
	for (unsigned i = 0; code == SQLITE_DONE && i < n_gone; i++)
		code = db_exec(s, SQL_DRAFT_FILE_DELETE, "tt", f->token, gone[i]);
	for (unsigned i = 0; code == SQLITE_DONE && i < f->n_attachments; i++)
		if (!same[i])
			code = save_file(s, f, &f->attachments[i], marks[i]);
	return code == SQLITE_DONE || db_fail_code(s, code, SAVING, e);
}

bool db_draft_put(struct store *s, const struct filing *f, const char *doing, struct err *e)
{
	struct owner me;
	struct packer plain = { 0 }, sealed = { 0 };
	unsigned char id[KEY_ID_SIZE];
	char label[LABEL_MAX];

	if (!need_key(s, doing, e))
		return false;
	owner_self(&me);
	key_id(s, id);
	label_of(label, f->token, "");
	draft_pack(&plain, f);
	locker_seal(&sealed, s->draft_key, label, plain.bytes, plain.size);
	int code = db_exec(s, SQL_DRAFT_PUT, "tttiitiiiibb", f->token, s->station, me.boot, me.pid, me.start,
		f->item->code, (int64_t)f->item->version, (int64_t)f->step, (int64_t)f->demo, clock_now(),
		(const void *)id, sizeof id, (const void *)sealed.bytes, sealed.size);
	pack_finish(&plain);
	pack_finish(&sealed);
	return (code == SQLITE_DONE || db_fail_code(s, code, doing, e)) && save_files(s, f, e);
}

bool store_draft_save(struct store *s, const struct filing *f, struct err *e)
{
	return need_key(s, SAVING, e) && db_begin(s, SAVING, e) && db_end(s, db_draft_put(s, f, SAVING, e), e);
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

bool db_draft_whose(struct store *s, const char *token, enum draft_whose *ret, const char *doing, struct err *e)
{
	struct owner owner, self;

	*ret = DRAFT_NOBODYS;
	sqlite3_stmt *q = db_query(s, SQL_DRAFT_OWNER, "t", token);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		owner_read(q, 0, &owner);
		owner_self(&self);
		*ret = owner_equal(&owner, &self) ? DRAFT_OURS : owner_alive(&owner) ? DRAFT_SOMEBODYS : DRAFT_NOBODYS;
	}
	db_done(q);
	return code == SQLITE_ROW || code == SQLITE_DONE || db_fail_code(s, code, doing, e);
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
		str_copy(ret->number, sizeof ret->number, db_text(q, 8));
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
	unsigned char id[KEY_ID_SIZE];

	if (!need_key(s, LOADING, e) || !db_ready(s, e))
		return false;
	key_id(s, id);
	sqlite3_stmt *q = db_query(s, SQL_DRAFT_LIST, "tb", s->station, (const void *)id, sizeof id);
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
		sqlite3_stmt *q = db_query(s, SQL_DRAFT_LIST, "tb", s->station, (const void *)NULL, (size_t)0);
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

static bool damaged(struct err *e)
{
	return err_set(e, ERR_STORAGE, "%s: it is damaged; start a new filing", LOADING);
}

static bool load_files(struct store *s, const char *token, struct filing *f, struct err *e)
{
	bool good = true;
	int code;

	sqlite3_stmt *q = db_query(s, SQL_DRAFT_FILE_LIST, "t", token);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		struct packer plain = { 0 };
		char label[LABEL_MAX], mime[64];
		label_of(label, token, db_text(q, 0));
		good = locker_open(&plain, s->draft_key, label, sqlite3_column_blob(q, 1),
			       (size_t)sqlite3_column_bytes(q, 1)) &&
			good;
		struct unpacker u = { plain.bytes, plain.bytes + plain.size, good };
		if (unpack_text(&u, 1, mime, sizeof mime))
			good = filing_attach(f, db_text(q, 0), mime, u.at, (size_t)(u.end - u.at)) && good;
		pack_finish(&plain);
	}
	db_done(q);
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, LOADING, e);
	return good || damaged(e);
}

/* The row itself; *ret_step is where the person was. */
static bool load_answers(struct store *s, const char *token, struct filing *f, unsigned *ret_step, struct err *e)
{
	struct owner owner, me;
	struct packer plain = { 0 };
	unsigned char id[KEY_ID_SIZE];
	char label[LABEL_MAX];
	bool opened = false;

	owner_self(&me);
	key_id(s, id);
	label_of(label, token, "");
	sqlite3_stmt *q = db_query(s, SQL_DRAFT_GET, "tb", token, (const void *)id, sizeof id);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		*ret_step = (unsigned)sqlite3_column_int(q, 0);
		f->demo = f->demo || sqlite3_column_int(q, 1) != 0;
		owner_read(q, 2, &owner);
		str_copy(f->number, sizeof f->number, db_text(q, 5));
		opened = locker_open(&plain, s->draft_key, label, sqlite3_column_blob(q, 6),
			(size_t)sqlite3_column_bytes(q, 6));
	}
	db_done(q);
	struct unpacker u = { plain.bytes, plain.bytes + plain.size, opened };
	opened = draft_unpack(&u, f);
	pack_finish(&plain);
	if (code == SQLITE_DONE)
		return err_set(e, ERR_NO, "%s: there is none with this token and key", LOADING);
	if (code != SQLITE_ROW)
		return db_fail_code(s, code, LOADING, e);
	if (!owner_equal(&owner, &me) && owner_alive(&owner))
		return err_set(e, ERR_NO, "%s: another program has it", LOADING);
	if (*ret_step >= f->item->n_steps)
		return err_set(e, ERR_NO, "%s: the item has fewer steps now", LOADING);
	return opened || damaged(e);
}

/* Takes the draft over, in the same transaction in which it is read, so that two kiosks never get the same one. */
static bool load(struct store *s, const char *token, struct filing *f, struct err *e)
{
	struct owner me;
	unsigned at = 0;

	if (!load_answers(s, token, f, &at, e) || !load_files(s, token, f, e))
		return false;
	owner_self(&me);
	int code = db_exec(s, SQL_DRAFT_OWN, "ttii", token, me.boot, me.pid, me.start);
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, LOADING, e);
	f->step = at;
	if (token != f->token)
		str_copy(f->token, sizeof f->token, token);
	return true;
}

bool store_draft_load(struct store *s, const char *token, struct filing *f, struct err *e)
{
	return need_key(s, LOADING, e) && db_begin(s, LOADING, e) && db_end(s, load(s, token, f, e), e);
}
