#include "ui/page.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/edit.h"

void page_clear(struct page *p)
{
	for (int i = 0; i < p->n_arena; i++)
		str_wipe_free(p->arena[i]);
	p->n_arena = 0;
	p->n_rows = 0;
	p->item = p->title = "";
	p->n = p->of = 0;
	p->digits_pick = p->alone = p->turns = p->pauses = false;
}

const char *page_own(struct page *p, const char *format, ...)
{
	char *text = NULL;
	va_list args;
	va_start(args, format);
	int n = vasprintf(&text, format, args);
	va_end(args);
	assert(n >= 0 && p->n_arena < PAGE_ROWS_MAX * 4);
	p->arena[p->n_arena++] = text;
	return text;
}

struct row *page_add(struct page *p, enum row_kind kind, int id, const char *label)
{
	assert(p->n_rows < PAGE_ROWS_MAX);
	struct row *r = &p->rows[p->n_rows++];
	*r = (struct row){ .kind = kind,
		.id = id,
		.label = page_own(p, "%s", label),
		.value = "",
		.hint = "",
		.error = "" };
	return r;
}

void page_add_text(struct page *p, const char *text)
{
	if (!text || !*text)
		return;
	while (*text) {
		const char *end = strstr(text, "\n\n");
		size_t n = end ? (size_t)(end - text) : strlen(text);
		while (n && text[n - 1] == '\n')
			n--;
		char *paragraph = xstrndup(text, n);
		for (char *c = paragraph; *c; c++)
			if (*c == '\n')
				*c = ' ';
		page_add(p, ROW_TEXT, -1, paragraph);
		free(paragraph);
		if (!end)
			break;
		text = end + strspn(end, "\n");
	}
	page_add(p, ROW_TEXT, -1, "");
}

void page_say(struct page *p, bool error, const char *format, ...)
{
	static char line[400]; /* one message line exists */
	va_list args;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	p->message = line;
	p->message_error = error;
}

bool row_focusable(const struct row *r)
{
	switch (r->kind) {
	case ROW_INPUT:
	case ROW_OPTION:
	case ROW_BUTTON:
		return true;
	case ROW_VALUE:
	case ROW_QR:
		return r->id >= 0;
	case ROW_TEXT:
	case ROW_HEADING:
	case ROW_PICTURE:
		break;
	}
	return false;
}

int page_find(const struct page *p, int id)
{
	for (int i = 0; i < p->n_rows; i++)
		if (p->rows[i].id == id && row_focusable(&p->rows[i]))
			return i;
	return -1;
}

void page_focus_id(struct page *p, int id)
{
	int i = page_find(p, id);
	if (i >= 0)
		p->focus = i;
}

void page_settle(struct page *p)
{
	if (p->focus >= 0 && p->focus < p->n_rows && row_focusable(&p->rows[p->focus]))
		return;
	int wanted = p->focus;
	p->focus = -1;
	for (int i = 0; i < p->n_rows; i++)
		if (row_focusable(&p->rows[i]) && (p->focus < 0 || i <= wanted))
			p->focus = i;
}

bool page_move(struct page *p, int direction)
{
	for (int i = p->focus + direction; i >= 0 && i < p->n_rows; i += direction)
		if (row_focusable(&p->rows[i])) {
			p->focus = i;
			return true;
		}
	return false;
}

static bool press_digit(struct page *p, struct event *event)
{
	if (event->point < '1' || event->point > '9')
		return false;
	unsigned digit = event->point - '0';
	for (int i = 0; i < p->n_rows; i++)
		if (p->rows[i].digit == digit && row_focusable(&p->rows[i])) {
			p->focus = i;
			event->row = i;
			return true;
		}
	return false;
}

/* Its mark is among the lines that are seen now. */
static bool sees(const struct page *p, int row)
{
	const struct page_place *at = &p->place;
	if (row < 0 || row >= p->n_rows)
		return false;
	return !at->lines || (p->rows[row].line >= at->top && p->rows[row].line < at->top + at->lines);
}

