#include "base/clock.h"

#include <stdio.h>
#include <string.h>

enum { CHINA_OFFSET = 8 * 3600, DAY = 86400 };

static bool fixed;
static int64_t fixed_at;

/* Days since 1970-01-01, and back: H. Hinnant, "chrono-compatible low-level date algorithms" (years start in March). */
static int64_t days_of(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(int64_t days, int *ret_year, int *ret_month, int *ret_day)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t of_era = days - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	*ret_day = (int)(of_year - (153 * month + 2) / 5 + 1);
	*ret_month = (int)(month < 10 ? month + 3 : month - 9);
	*ret_year = (int)(year + era * 400 + (*ret_month <= 2));
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month - 1] + (month == 2 && leap);
}

bool date_real(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= month_days(year, month);
}

bool clock_fix(const char *text)
{
	struct civil c;
	int end = 0;

	if (!text) {
		fixed = false;
		return true;
	}
	static const char shape[] = "dddd-dd-ddTdd:dd:dd";
	for (size_t i = 0; i < sizeof shape - 1; i++)
		if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
			return false;
	if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &c.year, &c.month, &c.day, &c.hour, &c.minute, &c.second, &end) !=
		6)
		return false;
	if (text[end] || !date_real(c.year, c.month, c.day) || c.hour > 23 || c.minute > 59 || c.second > 59)
		return false;
	fixed_at = days_of(c.year, c.month, c.day) * DAY + c.hour * 3600 + c.minute * 60 + c.second - CHINA_OFFSET;
	fixed = true;
	return true;
}

int64_t clock_now(void)
{
	return fixed ? fixed_at : (int64_t)time(NULL);
}

static unsigned speed = 1;

void clock_speed(unsigned factor)
{
	speed = factor >= 1 && factor <= 1000 ? factor : 1;
}

int64_t clock_monotonic_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return ((int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000) * speed;
}

int clock_wait_ms(int64_t ms)
{
	enum { LONGEST = 24 * 3600 * 1000 };
	if (ms <= 0)
		return 0;
	return ms > LONGEST ? LONGEST : (int)((ms + speed - 1) / speed);
}

struct civil clock_civil(int64_t at)
{
	int64_t local = at + CHINA_OFFSET;
	int64_t days = (local >= 0 ? local : local - (DAY - 1)) / DAY;
	int second = (int)(local - days * DAY);
	struct civil c = { .hour = second / 3600, .minute = second / 60 % 60, .second = second % 60 };
	date_of(days, &c.year, &c.month, &c.day);
	return c;
}

int clock_today(void)
{
	struct civil c = clock_civil(clock_now());
	return c.year * 10000 + c.month * 100 + c.day;
}

int64_t clock_next(int64_t now, int hour, int minute)
{
	struct civil c = clock_civil(now);
	int64_t ahead = (hour - c.hour) * 3600 + (minute - c.minute) * 60 - c.second;
	return now + (ahead > 0 ? ahead : ahead + DAY);
}

void clock_date_text(int64_t at, char out[static 11])
{
	struct civil c = clock_civil(at);
	snprintf(out, 11, "%04u-%02u-%02u", (unsigned)c.year % 10000, (unsigned)c.month % 100, (unsigned)c.day % 100);
}

void clock_time_text(int64_t at, char out[static 26])
{
	struct civil c = clock_civil(at);
	clock_date_text(at, out);
	snprintf(out + 10, 16, "T%02u:%02u:%02u+08:00", (unsigned)c.hour % 100, (unsigned)c.minute % 100,
		(unsigned)c.second % 100);
}

int date_add_months(int yyyymmdd, int months)
{
	int all = yyyymmdd / 10000 * 12 + yyyymmdd / 100 % 100 - 1 + months;
	int year = all / 12, month = all % 12 + 1, day = yyyymmdd % 100;
	int last = month_days(year, month);
	return year * 10000 + month * 100 + (day < last ? day : last);
}

int date_add_days(int yyyymmdd, int days)
{
	int year, month, day;
	date_of(days_of(yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100) + days, &year, &month, &day);
	return year * 10000 + month * 100 + day;
}

int date_age(int birth, int today)
{
	return (today - birth) / 10000;
}
