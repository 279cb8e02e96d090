#include "model/promise.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/i18n.h"
#include "base/str.h"
#include "model/case.h"
#include "model/case_move.h"

void holidays_finish(struct holidays *h)
{
	free(h->rows);
	*h = (struct holidays){ 0 };
}

/* Zeller's congruence, 0: Saturday. */
static int weekday(int day)
{
	int y = day / 10000, m = day / 100 % 100, d = day % 100;
	if (m < 3) {
		m += 12;
		y--;
	}
	return (d + 13 * (m + 1) / 5 + y % 100 + y % 100 / 4 + y / 100 / 4 + 5 * (y / 100)) % 7;
}

static int by_day(const void *key, const void *row)
{
	int day = *(const int *)key, other = ((const struct holiday *)row)->day;
	return (day > other) - (day < other);
}

bool holidays_work(const struct holidays *h, int day)
{
	const struct holiday *row = h && h->n ? bsearch(&day, h->rows, h->n, sizeof *h->rows, by_day) : NULL;
	return row ? row->work : weekday(day) > 1;
}

/* Days looked at: a table that makes every day a day off must not keep the program busy for ever. */
enum { WALK_MAX = 20000 };

static int next_work(const struct promise_rule *r, int day)
{
	for (unsigned i = 0; i < WALK_MAX && !holidays_work(r->holidays, day); i++)
		day = date_add_days(day, 1);
	return day;
}

static int day_of(int64_t at)
{
	struct civil c = clock_civil(at);
	return c.year * 10000 + c.month * 100 + c.day;
}

/* Was the case in SUPPLEMENT at the end of this day? Events are in the order of time. */
static bool paused(const struct case_record *c, int day)
{
	int state = 0;
	for (size_t i = 0; c && i < c->n_events && day_of(c->events[i].at) <= day; i++)
		state = c->events[i].to;
	return state == CASE_SUPPLEMENT;
}

static int walk(const struct promise_rule *r, int from, const struct case_record *c)
{
	int day = from;
	unsigned counted = 0;

	for (unsigned i = 0; counted < r->days && i < WALK_MAX; i++) {
		day = date_add_days(day, 1);
		counted += !paused(c, day) && (!r->working || holidays_work(r->holidays, day));
	}
	return next_work(r, day);
}

struct promise_rule promise_of(const struct config *config, const struct holidays *holidays)
{
	return (struct promise_rule){ config->promise_days, str_eq(config->promise_unit, "working"), holidays };
}

void promise_term(const struct promise_rule *r, char out[static PROMISE_TERM_SIZE])
{
	snprintf(out, PROMISE_TERM_SIZE, r->working ? tr("%u 个工作日") : tr("%u 日"), r->days);
}

int promise_after(const struct promise_rule *r, int from)
{
	return walk(r, from, NULL);
}

int promise_date(const struct promise_rule *r, const struct case_record *c)
{
	if (case_is_ended(c->state) || c->state == CASE_SUPPLEMENT)
		return 0;
	for (size_t i = 0; i < c->n_events; i++)
		if (c->events[i].to == CASE_ACCEPTED)
			return walk(r, day_of(c->events[i].at), c);
	return 0;
}
