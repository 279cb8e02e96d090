#ifndef TESTS_UNIT_STORE_UPKEEP_H
#define TESTS_UNIT_STORE_UPKEEP_H

#include "store_fixture.h"

#include <sqlite3.h>

#include "store/audit.h"
#include "store/db.h"
#include "store/upkeep.h"

/* What the tests of verifying, purging and copies share: cases, statements of a stranger, the lines that were said. */

/* Runs statements; ?1 is a case number, ?2 a number. Returns the first column of the last row, 0 without any. */
static inline int64_t upkeep_run(const char *path, const char *sql, const char *number, int64_t second)
{
	sqlite3 *db;
	int64_t value = 0;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	while (*sql != '\0') {
		sqlite3_stmt *q;
		int code = sqlite3_prepare_v2(db, sql, -1, &q, &sql);
		if (code == SQLITE_OK && sqlite3_bind_parameter_count(q) > 0)
			code = sqlite3_bind_text(q, 1, number, -1, SQLITE_STATIC);
		if (code == SQLITE_OK && sqlite3_bind_parameter_count(q) > 1)
			code = sqlite3_bind_int64(q, 2, second);
		while (code == SQLITE_OK || code == SQLITE_ROW) {
			code = sqlite3_step(q);
			if (code == SQLITE_ROW)
				value = sqlite3_column_int64(q, 0);
		}
		if (code != SQLITE_DONE)
			fail_msg("%s: %s", sqlite3_sql(q), sqlite3_errmsg(db));
		sqlite3_finalize(q);
	}
	sqlite3_close(db);
	return value;
}

static inline void upkeep_sql(const char *path, const char *sql)
{
	upkeep_run(path, sql, NULL, 0);
}

static inline int64_t upkeep_count(const char *path, const char *sql)
{
	return upkeep_run(path, sql, NULL, 0);
}

/* `n` cases with a photo and a person. */
static inline void upkeep_cases(struct store *s, unsigned n, char numbers[][21])
{
	static unsigned token;
	struct err e = { 0 };
	for (unsigned i = 0; i < n; i++) {
		struct filing f;
		fixture_filing(&f, 'a', 3000 + i);
		assert_true(answers_set(f.answers, "id_number", "32010219880229002X"));
		snprintf(f.token, sizeof f.token, "%032x", ++token);
		if (!fixture_submit(s, &f, f.answers, numbers[i], &e))
			fail_msg("%s", e.text);
		filing_finish(&f);
	}
}

/* A later event, as a center would send it. */
static inline void upkeep_event(struct store *s, const char *number, int from, int to)
{
	struct err e = { 0 };

	assert_true(db_begin(s, "testing", &e));
	assert_true(db_add_event(s, s->station, number, clock_now(), from, to, "center", "", &e));
	assert_true(db_commit(s, &e));
	upkeep_run(s->path, "UPDATE cases SET state = ?2 WHERE number = ?1", number, to);
}

struct upkeep_said {
	char text[8000];
	unsigned lines, problems;
};

static inline void upkeep_say(void *ctx, const char *line)
{
	struct upkeep_said *said = ctx;
	size_t n = strlen(said->text);
	snprintf(said->text + n, sizeof said->text - n, "%s\n", line);
	said->lines++;
	said->problems += strncmp(line, "problem: ", 9) == 0;
}

static inline bool upkeep_verify(struct upkeep_said *said, struct verify_counts *n)
{
	struct err e = { 0 };
	struct store *s = fixture_open("0001");
	*said = (struct upkeep_said){ 0 };
	bool good = store_verify(s, fixture_keys("0001")->centers, 1, upkeep_say, said, n, &e);
	if (!good && e.code != ERR_NO)
		fail_msg("%s", e.text);
	store_close(s);
	return good;
}

static inline void upkeep_expect_clean(void)
{
	struct upkeep_said said;
	struct verify_counts n;
	if (!upkeep_verify(&said, &n))
		fail_msg("%s", said.text);
}

#endif
