/* Reads a whole library file and says what is wrong with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/build_own.h"
#include "address/library.h"
#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"

enum { PROBLEMS_MAX = 20, PROBLEM_BYTES = 300 };

struct verifying {
	struct address_library *l;
	address_problem *problem;
	void *ctx;
	size_t problems;
	uint64_t *prints; /* of the codes */
	size_t n_prints, cap_prints;
	long doors, rooms;
};

static void say(struct verifying *v, const char *text)
{
	if (v->problems++ < PROBLEMS_MAX)
		v->problem(v->ctx, text);
}

static void say_door(struct verifying *v, sqlite3_stmt *q, const char *what)
{
	char text[PROBLEM_BYTES];
	const unsigned char *suffix = sqlite3_column_text(q, 4);
	snprintf(text, sizeof text, "street %lld, lane %lld, side lane %lld, number %lld%s: %s",
		(long long)sqlite3_column_int64(q, 0), (long long)sqlite3_column_int64(q, 1),
		(long long)sqlite3_column_int64(q, 2), (long long)sqlite3_column_int64(q, 3),
		suffix ? (const char *)suffix : "", what);
	say(v, text);
}

static void note_code(struct verifying *v, const char *code)
{
	if (v->n_prints == v->cap_prints) {
		v->cap_prints = v->cap_prints ? v->cap_prints * 2 : 4096;
		v->prints = xrealloc(v->prints, v->cap_prints, sizeof *v->prints);
	}
	v->prints[v->n_prints++] = texts_hash(code, strlen(code), 4);
}

static void check_door(struct verifying *v, sqlite3_stmt *q)
{
	struct rooms_reader r;
	const void *rooms = sqlite3_column_blob(q, 5);
	size_t size = (size_t)sqlite3_column_bytes(q, 5), found = 0;
	for (rooms_read(&r, rooms, size, sqlite3_column_blob(q, 6), (size_t)sqlite3_column_bytes(q, 6));
		rooms_next(&r);) {
		found += r.now.building[0] || r.now.unit[0] || r.now.room[0];
		if (r.now.code[0])
			note_code(v, r.now.code);
	}
	v->doors++;
	v->rooms += (long)found;
	if (!library_street(v->l, (long)sqlite3_column_int64(q, 0)))
		say_door(v, q, "belongs to no street");
	if (!r.good)
		say_door(v, q, "its rooms or codes cannot be read");
}

static bool check_doors(struct verifying *v)
{
	sqlite3_stmt *q = NULL;
	int rc =
		sqlite3_prepare_v2(v->l->db, "SELECT street, lane, sub, no, suf, rooms, codes FROM door", -1, &q, NULL);
	while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		check_door(v, q);
		rc = SQLITE_OK;
	}
	if (rc != SQLITE_DONE)
		say(v, sqlite3_errmsg(v->l->db));
	sqlite3_finalize(q);
	return rc == SQLITE_DONE;
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* Fingerprints of 64 bits: two codes of ten million have the same one in one library of 370,000. */
static void check_codes(struct verifying *v)
{
	size_t twice = 0;
	char text[PROBLEM_BYTES];
	if (v->n_prints)
		qsort(v->prints, v->n_prints, sizeof *v->prints, by_value);
	for (size_t i = 1; i < v->n_prints; i++)
		twice += v->prints[i] == v->prints[i - 1];
	snprintf(text, sizeof text, "%zu official codes are there more than once", twice);
	if (twice)
		say(v, text);
}

static void check_structure(struct verifying *v)
{
	sqlite3_stmt *q = NULL;
	int rc = sqlite3_prepare_v2(v->l->db, "PRAGMA integrity_check(20)", -1, &q, NULL);
	while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		const unsigned char *line = sqlite3_column_text(q, 0);
		if (line && strcmp((const char *)line, "ok") != 0)
			say(v, (const char *)line);
		rc = SQLITE_OK;
	}
	if (rc != SQLITE_DONE)
		say(v, sqlite3_errmsg(v->l->db));
	sqlite3_finalize(q);
}

static void check_count(struct verifying *v, const char *what, long noted, long found)
{
	char text[PROBLEM_BYTES];
	snprintf(text, sizeof text, "%ld %s, but %ld are noted", found, what, noted);
	if (noted != found)
		say(v, text);
}

static void check_digests(struct verifying *v)
{
	char content[DIGEST_TEXT], tables[DIGEST_TEXT], noted[DIGEST_TEXT] = "";
	struct err e = { 0 };
	sqlite3_stmt *q = NULL;
	if (!library_digest(v->l->db, content, tables, &e)) {
		say(v, e.text);
		return;
	}
	if (sqlite3_prepare_v2(v->l->db, "SELECT v FROM meta WHERE k = 'tables'", -1, &q, NULL) == SQLITE_OK &&
		sqlite3_step(q) == SQLITE_ROW && sqlite3_column_text(q, 0))
		str_copy(noted, sizeof noted, (const char *)sqlite3_column_text(q, 0));
	sqlite3_finalize(q);
	if (!str_eq(content, v->l->stats.content))
		say(v, "the addresses are not those that were written: their digest differs");
	if (!str_eq(tables, noted))
		say(v, "the tables of regions and readings are not those that were written: their digest differs");
}

bool address_verify(const char *path, address_problem *problem, void *ctx, struct err *e)
{
	struct verifying v = { .problem = problem, .ctx = ctx };
	if (!address_open(&v.l, path, e))
		return false;
	check_structure(&v);
	if (check_doors(&v)) {
		check_codes(&v);
		check_count(&v, "doors", v.l->stats.doors, v.doors);
		check_count(&v, "rooms", v.l->stats.rooms, v.rooms);
		check_digests(&v);
	}
	free(v.prints);
	address_close(v.l);
	if (v.problems)
		return err_set(e, ERR_NO,
			"address library %s: %zu problems; bring the file back from a copy or make it anew"
			" with `juzhu address import`",
			path, v.problems);
	return true;
}
