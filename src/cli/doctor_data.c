#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "address/address.h"
#include "base/config.h"
#include "base/err.h"
#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/doctor_checks.h"
#include "load/item_load.h"
#include "load/screen_lint.h"
#include "load/table_load.h"
#include "model/item.h"
#include "model/table.h"
#include "store/store.h"

enum doctor_verdict doctor_database(const struct cli *cli, struct doctor_note *note)
{
	struct err e = { 0 };
	struct store *store = NULL;
	uint64_t space = 0;
	const char *path = cli->config->database;
	if (access(path, F_OK) != 0)
		return doctor_say(note, DOCTOR_FAIL,
			"%s is not there; start juzhu-kiosk once as its user, or set `database`", path);
	if (access(path, W_OK) != 0)
		return doctor_say(note, DOCTOR_FAIL, "%s cannot be written by this user; run this as the kiosk's user",
			path);
	if (!cli_store(cli, true, &store, &e))
		return doctor_say(note, DOCTOR_FAIL, "%s", e.text);
	bool known = store_space(store, &space, &e);
	store_close(store);
	if (!known)
		return doctor_say(note, DOCTOR_FAIL, "%s", e.text);
	if (space >> 20 < cli->config->space_mb)
		return doctor_say(note, DOCTOR_FAIL, "%s: %" PRIu64 " MiB free, %u are needed; make room on its disk",
			path, space >> 20, cli->config->space_mb);
	return doctor_say(note, DOCTOR_PASS, "%s opens, %" PRIu64 " MiB free", path, space >> 20);
}

enum doctor_verdict doctor_tables(const struct cli *cli, struct doctor_note *note)
{
	struct err e = { 0 };
	struct code_table *tables = NULL;
	size_t n = 0, rows = 0;
	char schema[PATH_MAX];
	snprintf(schema, sizeof schema, "%s/schema/001.sql", cli->config->data);
	if (access(schema, R_OK) != 0)
		return doctor_say(note, DOCTOR_FAIL, "%s cannot be read; install the data files again or set `data`",
			schema);
	if (!tables_load(cli->config->data, &tables, &n, &e))
		return doctor_say(note, DOCTOR_FAIL, "%s", e.text);
	for (size_t i = 0; i < n; i++)
		rows += tables[i].n_rows;
	tables_free(tables, n);
	if (n == 0)
		return doctor_say(note, DOCTOR_FAIL,
			"%s has no code tables; install the data files again or set `data`", cli->config->data);
	return doctor_say(note, DOCTOR_PASS, "%zu tables with %zu rows, and the database's schema", n, rows);
}

enum doctor_verdict doctor_library(const struct cli *cli, struct doctor_note *note)
{
	struct err e = { 0 };
	struct address_library *library = NULL;
	struct address_stats s;
	char path[PATH_MAX];
	if ((size_t)snprintf(path, sizeof path, "%s/addresses/library.db", cli->config->data) >= sizeof path)
		return doctor_say(note, DOCTOR_FAIL, "the path in `data` is too long");
	bool ok = address_open(&library, path, &e) && address_stats(library, &s, &e);
	address_close(library);
	if (!ok)
		return doctor_say(note, DOCTOR_FAIL, "%s; make one with `juzhu address generate --out %s`", e.text,
			path);
	return doctor_say(note, DOCTOR_PASS, "%ld streets, %ld doors, %ld rooms; %s", s.streets, s.doors, s.rooms,
		s.label);
}

/* The lint's own words are for `juzhu screens lint`; here only their number counts. */
static size_t mistakes_in(struct item *const *items, size_t n, const struct config *c)
{
	struct code_table *tables = NULL;
	size_t n_tables = 0;
	FILE *nowhere = fopen("/dev/null", "we");
	if (!nowhere)
		return 1;
	tables_load(c->data, &tables, &n_tables, NULL); /* missing ones are doctor_tables' business */
	const struct lint_context context = { .screens_dir = c->screens, .tables = tables, .n_tables = n_tables };
	size_t mistakes = items_lint(items, n, &context, nowhere);
	tables_free(tables, n_tables);
	fclose(nowhere);
	return mistakes;
}

enum doctor_verdict doctor_screens(const struct cli *cli, struct doctor_note *note)
{
	struct err e = { 0 };
	struct item **items = NULL;
	size_t n = 0;
	unsigned steps = 0;
	if (!items_load(cli->config->screens, &items, &n, &e))
		return doctor_say(note, DOCTOR_FAIL, "%s", e.text);
	for (size_t i = 0; i < n; i++)
		steps += items[i]->n_steps;
	size_t mistakes = mistakes_in(items, n, cli->config);
	items_free(items, n);
	if (n == 0)
		return doctor_say(note, DOCTOR_FAIL, "%s holds no item; install the screens again or set `screens`",
			cli->config->screens);
	if (mistakes)
		return doctor_say(note, DOCTOR_FAIL, "%zu mistake%s; `juzhu screens lint` names them", mistakes,
			mistakes == 1 ? "" : "s");
	return doctor_say(note, DOCTOR_PASS, "%zu item%s with %u steps, no mistake found", n, n == 1 ? "" : "s", steps);
}

enum doctor_verdict doctor_english(const struct cli *cli, struct doctor_note *note)
{
	(void)cli;
	static const char KNOWN[] = N_("申报提交确认单"); /* the receipt's title */
	enum lang before = i18n_get();
	i18n_set(LANG_EN);
	bool there = strcmp(tr(KNOWN), KNOWN) != 0;
	i18n_set(before);
	if (!there)
		return doctor_say(note, DOCTOR_FAIL,
			"the English catalogue is missing; `make` builds it from data/po/en.po");
	return doctor_say(note, DOCTOR_PASS, "the catalogue is there");
}
