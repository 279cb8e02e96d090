#include "store_revision.h"

/*
 * A case that left its state and came back while somebody looked at it: what was meant as the answer to one list of
 * shortfalls must not count as the answer to another. And the last day of a list.
 */

static const char *const photo[] = { "photo", "file", NULL };

static bool supplement(struct store *s, const struct filing *f, const char *number, uint64_t revision, size_t events,
	struct err *e)
{
	struct sealed_case c = { 0 };
	revision_seal(&c, "0001", f, number, revision, "new photo", photo);
	bool good = store_case_revise(s, &c, REVISION_SUPPLEMENT, events, e);
	sealed_case_finish(&c);
	return good;
}

/* state: what is there after it was refused */
static void unchanged(struct store *s, const char *number, enum case_state state, size_t events)
{
	struct case_record *c = NULL;
	struct err e = { 0 };
	must(store_case_load(s, number, &c, &e), &e);
	assert_int_equal(c->state, state);
	assert_int_equal(c->n_events, events);
	assert_int_equal(revision_newest(c), 1);
	case_record_destroy(c);
}

static void test_another_list(void **state)
{
	(void)state;
	struct store *kiosk = fixture_open("0001"), *counter = fixture_open("0002");
	struct filing f;
	char number[21];
	struct err e = { 0 };

	fixture_filing(&f, 'a', 100);
	must(fixture_submit(kiosk, &f, f.answers, number, &e), &e);
	must(move_to(counter, number, 10, 30, ACTOR_CENTER, MISSING, &e), &e);
	/* The kiosk shows the list: two events. The original is shown at the counter, then something else is found. */
	must(move_to(counter, number, 30, 10, ACTOR_APPLICANT, "shown", &e), &e);
	must(move_to(counter, number, 10, 30, ACTOR_CENTER, "until 20260320\ntext\tanother thing", &e), &e);
	assert_false(supplement(kiosk, &f, number, 2, 2, &e));
	assert_int_equal(e.code, ERR_NO);
	assert_non_null(strstr(e.text, "somebody else was quicker"));
	unchanged(kiosk, number, CASE_SUPPLEMENT, 4);

	struct case_move withdraw = { .from = 30, .to = 99, .actor = ACTOR_APPLICANT, .events = 2 };
	assert_false(store_case_move(kiosk, number, &withdraw, &e));
	assert_int_equal(e.code, ERR_NO);
	unchanged(kiosk, number, CASE_SUPPLEMENT, 4);

	must(supplement(kiosk, &f, number, 2, 4, &e), &e); /* looked at again */
	filing_finish(&f);
	store_close(counter);
	store_close(kiosk);
}

static void test_last_day(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	char number[21];
	struct err e = { 0 };

	fixture_filing(&f, 'a', 100);
	must(fixture_submit(s, &f, f.answers, number, &e), &e);
	must(move_to(s, number, 10, 30, ACTOR_CENTER, MISSING, &e), &e);
	assert_true(clock_fix("2026-03-13T00:00:00"));
	assert_false(supplement(s, &f, number, 2, 2, &e));
	assert_int_equal(e.code, ERR_NO);
	assert_non_null(strstr(e.text, "20260312"));
	unchanged(s, number, CASE_SUPPLEMENT, 2);
	assert_true(clock_fix("2026-03-12T23:59:59")); /* the whole day is in time */
	must(supplement(s, &f, number, 2, 2, &e), &e);
	filing_finish(&f);
	store_close(s);
}

/* The kiosk and the daily round at once: whoever comes second leaves the new list alone. */
static void test_another_list_and_expiring(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	char number[21];
	unsigned n = 0;
	struct err e = { 0 };

	fixture_filing(&f, 'a', 100);
	must(fixture_submit(s, &f, f.answers, number, &e), &e);
	must(move_to(s, number, 10, 30, ACTOR_CENTER, MISSING, &e), &e);
	must(move_to(s, number, 30, 10, ACTOR_APPLICANT, "shown", &e), &e);
	must(move_to(s, number, 10, 30, ACTOR_CENTER, "until 20260320\ntext\tanother thing", &e), &e);
	assert_true(clock_fix("2026-03-13T10:00:00"));
	struct case_move stale = { .from = 30, .to = 31, .actor = ACTOR_SYSTEM, .events = 2 };
	assert_false(store_case_move(s, number, &stale, &e));
	must(store_case_expire(s, false, NULL, NULL, &n, &e), &e);
	assert_int_equal(n, 0);
	unchanged(s, number, CASE_SUPPLEMENT, 4);
	filing_finish(&f);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_another_list, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_last_day, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_another_list_and_expiring, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
