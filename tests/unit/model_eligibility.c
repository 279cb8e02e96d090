/* From which day on the permit can be applied for: months as the Civil Code counts them, on both sides of every edge. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/clock.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/eligibility.h"
#include "model/fact.h"

static struct eligibility judge(int registered, int today, const char *rules, const char *insurance)
{
	struct eligibility e;
	struct facts facts = { .today = today, .rules = rules };
	struct answers *a = answers_create();
	char day[16];
	snprintf(day, sizeof day, "%d", registered);
	answers_set(a, "registration", "opened");
	answers_set(a, "registration.on", day);
	answers_set(a, "social_insurance", insurance);
	eligibility_judge(a, &facts, &e);
	answers_destroy(a);
	return e;
}

static void months_are_clamped(void **state)
{
	(void)state;
	static const struct {
		int registered, from, until;
	} rows[] = {
		{ 20240831, 20250228, 20250831 }, /* no 31 February: Civil Code art. 202 */
		{ 20230831, 20240229, 20240831 },
		{ 20250228, 20250828, 20260228 },
		{ 20240229, 20240829, 20250228 },
		{ 20260302, 20260902, 20270302 },
		{ 20251231, 20260630, 20261231 },
		{ 20250731, 20260131, 20260731 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct eligibility e = judge(rows[i].registered, rows[i].registered, "2017", NULL);
		assert_int_equal(e.from, rows[i].from);
		assert_int_equal(e.until, rows[i].until);
		assert_false(e.may);
		e = judge(rows[i].registered, date_add_days(rows[i].from, -1), "2017", NULL);
		assert_false(e.half_year);
		assert_false(e.may);
		e = judge(rows[i].registered, rows[i].from, "2017", NULL);
		assert_true(e.half_year);
		assert_true(e.may);
		e = judge(rows[i].registered, rows[i].until, "2017", NULL);
		assert_true(e.may);
		e = judge(rows[i].registered, date_add_days(rows[i].until, 1), "2017", NULL);
		assert_false(e.in_force);
		assert_false(e.may);
	}
}

static void insurance_counts_in_its_profile_only(void **state)
{
	(void)state;
	assert_true(judge(20260302, 20260501, "2025", "yes").may);
	assert_false(judge(20260302, 20260501, "2025", "no").may);
	assert_false(judge(20260302, 20260501, "2025", NULL).may);
	assert_false(judge(20260302, 20260501, "2017", "yes").may);
	assert_false(judge(20240302, 20260501, "2025", "yes").may); /* the registration is over */
}

static void nonsense_is_no_registration(void **state)
{
	(void)state;
	assert_int_equal(judge(20260230, 20260501, "2017", NULL).registered, 0);
	assert_false(judge(0, 20260501, "2017", NULL).may);
	assert_false(judge(20270101, 20260501, "2017", NULL).may); /* the future */
}

static void registration_counts_from_its_approval(void **state)
{
	(void)state;
	/* 2026-03-02 23:59:59 and 2026-03-03 00:00:00 in UTC+8 */
	struct case_event events[] = {
		{ .at = 1772380000, .from = 0, .to = CASE_SUBMITTED },
		{ .at = 1772467199, .from = CASE_REVIEW, .to = CASE_APPROVED },
		{ .at = 1772467200, .from = CASE_APPROVED, .to = CASE_DONE },
	};
	struct case_record c = { .state = CASE_DONE, .events = events, .n_events = 3 };
	assert_int_equal(registration_day(&c), 20260302);
	events[1].at++;
	assert_int_equal(registration_day(&c), 20260303);
	c.state = CASE_APPROVED;
	assert_int_equal(registration_day(&c), 20260303);
	static const enum case_state others[] = { CASE_SUBMITTED, CASE_ACCEPTED, CASE_REFUSED, CASE_SUPPLEMENT,
		CASE_REVIEW, CASE_DENIED, CASE_WITHDRAWN };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		c.state = others[i];
		assert_int_equal(registration_day(&c), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(months_are_clamped),
		cmocka_unit_test(insurance_counts_in_its_profile_only),
		cmocka_unit_test(nonsense_is_no_registration),
		cmocka_unit_test(registration_counts_from_its_approval),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
