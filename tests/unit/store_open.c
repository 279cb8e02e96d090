#include "store_fixture.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static sqlite3 *plain_open(void)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(fixture_path, &db), SQLITE_OK);
	return db;
}

static void plain(sqlite3 *db, const char *sql)
{
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void write_file(const char *bytes, size_t n)
{
	int fd = open(fixture_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, bytes, n), n);
	close(fd);
}

/* Opening fails with this code, and the sentence holds this. */
static void expect_refusal(bool readonly, enum err_code code, const char *words)
{
	struct store *s = NULL;
	struct err e = { 0 };
	assert_false(fixture_open_as(&s, "0001", readonly, &e));
	assert_null(s);
	assert_int_equal(e.code, code);
	if (strstr(e.text, words) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", e.text, words);
}

static void test_new_file(void **state)
{
	(void)state;
	struct stat st;
	uint64_t space = 0;
	struct store *s = fixture_open("0001");

	assert_int_equal(stat(fixture_path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(store_space(s, &space, NULL));
	assert_true(space > 0);
	store_close(s);
	store_close(NULL);

	sqlite3 *db = plain_open();
	sqlite3_stmt *q;
	assert_int_equal(sqlite3_prepare_v2(db,
				 "SELECT application_id, user_version, journal_mode FROM pragma_application_id,"
				 " pragma_user_version, pragma_journal_mode",
				 -1, &q, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_step(q), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(q, 0), 0x4A555A55);
	assert_int_equal(sqlite3_column_int(q, 1), 4);
	assert_string_equal((const char *)sqlite3_column_text(q, 2), "wal");
	sqlite3_finalize(q);
	/* Every table is STRICT, so a wrong type is refused. */
	assert_int_equal(sqlite3_prepare_v2(db,
				 "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND NOT strict"
				 " AND name NOT LIKE 'sqlite_%'",
				 -1, &q, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_step(q), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(q, 0), 0);
	sqlite3_finalize(q);
	sqlite3_close(db);

	struct store *r = NULL;
	assert_true(fixture_open_as(&r, "0001", true, NULL));
	struct err e = { 0 };
	assert_false(store_staff_disable(r, "x", &e)); /* read-only is read-only */
	assert_int_equal(e.code, ERR_STORAGE);
	store_close(r);
}

static void test_odd_path(void **state)
{
	(void)state;
	snprintf(fixture_path, sizeof fixture_path, "%s/a?b#c%%41 居.db", fixture_dir);
	store_close(fixture_open("0001"));
	assert_int_equal(access(fixture_path, F_OK), 0);
}

static void test_refusals(void **state)
{
	(void)state;
	struct err e = { 0 };
	struct store *s = NULL;
	char garbage[8192];

	expect_refusal(true, ERR_STORAGE, "there is none");
	assert_false(fixture_open_as(&s, "12", false, &e));
	assert_int_equal(e.code, ERR_CONFIG);
	assert_false(store_open(&s,
		&(struct store_options){ .path = fixture_path, .schema_dir = fixture_dir, .station = "0001" }, &e));
	assert_int_equal(e.code, ERR_CONFIG);
	assert_non_null(strstr(e.text, "001.sql"));

	write_file("this is no database, but a letter to the mayor", 46);
	expect_refusal(false, ERR_STORAGE, "not a database");
	for (size_t i = 0; i < sizeof garbage; i++)
		garbage[i] = (char)(i * 7919 % 251);
	write_file(garbage, sizeof garbage);
	expect_refusal(false, ERR_STORAGE, "not a database");

	/* Another application's file stays as it was. */
	unlink(fixture_path);
	sqlite3 *db = plain_open();
	plain(db, "CREATE TABLE mine (x)");
	sqlite3_close(db);
	expect_refusal(false, ERR_STORAGE, "another application");
	db = plain_open();
	plain(db, "PRAGMA application_id = 77");
	plain(db, "DROP TABLE mine");
	sqlite3_close(db);
	expect_refusal(false, ERR_STORAGE, "another application");

	unlink(fixture_path);
	store_close(fixture_open("0001"));
	db = plain_open();
	plain(db, "PRAGMA user_version = 99");
	sqlite3_close(db);
	expect_refusal(false, ERR_STORAGE, "install the newer program");
	expect_refusal(true, ERR_STORAGE, "install the newer program");

	snprintf(fixture_path, sizeof fixture_path, "%s/nowhere/cases.db", fixture_dir);
	expect_refusal(false, ERR_STORAGE, "make its folder");
}

static void test_damaged(void **state)
{
	(void)state;
	store_close(fixture_open("0001"));
	/* The page of the schema is overwritten behind the header. */
	int fd = open(fixture_path, O_WRONLY | O_CLOEXEC);
	char noise[3000];
	memset(noise, 0xA5, sizeof noise);
	assert_int_equal(pwrite(fd, noise, sizeof noise, 100), sizeof noise);
	close(fd);
	expect_refusal(false, ERR_STORAGE, "damaged");
}

static void test_locked(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	char number[21];
	struct err e = { 0 };
	sqlite3 *db = plain_open();

	fixture_filing(&f, 'a', 0);
	plain(db, "BEGIN IMMEDIATE");
	assert_false(store_draft_save(s, &f, &e));
	assert_int_equal(e.code, ERR_STORAGE);
	assert_non_null(strstr(e.text, "locked by another program"));
	plain(db, "COMMIT");
	assert_true(store_draft_save(s, &f, &e)); /* works again on the same connection */
	assert_true(fixture_submit(s, &f, f.answers, number, &e));
	filing_finish(&f);
	store_close(s);
	/* Nobody is in it, but an exclusive lock is held while we open. */
	plain(db, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; DELETE FROM station_lock");
	expect_refusal(false, ERR_STORAGE, "locked by another program");
	sqlite3_close(db);
}

/* Runs `body` in a process of its own, because it gives rights or limits away for good. */
static void in_child(void (*body)(void))
{
	int status = -1;
	pid_t pid = fork();
	if (pid == 0) {
		body();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

#define CHILD_ASSERT(c) \
	do { \
		if (!(c)) { \
			fprintf(stderr, "line %d: %s\n", __LINE__, #c); \
			_exit(1); \
		} \
	} while (0)

static void read_only_body(void)
{
	struct store *s = NULL;
	struct err e = { 0 };
	/* For the superuser no folder is read-only. */
	if (geteuid() == 0)
		CHILD_ASSERT(setgid(65534) == 0 && setuid(65534) == 0);
	CHILD_ASSERT(!fixture_open_as(&s, "0001", false, &e));
	CHILD_ASSERT(e.code == ERR_STORAGE && strstr(e.text, "right to write") != NULL);
}

static void test_read_only_folder(void **state)
{
	(void)state;
	char real[700];

	assert_int_equal(chmod(fixture_dir, 0755), 0);
	snprintf(real, sizeof real, "%s/closed", fixture_dir);
	assert_int_equal(mkdir(real, 0555), 0);
	snprintf(fixture_path, sizeof fixture_path, "%s/closed/cases.db", fixture_dir);
	in_child(read_only_body);
}

static void full_disk_body(void)
{
	struct filing f;
	char number[21];
	struct err e = { 0 };
	struct store *s = fixture_open("0001");

	signal(SIGXFSZ, SIG_IGN);
	fixture_filing(&f, 'a', 100000);
	CHILD_ASSERT(fixture_submit(s, &f, f.answers, number, &e));
	struct rlimit limit = { .rlim_cur = 400000, .rlim_max = RLIM_INFINITY };
	CHILD_ASSERT(setrlimit(RLIMIT_FSIZE, &limit) == 0);
	unsigned filed = 1;
	for (unsigned i = 1; i < 20; i++) {
		snprintf(f.token, sizeof f.token, "%032x", i);
		e = (struct err){ 0 };
		if (fixture_submit(s, &f, f.answers, number, &e))
			filed++;
		else
			CHILD_ASSERT(e.code == ERR_STORAGE);
	}
	CHILD_ASSERT(filed < 20);
	/* With room again the same store goes on, and what was told is what is there. */
	limit.rlim_cur = RLIM_INFINITY;
	CHILD_ASSERT(setrlimit(RLIMIT_FSIZE, &limit) == 0);
	CHILD_ASSERT(fixture_submit(s, &f, f.answers, number, &e));
	filed++;
	sqlite3 *db = plain_open();
	sqlite3_stmt *q;
	CHILD_ASSERT(sqlite3_prepare_v2(db,
			     "SELECT count(*), (SELECT count(*) FROM case_part), (SELECT count(*) FROM case_event)"
			     " FROM cases",
			     -1, &q, NULL) == SQLITE_OK);
	CHILD_ASSERT(sqlite3_step(q) == SQLITE_ROW);
	CHILD_ASSERT(sqlite3_column_int(q, 0) == (int)filed);
	CHILD_ASSERT(sqlite3_column_int(q, 1) == (int)filed && sqlite3_column_int(q, 2) == (int)filed);
	sqlite3_finalize(q);
	sqlite3_close(db);
	filing_finish(&f);
	store_close(s);
}

static void test_full_disk(void **state)
{
	(void)state;
	in_child(full_disk_body);
}

/* Several kiosks start in the same moment on a file that is not there yet. */
static void test_made_by_several_at_once(void **state)
{
	(void)state;
	enum { KIOSKS = 4 };
	pid_t pids[KIOSKS];

	for (int i = 0; i < KIOSKS; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			struct store *s = NULL;
			struct filing f;
			struct err e = { 0 };
			char number[21];
			if (!fixture_open_as(&s, "0001", false, &e))
				fprintf(stderr, "%s\n", e.text);
			CHILD_ASSERT(s != NULL);
			fixture_filing(&f, 'a', 5000);
			for (unsigned k = 0; k < 20; k++) {
				snprintf(f.token, sizeof f.token, "%016x%016x", (unsigned)i, k);
				CHILD_ASSERT(
					store_draft_save(s, &f, &e) && fixture_submit(s, &f, f.answers, number, &e));
			}
			filing_finish(&f);
			store_close(s);
			_exit(0);
		}
	}
	for (int i = 0; i < KIOSKS; i++) {
		int status = -1;
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	sqlite3 *db = plain_open();
	sqlite3_stmt *q;
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM cases", -1, &q, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(q), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(q, 0), KIOSKS * 20);
	sqlite3_finalize(q);
	sqlite3_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_new_file, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_odd_path, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_refusals, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_damaged, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_locked, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_read_only_folder, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_full_disk, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_made_by_several_at_once, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
