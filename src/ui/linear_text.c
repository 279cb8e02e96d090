/* What the linear view says: a page as lines, its rows with their numbers, the commands. */
#include "ui/linear_text.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/edit.h"
#include "ui/page.h"
#include "ui/view.h"

/* "/x" commands, so that any text can be typed into a field; the letters are the same in both languages. */
static const struct {
	const char *command;
	enum action action;
} commands[] = {
	{ "/b", ACTION_BACK },
	{ "/h", ACTION_HELP },
	{ "/l", ACTION_LANGUAGE },
	{ "/q", ACTION_LEAVE },
	{ "/s", ACTION_PAUSE },
	{ "/n", ACTION_PAGE_DOWN },
	{ "/p", ACTION_PAGE_UP },
	{ "/r", ACTION_REDRAW },
};

enum action linear_command(const char *line)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (str_eq(line, commands[i].command))
			return commands[i].action;
	return ACTION_NONE;
}

void linear_commands(const struct page *p, struct str *out)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		enum action a = commands[i].action;
		bool there = a == ACTION_PAUSE                         ? p->pauses
			: a == ACTION_PAGE_DOWN || a == ACTION_PAGE_UP ? p->turns
								       : true;
		if (there)
			str_addf(out, "%s%s %s", out->len ? "  " : "", commands[i].command, tr(action_help(a)));
	}
}

/* A single row before those with digits is 0, so that the digits of a list of results are those of the full screen. */
static bool counts_from_zero(const struct page *p)
{
	int before = 0;
	for (int i = 0; i < p->n_rows; i++) {
		if (p->rows[i].digit == 1)
			return before == 1;
		before += row_focusable(&p->rows[i]);
	}
	return false;
}

int linear_number(const struct page *p, int row)
{
	int n = counts_from_zero(p) ? -1 : 0;
	for (int i = 0; i <= row; i++)
		n += row_focusable(&p->rows[i]);
	return n;
}

int linear_row(const struct page *p, long number)
{
	for (int i = 0; i < p->n_rows; i++)
		if (row_focusable(&p->rows[i]) && linear_number(p, i) == number)
			return i;
	return -1;
}

/* A hint that is the name of a key: here it is a command. */
static const char *hint_text(const struct row *r)
{
	for (size_t i = 0; *r->hint && i < sizeof commands / sizeof *commands; i++)
		if (str_eq(r->hint, action_key(commands[i].action)))
			return commands[i].command;
	return r->hint;
}

static void describe_input(const struct row *r, bool values, struct str *out)
{
	char typed[EDIT_MAX * 4 + 1] = "";
	if (values && r->edit)
		edit_get(r->edit, typed, sizeof typed);
	str_addf(out, "%s:%s%s", r->label, *typed ? " " : "", *typed && r->masked ? "***" : typed);
	str_addf(out, "%s%s%s%s\n", *r->error ? " ! " : "", r->error, *r->value ? "  " : "", r->value);
	explicit_bzero(typed, sizeof typed);
}

static void describe_row(const struct page *p, int i, bool values, struct str *out)
{
	char text[1200];
	const struct row *r = &p->rows[i];
	if (r->kind == ROW_TEXT && !*r->label)
		return;
	if (row_focusable(r))
		str_addf(out, "%3d. ", linear_number(p, i));
	if (r->kind == ROW_INPUT) {
		describe_input(r, values, out);
	} else if (r->kind == ROW_BUTTON) {
		str_addf(out, "[%s]%s%s\n", r->label, *r->hint ? " - " : "", hint_text(r));
	} else if (r->kind == ROW_PICTURE) {
		str_addf(out, "%s\n", *r->hint ? r->hint : r->label);
	} else {
		row_describe(p, i, text, sizeof text);
		str_addf(out, "%s\n", text);
		explicit_bzero(text, sizeof text);
	}
}

void linear_page(const struct view *v, const struct page *p, bool values, struct str *out)
{
	str_addf(out, "\n== %s%s%s", p->item, *p->item ? " · " : "", p->title);
	if (p->of)
		str_addf(out, tr(" · 第 %u 步，共 %u 步"), p->n, p->of);
	str_addf(out, " ==\n");
	if (*v->chrome.mark)
		str_addf(out, "%s\n", tr(v->chrome.mark));
	for (int i = 0; i < p->n_rows; i++)
		describe_row(p, i, values, out);
	if (p->n <= 1) /* read out on each step it would be tiresome; /h tells it there */
		str_addf(out, "%s %s\n", tr("咨询电话"), v->chrome.hotline);
}

void linear_choices(const struct page *p, struct str *out)
{
	for (int i = 0; i < p->n_rows; i++)
		if (row_focusable(&p->rows[i]) && p->rows[i].kind != ROW_INPUT)
			describe_row(p, i, false, out);
}

void linear_code(const struct row *r, struct str *out)
{
	str_addf(out, "%s\n%s:", r->hint, r->label);
	for (size_t i = 0; i < strlen(r->value); i++)
		str_addf(out, "%s%c", i % 4 ? "" : " ", r->value[i]);
	str_addf(out, "\n");
}
