#include "app/startup.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/app.h"
#include "app/start.h"
#include "app/supervise.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "load/center_load.h"
#include "load/holidays_load.h"
#include "load/item_load.h"
#include "load/retention_load.h"
#include "load/screen_lint.h"
#include "load/table_load.h"
#include "receipt/receipt.h"
#include "seal/keys.h"
#include "store/audit.h"
#include "store/store.h"

/* No core dump, no ptrace: what an applicant typed is in this memory. */
static bool guard_begin(struct app *app, struct err *e)
{
	const struct rlimit none = { 0, 0 };
	(void)app;
	(void)e;
	signal(SIGXFSZ, SIG_IGN); /* a full disk is an error to report, not an end */
	prctl(PR_SET_DUMPABLE, 0);
	setrlimit(RLIMIT_CORE, &none);
	return true;
}

static bool clock_begin(struct app *app, struct err *e)
{
	if (!clock_fix(app->config.clock))
		return err_set(e, ERR_CONFIG, "clock: \"%s\" is no time; write YYYY-MM-DDTHH:MM:SS", app->config.clock);
	clock_speed(app->config.demo ? app->config.clock_speed : 1);
	app->facts = (struct facts){ clock_today(), app->config.rules };
	return true;
}

static bool language_begin(struct app *app, struct err *e)
{
	char *path = xasprintf("%s/locale", app->config.data);
	bool good = i18n_init(path, e);
	free(path);
	if (good)
		i18n_set(str_eq(app->config.language, "en") ? LANG_EN : LANG_ZH);
	return good;
}

/*
 * Without a log file the log goes to standard error, which is the journal under systemd; when it is the very terminal that
 * applicants see, nothing may be written there.
 */
static bool log_begin(struct app *app, struct err *e)
{
	return log_open(!app->config.log && isatty(STDERR_FILENO) ? "/dev/null" : app->config.log, e);
}

static void log_end(struct app *app)
{
	(void)app;
	log_close();
}

/* What an applicant typed is overwritten when it is freed; the program ends with the session anyway. */
static bool memory_begin(struct app *app, struct err *e)
{
	mallopt(M_PERTURB, 0xA5);
	return secret_attach(&app->secret, app->secret_fd, SECRET_DRAFT_KEY + SECRET_SEED, e);
}

static void memory_end(struct app *app)
{
	secret_finish(&app->secret);
}

/* A demonstration without keys of its own makes some that nobody keeps. */
static bool keys_begin(struct app *app, struct err *e)
{
	const char *dir = config_keys(&app->config);
	int today = app->facts.today;
	if (app->config.demo && !app->config.keys) {
		station_keys_throwaway(app->secret.bytes + SECRET_DRAFT_KEY, app->config.station, today, &app->keys);
		return true;
	}
	return station_keys_load(dir, app->config.station, today, &app->keys, e);
}

static void keys_end(struct app *app)
{
	explicit_bzero(&app->keys, sizeof app->keys);
}

static bool tables_begin(struct app *app, struct err *e)
{
	return tables_load(app->config.data, &app->tables, &app->n_tables, e);
}

static void tables_end(struct app *app)
{
	tables_free(app->tables, app->n_tables);
	app->tables = NULL;
}

static bool items_begin(struct app *app, struct err *e)
{
	return items_load(app->config.screens, &app->items, &app->n_items, e);
}

/* A guard that names nothing would hide a step without a word, so the structure is judged before anybody is let in. */
static bool lint_begin(struct app *app, struct err *e)
{
	struct lint_context c = { app->config.screens, app->tables, app->n_tables, true };
	char *found = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&found, &size);
	size_t mistakes = out ? items_lint(app->items, app->n_items, &c, out) : 0;
	if (out)
		fclose(out);
	bool good = out && mistakes == 0;
	if (!good)
		err_set(e, ERR_CONFIG, "%zu mistakes; `juzhu screens lint` lists them. %s", mistakes,
			found ? found : "");
	free(found);
	return good;
}

static void items_end(struct app *app)
{
	items_free(app->items, app->n_items);
	app->items = NULL;
}

static bool retention_begin(struct app *app, struct err *e)
{
	char *path = xasprintf("%s/retention/retention.tsv", app->config.data);
	bool good = retention_load(path, &app->retention, e);
	free(path);
	return good;
}

static bool centers_begin(struct app *app, struct err *e)
{
	char *path = app->config.centers ? xstrdup(app->config.centers)
					 : xasprintf("%s/centers/centers.tsv", app->config.data);
	bool good = centers_load(path, &app->centers, e);
	free(path);
	return good;
}

