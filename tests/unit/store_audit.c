/* The audit log: what is written, and that whatever is done to it afterwards is found at the first bad row. */
#include "store_upkeep.h"

#include <sodium.h>

static void write_rows(const char *station, unsigned n)
{
	struct err e = { 0 };
	struct store *s = fixture_open(station);
	for (unsigned i = 0; i < n; i++) {
		char detail[32];
		snprintf(detail, sizeof detail, "row %u", i + 1);
		if (!store_audit(s, i % 2 ? AUDIT_SESSION : AUDIT_SESSION_END, "", detail, &e))
			fail_msg("%s", e.text);
	}
	store_close(s);
}

static void test_words(void **state)
{
	(void)state;
#define CHECK(name, id, word, about) \
	assert_string_equal(audit_word(name), word); \
	assert_string_equal(audit_about(name), about);
	AUDIT_TYPES(CHECK)
#undef CHECK
	unsigned n = 0;
	for (int i = -2; i < 1000; i++) {
		n += audit_word(i) != NULL;
		for (int k = -2; audit_word(i) != NULL && k < i; k++)
			assert_true(audit_word(k) == NULL || strcmp(audit_word(k), audit_word(i)) != 0);
	}
#define ONE(name, id, word, about) +1
	assert_int_equal(n, 0 AUDIT_TYPES(ONE)); /* no id twice */
#undef ONE
}

/* The sums are those of another implementation of BLAKE2b (RFC 7693). */
static void test_links(void **state)
{
	(void)state;
	static const unsigned char zero[32] = { 0 };
	unsigned char hash[32];
	char text[65];

	db_audit_hash(zero, "0001", 1, 1772415000, AUDIT_SUBMITTED, "01000120260302123450", "residence-registration",
		hash);
	assert_string_equal(sodium_bin2hex(text, sizeof text, hash, 32),
		"ea2828908ab0cca0cb87617a237d22aa7073821f948472193d61db27da87eac9");
	db_event_sum(zero, "0001", "01000120260302123450", 1, 1772415000, 0, 10, "applicant", "测试", hash);
	assert_string_equal(sodium_bin2hex(text, sizeof text, hash, 16), "f73aa32ef312945552ffcc46091e6014");
}

struct seen {
	unsigned n;
	struct audit_row first, last;
};

static void see(const struct audit_row *r, void *ctx)
{
	struct seen *seen = ctx;
	if (seen->n++ == 0)
		seen->first = *r;
	seen->last = *r;
}

static void test_append(void **state)
{
	(void)state;
	struct err e = { 0 };
	struct seen seen = { 0 };
	struct audit_verdict v = { 0 };
	char text[400] = "";
	struct store *s = fixture_open("0001");

	assert_true(store_audit_verify(s, NULL, 0, &v, &e)); /* nothing is whole, too */
	assert_true(store_audit_sign(s, &e));
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM audit_head"), 0);
	assert_true(store_audit(s, AUDIT_ATTESTED, "staff", NULL, &e));
	for (unsigned i = 0; i < 100; i++)
		memcpy(text + 3 * i, "居", 4);
	assert_true(clock_fix("2026-03-02T10:00:00"));
	assert_true(store_audit(s, AUDIT_START, NULL, text, &e));

	assert_true(store_audit_list(s, -1, see, &seen, &e));
	assert_int_equal(seen.n, 2);
	assert_string_equal(seen.first.station, "0001");
	assert_string_equal(seen.first.subject, "staff");
	assert_string_equal(seen.first.detail, "");
	assert_int_equal(seen.first.type, AUDIT_ATTESTED);
	assert_int_equal(seen.last.seq, 2);
	assert_int_equal(strlen(seen.last.detail), AUDIT_TEXT_MAX);
	assert_memory_equal(seen.last.detail, text, AUDIT_TEXT_MAX);
	seen.n = 0;
	assert_true(store_audit_list(s, clock_now() - 1, see, &seen, &e));
	assert_int_equal(seen.n, 1);

	/* Within a transaction it is part of it. */
	assert_true(db_begin(s, "testing", &e));
	assert_true(store_audit(s, AUDIT_SUBMITTED, "x", "", &e));
	assert_true(store_audit_sign(s, &e));
	db_rollback(s);
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM audit"), 2);
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM audit_head"), 0);

	assert_true(store_audit_sign(s, &e));
	assert_true(store_audit_sign(s, &e)); /* signed already */
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM audit_head"), 1);
	assert_true(store_audit_verify(s, fixture_keys("0001")->centers, 1, &v, &e));
	assert_int_equal(v.rows, 2);
	assert_int_equal(v.heads, 1);
	store_close(s);
	write_rows("0001", 200);
	/* One by hand at 2, then every 64 rows behind the last. */
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM audit_head WHERE seq IN (2, 66, 130, 194)"),
		4);
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM audit_head"), 4);
}

