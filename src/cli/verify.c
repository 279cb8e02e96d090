#include <inttypes.h>
#include <stdio.h>

#include "base/config.h"
#include "base/err.h"
#include "cli/cli.h"
#include "seal/keys.h"
#include "store/store.h"
#include "store/upkeep.h"

static const char help[] =
	"usage: juzhu verify\n"
	"\n"
	"Is everything in the database as it was written? Checks the file, every case's envelope, signature, files and history,\n"
	"the audit log, and that no case that was stored is missing. Opens nothing that is sealed, changes nothing; a kiosk may go\n"
	"on meanwhile.\n"
	"\n"
	"Status: 0 yes, 1 there are problems (each is printed), 2 usage, 3 configuration, 4 storage\n";

static void say(void *ctx, const char *line)
{
	(void)ctx;
	puts(line);
	fflush(stdout); /* it may take minutes */
}

int cmd_verify(const struct cli *cli, int argc, char **argv)
{
	struct center_public centers[CENTERS_MAX];
	struct verify_counts n = { 0 };
	struct store *s = NULL;
	struct err e = { 0 };
	unsigned n_centers = 0;

	if (cli_help(argc, argv, help))
		return 0;
	if (argc != 1)
		return cli_usage("verify", "verify takes no arguments");
	if (!cli_centers(cli, centers, &n_centers, &e) || !cli_store(cli, true, &s, &e))
		return cli_fail(&e);
	bool good = store_verify(s, centers, n_centers, say, NULL, &n, &e);
	store_close(s);
	if (!good)
		return cli_fail(&e);
	printf("%s: %" PRIu64 " cases, %" PRIu64 " files, %" PRIu64 " events, %" PRIu64
	       " rows of the audit log, no problems\n",
		cli->config->database, n.cases, n.parts, n.events, n.audit_rows);
	return 0;
}
