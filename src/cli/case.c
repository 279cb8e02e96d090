#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "cli/cli.h"
#include "model/answers.h"
#include "model/case.h"
#include "store/store.h"

static const char help[] =
	"usage: juzhu case list [--json] [--limit N]\n"
	"       juzhu case show NUMBER [--json]\n"
	"\n"
	"list   cases, newest first (100 unless --limit says otherwise)\n"
	"show   what was filed: head, state, every answer, files with SHA-256 and size, history.\n"
	"       NUMBER has 20 digits, grouped in any way. What it prints is personal: mind who sees it.\n"
	"\n"
	"Status: 0 done, 1 no such case, 2 usage, 3 configuration, 4 storage\n";

struct list {
	bool json;
	size_t n;
};

static void list_row(const struct case_head *h, void *ctx)
{
	struct list *l = ctx;
	char at[26];
	const char *label = case_state_label((enum case_state)h->state);

	clock_time_text(h->submitted_at, at);
	if (l->json) {
		printf("%s\n {\"number\": ", l->n == 0 ? "" : ",");
		cli_json(stdout, h->number);
		fputs(", \"item\": ", stdout);
		cli_json(stdout, h->item);
		printf(", \"state\": %d, \"label\": ", h->state);
		cli_json(stdout, label);
		printf(", \"submitted_at\": \"%s\", \"station\": ", at);
		cli_json(stdout, h->station);
		printf(", \"demo\": %s}", h->demo ? "true" : "false");
	} else {
		printf("%s  %s  %d %s  %s%s\n", h->number, at, h->state, label == NULL ? "?" : label, h->item,
			h->demo ? "  demo" : "");
	}
	l->n++;
}

static int list(struct store *s, unsigned limit, bool json)
{
	struct err e = { 0 };
	struct list l = { .json = json };

	if (json)
		putchar('[');
	if (!store_case_list(s, limit, list_row, &l, &e))
		return cli_fail(&e);
	if (json)
		fputs("\n]\n", stdout);
	return 0;
}

static void show_text(const struct case_record *c)
{
	char at[26], grouped[CASENUM_LENGTH + 5];
	const char *label = case_state_label(c->state);

	casenum_group(c->number, grouped);
	clock_time_text(c->submitted_at, at);
	printf("number: %s\ngrouped: %s\nitem: %s\nitem version: %u\nstation: %s\nsubmitted: %s\nstate: %d %s\ndemo: %s\n",
		c->number, grouped, c->item, c->item_version, c->station, at, (int)c->state,
		label == NULL ? "?" : label, c->demo ? "yes" : "no");
	puts("\nanswers:");
	for (size_t i = 0; i < answers_count(c->answers); i++)
		printf("  %s: %s\n", answers_name_at(c->answers, i), answers_value_at(c->answers, i));
	puts("\nfiles:");
	for (size_t i = 0; i < c->n_files; i++)
		printf("  %s: %s, %zu bytes, sha256 %s\n", c->files[i].name, c->files[i].mime, c->files[i].size,
			c->files[i].sha256);
	puts("\nevents:");
	for (size_t i = 0; i < c->n_events; i++) {
		const struct case_event *v = &c->events[i];
		clock_time_text(v->at, at);
		printf("  %s  %d -> %d  %s, station %s%s%s\n", at, v->from, v->to, v->actor, v->station,
			v->reason[0] == '\0' ? "" : ": ", v->reason);
	}
}

static void json_pair(const char *before, const char *name, const char *value)
{
	fputs(before, stdout);
	cli_json(stdout, name);
	fputs(": ", stdout);
	cli_json(stdout, value);
}

static void show_json(const struct case_record *c)
{
	char at[26];

	clock_time_text(c->submitted_at, at);
	json_pair("{", "number", c->number);
	json_pair(",\n ", "item", c->item);
	printf(",\n \"item_version\": %u", c->item_version);
	json_pair(",\n ", "station", c->station);
	json_pair(",\n ", "submitted_at", at);
	printf(",\n \"state\": %d", (int)c->state);
	json_pair(",\n ", "label", case_state_label(c->state));
	printf(",\n \"demo\": %s,\n \"answers\": {", c->demo ? "true" : "false");
	for (size_t i = 0; i < answers_count(c->answers); i++)
		json_pair(i == 0 ? "\n  " : ",\n  ", answers_name_at(c->answers, i), answers_value_at(c->answers, i));
	fputs("},\n \"files\": [", stdout);
	for (size_t i = 0; i < c->n_files; i++) {
		json_pair(i == 0 ? "\n  {" : ",\n  {", "name", c->files[i].name);
		json_pair(", ", "mime", c->files[i].mime);
		printf(", \"size\": %zu", c->files[i].size);
		json_pair(", ", "sha256", c->files[i].sha256);
		putchar('}');
	}
	fputs("],\n \"events\": [", stdout);
	for (size_t i = 0; i < c->n_events; i++) {
		const struct case_event *v = &c->events[i];
		clock_time_text(v->at, at);
		json_pair(i == 0 ? "\n  {" : ",\n  {", "at", at);
		printf(", \"from\": %d, \"to\": %d", v->from, v->to);
		json_pair(", ", "actor", v->actor);
		json_pair(", ", "station", v->station);
		json_pair(", ", "reason", v->reason);
		putchar('}');
	}
	puts("]}");
}

static int show(struct store *s, const char *number, bool json)
{
	struct err e = { 0 };
	struct case_record *c = NULL;

	if (!store_case_load(s, number, &c, &e))
		return cli_fail(&e);
	if (json)
		show_json(c);
	else
		show_text(c);
	case_record_destroy(c);
	return 0;
}

int cmd_case(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	struct store *s = NULL;
	bool ok = true;
	char number[CASENUM_LENGTH + 1] = "";
	unsigned long n = 100;

	if (cli_help(argc, argv, help))
		return 0;
	bool json = cli_flag(&argc, argv, "--json");
	const char *limit = cli_option(&argc, argv, "--limit", &ok);
	bool listing = argc == 2 && strcmp(argv[1], "list") == 0;
	if (!listing && !(argc == 3 && strcmp(argv[1], "show") == 0))
		return cli_usage("case", "case needs list, or show and a number");
	if (limit != NULL) {
		char *end;
		n = strtoul(limit, &end, 10);
		ok = listing && limit[0] >= '0' && limit[0] <= '9' && *end == '\0' && n >= 1 && n <= 1000000;
	}
	if (!ok)
		return cli_usage("case", "--limit goes with list and is a number from 1 to 1000000");
	if (!listing && !casenum_ungroup(argv[2], number))
		return cli_usage("case", "a case number has %d digits and a check digit that fits", CASENUM_LENGTH);
	if (!cli_store(cli, true, &s, &e))
		return cli_fail(&e);
	int status = listing ? list(s, (unsigned)n, json) : show(s, number, json);
	store_close(s);
	return status;
}
