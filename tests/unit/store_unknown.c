#include "paused_fixture.h"
#include "store_revision.h"

#include <sqlite3.h>

/*
 * A failed COMMIT is unknown, not no. A VFS under the store's own makes the nth sync fail, before or after it did its
 * work, once or from then on; whatever happens, what store_submit says is what a fresh look at the file finds.
 */
static sqlite3_vfs *real_vfs, failing_vfs;
static struct {
	const sqlite3_io_methods *original;
	sqlite3_io_methods copy;
} methods[8];
static struct {
	unsigned at, seen;
	bool sticky, after;
} fault; /* at 0: none */

/* The store's VFS has put its own table over ours, so the file does not lead back to `methods`; all have the same
 * xSync. */
static int fail_sync(sqlite3_file *file, int flags)
{
	fault.seen++;
	bool hit = fault.at != 0 && (fault.seen == fault.at || (fault.sticky && fault.seen > fault.at));
	if (hit && !fault.after)
		return SQLITE_IOERR_FSYNC;
	int code = methods[0].original->xSync(file, flags);
	return hit ? SQLITE_IOERR_FSYNC : code;
}

static int fail_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
	(void)vfs;
	int code = real_vfs->xOpen(real_vfs, name, file, flags, ret_flags);
	for (size_t i = 0; code == SQLITE_OK && i < 8; i++) {
		if (methods[i].original == NULL) {
			methods[i].original = file->pMethods;
			methods[i].copy = *file->pMethods;
			methods[i].copy.xSync = fail_sync;
		}
		if (methods[i].original == file->pMethods) {
			file->pMethods = &methods[i].copy;
			break;
		}
	}
	return code;
}