static enum action edit_act(struct page *p, struct event *event)
{
	struct edit *e = p->rows[p->focus].edit;
	bool changed = false;
	switch (event->action) {
	case ACTION_CHAR:
		if (!edit_insert(e, event->point)) {
			page_say(p, true, "%s", tr("这里不能再输入，或不能输入这个字符。"));
			return ACTION_NONE;
		}
		changed = true;
		break;
	case ACTION_BACKSPACE:
		changed = edit_backspace(e);
		break;
	case ACTION_DELETE:
		changed = edit_delete(e);
		break;
	case ACTION_LEFT:
		edit_move(e, EDIT_LEFT);
		break;
	case ACTION_RIGHT:
		edit_move(e, EDIT_RIGHT);
		break;
	case ACTION_HOME:
		edit_move(e, EDIT_HOME);
		break;
	case ACTION_END:
		edit_move(e, EDIT_END);
		break;
	default:
		return event->action;
	}
	if (!sees(p, p->focus)) { /* the view brings back what is being typed in */
		p->place.sight = true;
		p->place.all = -1;
	}
	event->row = p->focus;
	return changed ? ACTION_TYPE : ACTION_NONE;
}

/* The first row that can be focused among `lines` lines from `top` on; direction -1: the last. */
static int focusable_between(const struct page *p, int top, int lines, int direction)
{
	int found = -1;
	for (int i = 0; i < p->n_rows; i++) {
		const struct row *r = &p->rows[i];
		if (row_focusable(r) && r->line >= top && r->line < top + lines && (found < 0 || direction < 0))
			found = i;
	}
	return found;
}

/* Scrolls within the page; the focus stays where it is. */
static void scroll_by(struct page *p, int lines)
{
	const struct page_place *at = &p->place;
	int last = at->all > at->lines ? at->all - at->lines : 0, to = at->top + lines;
	to = to > last ? last : to < 0 ? 0 : to;
	p->scroll = to - at->top;
}

static int half_page(const struct page *p)
{
	return p->place.lines > 6 ? p->place.lines / 2 : 3;
}

/* Scrolls and takes the focus along: what the next key works on is seen, when anything there can be focused. */
static void read_on(struct page *p, int lines)
{
	const struct page_place *at = &p->place;
	scroll_by(p, lines);
	int top = at->top + p->scroll, line = p->focus >= 0 ? p->rows[p->focus].line : -1;
	int there = focusable_between(p, top, at->lines, lines);
	if (there >= 0 && (line < top || line >= top + at->lines))
		p->focus = there;
}

/*
 * The next row that can be focused, counted from what is seen. Where there is none, or so much stands between that some of it would
 * be passed over, half a page is scrolled, in both directions alike.
 */
static void step(struct page *p, int direction)
{
	const struct page_place *at = &p->place;
	int focus = p->focus, half = half_page(p), near = at->lines - half / 2;
	if (!sees(p, focus)) {
		int there = focusable_between(p, at->top, at->lines, direction);
		if (there >= 0)
			p->focus = there;
		else
			read_on(p, direction * half);
		return;
	}
	bool more = page_move(p, direction);
	int line = p->rows[p->focus].line;
	if (more && (!at->lines || (line >= at->top - near && line < at->top + at->lines + near)))
		return;
	p->focus = focus;
	read_on(p, direction * half);
}

/* The first or last row, and with it the first or last line. */
static enum action to_edge(struct page *p, int direction)
{
	while (page_move(p, direction))
		;
	scroll_by(p, direction * p->place.all);
	return ACTION_NONE;
}

/* Nobody presses what he cannot see: then the key reads on towards it. */
static enum action press_focus(struct page *p, struct event *event)
{
	if (p->focus < 0)
		return ACTION_NONE;
	if (!sees(p, p->focus)) {
		scroll_by(p, p->rows[p->focus].line < p->place.top ? -half_page(p) : half_page(p));
		return ACTION_NONE;
	}
	event->row = p->focus;
	return ACTION_PRESS;
}

