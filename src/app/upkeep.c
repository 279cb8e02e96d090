#include "app/upkeep.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/str.h"
#include "store/move.h"
#include "store/store.h"
#include "store/upkeep.h"

enum { DAY_MS = 24 * 60 * 60 * 1000, MIB = 1024 * 1024 };

bool upkeep_space(struct app *app)
{
	struct err e = { 0 };
	uint64_t space = 0, needed = (uint64_t)app->config.space_mb * MIB;
	bool good = store_space(app->store, &space, &e) &&
		(space >= needed ||
			err_set(&e, ERR_STORAGE,
				"only %" PRIu64 " MiB are free on the disk of %s, %u are needed; free some space",
				space / MIB, app->config.database, app->config.space_mb));
	str_copy(app->trouble, sizeof app->trouble, good ? "" : e.text);
	if (!good)
		log_warn("space", "free_mib=%" PRIu64 " failed=%d", space / MIB, e.code);
	return good;
}

static void purge(struct app *app)
{
	struct err e = { 0 };
	struct purge_counts n = { 0 };
	bool steady = false;

	if (!store_clock_steady(app->store, &steady, &e) || !steady)
		log_info("purge", "put-off=1");
	else if (store_purge(app->store, &app->retention, false, NULL, NULL, &n, &e))
		log_info("purge", "drafts=%" PRIu64 " paused=%" PRIu64 " cases=%" PRIu64 " audit_rows=%" PRIu64,
			n.drafts, n.paused, n.cases, n.audit_rows);
	else
		log_warn("purge", "failed=%d", e.code);
}

/* What was to be supplemented and was not, in time. As with purging, a clock that jumped must not end anything. */
static void expire(struct app *app)
{
	struct err e = { 0 };
	unsigned n = 0;
	bool steady = false;

	if (!store_clock_steady(app->store, &steady, &e) || !steady)
		return;
	if (!store_case_expire(app->store, false, NULL, NULL, &n, &e))
		log_warn("expire", "failed=%d", e.code);
	else if (n > 0)
		log_info("expire", "cases=%u", n);
}

void upkeep_run(struct app *app)
{
	struct err e = { 0 };

	app->upkeep_at = clock_monotonic_ms();
	expire(app);
	purge(app);
	if (app->config.ballast_mb && !app->demo_dir &&
		!store_ballast_fill(app->store, (uint64_t)app->config.ballast_mb * MIB, &e))
		log_warn("ballast", "failed=%d", e.code);
	upkeep_space(app);
}

int upkeep_wait_ms(const struct app *app)
{
	int64_t left = app->upkeep_at + DAY_MS - clock_monotonic_ms();
	return left < 0 ? 0 : (int)left;
}
