/* What lies on the disk of a paused filing: nothing that can be read, nothing half, nothing in a backup. */
#include "paused_fixture.h"

#include <sqlite3.h>

#include "store/upkeep.h"

/* As somebody else who has the file. */
static void run(const char *sql)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(fixture_path, &db), SQLITE_OK);
	sqlite3_exec(db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static bool holds(const char *path, const unsigned char *bytes, size_t n)
{
	FILE *f = fopen(path, "re");
	assert_non_null(f);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	size_t size = (size_t)ftell(f);
	rewind(f);
	unsigned char *all = malloc(size + 1);
	size = fread(all, 1, size, f);
	fclose(f);
	bool found = memmem(all, size, bytes, n) != NULL;
	free(all);
	return found;
}

static void test_nothing_on_the_disk(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	struct err e = { 0 };
	unsigned char before[16];

	paused_filing(&f, 0);
	assert_true(filing_attach(&f, "photo", "image/jpeg", "CANARY-BYTES", 12));
	memcpy(before, f.key, sizeof before);
	pause_it(s, &f, clock_now() + DAY);
	assert_false(fixture_on_disk("CANARY"));
	assert_false(fixture_on_disk("001X"));
	assert_false(fixture_on_disk(f.pause));
	assert_false(fixture_on_disk(f.query));
	assert_false(fixture_on_disk(f.token));
	assert_false(fixture_on_disk("image/jpeg"));
	assert_false(fixture_on_disk("aaaaaaaaaaaaaaaa")); /* its key */
	/* Withdrawn, it is gone. */
	struct paused_head h;
	assert_true(store_paused_drop(s, f.pause, &e));
	assert_int_equal(find(s, f.pause, &h), PAUSED_UNKNOWN);
	assert_true(store_paused_drop(s, f.pause, &e));
	filing_finish(&f);
	store_close(s);
}

/* Every bit of what lies there: damage is said, nothing half is taken up. */
static void test_damage(void **state)
{
	(void)state;
	static const char *const damages[] = {
		"UPDATE paused SET sealed = zeroblob(length(sealed))",
		"UPDATE paused SET sealed = substr(sealed, 1, length(sealed) - 1)",
		"UPDATE paused_file SET sealed = zeroblob(length(sealed))",
		"DELETE FROM paused_file",
		"UPDATE paused_file SET sealed = (SELECT sealed FROM paused)",
		"UPDATE paused SET sealed = x''",
	};
	struct store *s = fixture_open("0001");
	struct filing f, g;
	struct paused_head whole, h;
	struct err e = { 0 };

	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
		paused_filing(&f, 100);
		pause_it(s, &f, clock_now() + DAY);
		assert_int_equal(find(s, f.pause, &whole), PAUSED_FOUND);
		run(damages[i]);
		bool found = store_paused_find(s, f.pause, &h, &e);
		if (!found)
			assert_int_equal(e.code, ERR_STORAGE);
		assert_false(take(s, &whole, &g, &e));
		assert_int_equal(e.code, ERR_STORAGE);
		assert_true(store_paused_try(s, &h.until, &e) || e.code == ERR_NO);
		filing_finish(&g);
		filing_finish(&f);
		run("DELETE FROM paused; DELETE FROM code_lock");
	}
	store_close(s);
}

static void test_not_in_backups(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	struct paused_head h;
	struct err e = { 0 };
	char copy[700];

	paused_filing(&f, 3000);
	pause_it(s, &f, clock_now() + DAY);
	snprintf(copy, sizeof copy, "%s/copy.db", fixture_dir);
	if (!store_backup(s, copy, NULL, 0, &e))
		fail_msg("%s", e.text);
	/* Also not in pages that are free: the row's bytes are nowhere in the file. */
	unsigned char id[PAUSE_ID_SIZE];
	assert_int_equal(find(s, f.pause, &h), PAUSED_FOUND);
	memcpy(id, h.keys.id, sizeof id);
	store_tidy(s); /* out of the log */
	assert_true(holds(fixture_path, id, sizeof id));
	assert_false(holds(copy, id, sizeof id));
	assert_int_equal(find(s, f.pause, &h), PAUSED_FOUND); /* here it stays */
	filing_finish(&f);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_nothing_on_the_disk, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_damage, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_not_in_backups, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
