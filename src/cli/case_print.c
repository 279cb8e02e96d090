#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "cli/case_print.h"
#include "cli/cli.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/case_shortfall.h"
#include "model/promise.h"

static void print_files(const struct case_file *files, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("  %s: %s, %zu bytes, sha256 %s, revision %llu\n", files[i].name, files[i].mime, files[i].size,
			files[i].sha256, (unsigned long long)files[i].revision);
}

/* Each further line of it under the event. */
static void print_reason(const char *reason)
{
	for (; *reason; reason++) {
		putchar(*reason);
		if (*reason == '\n')
			fputs("      ", stdout);
	}
	putchar('\n');
}

static void print_missing(const struct case_record *c)
{
	struct shortfalls missing;

	if (!case_shortfall_now(c, &missing))
		return;
	printf("\nmissing, until %08d:\n", missing.until);
	for (unsigned i = 0; i < missing.n; i++)
		printf("  %s: %s\n", missing.row[i].name, missing.row[i].text);
}

/* "YYYY-MM-DD", "" when none is promised now. */
static void promise_text(const struct case_record *c, const struct promise_rule *rule, char out[static 26])
{
	int day = promise_date(rule, c);
	out[0] = '\0';
	if (day)
		snprintf(out, 26, "%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
}

void case_print_text(const struct case_record *c, bool opened, const struct promise_rule *rule)
{
	char at[26], grouped[CASENUM_LENGTH + 5];
	const char *label = case_state_label(c->state);

	casenum_group(c->number, grouped);
	clock_time_text(c->submitted_at, at);
	printf("number: %s\ngrouped: %s\nitem: %s\nitem version: %u\nstation: %s\nsubmitted: %s\nstate: %d %s\ndemo: %s\n",
		c->number, grouped, c->item, c->item_version, c->station, at, (int)c->state,
		label == NULL ? "?" : label, c->demo ? "yes" : "no");
	if (opened)
		puts("\nanswers:");
	for (size_t i = 0; i < answers_count(c->answers); i++)
		printf("  %s: %s\n", answers_name_at(c->answers, i), answers_value_at(c->answers, i));
	if (opened)
		puts("\nfiles:");
	else
		printf("\nsealed: %zu bytes; `juzhu case open` opens it with the receipt's code or the center's key\n",
			c->envelope_size);
	print_files(c->files, c->n_files);
	if (c->n_replaced)
		puts("\nreplaced by newer ones:");
	print_files(c->replaced, c->n_replaced);
	puts("\nevents:");
	for (size_t i = 0; i < c->n_events; i++) {
		const struct case_event *v = &c->events[i];
		clock_time_text(v->at, at);
		printf("  %s  %d -> %d  %s, station %s%s", at, v->from, v->to, v->actor, v->station,
			v->reason[0] == '\0' ? "" : ": ");
		print_reason(v->reason);
	}
	print_missing(c);
	promise_text(c, rule, at);
	printf("\nrevisions: %zu\npromised: %s\n", c->n_revisions + 1, at[0] ? at : "-");
}

static void json_pair(const char *before, const char *name, const char *value)
{
	fputs(before, stdout);
	cli_json(stdout, name);
	fputs(": ", stdout);
	cli_json(stdout, value);
}

static void json_files(const struct case_file *files, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		json_pair(i == 0 ? "\n  {" : ",\n  {", "name", files[i].name);
		json_pair(", ", "mime", files[i].mime);
		printf(", \"size\": %zu", files[i].size);
		json_pair(", ", "sha256", files[i].sha256);
		printf(", \"revision\": %llu}", (unsigned long long)files[i].revision);
	}
}

static void json_missing(const struct case_record *c)
{
	struct shortfalls missing;

	if (!case_shortfall_now(c, &missing)) {
		fputs("null", stdout);
		return;
	}
	printf("{\"until\": \"%04d-%02d-%02d\", \"what\": [", missing.until / 10000, missing.until / 100 % 100,
		missing.until % 100);
	for (unsigned i = 0; i < missing.n; i++) {
		json_pair(i == 0 ? "\n  {" : ",\n  {", "name", missing.row[i].name);
		json_pair(", ", "text", missing.row[i].text);
		putchar('}');
	}
	fputs("]}", stdout);
}

void case_print_json(const struct case_record *c, bool opened, const struct promise_rule *rule)
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
	printf(",\n \"demo\": %s,\n \"opened\": %s,\n \"answers\": {", c->demo ? "true" : "false",
		opened ? "true" : "false");
	for (size_t i = 0; i < answers_count(c->answers); i++)
		json_pair(i == 0 ? "\n  " : ",\n  ", answers_name_at(c->answers, i), answers_value_at(c->answers, i));
	fputs("},\n \"files\": [", stdout);
	json_files(c->files, c->n_files);
	fputs("],\n \"replaced\": [", stdout);
	json_files(c->replaced, c->n_replaced);
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
	fputs("],\n \"missing\": ", stdout);
	json_missing(c);
	promise_text(c, rule, at);
	printf(",\n \"revisions\": %zu", c->n_revisions + 1);
	json_pair(",\n ", "promised", at[0] ? at : NULL);
	puts("}");
}
