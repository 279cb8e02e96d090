#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/*
 * The only source of time. A fixed wall clock is an ordinary setting (configuration `clock:`), so that
 * tests and training need no special build. Civil time is China Standard Time (UTC+8, no summer time).
 */
struct civil {
	int year, month, day, hour, minute, second;
};

/* "YYYY-MM-DDTHH:MM:SS" in UTC+8 fixes the wall clock at that moment, where it stands still. NULL: the system's. */
bool clock_fix(const char *text);
int64_t clock_now(void);           /* seconds since 1970-01-01 UTC */
int64_t clock_monotonic_ms(void);  /* never jumps, never fixed; `factor` times as fast as the real one */
void clock_speed(unsigned factor); /* 1-1000, configuration `clock_speed:`; for tests and training */
int clock_wait_ms(int64_t ms); /* how long to wait for real until clock_monotonic_ms has gone on by ms; at least 0 */
struct civil clock_civil(int64_t at);
int clock_today(void); /* YYYYMMDD, UTC+8 */
/* Writes "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM:SS+08:00". */
void clock_date_text(int64_t at, char out[static 11]);
void clock_time_text(int64_t at, char out[static 26]);

/* The first moment after `now` at which clocks show hour and minute, UTC+8. */
int64_t clock_next(int64_t now, int hour, int minute);

bool date_real(int year, int month, int day); /* proleptic Gregorian calendar */
/* YYYYMMDD plus months, clamped to the month's last day (Civil Code art. 202). */
int date_add_months(int yyyymmdd, int months);
int date_add_days(int yyyymmdd, int days);
int date_age(int birth, int today); /* full years, both YYYYMMDD */

#endif
