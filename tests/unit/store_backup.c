/* Copies: a backup is the whole database or nothing; a restore puts it in place or changes nothing. */
#include "store_upkeep.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static char backup[700];

static int setup(void **state)
{
	if (fixture_setup(state) != 0)
		return -1;
	snprintf(backup, sizeof backup, "%s/copy 居.db", fixture_dir);
	return 0;
}

static const char *beside(const char *path, const char *end)
{
	static char text[4][800];
	static unsigned next;
	char *to = text[next++ % 4];
	snprintf(to, sizeof text[0], "%s%s", path, end);
	return to;
}

static bool there(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

static void make_cases(unsigned n)
{
	char numbers[8][21];
	struct store *s = fixture_open("0001");
	upkeep_cases(s, n, numbers);
	store_close(s);
}

static bool make_backup(struct err *e)
{
	struct store *s = fixture_open("0001");
	bool ok = store_backup(s, backup, fixture_keys("0001")->centers, 1, e);
	store_close(s);
	return ok;
}

static bool restore(bool replace, struct err *e)
{
	return store_restore(backup, fixture_path, "data/schema", "0001", replace, fixture_keys("0001")->centers, 1, e);
}

static void expect_restore(bool replace)
{
	struct err e = { 0 };
	if (!restore(replace, &e))
		fail_msg("%s", e.text);
	assert_false(there(beside(fixture_path, ".restore")));
	upkeep_expect_clean();
}

static void expect_refused(bool replace, enum err_code code, const char *words)
{
	struct err e = { 0 };
	assert_false(restore(replace, &e));
	assert_int_equal(e.code, code);
	if (strstr(e.text, words) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", e.text, words);
	assert_false(there(beside(fixture_path, ".restore")));
}

static int64_t cases(const char *path)
{
	return upkeep_count(path, "SELECT count(*) FROM cases");
}

static int64_t audited(const char *path, int type)
{
	return upkeep_run(path, "SELECT count(*) FROM audit WHERE type = ?2 AND ?1 IS NULL", NULL, type);
}

static void test_backup(void **state)
{
	(void)state;
	struct err e = { 0 };
	struct stat st;
	struct store *s = fixture_open("0001"), *other = fixture_open("0001");
	char numbers[8][21];

	upkeep_cases(s, 3, numbers);
	/* Somebody else is in the file, with a filing under way. */
	assert_true(db_begin(other, "testing", &e));
	assert_true(store_audit(other, AUDIT_SESSION, "", "", &e));
	assert_true(db_commit(other, &e));
	if (!store_backup(s, backup, fixture_keys("0001")->centers, 1, &e))
		fail_msg("%s", e.text);
	assert_int_equal(stat(backup, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_false(there(beside(backup, ".new")));
	assert_false(there(beside(backup, ".new-wal")));
	assert_int_equal(cases(backup), 3);
	/* Its log ends with a signed head. */
	assert_int_equal(upkeep_count(backup, "SELECT max(seq) = (SELECT max(seq) FROM audit) FROM audit_head"), 1);
	assert_int_equal(audited(backup, AUDIT_BACKUP), 0);
	assert_int_equal(audited(fixture_path, AUDIT_BACKUP), 1);

	/* Never over something that is there. */
	upkeep_cases(s, 1, numbers);
	assert_false(store_backup(s, backup, NULL, 0, &e));
	assert_int_equal(e.code, ERR_USAGE);
	assert_int_equal(cases(backup), 3);
	assert_int_equal(unlink(backup), 0);
	FILE *f = fopen(beside(backup, ".new"), "we");
	fclose(f);
	assert_false(store_backup(s, backup, NULL, 0, &e));
	assert_int_equal(e.code, ERR_USAGE);
	assert_non_null(strstr(e.text, ".new"));
	assert_int_equal(unlink(beside(backup, ".new")), 0);
	assert_false(store_backup(s, beside(fixture_dir, "/nowhere/copy.db"), NULL, 0, &e));
	assert_int_equal(e.code, ERR_STORAGE);
	assert_true(store_backup(s, backup, NULL, 0, &e));
	assert_int_equal(cases(backup), 4);
	/* ATTACH is as impossible as before. */
	assert_int_not_equal(sqlite3_exec(s->db, "ATTACH ':memory:' AS x", NULL, NULL, NULL), SQLITE_OK);
	store_close(other);
	store_close(s);
}

static void test_backup_of_damage(void **state)
{
	(void)state;
	struct err e = { 0 };

	make_cases(2);
	upkeep_sql(fixture_path, "UPDATE case_part SET bytes = zeroblob(length(bytes))");
	assert_false(make_backup(&e));
	assert_int_equal(e.code, ERR_NO);
	assert_non_null(strstr(e.text, "file 0 is damaged"));
	assert_false(there(backup));
	assert_false(there(beside(backup, ".new")));
	assert_int_equal(audited(fixture_path, AUDIT_BACKUP), 0);
}

static void test_backup_on_a_full_disk(void **state)
{
	(void)state;
	int status = -1;

	make_cases(8);
	pid_t pid = fork();
	if (pid == 0) {
		struct err e = { 0 };
		struct rlimit limit = { .rlim_cur = 65536, .rlim_max = RLIM_INFINITY };
		struct store *s = fixture_open("0001");
		store_tidy(s);
		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
		if (store_backup(s, backup, NULL, 0, &e) || e.code != ERR_STORAGE || there(backup) ||
			there(beside(backup, ".new")))
			_exit(1);
		limit.rlim_cur = RLIM_INFINITY;
		setrlimit(RLIMIT_FSIZE, &limit);
		_exit(store_backup(s, backup, NULL, 0, &e) ? 0 : 2);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void test_restore(void **state)
{
	(void)state;
	struct err e = { 0 };

	make_cases(3);
	assert_true(make_backup(&e));
	make_cases(2);

	expect_refused(false, ERR_USAGE, "--replace");
	assert_int_equal(cases(fixture_path), 5);
	expect_restore(true);
	assert_int_equal(cases(fixture_path), 3);
	assert_int_equal(audited(fixture_path, AUDIT_RESTORED), 1);
	assert_int_equal(cases(beside(fixture_path, ".before-restore")), 5);

	/* What was kept is not written over. */
	expect_refused(true, ERR_USAGE, "from an earlier time");
	assert_int_equal(unlink(beside(fixture_path, ".before-restore")), 0);

	/* The database is lost, the log of it is still there: it must not be played into the backup. */
	make_cases(1);
	assert_int_equal(unlink(fixture_path), 0);
	FILE *f = fopen(beside(fixture_path, "-wal"), "we");
	fputs("log of another file", f);
	fclose(f);
	expect_restore(false);
	assert_int_equal(cases(fixture_path), 3);
	assert_true(there(beside(fixture_path, ".before-restore-wal")));
	assert_false(there(beside(fixture_path, "-wal")));

	/* The kiosk goes on with it. */
	make_cases(2);
	upkeep_expect_clean();
	assert_int_equal(cases(fixture_path), 5);
}

static void test_restore_over_damage(void **state)
{
	(void)state;
	struct err e = { 0 };

	make_cases(2);
	assert_true(make_backup(&e));
	FILE *f = fopen(fixture_path, "r+e");
	for (int i = 0; i < 9000; i++)
		fputc(i % 251, f);
	fclose(f);
	/* Cut-off tries before this one: a piece of a copy, and a second name of the old file. */
	f = fopen(beside(fixture_path, ".restore"), "we");
	fputs("half", f);
	fclose(f);
	assert_int_equal(link(fixture_path, beside(fixture_path, ".before-restore")), 0);
	expect_restore(true);
	assert_int_equal(cases(fixture_path), 2);
	assert_true(there(beside(fixture_path, ".before-restore")));
}

/* A kiosk that was killed leaves its last cases in the log: they are in what is kept. */
static void test_restore_after_a_kill(void **state)
{
	(void)state;
	struct err e = { 0 };
	int status = -1;

	make_cases(1);
	assert_true(make_backup(&e));
	pid_t pid = fork();
	if (pid == 0) {
		char numbers[2][21];
		upkeep_cases(fixture_open("0001"), 2, numbers);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_true(there(beside(fixture_path, "-wal")));
	expect_restore(true);
	assert_int_equal(cases(fixture_path), 1);
	assert_int_equal(cases(beside(fixture_path, ".before-restore")), 3);
}

/* A program that only holds the database open, reading or not. */
static void test_restore_in_use(void **state)
{
	(void)state;
	struct err e = { 0 };

	make_cases(2);
	assert_true(make_backup(&e));
	make_cases(1);
	for (int readonly = 0; readonly < 2; readonly++) {
		int status = -1, ready[2], end[2];
		char c;
		assert_int_equal(pipe(ready), 0);
		assert_int_equal(pipe(end), 0);
		pid_t pid = fork();
		if (pid == 0) {
			struct store *s = NULL;
			close(end[1]);
			bool ok = fixture_open_as(&s, "0001", readonly, NULL) && write(ready[1], "x", 1) == 1;
			_exit(ok && read(end[0], &c, 1) == 0 ? 0 : 1);
		}
		close(end[0]);
		assert_int_equal(read(ready[0], &c, 1), 1);
		expect_refused(true, ERR_STORAGE, "is in use");
		assert_int_equal(cases(fixture_path), 3);
		assert_false(there(beside(fixture_path, ".before-restore")));
		close(end[1]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
		close(ready[0]);
		close(ready[1]);
	}
	expect_restore(true);
	assert_int_equal(cases(fixture_path), 2);
}

static void test_bad_backups(void **state)
{
	(void)state;
	static const struct {
		const char *sql; /* NULL: noise instead of a file */
		enum err_code code;
		const char *words;
	} bad[] = {
		{ "UPDATE case_part SET bytes = zeroblob(length(bytes))", ERR_NO, "file 0 is damaged" },
		{ "DELETE FROM case_envelope", ERR_NO, "its envelope is missing" },
		{ "PRAGMA user_version = 99", ERR_STORAGE, "newer program" },
		{ "PRAGMA application_id = 7", ERR_STORAGE, "another application" },
		{ NULL, ERR_STORAGE, "not a database" },
	};
	struct err e = { 0 };

	make_cases(2);
	expect_refused(true, ERR_STORAGE, "check its name"); /* none is there */
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		unlink(backup);
		assert_true(make_backup(&e));
		if (bad[i].sql != NULL) {
			upkeep_sql(backup, bad[i].sql);
		} else {
			FILE *f = fopen(backup, "we");
			for (int k = 0; k < 9000; k++)
				fputc(k % 251, f);
			fclose(f);
		}
		expect_refused(true, bad[i].code, bad[i].words);
		assert_int_equal(cases(fixture_path), 2);
		assert_false(there(beside(fixture_path, ".before-restore")));
		upkeep_expect_clean();
	}
	unlink(backup);
	assert_int_equal(link(fixture_path, backup), 0);
	expect_refused(true, ERR_USAGE, "a database in use");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_backup, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_backup_of_damage, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_backup_on_a_full_disk, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_restore, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_restore_over_damage, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_restore_after_a_kill, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_restore_in_use, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_bad_backups, setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
