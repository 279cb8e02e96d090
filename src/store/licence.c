#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "model/licence.h"
#include "seal/keys.h"
#include "seal/locker.h"
#include "seal/pack.h"
#include "store/db.h"

enum { MARK_SIZE = 16 };

static const char READING[] = "reading the licences";
static const char IMPORTING[] = "importing the licences";

/*
 * Who has which licence is nobody else's business: number, holder and issuer are sealed under the station's index key, found by
 * keyed hashes. The key comes with the station's credentials and is not on the disk of the database.
 */
static bool need_keys(const struct store *s, const char *doing, struct err *e)
{
	return s->keys ||
		err_set(e, ERR_CONFIG, "%s: the station's keys are needed; set keys in the configuration", doing);
}

static void mark_of(const struct store *s, const char *label, const char *text, unsigned char ret[static MARK_SIZE])
{
	locker_mark(s->keys->index, label, text, strlen(text), ret, MARK_SIZE);
}

static bool licence_read(const struct store *s, sqlite3_stmt *q, struct licence *ret)
{
	struct packer plain = { 0 };
	char label[sizeof ret->kind + 16];

	*ret = (struct licence){ .valid_from = sqlite3_column_int(q, 1), .valid_to = sqlite3_column_int(q, 2) };
	str_copy(ret->kind, sizeof ret->kind, db_text(q, 0));
	snprintf(label, sizeof label, "licence %s", ret->kind);
	bool good = locker_open(&plain, s->keys->index, label, sqlite3_column_blob(q, 3),
		(size_t)sqlite3_column_bytes(q, 3));
	struct unpacker u = { plain.bytes, plain.bytes + plain.size, good };
	unpack_text(&u, 1, ret->number, sizeof ret->number);
	unpack_text(&u, 1, ret->holder_id, sizeof ret->holder_id);
	unpack_text(&u, 1, ret->issuer, sizeof ret->issuer);
	/* The days stand outside as well, for the query; those inside count. */
	good = u.good && (int)unpack_number(&u, 4) == ret->valid_from && (int)unpack_number(&u, 4) == ret->valid_to;
	if (good && u.at < u.end) /* licences of before have no name */
		good = unpack_text(&u, 1, ret->holder_name, sizeof ret->holder_name);
	pack_finish(&plain);
	return good;
}

static bool unreadable(struct err *e)
{
	return err_set(e, ERR_STORAGE, "%s: one is damaged or was sealed with other keys; import the licences again",
		READING);
}

bool db_put_licence(struct store *s, const struct licence *l, struct err *e)
{
	struct packer plain = { 0 }, sealed = { 0 };
	unsigned char id[MARK_SIZE], holder[MARK_SIZE];
	char label[sizeof l->kind + 16];

	if (!need_keys(s, IMPORTING, e))
		return false;
	snprintf(label, sizeof label, "licence %s", l->kind);
	mark_of(s, label, l->number, id);
	mark_of(s, "licence holder", l->holder_id, holder);
	pack_text(&plain, l->number, 1);
	pack_text(&plain, l->holder_id, 1);
	pack_text(&plain, l->issuer, 1);
	pack_number(&plain, (uint64_t)l->valid_from, 4);
	pack_number(&plain, (uint64_t)l->valid_to, 4);
	pack_text(&plain, l->holder_name, 1);
	locker_seal(&sealed, s->keys->index, label, plain.bytes, plain.size);
	int code = db_exec(s, SQL_LICENCE_PUT, "btbiib", (const void *)id, sizeof id, l->kind, (const void *)holder,
		sizeof holder, (int64_t)l->valid_from, (int64_t)l->valid_to, (const void *)sealed.bytes, sealed.size);
	pack_finish(&plain);
	pack_finish(&sealed);
	return code == SQLITE_DONE || db_fail_code(s, code, IMPORTING, e);
}

bool store_licence_find(struct store *s, const char *kind, const char *holder_id, int today, struct licence *ret,
	struct err *e)
{
	unsigned char holder[MARK_SIZE];
	struct licence l;
	bool good = false;

	if (!need_keys(s, READING, e) || !db_ready(s, e))
		return false;
	mark_of(s, "licence holder", holder_id, holder);
	sqlite3_stmt *q =
		db_query(s, SQL_LICENCE_FIND, "tbi", kind, (const void *)holder, sizeof holder, (int64_t)today);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW)
		good = licence_read(s, q, &l) && strcmp(l.holder_id, holder_id) == 0;
	db_done(q);
	if (code == SQLITE_DONE)
		return err_set(e, ERR_NONE, "%s", "");
	if (code != SQLITE_ROW)
		return db_fail_code(s, code, READING, e);
	if (!good)
		return unreadable(e);
	*ret = l;
	return true;
}

bool store_licence_list(struct store *s, void (*each)(const struct licence *l, void *ctx), void *ctx, struct err *e)
{
	struct licence l;
	bool good = true;
	int code;

	if (!need_keys(s, READING, e) || !db_ready(s, e))
		return false;
	sqlite3_stmt *q = db_query(s, SQL_LICENCE_LIST, "");
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		if (licence_read(s, q, &l))
			each(&l, ctx);
		else
			good = false;
	}
	db_done(q);
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, READING, e);
	return good || unreadable(e);
}
