#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "address/address.h"
#include "base/config.h"
#include "base/err.h"
#include "base/str.h"
#include "cli/cli.h"

enum { HITS_MAX = 100, QUERY_MAX = 400, SEED_DEFAULT = 1 };

static const char HELP[] =
	"usage: juzhu address search [--json] [--limit N] [--library FILE] [QUERY...]\n"
	"       juzhu address stats [--json] [--library FILE]\n"
	"       juzhu address generate [--data DIR] --out FILE [--seed N]\n"
	"search: finds addresses by Chinese, pinyin or initials, numbers after the name narrow down. The words are one "
	"query;\n"
	"        without words each line of standard input is one. --limit: hits shown, 1 to 100 (10).\n"
	"stats: what the library holds.\n"
	"generate: makes the sample library from the names in DIR; the same seed gives the same content.\n"
	"FILE is the data folder's addresses/library.db unless given.\n"
	"status: 0 found or done, 1 a query found nothing, 2 usage, 3 data files, 4 storage\n";

static bool open_library(const struct cli *cli, const char *given, struct address_library **ret, struct err *e)
{
	char path[PATH_MAX];
	if (!given) {
		if ((size_t)snprintf(path, sizeof path, "%s/addresses/library.db", cli->config->data) >= sizeof path)
			return err_set(e, ERR_CONFIG, "the data folder's path is too long");
		given = path;
	}
	return address_open(ret, given, e);
}

static bool number_option(const char *text, unsigned long low, unsigned long high, unsigned long *ret)
{
	char *end;
	errno = 0;
	unsigned long value = strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || value < low || value > high)
		return false;
	*ret = value;
	return true;
}

static const char *const LEVELS[] = { [ADDRESS_NONE] = "none",
	[ADDRESS_STREET] = "street",
	[ADDRESS_LANE] = "lane",
	[ADDRESS_DOOR] = "door",
	[ADDRESS_ROOM] = "room" };

static void print_hits(const char *query, const struct address_hit *hits, size_t n, size_t total, bool json)
{
	if (!json) {
		for (size_t i = 0; i < n; i++)
			printf("%s\t%s\n", hits[i].label, hits[i].detail);
		if (total > n)
			printf("# %zu of %zu\n", n, total);
		return;
	}
	printf("{\"query\":");
	cli_json(stdout, query);
	printf(",\"total\":%zu,\"hits\":[", total);
	for (size_t i = 0; i < n; i++) {
		char whole[400];
		address_text(&hits[i].at, whole, sizeof whole);
		printf("%s{\"label\":", i ? "," : "");
		cli_json(stdout, hits[i].label);
		printf(",\"detail\":");
		cli_json(stdout, hits[i].detail);
		printf(",\"address\":");
		cli_json(stdout, whole);
		printf(",\"level\":\"%s\",\"complete\":%s}", LEVELS[hits[i].at.level],
			address_complete(&hits[i].at) ? "true" : "false");
	}
	printf("]}\n");
}

static bool search_one(struct address_library *library, const char *query, size_t limit, bool json)
{
	static struct address_hit hits[HITS_MAX];
	size_t total = address_search(library, query, hits, limit);
	print_hits(query, hits, total < limit ? total : limit, total, json);
	return total > 0;
}

static int search(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	bool given = true, found = true;
	unsigned long limit = 10;
	bool json = cli_flag(&argc, argv, "--json");
	const char *limit_text = cli_option(&argc, argv, "--limit", &given);
	const char *path = given ? cli_option(&argc, argv, "--library", &given) : NULL;
	if (!given || (limit_text && !number_option(limit_text, 1, HITS_MAX, &limit)))
		return cli_usage("address", "--limit needs a number from 1 to %d, --library a file", HITS_MAX);
	if (argc > 1 && argv[1][0] == '-')
		return cli_usage("address", "unknown option %s", argv[1]);

	struct address_library *library = NULL;
	if (!open_library(cli, path, &library, &e))
		return cli_fail(&e);
	if (argc > 1) {
		struct str query;
		str_init(&query, QUERY_MAX);
		for (int i = 1; i < argc; i++)
			str_addf(&query, "%s%s", i > 1 ? " " : "", argv[i]);
		found = search_one(library, query.text, limit, json);
		str_finish(&query);
	} else {
		char *line = NULL;
		size_t size = 0;
		ssize_t n;
		while ((n = getline(&line, &size, stdin)) >= 0) {
			char query[QUERY_MAX + 1];
			if (n > 0 && line[n - 1] == '\n')
				line[n - 1] = 0;
			str_copy(query, sizeof query, line);
			found &= search_one(library, query, limit, json);
		}
		free(line);
	}
	address_close(library);
	return found ? 0 : ERR_NO;
}

static int stats(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	bool given = true;
	bool json = cli_flag(&argc, argv, "--json");
	const char *path = cli_option(&argc, argv, "--library", &given);
	if (!given || argc > 1)
		return cli_usage("address", "stats takes --json and --library FILE");
	struct address_library *library = NULL;
	struct address_stats s;
	if (!open_library(cli, path, &library, &e))
		return cli_fail(&e);
	bool ok = address_stats(library, &s, &e);
	address_close(library);
	if (!ok)
		return cli_fail(&e);
	if (json) {
		printf("{\"streets\":%ld,\"doors\":%ld,\"rooms\":%ld,\"label\":", s.streets, s.doors, s.rooms);
		cli_json(stdout, s.label);
		printf("}\n");
	} else {
		printf("streets and compounds  %ld\ndoor numbers           %ld\nrooms                  %ld\nlabel      "
		       "            %s\n",
			s.streets, s.doors, s.rooms, s.label);
	}
	return 0;
}

static int generate(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	bool a = true, b = true, c = true;
	unsigned long seed = SEED_DEFAULT;
	const char *data = cli_option(&argc, argv, "--data", &a);
	const char *out = cli_option(&argc, argv, "--out", &b);
	const char *seed_text = cli_option(&argc, argv, "--seed", &c);
	if (!a || !b || !c || !out || argc > 1)
		return cli_usage("address", "generate needs --out FILE; --data DIR and --seed N are possible");
	if (seed_text && !number_option(seed_text, 0, ULONG_MAX, &seed))
		return cli_usage("address", "--seed needs a number");
	if (!address_generate(data ? data : cli->config->data, out, seed, &e))
		return cli_fail(&e);
	return 0;
}

int cmd_address(const struct cli *cli, int argc, char **argv)
{
	static const struct {
		const char *word;
		int (*run)(const struct cli *cli, int argc, char **argv);
	} WORDS[] = { { "search", search }, { "stats", stats }, { "generate", generate } };

	if (cli_help(argc, argv, HELP))
		return 0;
	for (size_t i = 0; argc > 1 && i < sizeof WORDS / sizeof *WORDS; i++)
		if (str_eq(WORDS[i].word, argv[1]))
			return WORDS[i].run(cli, argc - 1, argv + 1);
	return cli_usage("address", "say search, stats or generate");
}
