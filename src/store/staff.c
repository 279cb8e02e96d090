#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"
#include "store/audit.h"
#include "store/db.h"
#include "store/lock.h"

/*
 * Six digits are found in about a day by anybody who has the file, whatever the hash costs (reliability.md 5), so the
 * hash guards no data; the waits below guard the terminal. Argon2id with the INTERACTIVE limits (64 MiB, about 0.1 s)
 * keeps a counter with several staff quick.
 */
static const char STAFF[] = "keeping the staff codes";
static const char CHECKING[] = "checking the staff code";

static const struct lock STAFF_LOCK = { SQL_LOCK_GET, SQL_LOCK_PUT, 12 * 60 * 60, CHECKING, AUDIT_CODE_WRONG };

static bool digits(const char *code)
{
	size_t n = strlen(code);
	return n >= 6 && n <= 12 && strspn(code, "0123456789") == n;
}

/* 000000, 123456, 987654: what everybody tries first. */
static bool weak(const char *code)
{
	int step = code[1] - code[0];
	for (size_t i = 1; code[i] != '\0'; i++) {
		if (code[i] - code[i - 1] != step)
			return false;
	}
	return abs(step) <= 1;
}

/* Whose code is it? ERR_NO when nobody's. Every hash is tried, so that the time does not tell who it was. */
static bool find_code(struct store *s, const char *code, char *ret_name, size_t size, struct err *e)
{
	char name[128] = "";
	int result;

	sqlite3_stmt *q = db_query(s, SQL_STAFF_LIST, "");
	while ((result = sqlite3_step(q)) == SQLITE_ROW) {
		if (crypto_pwhash_str_verify(db_text(q, 1), code, strlen(code)) == 0)
			str_copy(name, sizeof name, db_text(q, 0));
	}
	db_done(q);
	if (result != SQLITE_DONE)
		return db_fail_code(s, result, CHECKING, e);
	if (name[0] == '\0')
		return err_set(e, ERR_NO, "wrong code");
	str_copy(ret_name, size, name);
	return true;
}

bool store_staff_add(struct store *s, const char *name, const char *code, struct err *e)
{
	char hash[crypto_pwhash_STRBYTES], clean[128], other[128];
	struct err none = { .code = ERR_NONE };
	size_t n = strlen(name);

	if (n == 0 || !utf8_clean(clean, sizeof clean, name, n, 40))
		return err_set(e, ERR_USAGE, "a staff name has 1 to 40 characters that can be shown");
	if (!digits(code))
		return err_set(e, ERR_USAGE, "a staff code has 6 to 12 digits");
	if (weak(code))
		return err_set(e, ERR_USAGE, "this code is easy to guess; choose one without a simple row of digits");
	if (!db_ready(s, e))
		return false;
	/* The code alone says who attests, so no two may have the same. */
	if (find_code(s, code, other, sizeof other, &none))
		return err_set(e, ERR_USAGE, "this code is taken; choose another one");
	if (none.code != ERR_NO) {
		if (e != NULL)
			*e = none;
		return false;
	}
	if (crypto_pwhash_str(hash, code, strlen(code), crypto_pwhash_OPSLIMIT_INTERACTIVE,
		    crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		return err_set(e, ERR_STORAGE, "%s: 64 MiB of memory are needed; end other programs", STAFF);
	if (!db_begin(s, STAFF, e))
		return false;
	int result = db_exec(s, SQL_STAFF_ADD, "tti", name, hash, clock_now());
	if (result == SQLITE_CONSTRAINT_PRIMARYKEY) {
		db_rollback(s);
		return err_set(e, ERR_USAGE,
			"staff %s exists or existed; names are not used again, because the history names them", name);
	}
	bool ok = result == SQLITE_DONE || db_fail_code(s, result, STAFF, e);
	return db_end(s, ok && store_audit(s, AUDIT_STAFF_ADDED, name, "", e), e);
}

bool store_staff_disable(struct store *s, const char *name, struct err *e)
{
	if (!db_begin(s, STAFF, e))
		return false;
	int result = db_exec(s, SQL_STAFF_DISABLE, "ti", name, clock_now());
	bool ok = result == SQLITE_DONE || db_fail_code(s, result, STAFF, e);
	if (ok && sqlite3_changes(s->db) == 0)
		ok = err_set(e, ERR_NO, "there is no active staff %s", name);
	return db_end(s, ok && store_audit(s, AUDIT_STAFF_DISABLED, name, "", e), e);
}

bool store_staff_wait(struct store *s, int64_t *ret_until, struct err *e)
{
	int64_t wrong;
	return lock_read(s, &STAFF_LOCK, &wrong, ret_until, e);
}

bool store_staff_attest(struct store *s, const char *code, char *ret_name, size_t size, struct err *e)
{
	int64_t until;
	char name[128];

	if (!lock_count(s, &STAFF_LOCK, &until, e))
		return false;
	bool good = digits(code) ? find_code(s, code, name, sizeof name, e) : err_set(e, ERR_NO, "wrong code");
	if (!good) {
		lock_log(s, &STAFF_LOCK, "");
		return false;
	}
	if (!db_begin(s, CHECKING, e) ||
		!db_end(s, lock_open(s, &STAFF_LOCK, e) && store_audit(s, AUDIT_ATTESTED, name, "", e), e))
		return false;
	str_copy(ret_name, size, name);
	return true;
}
