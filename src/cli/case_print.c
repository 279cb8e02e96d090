#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "cli/case_print.h"
#include "cli/cli.h"
#include "model/answers.h"
#include "model/case.h"

void case_print_text(const struct case_record *c, bool opened)
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

void case_print_json(const struct case_record *c, bool opened)
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
