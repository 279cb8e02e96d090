#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "cli/cli.h"
#include "seal/keys.h"
#include "store/audit.h"
#include "store/store.h"

static const char help[] =
	"usage: juzhu audit list [--since YYYY-MM-DD] [--json]\n"
	"       juzhu audit verify\n"
	"       juzhu audit types\n"
	"\n"
	"list     what happened, oldest first; it holds numbers of cases and names of staff, nothing of applicants\n"
	"verify   is the log as it was written? Names the first row that is not\n"
	"types    every kind of event as a table (data/audit/README.md)\n"
	"\n"
	"Status: 0 done, 1 the log was changed, 2 usage, 3 configuration, 4 storage\n";

struct list {
	bool json;
	size_t n;
};

static void list_row(const struct audit_row *r, void *ctx)
{
	struct list *l = ctx;
	char at[26], number[16];
	const char *word = audit_word(r->type);

	clock_time_text(r->at, at);
	snprintf(number, sizeof number, "%d", r->type);
	if (l->json) {
		const char *const pairs[][2] = { { "station", r->station }, { "at", at },
			{ "type", word == NULL ? number : word }, { "subject", r->subject }, { "detail", r->detail } };
		printf("%s\n {\"seq\": %" PRId64, l->n == 0 ? "" : ",", r->seq);
		for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
			printf(", \"%s\": ", pairs[i][0]);
			cli_json(stdout, pairs[i][1]);
		}
		putchar('}');
	} else {
		printf("%s  %s %6" PRId64 "  %-14s  %s%s%s\n", at, r->station, r->seq, word == NULL ? number : word,
			r->subject, r->subject[0] == '\0' || r->detail[0] == '\0' ? "" : "  ", r->detail);
	}
	l->n++;
}

static int list(struct store *s, int64_t since, bool json)
{
	struct err e = { 0 };
	struct list l = { .json = json };

	if (json)
		putchar('[');
	if (!store_audit_list(s, since, list_row, &l, &e))
		return cli_fail(&e);
	if (json)
		fputs("\n]\n", stdout);
	return 0;
}

static int verify(const struct cli *cli, struct store *s)
{
	struct center_public centers[CENTERS_MAX];
	struct audit_verdict v = { 0 };
	struct err e = { 0 };
	unsigned n = 0;

	if (!cli_centers(cli, centers, &n, &e) || !store_audit_verify(s, centers, n, &v, &e))
		return cli_fail(&e);
	printf("%" PRIu64 " rows, %" PRIu64 " signed heads, all as they were written\n", v.rows, v.heads);
	return 0;
}

/* The table of data/audit/README.md. */
static int types(void)
{
	puts("| id | word | meaning |\n|---|---|---|");
#define PRINT_ROW(name, id, word, about) printf("| %d | `%s` | %s |\n", (id), (word), (about));
	AUDIT_TYPES(PRINT_ROW)
#undef PRINT_ROW
	return 0;
}

/* The last second before the day begins, in the terminal's civil time. */
static bool day_before(const char *text, int64_t *ret)
{
	int y, m, d, used = 0;

	if (strlen(text) != 10 || strspn(text, "0123456789-") != 10 ||
		sscanf(text, "%4d-%2d-%2d%n", &y, &m, &d, &used) != 3 || used != 10 || !date_real(y, m, d))
		return false;
	struct tm tm = { .tm_year = y - 1900, .tm_mon = m - 1, .tm_mday = d };
	*ret = (int64_t)timegm(&tm) - 8 * 60 * 60 - 1;
	return true;
}

int cmd_audit(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	struct store *s = NULL;
	bool ok = true;
	int64_t since = -1;

	if (cli_help(argc, argv, help))
		return 0;
	bool json = cli_flag(&argc, argv, "--json");
	const char *day = cli_option(&argc, argv, "--since", &ok);
	const char *what = argc == 2 ? argv[1] : "";
	bool listing = strcmp(what, "list") == 0;
	if (!listing && strcmp(what, "verify") != 0 && strcmp(what, "types") != 0)
		return cli_usage("audit", "audit needs list, verify or types");
	if (!ok || ((day != NULL || json) && !listing) || (day != NULL && !day_before(day, &since)))
		return cli_usage("audit", "--since YYYY-MM-DD and --json go with list");
	if (strcmp(what, "types") == 0)
		return types();
	if (!cli_store(cli, true, &s, &e))
		return cli_fail(&e);
	int status = listing ? list(s, since, json) : verify(cli, s);
	store_close(s);
	return status;
}
