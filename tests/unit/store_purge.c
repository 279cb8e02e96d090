/* What is older than its time goes, whole and for good; everything else stays; the log tells. */
#include "store_upkeep.h"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>

static const struct retention retention = {
	.draft_minutes = 30,
	.audit_days = 1000,
	.states = { { .state = 10, .days = 0 }, { .state = 21, .days = 60 }, { .state = 90, .days = 180 } },
	.n_states = 3,
};

static struct purge_counts purge(struct store *s, const struct retention *r, bool dry_run, struct upkeep_said *said)
{
	struct purge_counts n = { 77, 77, 77, 77 };
	struct err e = { 0 };
	*said = (struct upkeep_said){ 0 };
	if (!store_purge(s, r, dry_run, upkeep_say, said, &n, &e))
		fail_msg("%s", e.text);
	return n;
}

static int64_t rows_of(const char *number)
{
	return upkeep_run(fixture_path,
		"SELECT (SELECT count(*) FROM cases WHERE number = ?1) + (SELECT count(*) FROM case_envelope WHERE number = ?1)"
		" + (SELECT count(*) FROM case_part WHERE number = ?1) + (SELECT count(*) FROM case_event WHERE number = ?1)"
		" + (SELECT count(*) FROM person WHERE number = ?1) + (SELECT count(*) FROM outbox WHERE number = ?1)",
		number, 0);
}

static void test_cases(void **state)
{
	(void)state;
	enum { OPEN, REFUSED, DONE, N };
	char numbers[N][21], line[120];
	struct upkeep_said said;
	struct store *s = fixture_open("0001");

	upkeep_cases(s, N, numbers);
	upkeep_event(s, numbers[REFUSED], 10, 21);
	upkeep_event(s, numbers[DONE], 10, 90);

	/* Exactly 60 days are not more than 60 days. */
	assert_true(clock_fix("2026-05-01T09:30:00"));
	assert_int_equal(purge(s, &retention, false, &said).cases, 0);
	assert_int_equal(said.lines, 0);
	assert_true(clock_fix("2026-05-01T09:30:01"));
	assert_int_equal(purge(s, &retention, true, &said).cases, 1);
	snprintf(line, sizeof line, "would delete case %s (refused, last event on 2026-03-02)\n", numbers[REFUSED]);
	assert_string_equal(said.text, line);
	assert_int_equal(rows_of(numbers[REFUSED]), 7); /* two events */

	assert_int_equal(purge(s, &retention, false, &said).cases, 1);
	assert_memory_equal(said.text, "deleted case ", 13);
	assert_int_equal(rows_of(numbers[REFUSED]), 0);
	assert_int_equal(rows_of(numbers[OPEN]), 6);
	assert_int_equal(rows_of(numbers[DONE]), 7);
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM purging"), 0);
	assert_int_equal(upkeep_run(fixture_path, "SELECT count(*) FROM audit WHERE subject = ?1 AND type = ?2",
				 numbers[REFUSED], AUDIT_PURGED),
		1);
	assert_int_equal(purge(s, &retention, false, &said).cases, 0);
	upkeep_expect_clean();

	/* Its bytes are gone from the disk, but for the number in the log. */
	assert_true(clock_fix("2030-01-01T00:00:00"));
	struct purge_counts n = purge(s, &retention, false, &said);
	assert_int_equal(n.cases, 1);
	assert_int_equal(n.audit_rows, 4);
	assert_int_equal(rows_of(numbers[DONE]), 0);
	assert_int_equal(rows_of(numbers[OPEN]), 6);
	store_close(s);
	upkeep_expect_clean();
	assert_false(fixture_on_disk(numbers[REFUSED])); /* its row of the log is older than 1000 days */
	assert_true(fixture_on_disk(numbers[DONE]));
}

static void test_history_is_kept_otherwise(void **state)
{
	(void)state;
	char number[1][21];
	sqlite3 *db;
	struct store *s = fixture_open("0001");
	upkeep_cases(s, 1, number);
	store_close(s);
	assert_int_equal(sqlite3_open(fixture_path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "DELETE FROM case_event", NULL, NULL, NULL), SQLITE_CONSTRAINT);
	sqlite3_close(db);
}

