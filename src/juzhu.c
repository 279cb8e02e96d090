/* juzhu: administration. Global options, then one verb; each verb is a file in cli/. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "load/config_load.h"

static const char default_config[] = "/etc/juzhu/juzhu.yaml";

static const struct {
	const char *name;
	int (*run)(const struct cli *cli, int argc, char **argv);
	const char *summary;
} verbs[] = {
	{ "address", cmd_address, "the standard address library" },
	{ "audit", cmd_audit, "what happened: the log, and is it whole?" },
	{ "backup", cmd_backup, "copy the database to a file" },
	{ "case", cmd_case, "what was filed" },
	{ "center", cmd_center, "the center's keys" },
	{ "doctor", cmd_doctor, "is everything there that the kiosk needs?" },
	{ "licence", cmd_licence, "electronic licences that replace paper proofs" },
	{ "material", cmd_material, "what a proof says, beside what was typed" },
	{ "photo", cmd_photo, "would a photo be taken?" },
	{ "purge", cmd_purge, "delete what is older than its time" },
	{ "receipt", cmd_receipt, "is a receipt genuine?" },
	{ "restore", cmd_restore, "put a backup in place of the database" },
	{ "screens", cmd_screens, "check and list the screens" },
	{ "staff", cmd_staff, "who may attest at the kiosk" },
	{ "station", cmd_station, "the keys of a kiosk" },
	{ "verify", cmd_verify, "is everything in the database as it was written?" },
};
enum { N_VERBS = sizeof verbs / sizeof verbs[0] };

static void print_help(void)
{
	puts("usage: juzhu [--config FILE] [--data DIR] [--database FILE] [--screens DIR] VERB ...\n"
	     "\n"
	     "Administration of the residence registration kiosk. `juzhu VERB --help` tells more.\n");
	for (size_t i = 0; i < N_VERBS; i++)
		printf("  %-10s %s\n", verbs[i].name, verbs[i].summary);
	printf("\n"
	       "  --config FILE     settings (%s when it is there)\n"
	       "  --data DIR        code tables, address library, schema\n"
	       "  --database FILE   cases\n"
	       "  --screens DIR     items and their screens\n"
	       "\n"
	       "Status: 0 done, 1 the answer is no, 2 usage, 3 configuration or data files, 4 storage,\n"
	       "5 device or outside program, 70 a bug\n",
		default_config);
}

/* The global options stand before the verb. Returns the verb's place in argv, 0 for --help, -1 after a complaint. */
static int parse_options(int argc, char **argv, const char **config, const char **data, const char **database,
	const char **screens)
{
	const struct {
		const char *name;
		const char **value;
	} options[] = {
		{ "--config", config },
		{ "--data", data },
		{ "--database", database },
		{ "--screens", screens },
	};
	int i = 1;

	while (i < argc && argv[i][0] == '-') {
		size_t k = 0, length = strcspn(argv[i], "=");
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return 0;
		while (k < sizeof options / sizeof options[0] &&
			(strlen(options[k].name) != length || strncmp(argv[i], options[k].name, length) != 0))
			k++;
		if (k == sizeof options / sizeof options[0]) {
			cli_usage(NULL, "there is no option %s before the verb", argv[i]);
			return -1;
		}
		const char *value = argv[i][length] == '=' ? argv[i] + length + 1 : argv[++i];
		if (value == NULL || value[0] == '\0') {
			cli_usage(NULL, "%s needs a value", options[k].name);
			return -1;
		}
		*options[k].value = value;
		i++;
	}
	if (i >= argc) {
		cli_usage(NULL, "which verb?");
		return -1;
	}
	return i;
}

static void override(char **setting, const char *value)
{
	if (value == NULL)
		return;
	free(*setting);
	*setting = xstrdup(value);
}

int main(int argc, char **argv)
{
	const char *config_path = NULL, *data = NULL, *database = NULL, *screens = NULL;
	struct config config;
	struct err e = { 0 };
	int status = ERR_CONFIG;
	size_t v = 0;

	int at = parse_options(argc, argv, &config_path, &data, &database, &screens);
	if (at < 0)
		return ERR_USAGE;
	if (at == 0) {
		print_help();
		return 0;
	}
	while (v < N_VERBS && strcmp(verbs[v].name, argv[at]) != 0)
		v++;
	if (v == N_VERBS)
		return cli_usage(NULL, "there is no verb %s", argv[at]);

	config_init(&config);
	if (config_path == NULL && access(default_config, F_OK) == 0)
		config_path = default_config;
	if (config_path != NULL && !config_load(&config, config_path, &e)) {
		status = cli_fail(&e);
		goto out;
	}
	override(&config.data, data);
	override(&config.database, database);
	override(&config.screens, screens);
	if (config.clock != NULL && !clock_fix(config.clock)) {
		fprintf(stderr, "juzhu: clock \"%s\" is not YYYY-MM-DDTHH:MM:SS; correct clock in %s\n", config.clock,
			config_path == NULL ? "the configuration" : config_path);
		goto out;
	}
	char *catalogues = xasprintf("%s/locale", config.data);
	bool ok = i18n_init(catalogues, &e);
	free(catalogues);
	if (!ok) {
		status = cli_fail(&e);
		goto out;
	}
	struct cli cli = { .config = &config, .config_path = config_path };
	status = verbs[v].run(&cli, argc - at, argv + at);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fputs("juzhu: the output cannot be written\n", stderr);
		status = status == 0 ? ERR_DEVICE : status;
	}
out:
	config_finish(&config);
	return status;
}