enum action page_act(struct page *p, struct event *event)
{
	struct row *focus = p->focus >= 0 && p->focus < p->n_rows ? &p->rows[p->focus] : NULL;
	bool typing = focus && focus->kind == ROW_INPUT;

	if (event->action == ACTION_CHAR && (!typing || p->digits_pick) && press_digit(p, event))
		return ACTION_PRESS;
	if (event->action == ACTION_PRESS || event->action == ACTION_TYPE) { /* from the linear view */
		if (event->row < 0 || event->row >= p->n_rows || !row_focusable(&p->rows[event->row]))
			return ACTION_NONE;
		p->focus = event->row;
		if (event->action == ACTION_TYPE && p->rows[event->row].edit)
			edit_set(p->rows[event->row].edit, event->text);
		return event->action;
	}
	if (typing) {
		enum action a = edit_act(p, event);
		if (a == ACTION_NONE || a == ACTION_TYPE)
			return a;
	}
	switch (event->action) {
	case ACTION_UP:
	case ACTION_LEFT:
		step(p, -1);
		return ACTION_NONE;
	case ACTION_DOWN:
	case ACTION_RIGHT:
		step(p, 1);
		return ACTION_NONE;
	case ACTION_PREVIOUS_FIELD:
	case ACTION_NEXT_FIELD: { /* who types on does it in the next field, however far it is */
		int direction = event->action == ACTION_NEXT_FIELD ? 1 : -1;
		if (!sees(p, p->focus) || !page_move(p, direction))
			step(p, direction);
		return ACTION_NONE;
	}
	case ACTION_HOME:
		return to_edge(p, -1);
	case ACTION_END:
		return to_edge(p, 1);
	case ACTION_ENTER:
		return press_focus(p, event);
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
		if (p->turns || !p->place.lines)
			return event->action;
		read_on(p, (p->place.lines - 1) * (event->action == ACTION_PAGE_UP ? -1 : 1));
		return ACTION_NONE;
	case ACTION_CHAR:
		return event->point == ' ' ? press_focus(p, event) : ACTION_NONE;
	case ACTION_BACKSPACE:
	case ACTION_DELETE:
		return ACTION_NONE;
	default:
		return event->action;
	}
}

void row_describe(const struct page *p, int row, char *out, size_t size)
{
	const struct row *r = &p->rows[row];
	struct str s;
	str_init(&s, size > 1 ? size - 1 : 1);
	if (*r->error)
		str_addf(&s, "! %s ", r->error);
	switch (r->kind) {
	case ROW_INPUT: {
		char typed[EDIT_MAX * 4 + 1] = "";
		if (!r->masked && r->edit)
			edit_get(r->edit, typed, sizeof typed);
		str_addf(&s, "%s: %s", r->label, r->masked && r->edit && r->edit->len ? "***" : typed);
		if (*r->hint && !*typed)
			str_addf(&s, " (%s)", r->hint);
		if (*r->value)
			str_addf(&s, "  %s", r->value);
		explicit_bzero(typed, sizeof typed);
		break;
	}
	case ROW_OPTION:
		str_addf(&s, "%s %s", r->selected ? "(*)" : "( )", r->label);
		if (*r->value)
			str_addf(&s, "  %s", r->value);
		if (*r->hint)
			str_addf(&s, " - %s", r->hint);
		break;
	case ROW_BUTTON:
		str_addf(&s, "[%s]%s%s", r->label, *r->hint ? " - " : "", r->hint);
		break;
	case ROW_VALUE:
		str_addf(&s, "%s: %s", r->label, r->value);
		break;
	case ROW_QR:
		str_addf(&s, "%s: %.*s", r->label, (int)strcspn(r->hint, "\n"), r->hint);
		break;
	case ROW_TEXT:
	case ROW_HEADING:
	case ROW_PICTURE:
		str_add(&s, r->label);
		break;
	}
	str_copy(out, size, s.text ? s.text : "");
	str_finish(&s);
}
