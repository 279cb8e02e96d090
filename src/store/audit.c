#include "store/audit.h"

#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "seal/keys.h"
#include "store/db.h"

static const char AUDITING[] = "writing the audit log";
static const char READING[] = "reading the audit log";

static const struct {
	int id;
	const char *word, *about;
} types[] = {
#define AUDIT_ROW(name, id, word, about) { (id), (word), (about) },
	AUDIT_TYPES(AUDIT_ROW)
#undef AUDIT_ROW
};

const char *audit_word(int type)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (types[i].id == type)
			return types[i].word;
	return NULL;
}

const char *audit_about(int type)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (types[i].id == type)
			return types[i].about;
	return NULL;
}

/* The last row of this station, 0 and zeros when there is none yet, and its last signed row; in a transaction. */
static bool last_row(struct store *s, int64_t *ret_seq, unsigned char ret_hash[32], int64_t *ret_signed, struct err *e)
{
	sqlite3_stmt *q = db_query(s, SQL_AUDIT_END, "t", s->station);
	int code = sqlite3_step(q);
	int64_t seq = 0, head = 0;
	unsigned char hash[32] = { 0 };
	bool sound = true;
	if (code == SQLITE_ROW) {
		seq = sqlite3_column_int64(q, 0);
		head = sqlite3_column_int64(q, 2);
		sound = seq == 0 || sqlite3_column_bytes(q, 1) == sizeof hash;
		if (sound && seq != 0)
			memcpy(hash, sqlite3_column_blob(q, 1), sizeof hash);
	}
	db_done(q);
	if (code != SQLITE_ROW)
		return db_fail_code(s, code == SQLITE_DONE ? SQLITE_CORRUPT : code, READING, e);
	if (!sound)
		return err_set(e, ERR_STORAGE,
			"%s: the last row in %s is damaged; keep the file and put the last backup in its place",
			READING, s->path);
	*ret_seq = seq;
	*ret_signed = head;
	memcpy(ret_hash, hash, sizeof hash);
	return true;
}

/* A head that is there stays: behind a chain that was cut it is the only witness. */
bool db_audit_head(struct store *s, int64_t seq, const unsigned char hash[32], bool purged, struct err *e)
{
	unsigned char certificate[CERTIFICATE_SIZE], signature[crypto_sign_BYTES], message[DB_HEAD_SIZE];
	int64_t now = clock_now();

	if (s->keys == NULL || strcmp(s->keys->certificate.station, s->station) != 0)
		return err_set(e, ERR_CONFIG,
			"signing the audit log: the keys of station %s are needed; check keys in the configuration",
			s->station);
	certificate_pack(&s->keys->certificate, certificate);
	size_t n = db_head_bytes(s->station, seq, now, hash, purged, message);
	crypto_sign_detached(signature, NULL, message, n, s->keys->sign_secret);
	int code = db_exec(s, purged ? SQL_AUDIT_HEAD_PURGED : SQL_AUDIT_HEAD_ADD, "tiibbb", s->station, seq, now,
		(const void *)hash, (size_t)32, (const void *)certificate, sizeof certificate, (const void *)signature,
		sizeof signature);
	return code == SQLITE_DONE || db_fail_code(s, code, AUDITING, e);
}

static bool append(struct store *s, enum audit_type type, const char *subject, const char *detail, struct err *e)
{
	unsigned char before[32], hash[32];
	char about[AUDIT_TEXT_MAX + 1], more[AUDIT_TEXT_MAX + 1];
	int64_t last = 0, head = 0, now = clock_now();

	if (!last_row(s, &last, before, &head, e))
		return false;
	str_copy(about, sizeof about, subject == NULL ? "" : subject);
	str_copy(more, sizeof more, detail == NULL ? "" : detail);
	db_audit_hash(before, s->station, last + 1, now, type, about, more, hash);
	int code = db_exec(s, SQL_AUDIT_ADD, "tiiittb", s->station, last + 1, now, (int64_t)type, about, more,
		(const void *)hash, sizeof hash);
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, AUDITING, e);
	return s->keys == NULL || last + 1 - head < AUDIT_SIGN_EVERY || db_audit_head(s, last + 1, hash, false, e);
}

bool store_audit(struct store *s, enum audit_type type, const char *subject, const char *detail, struct err *e)
{
	if (s->transaction != NULL)
		return append(s, type, subject, detail, e);
	return db_begin(s, AUDITING, e) && db_end(s, append(s, type, subject, detail, e), e);
}

static bool sign_end(struct store *s, struct err *e)
{
	unsigned char hash[32];
	int64_t seq = 0, head = 0;

	if (!last_row(s, &seq, hash, &head, e))
		return false;
	return seq <= head || db_audit_head(s, seq, hash, false, e);
}

bool store_audit_sign(struct store *s, struct err *e)
{
	if (s->transaction != NULL)
		return sign_end(s, e);
	return db_begin(s, AUDITING, e) && db_end(s, sign_end(s, e), e);
}

bool store_audit_list(struct store *s, int64_t since, void (*each)(const struct audit_row *r, void *ctx), void *ctx,
	struct err *e)
{
	int code;

	if (!db_ready(s, e))
		return false;
	sqlite3_stmt *q = db_query(s, SQL_AUDIT_LIST, "i", since);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		struct audit_row r = { .seq = sqlite3_column_int64(q, 1),
			.at = sqlite3_column_int64(q, 2),
			.type = sqlite3_column_int(q, 3) };
		str_copy(r.station, sizeof r.station, db_text(q, 0));
		str_copy(r.subject, sizeof r.subject, db_text(q, 4));
		str_copy(r.detail, sizeof r.detail, db_text(q, 5));
		each(&r, ctx);
	}
	db_done(q);
	return code == SQLITE_DONE || db_fail_code(s, code, READING, e);
}