static void centers_end(struct app *app)
{
	centers_finish(&app->centers);
}

static bool holidays_begin(struct app *app, struct err *e)
{
	char *path = app->config.holidays ? xstrdup(app->config.holidays)
					  : xasprintf("%s/holidays/holidays.tsv", app->config.data);
	bool good = holidays_load(path, &app->holidays, e);
	free(path);
	return good;
}

static void holidays_end(struct app *app)
{
	holidays_finish(&app->holidays);
}

static bool store_begin(struct app *app, struct err *e)
{
	char *schema = xasprintf("%s/schema", app->config.data);
	struct store_options o = { .path = app->config.database,
		.schema_dir = schema,
		.station = app->config.station,
		.keys = &app->keys,
		.draft_key = app->secret.bytes };
	bool good = store_open(&app->store, &o, e);
	struct err not_logged = { 0 };
	free(schema);
	if (good && app->started && !store_audit(app->store, AUDIT_START, "", "", &not_logged))
		log_warn("audit", "failed=%d", not_logged.code);
	return good;
}

static void store_end(struct app *app)
{
	store_close(app->store);
	app->store = NULL;
}

/* The sample people's licences, in a demonstration only. */
static void licence_seen(const struct licence *l, void *ctx)
{
	(void)l;
	*(bool *)ctx = true;
}

static bool samples_begin(struct app *app, struct err *e)
{
	unsigned rows;
	bool there = false;
	if (!app->config.demo)
		return true;
	/* Once is enough, unless they were sealed with other throw-away keys. */
	if (store_licence_list(app->store, licence_seen, &there, e) && there)
		return true;
	char *path = xasprintf("%s/licences/sample.csv", app->config.data);
	bool good = store_licence_import(app->store, path, &rows, e);
	free(path);
	return good;
}

static bool services_begin(struct app *app, struct err *e)
{
	(void)e;
	services_fill(app);
	return true;
}

static bool view_begin(struct app *app, struct err *e)
{
	return app_open_view(app, e);
}

/* What takes longer comes after the first screen is there; keys wait in the terminal, a failure ends with its message. */
static bool first_screen_begin(struct app *app, struct err *e)
{
	(void)e;
	if (!app->linear)
		start_preview(app);
	return true;
}

static void view_end(struct app *app)
{
	view_destroy(app->view);
	app->view = NULL;
}

static const struct {
	const char *name;
	bool (*begin)(struct app *app, struct err *e);
	void (*end)(struct app *app);
} stages[] = {
	{ "guard", guard_begin, NULL },
	{ "clock", clock_begin, NULL },
	{ "language", language_begin, NULL },
	{ "log", log_begin, log_end },
	{ "screens", items_begin, items_end },
	{ "view", view_begin, view_end },
	{ "first screen", first_screen_begin, NULL },
	{ "memory", memory_begin, memory_end }, /* nobody has typed anything before */
	{ "code tables", tables_begin, tables_end },
	{ "lint of the screens", lint_begin, NULL },
	{ "centers", centers_begin, centers_end },
	{ "holidays", holidays_begin, holidays_end },
	{ "retention", retention_begin, NULL },
	{ "keys", keys_begin, keys_end },
	{ "store", store_begin, store_end },
	{ "samples", samples_begin, NULL },
	{ "services", services_begin, services_finish },
};

static size_t begun; /* stages that have to be ended */

bool startup_begin(struct app *app, struct err *e)
{
	for (begun = 0; begun < sizeof stages / sizeof *stages; begun++)
		if (!stages[begun].begin(app, e))
			return err_add(e, "start, %s", stages[begun].name);
	return true;
}

void startup_end(struct app *app)
{
	while (begun > 0)
		if (stages[--begun].end)
			stages[begun].end(app);
}

static bool encode_qr(const char *payload, int *ret_size, unsigned char *modules, size_t max)
{
	struct err e = { 0 };
	struct qr q;
	if (!qr_encode(payload, &q, &e) || (size_t)(q.size * q.size) > max)
		return false;
	memcpy(modules, q.modules, (size_t)(q.size * q.size));
	*ret_size = q.size;
	return true;
}

bool app_open_view(struct app *app, struct err *e)
{
	struct chrome chrome = {
		.center = app->config.center,
		.mark = app->config.demo ? N_("演示：不核验身份，不产生真实办件") : "",
		.hotline = app->config.hotline,
		.encode_qr = encode_qr,
	};
	app->view = app->linear ? view_linear_create(&chrome, e) : view_full_create(&chrome, e);
	return app->view != NULL;
}
