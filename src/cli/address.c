#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "address/address.h"
#include "base/config.h"
#include "base/err.h"
#include "base/str.h"
#include "cli/address_bench.h"
#include "cli/address_eval.h"
#include "cli/address_import.h"
#include "cli/address_library.h"
#include "cli/cli.h"

enum { HITS_MAX = 100, QUERY_MAX = 400 };

static const char HELP[] =
	"usage: juzhu address search [--json] [--limit N] [--library FILE] [QUERY...]\n"
	"       juzhu address import FILE.csv [...]; juzhu address import --help says more\n"
	"       juzhu address export [--library FILE] FILE.csv|-\n"
	"       juzhu address stats [--json] [--library FILE]\n"
	"       juzhu address verify [FILE]\n"
	"       juzhu address generate [--data DIR] --out FILE [--seed N] [--names N --rooms N]\n"
	"       juzhu address eval FILE.jsonl [--library FILE]\n"
	"       juzhu address bench [--names N] [--rooms N] [--seed N] [--queries N] [--library FILE] [--peers PROGRAM]\n"
	"search: finds addresses by Chinese, pinyin or initials, numbers after the name narrow down. The words are one "
	"query;\n"
	"        without words each line of standard input is one. --limit: hits shown, 1 to 100 (10).\n"
	"export: all addresses as CSV with the columns of the official list; - is standard output.\n"
	"stats: what the library holds. verify: reads the whole file and says what is wrong with it.\n"
	"generate: makes the sample library from the names in DIR, or one of N names and about N rooms that are made up from\n"
	"        their parts; the same seed gives the same content.\n"
	"eval: searches for each query of a file that says what it should find.\n"
	"bench: types N queries (1000) of each form into a library, made up when none is given, key by key: recall and times.\n"
	"        PROGRAM is called with the folder that has them, to ask other search engines the same.\n"
	"FILE is the data folder's addresses/library.db unless given.\n"
	"status: 0 found or done, 1 a query found nothing or the library is damaged, 2 usage, 3 data files, 4 storage\n";

bool cli_library_path(const struct cli *cli, const char *given, char out[static PATH_MAX], struct err *e)
{
	if (given)
		return str_copy(out, PATH_MAX, given) || err_set(e, ERR_CONFIG, "the library's path is too long");
	return (size_t)snprintf(out, PATH_MAX, "%s/addresses/library.db", cli->config->data) < PATH_MAX ||
		err_set(e, ERR_CONFIG, "the data folder's path is too long");
}

bool cli_library(const struct cli *cli, const char *given, struct address_library **ret, struct err *e)
{
	char path[PATH_MAX];
	return cli_library_path(cli, given, path, e) && address_open(ret, path, e);
}

bool cli_number(const char *text, unsigned long low, unsigned long high, unsigned long *ret)
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
	if (!given || (limit_text && !cli_number(limit_text, 1, HITS_MAX, &limit)))
		return cli_usage("address", "--limit needs a number from 1 to %d, --library a file", HITS_MAX);
	if (argc > 1 && argv[1][0] == '-')
		return cli_usage("address", "unknown option %s", argv[1]);

	struct address_library *library = NULL;
	if (!cli_library(cli, path, &library, &e))
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

int cmd_address(const struct cli *cli, int argc, char **argv)
{
	static const struct {
		const char *word;
		int (*run)(const struct cli *cli, int argc, char **argv);
	} WORDS[] = { { "search", search }, { "export", address_export_verb }, { "stats", address_stats_verb },
		{ "verify", address_verify_verb }, { "generate", address_generate_verb }, { "eval", address_eval_verb },
		{ "bench", address_bench_verb } };

	if (argc > 1 && str_eq(argv[1], "import")) /* has a help of its own */
		return address_import_verb(cli, argc - 1, argv + 1);
	if (cli_help(argc, argv, HELP))
		return 0;
	for (size_t i = 0; argc > 1 && i < sizeof WORDS / sizeof *WORDS; i++)
		if (str_eq(WORDS[i].word, argv[1]))
			return WORDS[i].run(cli, argc - 1, argv + 1);
	return cli_usage("address", "say search, import, export, stats, verify, generate, eval or bench");
}
