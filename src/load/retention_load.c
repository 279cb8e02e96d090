#include "load/retention_load.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "load/file.h"
#include "load/tsv.h"
#include "model/case.h"

enum { FILE_MAX = 64 * 1024, DAYS_MAX = 36500, MINUTES_MAX = 24 * 60 };
static const char header[] = "what\tdays\twhy";

/* A row of the table: where its number goes. */
struct slot {
	const char *word;
	unsigned least, most, *to;
	bool found;
};

static bool number(const char *text, unsigned *ret)
{
	size_t n = strlen(text);
	if (n == 0 || n > 5 || strspn(text, "0123456789") != n || (text[0] == '0' && n > 1))
		return false;
	*ret = (unsigned)strtoul(text, NULL, 10);
	return true;
}

struct table {
	struct slot slots[RETENTION_STATES_MAX + 2];
	size_t n;
};

static bool row_parse(void *ctx, char *part[static TSV_COLUMNS_MAX], struct err *e)
{
	struct table *t = ctx;
	struct slot *slots = t->slots;
	size_t n_slots = t->n, i = 0;
	unsigned value;

	while (i < n_slots && strcmp(slots[i].word, part[0]) != 0)
		i++;
	if (i == n_slots)
		return err_set(e, ERR_CONFIG, "\"%s\" is neither draft nor audit nor a state; see README.md beside it",
			part[0]);
	if (slots[i].found)
		return err_set(e, ERR_CONFIG, "%s is there already", part[0]);
	if (!number(part[1], &value) || value < slots[i].least || value > slots[i].most)
		return err_set(e, ERR_CONFIG, "%s has to be a number from %u to %u", part[0], slots[i].least,
			slots[i].most);
	if (!*part[2])
		return err_set(e, ERR_CONFIG, "%s: why is empty; say the reason", part[0]);
	slots[i].found = true;
	*slots[i].to = value;
	return true;
}

bool retention_parse(char *data, size_t n, const char *path, struct retention *ret, struct err *e)
{
	struct retention r = { 0 };
	struct table t = { .slots = { { "draft", 1, MINUTES_MAX, &r.draft_minutes, false },
				   { "audit", 0, DAYS_MAX, &r.audit_days, false } },
		.n = 2 };

	for (int state; (state = case_state_at(r.n_states)) != 0; r.n_states++) {
		r.states[r.n_states].state = state;
		t.slots[t.n++] =
			(struct slot){ case_state_word(state), 0, DAYS_MAX, &r.states[r.n_states].days, false };
	}
	if (!tsv_parse(data, n, path, header, row_parse, &t, e))
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (!t.slots[i].found)
			return err_set(e, ERR_CONFIG, "%s: there is no row for %s", path, t.slots[i].word);
	*ret = r;
	return true;
}

bool retention_load(const char *path, struct retention *ret, struct err *e)
{
	char *data;
	size_t n;

	if (!file_read(path, FILE_MAX, &data, &n, e))
		return false;
	bool ok = retention_parse(data, n, path, ret, e);
	free(data);
	return ok;
}
