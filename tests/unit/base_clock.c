#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <time.h>

#include "base/clock.h"

static void fixes_the_wall_clock(void **state)
{
	(void)state;
	char date[11], moment[26];
	assert_true(clock_fix("2026-01-02T03:04:05"));
	assert_int_equal(clock_now(), 1767294245); /* date -d "2026-01-02 03:04:05 +0800" +%s */
	assert_int_equal(clock_today(), 20260102);
	clock_date_text(clock_now(), date);
	clock_time_text(clock_now(), moment);
	assert_string_equal(date, "2026-01-02");
	assert_string_equal(moment, "2026-01-02T03:04:05+08:00");
	assert_true(clock_fix(NULL));
	int64_t now = (int64_t)time(NULL);
	assert_in_range(clock_now(), now, now + 2);
	int64_t before = clock_monotonic_ms();
	assert_true(clock_monotonic_ms() >= before);
}

static void refuses_times_that_are_none(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"2026-01-02",
		"2026-02-29T00:00:00",
		"2026-13-01T00:00:00",
		"2026-01-02T24:00:00",
		"2026-01-02T00:60:00",
		"2026-01-02T00:00:00Z",
		"2026-01-02 00:00:00",
		"+026-01-02T00:00:00",
		"2026-1-02T00:00:000",
		"0000-01-01T00:00:00",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(clock_fix(bad[i]));
}

static void days_agree_with_the_c_library(void **state)
{
	(void)state;
	for (int64_t at = -2208988800; at < 7258118400; at += 86400 * 3 + 12345) {
		time_t shifted = (time_t)(at + 8 * 3600);
		struct tm tm;
		gmtime_r(&shifted, &tm);
		struct civil c = clock_civil(at);
		assert_int_equal(c.year, tm.tm_year + 1900);
		assert_int_equal(c.month, tm.tm_mon + 1);
		assert_int_equal(c.day, tm.tm_mday);
		assert_int_equal(c.hour, tm.tm_hour);
		assert_int_equal(c.minute, tm.tm_min);
		assert_int_equal(c.second, tm.tm_sec);
	}
}

static void adds_months_and_days(void **state)
{
	(void)state;
	static const struct {
		int from, months, want;
	} months[] = {
		{ 20240831, 6, 20250228 },
		{ 20230831, 6, 20240229 },
		{ 20250115, 6, 20250715 },
		{ 20251231, 2, 20260228 },
		{ 20251231, 1, 20260131 },
		{ 20250131, 12, 20260131 },
		{ 20240229, 12, 20250228 },
		{ 20250331, -1, 20250228 },
		{ 20250115, -1, 20241215 },
		{ 20250115, 0, 20250115 },
	};
	for (size_t i = 0; i < sizeof months / sizeof *months; i++)
		assert_int_equal(date_add_months(months[i].from, months[i].months), months[i].want);
	static const struct {
		int from, days, want;
	} days[] = { { 20251231, 1, 20260101 }, { 20240228, 1, 20240229 }, { 20250228, 1, 20250301 },
		{ 20260301, -1, 20260228 }, { 20260101, 365, 20270101 }, { 20260101, 15, 20260116 } };
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		assert_int_equal(date_add_days(days[i].from, days[i].days), days[i].want);
}

static void knows_real_dates_and_ages(void **state)
{
	(void)state;
	assert_true(date_real(2024, 2, 29));
	assert_true(date_real(2000, 2, 29));
	assert_false(date_real(1900, 2, 29));
	assert_false(date_real(2025, 2, 29));
	assert_false(date_real(2025, 4, 31));
	assert_false(date_real(2025, 0, 1));
	assert_false(date_real(2025, 1, 0));
	assert_int_equal(date_age(20100102, 20260101), 15);
	assert_int_equal(date_age(20100102, 20260102), 16);
	assert_int_equal(date_age(20080229, 20260228), 17);
	assert_int_equal(date_age(20080229, 20260301), 18);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fixes_the_wall_clock),
		cmocka_unit_test(refuses_times_that_are_none),
		cmocka_unit_test(days_agree_with_the_c_library),
		cmocka_unit_test(adds_months_and_days),
		cmocka_unit_test(knows_real_dates_and_ages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
