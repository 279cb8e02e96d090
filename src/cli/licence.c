#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "cli/cli.h"
#include "model/licence.h"
#include "store/store.h"

static const char help[] =
	"usage: juzhu licence import FILE\n"
	"       juzhu licence list [--json]\n"
	"\n"
	"import   electronic licences from a file in UTF-8, all rows or none: CSV with the head line\n"
	"         kind,number,holder_id,issuer,valid_from,valid_to[,holder_name]\n"
	"         or JSON, an array of flat objects with these keys (what list --json prints).\n"
	"         Dates are YYYYMMDD or YYYY-MM-DD, an empty valid_to means no end.\n"
	"list     what is there. It names ID numbers: mind who sees it.\n"
	"\n"
	"Status: 0 done, 1 a row is wrong, 2 usage, 3 configuration or unreadable file, 4 storage\n";

struct list {
	bool json;
	size_t n;
};

static void list_row(const struct licence *l, void *ctx)
{
	struct list *list = ctx;

	if (list->json) {
		const char *const pairs[][2] = { { "kind", l->kind }, { "number", l->number },
			{ "holder_id", l->holder_id }, { "holder_name", l->holder_name }, { "issuer", l->issuer } };
		fputs(list->n == 0 ? "\n {" : ",\n {", stdout);
		for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
			cli_json(stdout, pairs[i][0]);
			fputs(": ", stdout);
			cli_json(stdout, pairs[i][1]);
			fputs(", ", stdout);
		}
		printf("\"valid_from\": %d, \"valid_to\": %d}", l->valid_from, l->valid_to);
	} else {
		printf("%s  %s  %s  %s  %d-", l->kind, l->number, l->holder_id, *l->holder_name ? l->holder_name : "-",
			l->valid_from);
		if (l->valid_to != 0)
			printf("%d", l->valid_to);
		printf("  %s\n", l->issuer);
	}
	list->n++;
}

static int list(struct store *s, bool json)
{
	struct err e = { 0 };
	struct list l = { .json = json };

	if (json)
		putchar('[');
	if (!store_licence_list(s, list_row, &l, &e))
		return cli_fail(&e);
	if (json)
		fputs("\n]\n", stdout);
	return 0;
}

static int import(struct store *s, const char *path)
{
	struct err e = { 0 };
	unsigned rows = 0;

	if (!store_licence_import(s, path, &rows, &e))
		return cli_fail(&e);
	printf("%u licences imported\n", rows);
	return 0;
}

int cmd_licence(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	struct store *s = NULL;

	if (cli_help(argc, argv, help))
		return 0;
	bool json = cli_flag(&argc, argv, "--json");
	bool listing = argc == 2 && strcmp(argv[1], "list") == 0;
	if (!listing && !(argc == 3 && strcmp(argv[1], "import") == 0))
		return cli_usage("licence", "licence needs list, or import and a file");
	if (!cli_store(cli, listing, &s, &e))
		return cli_fail(&e);
	int status = listing ? list(s, json) : import(s, argv[2]);
	store_close(s);
	return status;
}
