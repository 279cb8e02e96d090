/* juzhu-kiosk: the walk-in terminal. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/start.h"
#include "app/startup.h"
#include "app/supervise.h"
#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "load/config_load.h"

static const char usage[] =
	"Usage: juzhu-kiosk [--config FILE] [--data DIR] [--screens DIR] [--lang zh|en] [--linear] [--demo]\n"
	"  --config FILE   settings; /etc/juzhu/juzhu.yaml when it exists, else defaults\n"
	"  --data DIR      code tables, address library, catalogues\n"
	"  --screens DIR   items and screens\n"
	"  --lang zh|en    first language of a session\n"
	"  --linear        numbered dialogue on standard input and output instead of the full screen\n"
	"  --demo          demonstration: nobody is verified, sample licences, throw-away database, marked everywhere\n"
	"Exit status: 0 ended; 2 usage; 3 configuration or data files; 4 storage; 5 terminal or device; 70 a bug.\n";

static const char standard_config[] = "/etc/juzhu/juzhu.yaml";

static void replace(char **setting, const char *value)
{
	free(*setting);
	*setting = value ? xstrdup(value) : NULL;
}

struct options {
	const char *config, *data, *screens, *lang;
	bool linear, demo;
	int under; /* descriptor of the supervisor's secret; -1: this is the supervisor */
	const char *demo_dir;
};

static bool read_options(int argc, char **argv, struct options *o, bool *ret_help)
{
	static const struct option known[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "data", required_argument, NULL, 'd' },
		{ "screens", required_argument, NULL, 's' },
		{ "lang", required_argument, NULL, 'l' },
		{ "linear", no_argument, NULL, 'L' },
		{ "demo", no_argument, NULL, 'D' },
		{ "help", no_argument, NULL, 'h' },
		{ "under", required_argument, NULL, 'u' },
		{ "demo-dir", required_argument, NULL, 'T' },
		{ 0 },
	};
	for (int c; (c = getopt_long(argc, argv, "h", known, NULL)) != -1;) {
		switch (c) {
		case 'c':
			o->config = optarg;
			break;
		case 'd':
			o->data = optarg;
			break;
		case 's':
			o->screens = optarg;
			break;
		case 'l':
			o->lang = optarg;
			break;
		case 'L':
			o->linear = true;
			break;
		case 'D':
			o->demo = true;
			break;
		case 'u':
			o->under = (int)strtol(optarg, NULL, 10);
			break;
		case 'T':
			o->demo_dir = optarg;
			break;
		case 'h':
			*ret_help = true;
			return true;
		default:
			return false;
		}
	}
	return optind == argc && (!o->lang || str_eq(o->lang, "zh") || str_eq(o->lang, "en"));
}

/* Defaults, then the file, then the command line. */
static bool configure(struct app *app, const struct options *o, struct err *e)
{
	const char *file = o->config ? o->config : access(standard_config, F_OK) == 0 ? standard_config : NULL;
	config_init(&app->config);
	if (o->demo) {
		app->config.demo = true;
		app->config.verify = VERIFY_OFF;
		replace(&app->config.database, NULL); /* a throw-away one, unless the file names one */
	}
	if (file && !(o->demo && !o->config) && !config_load(&app->config, file, e))
		return false;
	if (o->data)
		replace(&app->config.data, o->data);
	if (o->screens)
		replace(&app->config.screens, o->screens);
	if (o->lang)
		replace(&app->config.language, o->lang);
	if (app->config.verify == VERIFY_OFF && !app->config.demo)
		return err_set(e, ERR_CONFIG,
			"verify: off is for the demonstration only; start with --demo, or set counter or program");
	app->linear = o->linear;
	app->secret_fd = o->under;
	if (o->demo_dir) {
		app->demo_dir = xstrdup(o->demo_dir);
		supervise_demo_paths(app);
	}
	return true;
}

/* The program of one session. */
static int run(struct app *app, struct err *e)
{
	bool good = startup_begin(app, e);
	if (good)
		start_run(app);
	else
		start_out_of_service(app, e);
	bool next = good && app->sessions > 0 && !app->ended;
	startup_end(app);
	return next ? (app->keep_draft ? EXIT_KEEP : EXIT_NEXT) : good ? 0 : (int)e->code;
}

int main(int argc, char **argv)
{
	static struct app app;
	struct options o = { .under = -1 };
	struct err e = { 0 };
	bool help = false, program = false;
	int status = 0;

	if (!read_options(argc, argv, &o, &help)) {
		fputs(usage, stderr);
		return ERR_USAGE;
	}
	if (help) {
		fputs(usage, stdout);
		return 0;
	}
	if (!configure(&app, &o, &e) || (o.under < 0 && !supervise(&app, argv, &program, &status, &e))) {
		status = (int)e.code;
	} else if (o.under >= 0 || program) {
		app.started = program;
		status = run(&app, &e);
	}
	if (e.code != ERR_NONE && e.text[0] != '\0' && status != 0 && status != EXIT_NEXT && status != EXIT_KEEP)
		fprintf(stderr, "juzhu-kiosk: %s\n", e.text);
	free(app.demo_dir);
	config_finish(&app.config);
	return status;
}
