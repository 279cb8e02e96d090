/* Whatever is changed in a database, store_verify says which case it is and what is wrong. */
#include "store_upkeep.h"

enum { CASES = 3 };
static char numbers[CASES][21]; /* sorted as the database sorts them */

static int by_number(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int setup(void **state)
{
	if (fixture_setup(state) != 0)
		return -1;
	struct store *s = fixture_open("0001");
	upkeep_cases(s, CASES, numbers);
	store_close(s);
	qsort(numbers, CASES, sizeof numbers[0], by_number);
	return 0;
}

static void test_clean(void **state)
{
	(void)state;
	struct upkeep_said said;
	struct verify_counts n = { 0 };
	struct store *s = fixture_open("0001");

	upkeep_event(s, numbers[0], 10, 20);
	assert_true(clock_fix("2026-03-03T09:30:00"));
	upkeep_event(s, numbers[0], 20, 40);
	store_close(s);
	/* Another station's event of the same moment sorts behind. */
	struct store *other = fixture_open("0002");
	upkeep_event(other, numbers[0], 40, 50);
	store_close(other);
	if (!upkeep_verify(&said, &n))
		fail_msg("%s", said.text);
	assert_int_equal(n.cases, CASES);
	assert_int_equal(n.parts, CASES);
	assert_int_equal(n.events, CASES + 3);
	assert_int_equal(n.audit_rows, CASES);
	assert_int_equal(n.problems, 0);
	assert_int_equal(said.lines, 3); /* the stages */
}

/* ?1: the number of the first case. */
static const struct {
	const char *sql;
	const char *problem; /* after the first number when it begins with a blank */
	unsigned problems;
} tampering[] = {
	{ "UPDATE cases SET item = 'residence-permit' WHERE number = ?1", " column item is", 1 },
	{ "UPDATE cases SET item_version = 4 WHERE number = ?1", " column item_version is", 1 },
	{ "UPDATE cases SET submitted_at = submitted_at + 1 WHERE number = ?1", " column submitted_at is", 1 },
	{ "UPDATE cases SET station = '0002' WHERE number = ?1", " column station is", 1 },
	{ "UPDATE cases SET demo = 1 WHERE number = ?1", " column demo is", 1 },
	{ "UPDATE cases SET state = 50 WHERE number = ?1", " column state says 50, its last event 10", 1 },
	{ "UPDATE case_envelope SET bytes = zeroblob(length(bytes)) WHERE number = ?1", " envelope of case", 1 },
	/* The last byte is the high one of an Ed25519 scalar, below 0x10 (RFC 8032 5.1.7), and may well be 0. */
	{ "UPDATE case_envelope SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'FF' AS BLOB) WHERE number = ?1",
		" envelope of case", 1 },
	{ "UPDATE case_envelope SET bytes = (SELECT bytes FROM case_envelope WHERE number <> ?1 LIMIT 1)"
	  " WHERE number = ?1",
		": column number is", 2 /* and the photo is another one */ },
	{ "DELETE FROM case_envelope WHERE number = ?1", " its envelope is missing", 1 },
	{ "DELETE FROM case_part WHERE number = ?1", " file 0 is missing", 1 },
	{ "UPDATE case_part SET part = 1 WHERE number = ?1", " file 0 is missing", 2 },
	{ "UPDATE case_part SET bytes = zeroblob(length(bytes)) WHERE number = ?1", " file 0 is damaged", 1 },
	{ "INSERT INTO case_part VALUES (?1, 1, 1, x'00')", " file 1 is not in its envelope", 1 },
	{ "UPDATE case_event SET reason = 'x' WHERE number = ?1", " event 1 of station 0001 does not fit", 1 },
	{ "UPDATE case_event SET at = at - 1 WHERE number = ?1", " event 1 of station 0001 does not fit", 1 },
	{ "UPDATE case_event SET seq = 2 WHERE number = ?1", " event 1 of station 0001 is missing", 1 },
	{ "UPDATE case_event SET actor = actor || char(0) WHERE number = ?1", " event 1 of station 0001 does not fit",
		1 },
	{ "DELETE FROM case_event WHERE number = ?1", " it has no events", 1 },
	{ "DELETE FROM case_event WHERE number = ?1; DELETE FROM case_part WHERE number = ?1;"
	  "DELETE FROM case_envelope WHERE number = ?1; DELETE FROM person WHERE number = ?1;"
	  "DELETE FROM outbox WHERE number = ?1; DELETE FROM cases WHERE number = ?1",
		" is missing: row", 1 },
	{ "UPDATE audit SET subject = 'x' WHERE subject = ?1", " the audit log does not know that it was stored", 3 },
	{ "INSERT INTO purging VALUES (?1)", " is marked as being deleted", 1 },
	{ "INSERT INTO person VALUES (zeroblob(16), '00000000000000000000')",
		"file: a row of person belongs to a row of cases", 1 },
	{ "DELETE FROM outbox", NULL, 0 },
	{ "DELETE FROM person", NULL, 0 },
};

static void test_tampering(void **state)
{
	(void)state;
	struct upkeep_said said;
	struct verify_counts n;
	char kept[700], sql[800];
	const char *a = numbers[0];

	upkeep_sql(fixture_path,
		"DROP TRIGGER case_event_no_update; DROP TRIGGER case_event_no_delete; DROP TRIGGER audit_no_update");
	snprintf(kept, sizeof kept, "%s.kept", fixture_path);
	for (size_t i = 0; i < sizeof tampering / sizeof tampering[0]; i++) {
		snprintf(sql, sizeof sql, "VACUUM INTO '%s'", kept);
		upkeep_sql(fixture_path, sql);
		upkeep_run(fixture_path, tampering[i].sql, a, 0);
		bool good = upkeep_verify(&said, &n);
		if (good != (tampering[i].problem == NULL) || n.problems != tampering[i].problems ||
			said.problems != tampering[i].problems)
			fail_msg("%s: %u problems\n%s", tampering[i].sql, said.problems, said.text);
		const char *problem = tampering[i].problem;
		if (!good &&
			(strstr(said.text, problem) == NULL || (problem[0] == ' ' && strstr(said.text, a) == NULL)))
			fail_msg("%s\n%s\ndoes not say: %s", tampering[i].sql, said.text, problem);
		assert_int_equal(rename(kept, fixture_path), 0);
	}
	upkeep_expect_clean();
}

static void test_other_center(void **state)
{
	(void)state;
	static const unsigned char seed[32] = { 9 };
	struct station_keys stranger;
	struct upkeep_said said = { 0 };
	struct verify_counts n;
	struct err e = { 0 };
	struct store *s = fixture_open("0001");

	station_keys_throwaway(seed, "0001", 20260302, &stranger);
	assert_false(store_verify(s, stranger.centers, 1, upkeep_say, &said, &n, &e));
	assert_int_equal(e.code, ERR_NO);
	assert_int_equal(n.problems, CASES);
	assert_non_null(strstr(said.text, "not certified by this center"));
	/* Without a center the signatures alone are judged. */
	assert_true(store_verify(s, NULL, 0, upkeep_say, &said, &n, &e));
	store_close(s);
}

static void test_migrated(void **state)
{
	(void)state;
	struct upkeep_said said;
	struct verify_counts n;

	upkeep_sql(fixture_path, "DROP TRIGGER audit_no_delete; DELETE FROM audit");
	assert_false(upkeep_verify(&said, &n));
	assert_int_equal(n.problems, CASES);
	struct store *s = fixture_open("0001");
	assert_true(store_audit(s, AUDIT_MIGRATED, "", "1 to 2, 3 cases, 0 licences", NULL));
	store_close(s);
	upkeep_expect_clean();
	/* Only what was there before it. */
	assert_true(clock_fix("2026-03-02T09:30:01"));
	s = fixture_open("0001");
	char later[1][21];
	upkeep_cases(s, 1, later);
	store_close(s);
	upkeep_expect_clean();
	upkeep_sql(fixture_path, "DELETE FROM audit WHERE seq = 2");
	assert_false(upkeep_verify(&said, &n));
	assert_int_equal(n.problems, 1);
	assert_non_null(strstr(said.text, later[0]));
}

/* Pages overwritten with noise: said as problems, or that the file cannot be read; never a crash, never "clean". */
static void test_garbage(void **state)
{
	(void)state;
	char kept[700], sql[800];
	long size;

	upkeep_sql(fixture_path, "PRAGMA journal_mode = DELETE");
	snprintf(kept, sizeof kept, "%s.kept", fixture_path);
	snprintf(sql, sizeof sql, "VACUUM INTO '%s'", kept);
	upkeep_sql(fixture_path, sql);
	FILE *f = fopen(kept, "re");
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	size = ftell(f);
	char *bytes = malloc((size_t)size);
	rewind(f);
	assert_int_equal(fread(bytes, 1, (size_t)size, f), size);
	fclose(f);
	for (long page = 4096; page < size; page += 4096) {
		struct store *s = NULL;
		struct err e = { 0 };
		struct upkeep_said said = { 0 };
		struct verify_counts n = { 0 };
		f = fopen(fixture_path, "we");
		assert_int_equal(fwrite(bytes, 1, (size_t)size, f), size);
		assert_int_equal(fseek(f, page, SEEK_SET), 0);
		for (int i = 0; i < 4096; i++)
			fputc((int)((page + i) * 7919 % 251), f);
		assert_int_equal(fclose(f), 0);
		if (fixture_open_as(&s, "0001", true, &e))
			assert_false(store_verify(s, NULL, 0, upkeep_say, &said, &n, &e));
		assert_true(e.code == ERR_NO || e.code == ERR_STORAGE);
		store_close(s);
	}
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_clean, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_tampering, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_other_center, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_migrated, setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_garbage, setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
