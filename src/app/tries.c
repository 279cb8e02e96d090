/*
 * Wrong codes at this station, counted in the audit log, which survives sessions, restarts and power cuts. A query code has
 * 45 random bits and costs a tenth of a second a try; the waits keep somebody from standing here and trying.
 */
#include "app/tries.h"

#include <string.h>

#include "app/app.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/str.h"
#include "store/audit.h"
#include "store/store.h"

enum {
	FREE_TRIES = 4,
	WAIT_FIRST = 30,
	COUNTED = 60 * 60
}; /* tries; seconds; seconds that a wrong one is remembered */

struct tries {
	const char *station;
	int64_t now, last;
	unsigned wrong;
};

/* A clock that was set back must not lock anybody: what lies in the future is left out. */
static void count(const struct audit_row *r, void *ctx)
{
	struct tries *t = ctx;
	if (r->type != AUDIT_LOOKUP_WRONG || !str_eq(r->station, t->station) || r->at > t->now)
		return;
	t->last = r->at > t->last ? r->at : t->last;
	t->wrong++;
}

bool tries_locked(struct app *app, int64_t *ret_until)
{
	struct tries t = { .station = app->config.station, .now = clock_now() };
	struct err e = { 0 };
	int64_t wait = WAIT_FIRST;

	if (!store_audit_list(app->store, t.now - COUNTED, count, &t, &e)) {
		log_warn("tries", "failed=%d", e.code);
		return false; /* the case itself cannot be read either */
	}
	if (t.wrong <= FREE_TRIES)
		return false;
	for (unsigned i = FREE_TRIES + 1; i < t.wrong && wait < COUNTED; i++)
		wait *= 2;
	*ret_until = t.last + (wait < COUNTED ? wait : COUNTED);
	return *ret_until > t.now;
}

void tries_wrong(struct app *app, const char *number)
{
	struct err e = { 0 };
	log_info("tries", "wrong=1");
	if (!store_audit(app->store, AUDIT_LOOKUP_WRONG, number, "", &e))
		log_warn("audit", "failed=%d", e.code);
}

void tries_until_text(int64_t until, char out[static 6])
{
	char at[26];
	clock_time_text(until + 59, at);
	memcpy(out, at + 11, 5);
	out[5] = '\0';
}
