#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/doctor_checks.h"
#include "seal/keys.h"

enum { WARN_DAYS = 60 }; /* time to enrol anew before the certificate ends */

enum doctor_verdict doctor_keys(const struct cli *cli, struct doctor_note *note)
{
	struct err e = { 0 };
	struct station_keys keys;
	const struct config *c = cli->config;
	int today = clock_today();

	if (c->demo && !c->keys)
		return doctor_say(note, DOCTOR_SKIP, "demonstration: throw-away keys are made at each start");
	if (!station_keys_load(config_keys(c), c->station, today, &keys, &e))
		return doctor_say(note, DOCTOR_FAIL, "%s", e.text);
	int to = keys.certificate.to;
	unsigned n = keys.n_centers;
	explicit_bzero(&keys, sizeof keys);
	if (to < date_add_days(today, WARN_DAYS))
		return doctor_say(note, DOCTOR_FAIL,
			"the certificate of station %s ends on %d; run `juzhu station enrol %s` at the center",
			c->station, to, c->station);
	return doctor_say(note, DOCTOR_PASS, "station %s, certified until %d, cases are sealed to %u center key%s",
		c->station, to, n, n == 1 ? "" : "s");
}
