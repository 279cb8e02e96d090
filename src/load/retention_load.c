#include "load/retention_load.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "load/file.h"

enum { FILE_MAX = 64 * 1024, COLUMNS = 3, DAYS_MAX = 36500, MINUTES_MAX = 24 * 60 };
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

static bool row_parse(char *line, struct slot *slots, size_t n_slots, struct err *e)
{
	char *part[COLUMNS] = { line };
	unsigned n = 1, value;
	size_t i = 0;

	for (char *tab = line; (tab = strchr(tab, '\t')); n++) {
		*tab++ = '\0';
		if (n < COLUMNS)
			part[n] = tab;
	}
	if (n != COLUMNS)
		return err_set(e, ERR_CONFIG, "%u columns instead of %d, separated by tabs", n, COLUMNS);
	for (unsigned k = 0; k < COLUMNS; k++)
		if (!utf8_plain(part[k]))
			return err_set(e, ERR_CONFIG, "column %u holds a character that may not be shown", k + 1);
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
	struct slot slots[RETENTION_STATES_MAX + 2] = {
		{ "draft", 1, MINUTES_MAX, &r.draft_minutes, false },
		{ "audit", 0, DAYS_MAX, &r.audit_days, false },
	};
	size_t n_slots = 2;
	unsigned line_number = 0;
	bool started = false;

	for (int state; (state = retention_state(r.n_states)) != 0; r.n_states++) {
		r.states[r.n_states].state = state;
		slots[n_slots++] =
			(struct slot){ retention_word(state), 0, DAYS_MAX, &r.states[r.n_states].days, false };
	}
	if (memchr(data, '\0', n))
		return err_set(e, ERR_CONFIG, "%s: not a text file", path);
	for (char *line = data, *next; *line; line = next) {
		size_t length = strcspn(line, "\n");
		next = line + length + (line[length] == '\n');
		line[length] = '\0';
		line_number++;
		if (!started && *line == '#')
			continue;
		if (!started && strcmp(line, header) != 0)
			return err_set(e, ERR_CONFIG, "%s:%u: the header has to be: what days why", path, line_number);
		if (started && !row_parse(line, slots, n_slots, e))
			return err_add(e, "%s:%u", path, line_number);
		started = true;
	}
	for (size_t i = 0; i < n_slots; i++)
		if (!slots[i].found)
			return err_set(e, ERR_CONFIG, "%s: there is no row for %s", path, slots[i].word);
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
