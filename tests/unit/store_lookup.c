/* Tries of receipt codes: counted before they are looked at, forgiven, begun anew by a right one; the waits and their bounds. */
#include "store_fixture.h"

#include "store/audit.h"
#include "store/lookup.h"
#include "store/paused.h"

/* One try that turns out wrong; false: it was refused, and *ret_until says until when. */
static bool wrong_try(struct store *s, int64_t *ret_until)
{
	struct err e = { 0 };
	if (!store_lookup_try(s, ret_until, &e)) {
		assert_int_equal(e.code, ERR_NO);
		assert_true(*ret_until > clock_now());
		return false;
	}
	store_lookup_wrong(s, "");
	return true;
}

static bool refused_now(struct store *s, int64_t *ret_until)
{
	struct err e = { 0 };
	*ret_until = 0;
	return !store_lookup_try(s, ret_until, &e) && e.code == ERR_NO;
}

/* The program dies between the count and the look: the tries are spent all the same. */
static void test_counted_before(void **state)
{
	(void)state;
	int64_t until = 0;
	struct err e = { 0 };

	for (int i = 0; i < 5; i++) {
		struct store *s = fixture_open("0001");
		assert_true(store_lookup_try(s, &until, &e));
		assert_int_equal(until, 0);
		store_close(s);
	}
	struct store *s = fixture_open("0001"), *other = fixture_open("0002");
	assert_true(refused_now(s, &until));
	assert_int_equal(until, clock_now() + 30);
	assert_true(refused_now(s, &until)); /* asking does not make it longer */
	assert_int_equal(until, clock_now() + 30);
	/* Neither another station nor the codes of slips at this one wait. */
	assert_true(store_lookup_try(other, &until, &e));
	assert_true(store_paused_try(s, &until, &e));
	store_close(s);
	store_close(other);
}

/* What was no guess counts nothing, neither among the free ones nor after a wait. */
static void test_forgiven(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	int64_t until = 0;
	struct err e = { 0 };

	for (int i = 0; i < 12; i++) {
		assert_true(store_lookup_try(s, &until, &e));
		assert_true(store_lookup_forgive(s, &e));
	}
	assert_true(store_lookup_forgive(s, &e)); /* never below none */
	for (int i = 0; i < 5; i++)
		assert_true(wrong_try(s, &until));
	assert_true(refused_now(s, &until));
	assert_true(clock_fix("2026-03-02T09:30:30"));
	assert_true(store_lookup_try(s, &until, &e));
	assert_true(store_lookup_forgive(s, &e));
	assert_true(wrong_try(s, &until)); /* the sixth, not the seventh */
	assert_true(refused_now(s, &until));
	assert_int_equal(until, clock_now() + 60);
	store_close(s);
}

static void test_right_one_begins_anew(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	int64_t until = 0;
	struct err e = { 0 };

	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 4; i++)
			assert_true(wrong_try(s, &until));
		assert_true(store_lookup_try(s, &until, &e));
		assert_true(store_lookup_opened(s, "01000120260302000019", &e));
	}
	store_close(s);
}

/* Wrong tries from 1 on: how many seconds the next one waits. A clock that is set back locks nobody for longer than that. */
static void test_waits(void **state)
{
	(void)state;
	static const int64_t waits[] = { 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900 };
	struct store *s = fixture_open("0001");
	int64_t until = 0;
	int minute = 0;

	for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
		char text[40];
		snprintf(text, sizeof text, "2026-03-02T%02d:%02d:00", 10 + minute / 60, minute % 60);
		assert_true(clock_fix(text));
		minute += 15; /* the longest wait is over to the second */
		assert_true(wrong_try(s, &until));
		if (waits[i] == 0)
			continue;
		assert_true(refused_now(s, &until));
		assert_int_equal(until, clock_now() + waits[i]);
	}
	assert_true(clock_fix("2020-01-01T00:00:00"));
	assert_true(refused_now(s, &until));
	assert_int_equal(until, clock_now() + 900);
	/* Set far ahead, nobody waits. */
	assert_true(clock_fix("2031-01-01T00:00:00"));
	assert_true(wrong_try(s, &until));
	store_close(s);
}

struct rows {
	unsigned wrong, opened;
	char subject[32], detail[32];
};

static void see(const struct audit_row *r, void *ctx)
{
	struct rows *rows = ctx;
	rows->opened += r->type == AUDIT_OPENED;
	if (r->type != AUDIT_LOOKUP_WRONG)
		return;
	rows->wrong++;
	snprintf(rows->subject, sizeof rows->subject, "%.31s", r->subject);
	snprintf(rows->detail, sizeof rows->detail, "%.31s", r->detail);
}

/* Staff see every wrong one, also when a right one came in between; a refused one was not looked at and is none. */
static void test_log(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct rows rows = { 0 };
	int64_t until = 0;
	struct err e = { 0 };

	assert_true(wrong_try(s, &until));
	assert_true(store_lookup_try(s, &until, &e));
	assert_true(store_lookup_opened(s, "01000120260302000019", &e));
	for (int i = 0; i < 4; i++)
		assert_true(wrong_try(s, &until));
	assert_true(store_lookup_try(s, &until, &e));
	store_lookup_wrong(s, "01000120260302000027");
	assert_false(wrong_try(s, &until));
	assert_true(store_audit_list(s, 0, see, &rows, &e));
	assert_int_equal(rows.wrong, 6);
	assert_int_equal(rows.opened, 1);
	assert_string_equal(rows.subject, "01000120260302000027");
	assert_string_equal(rows.detail, "5");
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_counted_before, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_forgiven, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_right_one_begins_anew, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_waits, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_log, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
