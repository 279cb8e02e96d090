#include <stdio.h>
#include <stdlib.h>

#include "base/config.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "seal/keys.h"
#include "store/store.h"
#include "store/upkeep.h"

static const char backup_help[] =
	"usage: juzhu backup FILE\n"
	"\n"
	"Copies the database to FILE, which must not be there yet; a kiosk may go on meanwhile. The copy is verified before it gets\n"
	"its name. What is sealed stays sealed in it.\n"
	"\n"
	"Status: 0 done, 1 the copy is not good, 2 usage or FILE is there, 3 configuration, 4 storage\n";

static const char restore_help[] =
	"usage: juzhu restore FILE [--replace]\n"
	"\n"
	"Puts a backup in place of the database. No program may have the database open. The backup is verified first.\n"
	"--replace   a database that is there is kept as DATABASE.before-restore; without this it is an error\n"
	"\n"
	"Status: 0 done, 1 the backup is not good, 2 usage or a database is there, 3 configuration, 4 storage\n";

int cmd_backup(const struct cli *cli, int argc, char **argv)
{
	struct center_public centers[CENTERS_MAX];
	struct store *s = NULL;
	struct err e = { 0 };
	unsigned n = 0;

	if (cli_help(argc, argv, backup_help))
		return 0;
	if (argc != 2 || argv[1][0] == '\0' || argv[1][0] == '-')
		return cli_usage("backup", "backup needs the name of a new file");
	bool ok = cli_centers(cli, centers, &n, &e) && cli_store(cli, false, &s, &e) &&
		store_backup(s, argv[1], centers, n, &e);
	store_close(s);
	if (!ok)
		return cli_fail(&e);
	printf("%s holds a verified copy of %s\n", argv[1], cli->config->database);
	return 0;
}

int cmd_restore(const struct cli *cli, int argc, char **argv)
{
	struct center_public centers[CENTERS_MAX];
	struct err e = { 0 };
	unsigned n = 0;

	if (cli_help(argc, argv, restore_help))
		return 0;
	bool replace = cli_flag(&argc, argv, "--replace");
	if (argc != 2 || argv[1][0] == '\0' || argv[1][0] == '-')
		return cli_usage("restore", "restore needs the name of a backup");
	char *schema = xasprintf("%s/schema", cli->config->data);
	bool ok = cli_centers(cli, centers, &n, &e) &&
		store_restore(argv[1], cli->config->database, schema, cli->config->station, replace, centers, n, &e);
	free(schema);
	if (!ok)
		return cli_fail(&e);
	printf("%s is in place as %s\n", argv[1], cli->config->database);
	return 0;
}
