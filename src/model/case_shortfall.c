#include "model/case_shortfall.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "model/case.h"
#include "model/case_move.h"
#include "model/case_reason.h"

static const char UNTIL[] = "until ", TEXT[] = "text";

static bool name_good(const char *name)
{
	size_t n = strlen(name);
	return n > 0 && n <= SHORTFALL_NAME_MAX && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == n;
}

static bool day_real(int day)
{
	return day >= 19000101 && day <= 99991231 && date_real(day / 10000, day / 100 % 100, day % 100);
}

bool case_shortfall_add(struct shortfalls *s, const char *name, const char *text, struct err *e)
{
	if (!name_good(name))
		return err_set(e, ERR_NO, "what is missing is called photo, text, or by the code of a material");
	if (*text == '\0' || strlen(text) > SHORTFALL_TEXT_MAX || !utf8_plain(text) || *text == ' ')
		return err_set(e, ERR_NO,
			"%s: say in one line of at most %d bytes what is missing, without characters that cannot be shown",
			name, SHORTFALL_TEXT_MAX);
	for (unsigned i = 0; i < s->n; i++)
		if (strcmp(name, TEXT) != 0 && strcmp(s->row[i].name, name) == 0)
			return err_set(e, ERR_NO, "%s stands twice in what is missing; put both in one sentence", name);
	if (s->n == SHORTFALLS_MAX)
		return err_set(e, ERR_NO, "more than %d things are missing; put some in one sentence", SHORTFALLS_MAX);
	struct shortfall *row = &s->row[s->n++];
	str_copy(row->name, sizeof row->name, name);
	str_copy(row->text, sizeof row->text, text);
	return true;
}

char *case_shortfall_write(const struct shortfalls *s, struct err *e)
{
	struct str out;

	if (s->n == 0) {
		err_set(e, ERR_NO, "say what is missing, everything at once");
		return NULL;
	}
	if (!day_real(s->until)) {
		err_set(e, ERR_NO, "the last day for what is missing is no day");
		return NULL;
	}
	str_init(&out, CASE_REASON_MAX);
	str_addf(&out, "%s%08d", UNTIL, s->until);
	for (unsigned i = 0; i < s->n; i++)
		str_addf(&out, "\n%s\t%s", s->row[i].name, s->row[i].text);
	char *reason = xstrdup(out.text);
	str_finish(&out);
	return reason;
}

static bool read_lines(char *line, struct shortfalls *ret)
{
	struct shortfalls s = { 0 };
	char *rest = NULL, *end;

	rest = strchr(line, '\n');
	if (!rest || strncmp(line, UNTIL, sizeof UNTIL - 1) != 0)
		return false;
	*rest++ = '\0';
	const char *day = line + sizeof UNTIL - 1;
	if (strlen(day) != 8 || strspn(day, "0123456789") != 8)
		return false;
	s.until = (int)strtol(day, &end, 10);
	if (!day_real(s.until))
		return false;
	for (char *next; rest; rest = next) {
		next = strchr(rest, '\n');
		if (next)
			*next++ = '\0';
		char *tab = strchr(rest, '\t');
		if (!tab)
			return false;
		*tab = '\0';
		if (!case_shortfall_add(&s, rest, tab + 1, NULL))
			return false;
	}
	*ret = s;
	return true;
}

bool case_shortfall_read(const char *reason, struct shortfalls *ret)
{
	if (strlen(reason) > CASE_REASON_MAX)
		return false;
	char *copy = xstrdup(reason);
	bool good = read_lines(copy, ret);
	free(copy);
	return good;
}

/* The newest list of the case. */
static bool newest(const struct case_record *c, struct shortfalls *ret)
{
	/* A note can stand behind the move (a changed pickup). */
	for (size_t i = c->n_events; i-- > 0;)
		if (c->events[i].to == CASE_SUPPLEMENT && c->events[i].from != CASE_SUPPLEMENT)
			return case_shortfall_read(c->events[i].reason, ret);
	return false;
}

bool case_shortfall_now(const struct case_record *c, struct shortfalls *ret)
{
	return c->state == CASE_SUPPLEMENT && newest(c, ret);
}

bool case_shortfall_left(const struct case_record *c, struct shortfalls *ret)
{
	enum revision_kind kind;
	uint64_t revision;
	bool here = false;
	struct shortfalls all;
	for (size_t i = 0; i < c->n_events; i++)
		if (c->events[i].from == CASE_SUPPLEMENT && c->events[i].to != CASE_SUPPLEMENT)
			here = case_revision(&c->events[i], &revision, &kind) && kind == REVISION_SUPPLEMENT;
	if (c->state != CASE_SUBMITTED || !here || !newest(c, &all))
		return false;
	*ret = (struct shortfalls){ .until = all.until };
	for (unsigned i = 0; i < all.n; i++)
		if (strcmp(all.row[i].name, TEXT) == 0)
			ret->row[ret->n++] = all.row[i];
	return ret->n > 0;
}