/* A draft of a process that has ended. */
static void leave_draft(char token)
{
	pid_t pid = fork();
	int status = -1;
	if (pid == 0) {
		struct filing f;
		struct store *s = fixture_open("0001");
		fixture_filing(&f, token, 100);
		bool saved = store_draft_save(s, &f, NULL);
		store_close(s);
		_exit(saved ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void test_drafts(void **state)
{
	(void)state;
	struct filing mine;
	struct upkeep_said said;

	leave_draft('a');
	struct store *s = fixture_open("0001");
	fixture_filing(&mine, 'b', 100);
	assert_true(store_draft_save(s, &mine, NULL));
	filing_finish(&mine);
	assert_true(clock_fix("2026-03-02T10:00:00"));
	assert_int_equal(purge(s, &retention, false, &said).drafts, 0); /* 30 minutes old */
	assert_true(clock_fix("2026-03-02T10:00:01"));
	assert_int_equal(purge(s, &retention, true, &said).drafts, 1);
	assert_non_null(strstr(said.text, "would delete 1 drafts"));
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM draft"), 2);
	assert_int_equal(purge(s, &retention, false, &said).drafts, 1);
	/* That of a living process stays, however old. */
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM draft WHERE token LIKE 'b%'"), 1);
	store_close(s);
}

static void test_audit_rows(void **state)
{
	(void)state;
	struct retention r = { .draft_minutes = 30, .audit_days = 10 };
	struct upkeep_said said;
	struct audit_verdict v;
	struct err e = { 0 };
	char number[1][21];
	struct store *s = fixture_open("0001");

	for (int i = 0; i < 70; i++)
		assert_true(store_audit(s, AUDIT_SESSION, "", "", &e));
	upkeep_cases(s, 1, number);
	assert_true(clock_fix("2026-03-08T09:30:00"));
	for (int i = 0; i < 5; i++)
		assert_true(store_audit(s, AUDIT_SESSION, "", "", &e));
	/* A clock that was wrong for a while: rows that look old behind rows that are not are kept. */
	assert_true(clock_fix("2020-01-01T00:00:00"));
	assert_true(store_audit(s, AUDIT_SESSION, "", "", &e));

	assert_true(clock_fix("2026-03-13T00:00:00"));
	assert_int_equal(purge(s, &r, true, &said).audit_rows, 71);
	assert_string_equal(said.text, "would delete 71 rows of the audit log, up to row 71\n");
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM audit"), 77);
	assert_int_equal(purge(s, &r, false, &said).audit_rows, 71);
	assert_int_equal(upkeep_count(fixture_path, "SELECT min(seq) FROM audit"), 72);
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM audit_head"), 1);
	assert_int_equal(purge(s, &r, false, &said).audit_rows, 0);
	assert_true(store_audit_verify(s, fixture_keys("0001")->centers, 1, &v, &e));
	assert_int_equal(v.rows, 7); /* with the one that tells of the purge */
	/* The case's row is gone with the others, which is no reason to complain. */
	upkeep_expect_clean();
	assert_true(clock_fix("2027-03-13T00:00:00"));
	assert_int_equal(purge(s, &r, false, &said).audit_rows, 7);
	upkeep_expect_clean();
	store_close(s);

	/* A new beginning that nobody signed is no beginning. */
	upkeep_sql(fixture_path, "UPDATE audit_head SET purged = 0");
	struct verify_counts n;
	assert_false(upkeep_verify(&said, &n));
}

static void test_audit_that_was_changed_is_kept(void **state)
{
	(void)state;
	struct retention r = { .draft_minutes = 30, .audit_days = 10 };
	struct purge_counts n;
	struct err e = { 0 };
	struct store *s = fixture_open("0001");

	for (int i = 0; i < 5; i++)
		assert_true(store_audit(s, AUDIT_SESSION, "", "", &e));
	store_close(s);
	upkeep_sql(fixture_path, "DROP TRIGGER audit_no_update; UPDATE audit SET detail = 'x' WHERE seq = 2");
	assert_true(clock_fix("2026-12-01T00:00:00"));
	s = fixture_open("0001");
	assert_false(store_purge(s, &r, false, NULL, NULL, &n, &e));
	assert_int_equal(e.code, ERR_NO);
	assert_non_null(strstr(e.text, "are kept"));
	assert_non_null(strstr(e.text, "row 2"));
	store_close(s);
	/* Nor can it be done without keys. */
	upkeep_sql(fixture_path, "UPDATE audit SET detail = '' WHERE seq = 2");
	assert_true(store_open(&s,
		&(struct store_options){ .path = fixture_path, .schema_dir = "data/schema", .station = "0001" }, &e));
	assert_false(store_purge(s, &r, false, NULL, NULL, &n, &e));
	assert_int_equal(e.code, ERR_CONFIG);
	store_close(s);
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM audit"), 5);
}

static void test_ballast(void **state)
{
	(void)state;
	enum { MIB = 1024 * 1024 };
	char path[700];
	struct stat st;
	struct statvfs v;
	struct err e = { 0 };
	struct store *s = fixture_open("0001");

	snprintf(path, sizeof path, "%s.ballast", fixture_path);
	assert_false(store_ballast_give(s));
	static const unsigned sizes[] = { 2, 2, 3, 1 }; /* again, more, less */
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		if (!store_ballast_fill(s, (uint64_t)sizes[i] * MIB, &e))
			fail_msg("%s", e.text);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_size, sizes[i] * MIB);
		assert_true(st.st_blocks * 512 >= st.st_size); /* real blocks */
		assert_int_equal(st.st_mode & 0777, 0600);
	}
	/* One with holes reserves nothing: it is filled. */
	assert_int_equal(truncate(path, 0), 0);
	assert_int_equal(truncate(path, 2 * MIB), 0);
	assert_true(store_ballast_fill(s, 2 * MIB, &e));
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_blocks * 512 >= 2 * MIB);

	/* It never takes what others need. What is there stays. */
	assert_int_equal(statvfs(fixture_dir, &v), 0);
	uint64_t available = (uint64_t)v.f_bavail * v.f_frsize;
	assert_false(store_ballast_fill(s, available / 2, &e));
	assert_int_equal(e.code, ERR_NO);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 2 * MIB);
	assert_true(store_ballast_give(s));
	assert_false(store_ballast_give(s));
	assert_false(store_ballast_fill(s, available / 2, &e));
	assert_int_not_equal(access(path, F_OK), 0);

	assert_true(store_ballast_fill(s, MIB, &e));
	assert_true(store_ballast_fill(s, 0, &e));
	assert_int_not_equal(access(path, F_OK), 0);
	assert_true(store_ballast_fill(s, 0, &e));
	/* A link in its place is not followed. */
	assert_int_equal(symlink(fixture_path, path), 0);
	assert_false(store_ballast_fill(s, MIB, &e));
	assert_int_equal(e.code, ERR_STORAGE);
	store_close(s);
	upkeep_expect_clean();
}

/* After a jump of the clock, either way, a day has to pass before the program purges by itself. */
static void test_clock_steady(void **state)
{
	(void)state;
	static const struct {
		const char *at;
		bool steady;
	} rows[] = { { "2026-03-02T10:00:00", false }, { "2026-03-03T09:31:00", true }, { "2026-03-09T09:31:00", true },
		{ "2036-03-02T10:00:00", false }, { "2036-03-03T10:01:00", true }, { "2026-02-01T10:00:00", false } };
	struct store *s = fixture_open("0001");
	struct err e = { 0 };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		bool steady = !rows[i].steady;
		assert_true(clock_fix(i == 0 ? "2026-03-02T09:30:00" : rows[i].at));
		if (i == 0)
			assert_true(store_audit(s, AUDIT_SESSION, "", "", &e));
		assert_true(clock_fix(rows[i].at));
		assert_true(store_clock_steady(s, &steady, &e));
		if (steady != rows[i].steady)
			fail_msg("at %s: %d", rows[i].at, steady);
		assert_true(store_audit(s, AUDIT_SESSION, "", "", &e));
	}
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_clock_steady, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_cases, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_history_is_kept_otherwise, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_drafts, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_audit_rows, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_audit_that_was_changed_is_kept, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_ballast, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