/* What another program sees in the file. */
static bool filed(const char *token, char *number)
{
	sqlite3 *db;
	sqlite3_stmt *q;
	assert_int_equal(sqlite3_open_v2(fixture_path, &db, SQLITE_OPEN_READONLY, "unix"), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT number FROM cases WHERE token = ?1", -1, &q, NULL), SQLITE_OK);
	sqlite3_bind_text(q, 1, token, -1, SQLITE_STATIC);
	bool found = sqlite3_step(q) == SQLITE_ROW;
	if (found)
		snprintf(number, 21, "%s", (const char *)sqlite3_column_text(q, 0));
	sqlite3_finalize(q);
	sqlite3_close(db);
	return found;
}

static void test_every_sync(void **state)
{
	(void)state;
	struct filing f;
	struct err e;
	unsigned yes = 0, no = 0;

	fixture_filing(&f, 'a', 20000);
	for (unsigned n = 0; n < 4 * 6; n++) {
		char number[21] = "", found[21] = "";
		bool after = n & 1, sticky = n & 2;
		struct store *s = fixture_open("0001");
		snprintf(f.token, sizeof f.token, "%032x", n);
		e = (struct err){ 0 };
		assert_true(store_draft_save(s, &f, &e));
		fault.seen = 0;
		fault.at = 1 + n / 4;
		fault.sticky = sticky;
		fault.after = after;
		bool told = fixture_submit(s, &f, f.answers, number, &e);
		fault.at = 0;
		if (told) {
			yes++;
			assert_true(filed(f.token, found));
			assert_string_equal(number, found);
		} else {
			no++;
			assert_int_equal(e.code, ERR_STORAGE);
			assert_string_equal(number, "");
			bool there = filed(f.token, found);
			/* "was not filed" is only said when it is so; else it is said that nobody knows. */
			if (strstr(e.text, "was not filed") != NULL)
				assert_false(there);
			else
				assert_non_null(strstr(e.text, "not known"));
			/* The disk works again: the same press files it, once, on the same store. */
			assert_true(fixture_submit(s, &f, f.answers, number, &e));
			if (there)
				assert_string_equal(number, found);
			assert_true(filed(f.token, found));
			assert_string_equal(number, found);
		}
		store_close(s);
	}
	assert_true(yes > 0 && no > 0);
	filing_finish(&f);
}

/* Another kiosk holds the file open, so that the failed one is not the last to close and cannot recover alone. */
static void test_beside_another(void **state)
{
	(void)state;
	struct filing f;
	struct err e = { 0 };
	struct store *other = fixture_open("0002");

	fixture_filing(&f, 'a', 20000);
	for (unsigned n = 0; n < 4; n++) {
		char number[21] = "", found[21] = "";
		struct store *s = fixture_open("0001");
		snprintf(f.token, sizeof f.token, "%032x", n);
		fault.seen = 0;
		fault.at = 1;
		fault.sticky = n & 1;
		fault.after = n & 2;
		bool told = fixture_submit(s, &f, f.answers, number, &e);
		fault.at = 0;
		assert_int_equal(told, filed(f.token, found));
		assert_true(fixture_submit(other, &f, f.answers, number, &e));
		assert_true(filed(f.token, found));
		assert_string_equal(number, found);
		store_close(s);
	}
	filing_finish(&f);
	store_close(other);
}

/* How many envelopes behind the first, and the state, as another program sees them. */
static void seen(const char *number, int *ret_revisions, int *ret_state)
{
	sqlite3 *db;
	sqlite3_stmt *q;
	assert_int_equal(sqlite3_open_v2(fixture_path, &db, SQLITE_OPEN_READONLY, "unix"), SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(db,
			"SELECT (SELECT count(*) FROM case_envelope e WHERE e.number = ?1 AND revision > 1), state"
			" FROM cases WHERE number = ?1",
			-1, &q, NULL),
		SQLITE_OK);
	sqlite3_bind_text(q, 1, number, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(q), SQLITE_ROW);
	*ret_revisions = sqlite3_column_int(q, 0);
	*ret_state = sqlite3_column_int(q, 1);
	sqlite3_finalize(q);
	sqlite3_close(db);
}

/* The same for moving a case and adding a revision: what is said is what is there, and trying again ends well. */
static void test_changes(void **state)
{
	(void)state;
	static const char *const photo[] = { "photo", "file", NULL };
	struct filing f;
	unsigned yes = 0, no = 0;

	fixture_filing(&f, 'a', 0);
	for (unsigned n = 0; n < 2 * 4 * 4; n++) {
		bool revising = n & 1, after = n & 2, sticky = n & 4;
		char number[21] = "";
		int revisions, now;
		struct err e = { 0 };
		struct store *s = fixture_open("0001");
		snprintf(f.token, sizeof f.token, "%032x", n);
		assert_true(fixture_submit(s, &f, f.answers, number, &e));
		assert_true(move_to(s, number, 10, 30, ACTOR_CENTER, MISSING, &e));
		store_close(s);
		s = fixture_open("0001");
		fault.seen = 0;
		fault.at = 1 + n / 8;
		fault.sticky = sticky;
		fault.after = after;
		bool told = revising ? revision_store(s, "0001", &f, number, 2, REVISION_SUPPLEMENT, "new", photo, &e)
				     : move_to(s, number, 30, 10, ACTOR_APPLICANT, "shown", &e);
		fault.at = 0;
		seen(number, &revisions, &now);
		assert_true(now == 10 || now == 30);
		assert_int_equal(revisions, revising && now == 10);
		if (told) {
			yes++;
			assert_int_equal(now, 10);
		} else {
			no++;
			assert_int_equal(e.code, ERR_STORAGE);
			if (strstr(e.text, "was not changed") != NULL)
				assert_int_equal(now, 30);
			else
				assert_non_null(strstr(e.text, "not known"));
			bool there = now == 10;
			/* The disk works again: done when it was not, refused when it was. */
			bool again = revising
				? revision_store(s, "0001", &f, number, 2, REVISION_SUPPLEMENT, "new", photo, &e)
				: move_to(s, number, 30, 10, ACTOR_APPLICANT, "shown", &e);
			assert_int_equal(again, !there);
			assert_true(again || e.code == ERR_NO);
			seen(number, &revisions, &now);
			assert_int_equal(now, 10);
			assert_int_equal(revisions, revising);
		}
		store_close(s);
	}
	assert_true(yes > 0 && no > 0);
	filing_finish(&f);
}

/* The same for taking up a paused filing: told "yes" it is this program's draft, told "no" it can still be taken up. */
static void test_taking_up(void **state)
{
	(void)state;
	unsigned yes = 0, no = 0, looked_up = 0;

	for (unsigned n = 0; n < 4 * 4; n++) {
		struct filing f, g;
		struct paused_head h;
		struct err e = { 0 };
		struct store *s = fixture_open("0001");
		paused_filing(&f, 0);
		snprintf(f.token, sizeof f.token, "%032x", n);
		pause_it(s, &f, clock_now() + DAY);
		store_close(s);
		s = fixture_open("0001");
		assert_int_equal(find(s, f.pause, &h), PAUSED_FOUND);
		fault.seen = 0;
		fault.at = 1 + n / 4;
		fault.sticky = n & 1;
		fault.after = n & 2;
		bool told = take(s, &h, &g, &e);
		bool hit = fault.seen >= fault.at;
		fault.at = 0;
		filing_finish(&g);
		if (told) {
			yes++;
			looked_up += hit;
			assert_int_equal(find(s, f.pause, &h), PAUSED_UNKNOWN);
			assert_true(store_draft_save(s, &f, &e));
		} else {
			no++;
			assert_int_equal(e.code, ERR_STORAGE);
			assert_true(find(s, f.pause, &h) == PAUSED_FOUND || strstr(e.text, "not known") != NULL);
		}
		assert_true(store_draft_delete(s, f.token, &e));
		filing_finish(&f);
		store_close(s);
	}
	assert_true(yes > 0 && no > 0 && looked_up > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_every_sync, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_beside_another, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_changes, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_taking_up, fixture_setup, fixture_teardown),
	};
	real_vfs = sqlite3_vfs_find(NULL);
	failing_vfs = *real_vfs;
	failing_vfs.zName = "failing";
	failing_vfs.pNext = NULL;
	failing_vfs.xOpen = fail_open;
	sqlite3_vfs_register(&failing_vfs, 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
