#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/config.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "load/retention_load.h"
#include "store/store.h"
#include "store/upkeep.h"

static const char help[] =
	"usage: juzhu purge [--dry-run]\n"
	"\n"
	"Deletes drafts that were left, ended cases and rows of the audit log when they are older than data/retention/retention.tsv\n"
	"says, and paused filings that nobody took up until the closing time. The kiosk does it by itself at its start and once a day.\n"
	"--dry-run   only say what would be deleted\n"
	"\n"
	"Status: 0 done, 1 the audit log was changed and is kept, 2 usage, 3 configuration, 4 storage\n";

static void say(void *ctx, const char *line)
{
	(void)ctx;
	puts(line);
}

int cmd_purge(const struct cli *cli, int argc, char **argv)
{
	struct purge_counts n = { 0 };
	struct retention r;
	struct store *s = NULL;
	struct err e = { 0 };

	if (cli_help(argc, argv, help))
		return 0;
	bool dry_run = cli_flag(&argc, argv, "--dry-run");
	if (argc != 1)
		return cli_usage("purge", "purge takes --dry-run and nothing else");
	char *path = xasprintf("%s/retention/retention.tsv", cli->config->data);
	bool ok = retention_load(path, &r, &e) && cli_store(cli, dry_run, &s, &e) &&
		store_purge(s, &r, dry_run, say, NULL, &n, &e);
	store_close(s);
	free(path);
	if (!ok)
		return cli_fail(&e);
	printf("%s %" PRIu64 " drafts, %" PRIu64 " paused filings, %" PRIu64 " cases, %" PRIu64
	       " rows of the audit log\n",
		dry_run ? "would delete" : "deleted", n.drafts, n.paused, n.cases, n.audit_rows);
	return 0;
}
