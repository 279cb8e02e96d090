#include "store_revision.h"

#include <sodium.h>
#include <sqlite3.h>

#include "model/case.h"
#include "model/licence.h"

/* The center of fixture_keys: as station_keys_throwaway derives it. */
static void fixture_center(struct center_keys *ret)
{
	static const unsigned char seed[32] = { 1, 2, 3 };
	unsigned char sub[32];
	crypto_kdf_derive_from_key(sub, sizeof sub, 1, "juzhdemo", seed);
	center_from_seed(sub, ret);
}

static const char *const numbers[] = { "01000120260301000006", "01000120260301000011" };

static void run_file(sqlite3 *db, const char *path)
{
	char sql[16384];
	FILE *f = fopen(path, "re");
	assert_non_null(f);
	sql[fread(sql, 1, sizeof sql - 1, f)] = '\0';
	fclose(f);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* A file of version 1, where everything lay in the clear, with two cases; filled as that version filled it. */
static void make_version_1(void)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(fixture_path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL), SQLITE_OK);
	run_file(db, "data/schema/001.sql");
	run_file(db, "tests/fixtures/version-1.sql");
	sqlite3_close(db);
}

static bool canary_on_disk(void)
{
	return fixture_on_disk("CANARY") || fixture_on_disk("32000019880512001X");
}

static void test_sealed(void **state)
{
	(void)state;
	struct center_keys center;
	struct case_record *c = NULL;
	struct envelope v;
	struct licence l;
	unsigned char key[SEAL_KEY_SIZE];
	struct err e = { 0 };

	make_version_1();
	assert_true(canary_on_disk());
	struct store *s = fixture_open("0001");
	fixture_center(&center);
	for (unsigned i = 0; i < 2; i++) {
		assert_true(store_case_load(s, numbers[i], &c, &e));
		assert_int_equal(c->state, CASE_ACCEPTED);
		assert_int_equal(c->n_events, 2);
		assert_string_equal(c->events[1].actor, "Wang");
		assert_true(envelope_parse(&v, c->envelope, c->envelope_size, &e));
		assert_true(envelope_key_center(&v, &center, key, &e));
		assert_true(envelope_open(&v, key, c, &e));
		assert_string_equal(answers_text(c->answers, "applicant.name"), "CANARY-NAME");
		assert_int_equal(c->n_files, 1);
		assert_int_equal(c->files[0].size, 12);
		case_record_destroy(c);
	}
	assert_true(store_licence_find(s, "lease-filing", "32000019880512001X", 20260302, &l, &e));
	assert_string_equal(l.number, "CANARY-LICENCE");
	store_tidy(s);
	assert_false(canary_on_disk());
	store_close(s);
	store_close(fixture_open("0001")); /* once is enough */
}

/* Without keys nothing is lost: the file stays as it was. */
static void test_no_keys(void **state)
{
	(void)state;
	struct store *s = NULL;
	struct err e = { 0 };

	make_version_1();
	assert_false(store_open(&s,
		&(struct store_options){ .path = fixture_path, .schema_dir = "data/schema", .station = "0001" }, &e));
	assert_int_equal(e.code, ERR_CONFIG);
	assert_non_null(strstr(e.text, "set keys"));
	assert_false(fixture_open_as(&s, "0002", false, &e)); /* the keys of another station */
	assert_non_null(strstr(e.text, "filed at station 0001"));
	assert_true(canary_on_disk());
	store_close(fixture_open("0001"));
}

/* A file of version 2 with sealed cases: nothing of it changes, and it takes revisions afterwards. */
static void test_version_2(void **state)
{
	(void)state;
	static const char back_to_2[] =
		"DROP TABLE paused_file; DROP TABLE paused; DROP TABLE code_lock;"
		"ALTER TABLE case_part RENAME TO new_part;"
		"CREATE TABLE case_part (number TEXT NOT NULL REFERENCES cases (number), part INTEGER NOT NULL CHECK (part >= 0),"
		" bytes BLOB NOT NULL, PRIMARY KEY (number, part)) STRICT;"
		"INSERT INTO case_part SELECT number, part, bytes FROM new_part; DROP TABLE new_part;"
		"DROP INDEX case_revision; ALTER TABLE case_envelope DROP COLUMN revision; PRAGMA user_version = 2";
	static const char *const photo[] = { "photo", "file", NULL };
	struct store *s = fixture_open("0001");
	struct filing f;
	struct case_record *c = NULL;
	unsigned char *part = NULL;
	size_t size = 0;
	char number[21];
	struct err e = { 0 };
	sqlite3 *db;

	fixture_filing(&f, 'a', 70000);
	assert_true(fixture_submit(s, &f, f.answers, number, &e));
	store_close(s);
	assert_int_equal(sqlite3_open(fixture_path, &db), SQLITE_OK);
	if (sqlite3_exec(db, back_to_2, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	sqlite3_close(db);

	s = fixture_open("0001");
	assert_true(store_case_load(s, number, &c, &e));
	assert_true(case_open(c, f.key, &e));
	assert_true(answers_equal(c->answers, f.answers));
	assert_int_equal(c->n_files, 1);
	assert_true(store_part_load(s, number, 1, 0, &part, &size, &e));
	assert_true(size > 70000);
	free(part);
	case_record_destroy(c);
	assert_true(move_to(s, number, 10, 30, ACTOR_CENTER, MISSING, &e));
	assert_true(revision_store(s, "0001", &f, number, 2, REVISION_SUPPLEMENT, "new", photo, &e));
	assert_true(store_case_load(s, number, &c, &e));
	assert_true(case_open(c, f.key, &e));
	assert_int_equal(c->files[0].size, 3);
	case_record_destroy(c);
	filing_finish(&f);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sealed, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_no_keys, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_version_2, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
