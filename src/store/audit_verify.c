/* Is the audit log as it was written? Row by row along each station's chain, with the signed heads beside it. */
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "seal/keys.h"
#include "store/audit.h"
#include "store/db.h"

static const char VERIFYING[] = "verifying the audit log";

struct head {
	int64_t seq;
	unsigned char hash[32];
	const char *bad; /* NULL: signature and certificate fit */
};

struct chain {
	char station[5];
	const struct center_public *centers;
	unsigned n_centers;
	struct head *heads;
	size_t n_heads, at;       /* heads[at]: the next one to be met */
	int64_t begin, end;       /* rows up to `begin` were purged; `end` is the last good row */
	unsigned char before[32]; /* hash of `end` */
	struct audit_verdict *verdict;
};

static bool bad(struct chain *c, int64_t seq, const char *why)
{
	str_copy(c->verdict->bad_station, sizeof c->verdict->bad_station, c->station);
	c->verdict->bad_seq = seq;
	str_copy(c->verdict->why, sizeof c->verdict->why, why);
	return false;
}

static bool blob(sqlite3_stmt *q, int column, void *ret, size_t size)
{
	if ((size_t)sqlite3_column_bytes(q, column) != size)
		return false;
	memcpy(ret, sqlite3_column_blob(q, column), size);
	return true;
}

/* NULL: the head is one that the station signed. */
static const char *judge_head(const struct chain *c, sqlite3_stmt *q, struct head *h)
{
	unsigned char packed[CERTIFICATE_SIZE], signature[crypto_sign_BYTES], message[DB_HEAD_SIZE];
	struct certificate certificate;

	h->seq = sqlite3_column_int64(q, 0);
	if (!blob(q, 2, h->hash, sizeof h->hash) || !blob(q, 3, packed, sizeof packed) ||
		!blob(q, 4, signature, sizeof signature) || !certificate_unpack(packed, &certificate))
		return "its signed head is damaged";
	if (strcmp(certificate.station, c->station) != 0)
		return "its head was signed by another station";
	size_t n = db_head_bytes(c->station, h->seq, sqlite3_column_int64(q, 1), h->hash, sqlite3_column_int(q, 5) != 0,
		message);
	if (crypto_sign_verify_detached(signature, message, n, certificate.sign) != 0)
		return "the signature of its head does not fit";
	if (c->n_centers > 0 && !certificate_good(&certificate, c->centers, c->n_centers))
		return "its head was signed with a key that this center did not certify";
	return NULL;
}

static bool load_heads(struct store *s, struct chain *c, struct err *e)
{
	int code;

	sqlite3_stmt *q = db_query(s, SQL_VERIFY_HEADS, "t", c->station);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		c->heads = xrealloc(c->heads, c->n_heads + 1, sizeof *c->heads);
		struct head *h = &c->heads[c->n_heads++];
		*h = (struct head){ 0 };
		h->bad = judge_head(c, q, h);
		if (sqlite3_column_int(q, 5) != 0) {
			c->begin = c->end = h->seq;
			memcpy(c->before, h->hash, sizeof c->before);
		}
		c->verdict->heads++;
	}
	db_done(q);
	return code == SQLITE_DONE || db_fail_code(s, code, VERIFYING, e);
}

/* The text of a column, when no byte behind a NUL hides in it. */
static const char *whole_text(sqlite3_stmt *q, int column)
{
	const char *text = db_text(q, column);
	return strlen(text) == (size_t)sqlite3_column_bytes(q, column) ? text : NULL;
}

static bool judge_row(struct chain *c, sqlite3_stmt *q)
{
	unsigned char hash[32], stored[32];
	int64_t seq = sqlite3_column_int64(q, 0);
	const char *subject = whole_text(q, 3), *detail = whole_text(q, 4);

	if (seq <= c->begin)
		return bad(c, seq, "it is there although the rows up to the signed beginning were deleted");
	if (seq != c->end + 1)
		return bad(c, c->end + 1, "it is missing, later rows are there");
	if (subject == NULL || detail == NULL || !blob(q, 5, stored, sizeof stored))
		return bad(c, seq, "it is damaged");
	db_audit_hash(c->before, c->station, seq, sqlite3_column_int64(q, 1), sqlite3_column_int64(q, 2), subject,
		detail, hash);
	if (memcmp(hash, stored, sizeof hash) != 0)
		return bad(c, seq, "its content does not fit its hash and the row before");
	if (c->at < c->n_heads && c->heads[c->at].seq == seq) {
		const struct head *h = &c->heads[c->at++];
		if (h->bad != NULL)
			return bad(c, seq, h->bad);
		if (memcmp(h->hash, hash, sizeof hash) != 0)
			return bad(c, seq,
				"it is not what the station signed; it or a row since the signed one before was changed");
	}
	c->end = seq;
	memcpy(c->before, hash, sizeof hash);
	c->verdict->rows++;
	return true;
}

/* *ret_fits false: the verdict says why. */
static bool judge_chain(struct store *s, struct chain *c, bool *ret_fits, struct err *e)
{
	bool fits = true;
	int code = SQLITE_ROW;

	if (!load_heads(s, c, e))
		return false;
	for (; fits && c->at < c->n_heads && c->heads[c->at].seq <= c->begin; c->at++) {
		if (c->heads[c->at].bad != NULL)
			fits = bad(c, c->heads[c->at].seq, c->heads[c->at].bad);
	}
	sqlite3_stmt *q = db_query(s, SQL_VERIFY_AUDIT, "t", c->station);
	while (fits && (code = sqlite3_step(q)) == SQLITE_ROW)
		fits = judge_row(c, q);
	db_done(q);
	if (fits && code != SQLITE_DONE)
		return db_fail_code(s, code, VERIFYING, e);
	if (fits && c->at < c->n_heads)
		fits = bad(c, c->end + 1, "it is missing, and a later row was signed: the end was cut off");
	*ret_fits = fits;
	return true;
}

bool store_audit_verify(struct store *s, const struct center_public *centers, unsigned n, struct audit_verdict *ret,
	struct err *e)
{
	struct audit_verdict verdict = { 0 };
	bool joined = s->transaction != NULL, fits = true, read = true;
	int code = SQLITE_ROW;

	if (!joined && !db_begin_reading(s, VERIFYING, e))
		return false;
	sqlite3_stmt *q = db_query(s, SQL_VERIFY_STATIONS, "");
	while (read && fits && (code = sqlite3_step(q)) == SQLITE_ROW) {
		struct chain c = { .centers = centers, .n_centers = n, .verdict = &verdict };
		str_copy(c.station, sizeof c.station, db_text(q, 0));
		if (strlen(db_text(q, 0)) != sizeof c.station - 1)
			fits = bad(&c, 0, "this is not the number of a station");
		else
			read = judge_chain(s, &c, &fits, e);
		free(c.heads);
	}
	db_done(q);
	if (read && fits && code != SQLITE_DONE)
		read = db_fail_code(s, code, VERIFYING, e);
	if (!joined)
		db_rollback(s);
	if (!read)
		return false;
	*ret = verdict;
	return fits ||
		err_set(e, ERR_NO,
			"audit log of station %s, row %" PRId64 ": %s; keep a copy of %s and find out who changed it",
			verdict.bad_station, verdict.bad_seq, verdict.why, s->path);
}
