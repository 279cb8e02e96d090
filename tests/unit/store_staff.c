#include "store_fixture.h"

static const char good[] = "480215", wrong[] = "480216";

static void test_add_and_attest(void **state)
{
	(void)state;
	static const struct {
		const char *name, *code;
	} refused[] = {
		{ "", "480215" },
		{ "b", "48021" },
		{ "b", "4802151234567" },
		{ "b", "48o215" },
		{ "b", "111111" },
		{ "b", "123456" },
		{ "b", "987654" },
		{ "b", "" },
		{ "a", "739105" },
		{ "b", "480215" },
		{ "\x1b[2J", "739105" },
	};
	struct store *s = fixture_open("0001");
	char name[64] = "untouched";
	struct err e = { 0 };

	assert_false(store_staff_attest(s, good, name, sizeof name, &e)); /* nobody is there yet */
	assert_int_equal(e.code, ERR_NO);
	assert_string_equal(name, "untouched");
	assert_true(store_staff_add(s, "a", good, &e));
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		assert_false(store_staff_add(s, refused[i].name, refused[i].code, &e));
		assert_int_equal(e.code, ERR_USAGE);
	}
	assert_true(store_staff_add(s, "王五", "739105", &e));
	assert_true(store_staff_attest(s, "739105", name, sizeof name, &e));
	assert_string_equal(name, "王五");
	assert_true(store_staff_attest(s, good, name, sizeof name, &e));
	assert_string_equal(name, "a");
	assert_true(store_staff_disable(s, "a", &e));
	assert_false(store_staff_disable(s, "a", &e));
	assert_int_equal(e.code, ERR_NO);
	assert_false(store_staff_attest(s, good, name, sizeof name, &e));
	assert_int_equal(e.code, ERR_NO);
	store_close(s);
	assert_false(fixture_on_disk(good)); /* only a hash is kept */
}

/* Wrong tries from 1 on: may the next one be looked at, and if not, for how many seconds not? */
static void test_lockout(void **state)
{
	(void)state;
	static const int64_t waits[] = { 0, 0, 0, 0, 30, 60, 120, 240 };
	struct store *s = fixture_open("0001"), *other = fixture_open("0002");
	char name[64] = "";
	int64_t until = 0;
	int minute = 0;
	struct err e = { 0 };

	assert_true(store_staff_add(s, "a", good, &e));
	for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
		assert_false(store_staff_attest(s, wrong, name, sizeof name, &e));
		assert_int_equal(e.code, ERR_NO);
		assert_string_equal(e.text, "wrong code");
		assert_true(store_staff_wait(s, &until, &e));
		assert_int_equal(until, waits[i] == 0 ? 0 : clock_now() + waits[i]);
		if (waits[i] == 0)
			continue;
		/* Locked: not even the right code; and asking does not make the wait longer. */
		assert_false(store_staff_attest(s, good, name, sizeof name, &e));
		assert_int_equal(e.code, ERR_NO);
		assert_non_null(strstr(e.text, "locked until 2026-03-02T"));
		assert_string_equal(name, "");
		store_close(s); /* a restart changes nothing */
		s = fixture_open("0001");
		int64_t again = 0;
		assert_true(store_staff_wait(s, &again, &e));
		assert_int_equal(again, until);
		char text[40];
		minute += 5;
		snprintf(text, sizeof text, "2026-03-02T10:%02d:00", minute);
		assert_true(clock_fix(text));
	}
	/* Another station has its own count. */
	assert_true(store_staff_attest(other, good, name, sizeof name, &e));

	/* A clock that jumps back does not lock for longer than the wait. */
	assert_false(store_staff_attest(s, wrong, name, sizeof name, &e));
	assert_true(clock_fix("2025-01-01T00:00:00"));
	assert_true(store_staff_wait(s, &until, &e));
	assert_int_equal(until, clock_now() + 480);

	/* The right code starts the count again. */
	assert_true(clock_fix("2026-03-03T00:00:00"));
	assert_true(store_staff_attest(s, good, name, sizeof name, &e));
	assert_string_equal(name, "a");
	assert_false(store_staff_attest(s, wrong, name, sizeof name, &e));
	assert_true(store_staff_wait(s, &until, &e));
	assert_int_equal(until, 0);
	store_close(s);
	store_close(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_add_and_attest, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_lockout, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
