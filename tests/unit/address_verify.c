#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include "address_build_fixture.h"

static int setup(void **state)
{
	(void)state;
	if (fixture_make_dir())
		return -1;
	fixture_path("verify.db", fixture_library);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	unlink(fixture_library);
	return rmdir(fixture_dir);
}

static void put_one(void)
{
	struct library_writer *w = begin();
	add(w, &ROW);
	finish(w);
}

/* A build that is given up or killed leaves the old library; what a killed one left is cleared away by the next. */
static void test_interrupted(void **state)
{
	char left[PATH_MAX + 32];
	int status;
	(void)state;
	put_one();
	struct library_writer *w = begin();
	library_writer_destroy(w);
	pid_t child = fork();
	if (child == 0) {
		w = begin();
		_exit(w ? 0 : 1);
	}
	assert_true(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
	snprintf(left, sizeof left, "%s.new-%ld", fixture_library, (long)child);
	assert_int_equal(access(left, F_OK), 0);
	put_one();
	assert_int_equal(access(left, F_OK), -1);
	struct address_library *l = open_it();
	assert_int_equal(stats_of(l).rooms, 1);
	address_close(l);
}

/* What happens to a sound library, and what is then said of it. */
static void test_damage(void **state)
{
	static const struct {
		const char *sql, *open, *verify; /* NULL: opens; said by verify */
	} CASES[] = {
		{ "PRAGMA user_version = 1", "version 1", NULL },
		{ "PRAGMA user_version = 4", "newer", NULL },
		{ "PRAGMA application_id = 5", "not an address library", NULL },
		{ "DELETE FROM street", "damaged", NULL },
		{ "DELETE FROM name", "damaged", NULL },
		{ "DROP TABLE door", "damaged", NULL },
		{ "UPDATE name SET street = 99", "damaged", NULL },
		{ "UPDATE street SET id = 7", "damaged", NULL },
		{ "DELETE FROM door", NULL, "doors" },
		{ "UPDATE door SET no = 13", NULL, "digest" },
		{ "UPDATE door SET rooms = x'ff'", NULL, "cannot be read" },
		{ "UPDATE door SET street = 5", NULL, "no street" },
		{ "UPDATE reading SET readings = 'x' WHERE char = '武'", NULL, "digest" },
		{ "INSERT INTO door SELECT street, lane, sub, no + 1, suf, town, committee, postcode, place, rooms, codes "
		  "FROM door",
			NULL, "more than once" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct address_library *l = NULL;
		struct err e = { 0 };
		sqlite3 *db;
		put_one();
		assert_true(address_verify(fixture_library, no_problem, NULL, &e));
		assert_int_equal(sqlite3_open(fixture_library, &db), SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, CASES[i].sql, NULL, NULL, NULL), SQLITE_OK);
		sqlite3_close(db);
		bool open = address_open(&l, fixture_library, &e);
		print_message("%s: %s\n", CASES[i].sql, e.text);
		assert_int_equal(open, CASES[i].open == NULL);
		if (CASES[i].open) {
			assert_non_null(strstr(e.text, CASES[i].open));
			assert_int_equal(e.code, ERR_CONFIG);
			continue;
		}
		address_close(l);
		assert_false(address_verify(fixture_library, no_problem, NULL, &e));
		assert_int_equal(e.code, ERR_NO);
	}
	put_one();
	assert_int_equal(truncate(fixture_library, 20000), 0);
	struct address_library *l = NULL;
	struct err e = { 0 };
	assert_false(address_open(&l, fixture_library, &e));
}

/* Any size from a seed; the same seed, the same content. */
static void test_invent(void **state)
{
	struct err e = { 0 };
	struct address_stats one, two;
	(void)state;
	for (int i = 0; i < 2; i++) {
		if (!address_invent(fixture_data(), fixture_library, 600, 50000, 3, &e))
			fail_msg("%s", e.text);
		struct address_library *l = open_it();
		*(i ? &two : &one) = stats_of(l);
		address_close(l);
	}
	assert_string_equal(one.content, two.content);
	assert_true(one.names >= 580 && one.names <= 630);
	assert_true(one.rooms > 47000 && one.rooms < 53000);
	assert_true(address_verify(fixture_library, no_problem, NULL, &e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_interrupted),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_invent),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