static void test_without_keys(void **state)
{
	(void)state;
	struct store *s = NULL;
	struct err e = { 0 };
	struct audit_verdict v;

	assert_true(store_open(&s,
		&(struct store_options){ .path = fixture_path, .schema_dir = "data/schema", .station = "0001" }, &e));
	for (unsigned i = 0; i < 100; i++)
		assert_true(store_audit(s, AUDIT_SESSION, "", "", &e));
	assert_false(store_audit_sign(s, &e));
	assert_int_equal(e.code, ERR_CONFIG);
	assert_true(store_audit_verify(s, NULL, 0, &v, &e));
	assert_int_equal(v.heads, 0);
	store_close(s);
	write_rows("0001", 1); /* with keys it is made up for at once */
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM audit_head WHERE seq = 101"), 1);
}

static void test_append_only(void **state)
{
	(void)state;
	static const char *const refused[] = { "UPDATE audit SET detail = 'x'", "DELETE FROM audit WHERE seq = 3" };
	write_rows("0001", 5);
	for (size_t i = 0; i < 2; i++) {
		sqlite3 *db;
		assert_int_equal(sqlite3_open(fixture_path, &db), SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, refused[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
		sqlite3_close(db);
	}
}

/* 150 rows of 0001, signed at 64, 128 and 150; 10 of 0002. */
static const struct {
	const char *sql, *station; /* NULL: it does not show */
	int64_t seq;
	const char *why;
} tampering[] = {
	{ "SELECT 1", NULL, 0, "" },
	{ "UPDATE audit SET detail = 'row 7' WHERE station = '0001' AND seq = 70", "0001", 70, "does not fit" },
	{ "UPDATE audit SET detail = detail || char(0) || 'more' WHERE station = '0001' AND seq = 70", "0001", 70,
		"damaged" },
	{ "UPDATE audit SET subject = 'x' WHERE station = '0001' AND seq = 1", "0001", 1, "does not fit" },
	{ "UPDATE audit SET at = at - 1 WHERE station = '0001' AND seq = 150", "0001", 150, "does not fit" },
	{ "UPDATE audit SET type = 15 WHERE station = '0001' AND seq = 64", "0001", 64, "does not fit" },
	{ "UPDATE audit SET hash = zeroblob(32) WHERE station = '0001' AND seq = 5", "0001", 5, "does not fit" },
	{ "UPDATE audit SET station = '0003' WHERE station = '0002'", "0003", 1, "does not fit" },
	/* swapped: whole rows, and only what they say */
	{ "UPDATE audit SET seq = 1000 WHERE station = '0001' AND seq = 30;"
	  "UPDATE audit SET seq = 30 WHERE station = '0001' AND seq = 31;"
	  "UPDATE audit SET seq = 31 WHERE station = '0001' AND seq = 1000",
		"0001", 30, "does not fit" },
	{ "UPDATE audit SET detail = CASE seq WHEN 30 THEN 'row 31' ELSE 'row 30' END"
	  " WHERE station = '0001' AND seq IN (30, 31)",
		"0001", 30, "does not fit" },
	{ "DELETE FROM audit WHERE station = '0001' AND seq = 90", "0001", 90, "missing" },
	{ "DELETE FROM audit WHERE station = '0001' AND seq = 1", "0001", 1, "missing" },
	{ "DELETE FROM audit WHERE station = '0002' AND seq = 4", "0002", 4, "missing" },
	{ "DELETE FROM audit WHERE station = '0001'", "0001", 1, "cut off" },
	{ "DELETE FROM audit WHERE station = '0001' AND seq > 140", "0001", 141, "cut off" },
	{ "DELETE FROM audit WHERE station = '0001' AND seq > 149", "0001", 150, "cut off" },
	{ "DELETE FROM audit WHERE station = '0002' AND seq > 8", NULL, 0, "" }, /* no head beyond it */
	{ "UPDATE audit_head SET hash = zeroblob(32) WHERE seq = 64", "0001", 64, "signature" },
	{ "UPDATE audit_head SET at = at + 1 WHERE seq = 128", "0001", 128, "signature" },
	{ "UPDATE audit_head SET signature = zeroblob(64) WHERE seq = 64", "0001", 64, "signature" },
	{ "UPDATE audit_head SET certificate = zeroblob(108) WHERE seq = 64", "0001", 64, "head" },
	{ "UPDATE audit_head SET seq = 65 WHERE seq = 64", "0001", 65, "signature" },
	{ "UPDATE audit_head SET purged = 1 WHERE seq = 64", "0001", 64, "signature" },
	{ "UPDATE audit_head SET purged = 1 WHERE seq = 64; DELETE FROM audit WHERE station = '0001' AND seq <= 64",
		"0001", 64, "signature" },
	{ "INSERT INTO audit VALUES ('0001', 151, 1772415000, 6, 'x', '', zeroblob(32))", "0001", 151, "does not fit" },
	{ "INSERT INTO audit VALUES ('0004', 1, 1772415000, 6, 'x', '', zeroblob(32))", "0004", 1, "does not fit" },
};

static void expect_verdict(const struct center_public *centers, const char *station, int64_t seq, const char *why)
{
	struct err e = { 0 };
	struct audit_verdict v = { 0 };
	struct store *s = fixture_open("0009");

	bool good = store_audit_verify(s, centers, 1, &v, &e);
	store_close(s);
	if (station == NULL) {
		if (!good)
			fail_msg("%s", e.text);
		return;
	}
	assert_false(good);
	assert_int_equal(e.code, ERR_NO);
	assert_string_equal(v.bad_station, station);
	assert_int_equal(v.bad_seq, seq);
	if (strstr(v.why, why) == NULL || strstr(e.text, v.why) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", e.text, why);
}

static void drop_triggers(void)
{
	upkeep_sql(fixture_path, "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete");
}

static void test_tampering(void **state)
{
	(void)state;
	const struct center_public *centers = fixture_keys("0001")->centers;
	char kept[700];

	write_rows("0001", 150);
	write_rows("0002", 10);
	struct store *s = fixture_open("0001");
	assert_true(store_audit_sign(s, NULL));
	store_close(s);
	drop_triggers();
	snprintf(kept, sizeof kept, "%s.kept", fixture_path);
	for (size_t i = 0; i < sizeof tampering / sizeof tampering[0]; i++) {
		char sql[800];
		snprintf(sql, sizeof sql, "VACUUM INTO '%s'", kept);
		upkeep_sql(fixture_path, sql);
		upkeep_sql(fixture_path, tampering[i].sql);
		expect_verdict(centers, tampering[i].station, tampering[i].seq, tampering[i].why);
		assert_int_equal(rename(kept, fixture_path), 0);
	}
	/* Heads of stations that another center certified. */
	static const unsigned char other[32] = { 9 };
	struct station_keys stranger;
	station_keys_throwaway(other, "0001", 20260302, &stranger);
	expect_verdict(stranger.centers, "0001", 64, "did not certify");
}

/* One who changes a row and makes the chain anew behind it is found out by the next head. */
static void test_chained_anew(void **state)
{
	(void)state;
	sqlite3 *db;
	sqlite3_stmt *get, *set;
	unsigned char before[32] = { 0 }, hash[32];

	write_rows("0001", 150);
	drop_triggers();
	assert_int_equal(sqlite3_open(fixture_path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "UPDATE audit SET detail = 'forged' WHERE seq = 70", NULL, NULL, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT at, type, subject, detail FROM audit WHERE seq = ?1", -1, &get,
				 NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "UPDATE audit SET hash = ?2 WHERE seq = ?1", -1, &set, NULL),
		SQLITE_OK);
	for (int64_t seq = 1; seq <= 150; seq++) {
		sqlite3_bind_int64(get, 1, seq);
		assert_int_equal(sqlite3_step(get), SQLITE_ROW);
		db_audit_hash(before, "0001", seq, sqlite3_column_int64(get, 0), sqlite3_column_int64(get, 1),
			(const char *)sqlite3_column_text(get, 2), (const char *)sqlite3_column_text(get, 3), hash);
		sqlite3_reset(get);
		sqlite3_bind_int64(set, 1, seq);
		sqlite3_bind_blob(set, 2, hash, sizeof hash, SQLITE_STATIC);
		assert_int_equal(sqlite3_step(set), SQLITE_DONE);
		sqlite3_reset(set);
		memcpy(before, hash, sizeof hash);
	}
	sqlite3_finalize(get);
	sqlite3_finalize(set);
	sqlite3_close(db);
	expect_verdict(fixture_keys("0001")->centers, "0001", 128, "since the signed one before");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_links),
		cmocka_unit_test_setup_teardown(test_append, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_without_keys, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_append_only, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_tampering, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_chained_anew, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
