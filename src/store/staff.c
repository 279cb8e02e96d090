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

/*
 * Six digits are found in about a day by anybody who has the file, whatever the hash costs (reliability.md 5), so the
 * hash guards no data; the waits below guard the terminal. Argon2id with the INTERACTIVE limits (64 MiB, about 0.1 s)
 * keeps a counter with several staff quick.
 */
enum { FREE_TRIES = 4, WAIT_FIRST = 30, WAIT_MAX = 12 * 60 * 60 }; /* tries, seconds, seconds */

static const char STAFF[] = "keeping the staff codes";
static const char CHECKING[] = "checking the staff code";

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

static bool read_lock(struct store *s, int64_t *ret_wrong, int64_t *ret_until, struct err *e)
{
	sqlite3_stmt *q = db_query(s, SQL_LOCK_GET, "t", s->station);
	int result = sqlite3_step(q);
	if (result == SQLITE_ROW || result == SQLITE_DONE) {
		*ret_wrong = result == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
		*ret_until = result == SQLITE_ROW ? sqlite3_column_int64(q, 1) : 0;
	}
	db_done(q);
	return result == SQLITE_ROW || result == SQLITE_DONE || db_fail_code(s, result, CHECKING, e);
}

/* Seconds to wait after so many wrong tries in a row: 30 after the fifth, then doubled. */
static int64_t wait_after(int64_t wrong)
{
	int64_t wait = WAIT_FIRST;

	if (wrong <= FREE_TRIES)
		return 0;
	for (int64_t i = FREE_TRIES + 1; i < wrong && wait < WAIT_MAX; i++)
		wait *= 2;
	return wait < WAIT_MAX ? wait : WAIT_MAX;
}

/* A clock set back must not lock a station for longer than the wait that belongs to its wrong tries. */
static int64_t until_now(int64_t wrong, int64_t until)
{
	int64_t now = clock_now(), latest = now + wait_after(wrong);
	if (until > latest)
		until = latest;
	return until > now ? until : 0;
}

bool store_staff_wait(struct store *s, int64_t *ret_until, struct err *e)
{
	int64_t wrong = 0, until = 0;

	if (!db_ready(s, e) || !read_lock(s, &wrong, &until, e))
		return false;
	*ret_until = until_now(wrong, until);
	return true;
}

static bool write_lock(struct store *s, int64_t wrong, int64_t until, struct err *e)
{
	int result = db_exec(s, SQL_LOCK_PUT, "tii", s->station, wrong, until);
	return result == SQLITE_DONE || db_fail_code(s, result, CHECKING, e);
}

/* Counts this try as a wrong one, before it is looked at: cutting the power in between saves nobody a try. */
static bool count_try(struct store *s, struct err *e)
{
	int64_t wrong = 0, until = 0;

	if (!db_begin(s, CHECKING, e))
		return false;
	bool ok = read_lock(s, &wrong, &until, e);
	int64_t locked = ok ? until_now(wrong, until) : 0;
	if (locked > 0) {
		char text[26];
		clock_time_text(locked, text);
		ok = err_set(e, ERR_NO, "too many wrong codes at station %s; locked until %s", s->station, text);
	}
	return db_end(s, ok && write_lock(s, wrong + 1, clock_now() + wait_after(wrong + 1), e), e);
}

/* The log keeps wrong codes, so that somebody who tries is seen even when the row of wrong ones was broken by a right one. */
static void log_wrong(struct store *s)
{
	struct err ignored;
	int64_t wrong = 0, until = 0;
	char detail[32];

	if (!read_lock(s, &wrong, &until, &ignored))
		return;
	snprintf(detail, sizeof detail, "%lld", (long long)wrong);
	store_audit(s, AUDIT_CODE_WRONG, "", detail, &ignored);
}

bool store_staff_attest(struct store *s, const char *code, char *ret_name, size_t size, struct err *e)
{
	if (!count_try(s, e))
		return false;
	char name[128];
	bool good = digits(code) ? find_code(s, code, name, sizeof name, e) : err_set(e, ERR_NO, "wrong code");
	if (!good) {
		log_wrong(s);
		return false;
	}
	if (!db_begin(s, CHECKING, e) ||
		!db_end(s, write_lock(s, 0, 0, e) && store_audit(s, AUDIT_ATTESTED, name, "", e), e))
		return false;
	str_copy(ret_name, size, name);
	return true;
}
