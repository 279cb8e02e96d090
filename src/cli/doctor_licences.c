#include "base/ask.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/doctor_checks.h"
#include "model/licence.h"
#include "store/store.h"

struct count {
	unsigned all, in_force;
};

static void count_one(const struct licence *l, void *ctx)
{
	struct count *count = ctx;
	count->all++;
	count->in_force += licence_judge(l, "", l->holder_id, clock_today()) == LICENCE_VALID;
}

static enum doctor_verdict local(const struct cli *cli, struct doctor_note *note)
{
	struct err e = { 0 };
	struct store *store = NULL;
	struct count count = { 0 };
	bool ok = cli_store(cli, true, &store, &e) && store_licence_list(store, count_one, &count, &e);
	store_close(store);
	if (!ok)
		return doctor_say(note, DOCTOR_FAIL, "local: %s", e.text);
	if (count.all == 0)
		return doctor_say(note, DOCTOR_SKIP,
			"local, but the table is empty: every proof is asked for (`juzhu licence import FILE`)");
	return doctor_say(note, DOCTOR_PASS, "local: %u licences, %u of them in force", count.all, count.in_force);
}

enum doctor_verdict doctor_licences(const struct cli *cli, struct doctor_note *note)
{
	struct err e = { 0 };
	const struct config *c = cli->config;
	switch (c->licences) {
	case LICENCES_LOCAL:
		return local(cli, note);
	case LICENCES_NONE:
		return doctor_say(note, DOCTOR_SKIP,
			"none is configured; every proof is a file or shown at the counter (set `licences: local`)");
	case LICENCES_PROGRAM:
		break;
	}
	if (!ask_ready(c->licence_program, &e))
		return doctor_say(note, DOCTOR_FAIL,
			"%s; install the program (packaging/LICENCES.md), set "
			"`licence_program`, or set `licences: none`",
			e.text);
	return doctor_say(note, DOCTOR_PASS, "program %s can be run, at most %u seconds for each licence",
		c->licence_program, c->licence_timeout);
}
