/* Paints the rows of a page on the pad, from the top down. Focus, choice and error are marked by a character, too. */
#include <curses.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "model/edit.h"
#include "ui/form_view.h"
#include "ui/full.h"
#include "ui/page.h"
#include "ui/picture_pixels.h"

enum {
	MARKER = 2,
	FIELD_MAX = 64,
	SPARE = 40,
	BETWEEN = 2,
	ASIDE_WIDTH = 80, /* from this layout on a picture stands beside rows, */
	ASIDE = 45,       /* and takes this much of it, in hundredths */
};

/* Beside a picture there are fewer; a row that begins there stays as narrow down to its end. */
static int columns(const struct full *f)
{
	return f->width - 2 * f->margin - (f->y < f->aside_end ? f->aside : 0);
}

/* Wrapped text from column x on; returns the lines. */
static int put_wrapped(struct full *f, int x, int width, enum paint paint, const char *text)
{
	int lines = 0;
	while (*text && f->y < f->lines - SPARE) {
		char line[600];
		size_t next, n = wrap_line(text, (unsigned)width, &next);
		if (n >= sizeof line)
			n = sizeof line - 1;
		memcpy(line, text, n);
		line[n] = '\0';
		full_put(f->pad, f->y++, x, width, paint, line);
		text += next;
		lines++;
	}
	return lines;
}

/* A line painted across the whole layout, as the focused row's are. */
static void put_bar(struct full *f)
{
	wattrset(f->pad, (int)theme(PAINT_FOCUS));
	mvwhline(f->pad, f->y, f->margin, ' ', columns(f));
	wattrset(f->pad, (int)theme(PAINT_BODY));
}

/* The line with the row's mark; focused, the cursor stands there. */
static void put_mark(struct full *f, struct row *r, bool focused)
{
	r->line = f->y;
	if (!focused)
		return;
	put_bar(f);
	full_put(f->pad, f->y, f->margin, 1, PAINT_FOCUS, ">");
	f->cursor_y = f->y;
	f->cursor_x = f->margin;
}

/* What it is indented with, blanks or the mark of a mistake, indents all of its lines. */
static void paint_text(struct full *f, const struct row *r)
{
	enum paint paint = strncmp(r->label, "! ", 2) == 0 ? PAINT_ERROR : PAINT_BODY;
	int x = f->margin + MARKER, indent = (int)strspn(r->label, "! ");
	if (!*r->label)
		f->y++;
	full_put(f->pad, f->y, x, indent, paint, r->label);
	put_wrapped(f, x + indent, columns(f) - MARKER - indent, paint, r->label + indent);
}

static void paint_input(struct full *f, struct row *r, bool focused)
{
	int x = f->margin + MARKER, width = columns(f) - MARKER, field = width < FIELD_MAX ? width : FIELD_MAX;
	char text[EDIT_MAX * 4 + 1] = "";
	unsigned at = 0;
	put_wrapped(f, x, width, PAINT_BODY, r->label);
	if (*r->error) {
		full_put(f->pad, f->y, f->margin, MARKER, PAINT_ERROR, "!");
		put_wrapped(f, x, width, PAINT_ERROR, r->error);
	}
	if (r->masked) {
		struct edit stars = *r->edit;
		for (unsigned i = 0; i < stars.len; i++)
			stars.text[i] = '*';
		edit_slice(&stars, (unsigned)field, &r->first, text, sizeof text, &at);
	} else {
		edit_slice(r->edit, (unsigned)field, &r->first, text, sizeof text, &at);
	}
	r->line = f->y;
	if (focused) {
		full_put(f->pad, f->y, f->margin, 1, PAINT_TITLE, ">");
		f->cursor_y = f->y;
		f->cursor_x = x + (int)at;
	}
	form_view_add(f->form, f->y++, x, field, text, focused);
	explicit_bzero(text, sizeof text);
	if (*r->hint)
		put_wrapped(f, x, width, PAINT_HINT, r->hint);
	if (*r->value)
		put_wrapped(f, x, width, PAINT_BODY, r->value);
}

static bool is_marked(uint64_t marks, size_t i)
{
	return i < 64 && marks >> i & 1;
}

/* One line of a label, from its character `first` on; runs of marked characters get a style of their own. */
static void put_marked(struct full *f, int x, int width, bool focused, const char *line, uint64_t marks, size_t first)
{
	static const enum paint paints[2][2] = { { PAINT_BODY, PAINT_MARK }, { PAINT_FOCUS, PAINT_MARK_FOCUS } };
	uint32_t point;
	char run[500];
	while (*line) {
		bool marked = is_marked(marks, first);
		size_t n = 0, step;
		while (line[n] && is_marked(marks, first) == marked) {
			step = utf8_decode(line + n, strlen(line + n), &point);
			n += step ? step : 1;
			first++;
		}
		snprintf(run, sizeof run, "%.*s", (int)n, line);
		int used = full_put(f->pad, f->y, x, width, paints[focused][marked], run);
		x += used;
		width -= used;
		line += n;
	}
}

static void paint_option(struct full *f, struct row *r, bool focused)
{
	int x = f->margin + MARKER, end = f->margin + columns(f);
	enum paint paint = focused ? PAINT_FOCUS : PAINT_BODY;
	size_t first_point = 0;
	char head[16], label[500];
	if (*r->error) {
		full_put(f->pad, f->y, f->margin, MARKER, PAINT_ERROR, "!");
		put_wrapped(f, x, end - x, PAINT_ERROR, r->error);
	}
	snprintf(head, sizeof head, r->digit ? "%s %u " : "%s ", r->selected ? "(*)" : "( )", r->digit);
	snprintf(label, sizeof label, "%s%s%s", r->label, *r->value ? "  " : "", r->value);
	int indent = x + utf8_width(head);
	for (const char *rest = label; *rest && f->y < f->lines - SPARE;) {
		char line[500];
		size_t next, n = wrap_line(rest, (unsigned)(end - indent), &next);
		snprintf(line, sizeof line, "%.*s", (int)n, rest);
		if (rest == label) {
			put_mark(f, r, focused);
			full_put(f->pad, f->y, x, indent - x, paint, head);
		} else if (focused) {
			put_bar(f);
		}
		put_marked(f, indent, end - indent, focused, line, r->marks, first_point);
		f->y++;
		snprintf(line, sizeof line, "%.*s", (int)next, rest);
		first_point += utf8_length(line);
		rest += next;
	}
	if (*r->hint)
		put_wrapped(f, indent, end - indent, PAINT_HINT, r->hint);
}

/* A label as long as it takes; focused, each of its lines is a bar, the first has the mark. Returns the last one's columns. */
static int put_label(struct full *f, struct row *r, int x, bool focused, enum paint paint, const char *text)
{
	int width = f->margin + columns(f) - x, used = 0;
	const char *rest = text;
	put_mark(f, r, focused);
	while (*rest && f->y < f->lines - SPARE) {
		char line[600];
		size_t next, n = wrap_line(rest, (unsigned)width, &next);
		snprintf(line, sizeof line, "%.*s", (int)n, rest);
		if (focused && rest != text)
			put_bar(f);
		used = full_put(f->pad, f->y++, x, width, focused ? PAINT_FOCUS : paint, line);
		rest += next;
	}
	return used;
}

static void paint_button(struct full *f, struct row *r, bool focused)
{
	int x = f->margin + MARKER, end = f->margin + columns(f);
	char text[300];
	if (r->digit)
		snprintf(text, sizeof text, "[ %u %s ]", r->digit, r->label);
	else
		snprintf(text, sizeof text, "[ %s ]", r->label);
	int hint = x + put_label(f, r, x, focused, r->primary ? PAINT_BUTTON : PAINT_BODY, text) + 2;
	if (!*r->hint)
		return;
	if (hint + utf8_width(r->hint) <= end)
		full_put(f->pad, f->y - 1, hint, end - hint, focused ? PAINT_FOCUS : PAINT_HINT, r->hint);
	else
		put_wrapped(f, x + 2, end - x - 2, PAINT_HINT, r->hint);
}

static void paint_value(struct full *f, struct row *r, bool focused)
{
	int x = f->margin + MARKER, end = f->margin + columns(f), label = f->width >= 80 ? 26 : f->width >= 60 ? 20 : 0;
	int at = label && utf8_width(r->label) < label ? x + label : 0;
	if (!at) {
		put_label(f, r, x, focused, PAINT_HINT, r->label);
		put_wrapped(f, x + 2, end - x - 2, PAINT_BODY, r->value);
		return;
	}
	put_mark(f, r, focused);
	full_put(f->pad, f->y, x, end - x, focused ? PAINT_FOCUS : PAINT_HINT, r->label);
	if (focused) {
		size_t next, n = wrap_line(r->value, (unsigned)(end - at), &next);
		char line[600];
		snprintf(line, sizeof line, "%.*s", (int)n, r->value);
		full_put(f->pad, f->y++, at, end - at, PAINT_FOCUS, line);
		put_wrapped(f, at, end - at, PAINT_BODY, r->value + next);
	} else if (put_wrapped(f, at, end - at, PAINT_BODY, r->value) == 0) {
		f->y++;
	}
}

static void paint_qr(struct full *f, struct row *r, bool focused)
{
	int x = f->margin + MARKER, wide = full_qr_columns(f, r->value), high = (wide + 1) / 2;
	char text[300];
	if (!wide || high > f->frame.body_lines || wide + x > f->width) {
		snprintf(text, sizeof text, "[ %s ]%s%s", r->label, focused ? " " : "",
			focused ? tr("按 Enter 单独显示") : "");
		put_label(f, r, x, focused, PAINT_BODY, text);
		return;
	}
	if (focused) {
		full_put(f->pad, f->y, f->margin, 1, PAINT_TITLE, ">");
		f->cursor_y = f->y;
		f->cursor_x = f->margin;
	}
	int right = x + wide + 3;
	if (f->width - f->margin - right >= full_lines_width(r->hint)) {
		full_put(f->pad, f->y + 2, right, f->width - right, PAINT_HINT, r->label);
		full_put_lines(f->pad, f->y + 4, right, f->width - right, PAINT_BODY, r->hint);
	}
	f->y += full_paint_qr(f, f->pad, f->y, x, r->value);
}

static void put_picture(struct full *f, int x, const struct cells *size, const struct page_picture *picture)
{
	full_paint_picture(f->pad, f->y, x, size, picture);
	pixels_add(f->pixels, f->y, x, size, picture);
}

/* At the right, while the rows that follow stand at its left. */
static void paint_aside(struct full *f, const struct row *r)
{
	struct cells size;
	int first = f->y;
	if (!full_picture_fit(&r->picture, columns(f) * ASIDE / 100, f->frame.body_lines - 2, &size))
		return;
	int x = f->margin + columns(f) - size.columns;
	put_picture(f, x, &size, &r->picture);
	f->y += size.lines;
	put_wrapped(f, x, size.columns, PAINT_HINT, r->label);
	f->aside = size.columns + BETWEEN;
	f->aside_end = f->y;
	f->y = first;
}

/* Most of the body, so that what is said about the picture and the first button are seen with it. */
static void paint_picture(struct full *f, const struct row *r)
{
	struct cells size;
	int x = f->margin + MARKER, width = columns(f) - MARKER, high = 0;
	int lines = r->aside ? f->frame.body_lines - 2 : f->frame.body_lines / 2;
	int each = r->beside.rgb ? (width - BETWEEN) / 2 : width;
	put_wrapped(f, x, width, PAINT_HINT, r->label);
	const struct page_picture *pictures[] = { &r->picture, &r->beside };
	for (int k = 0; k < 2; k++) {
		if (!full_picture_fit(pictures[k], each, lines, &size))
			continue;
		put_picture(f, x + k * (each + BETWEEN), &size, pictures[k]);
		high = size.lines > high ? size.lines : high;
	}
	f->y += high;
}

static void paint_rows(struct full *f, struct page *p)
{
	for (int y = 0; y <= f->y && y < f->lines;
		y++) { /* the lines painted last; all of the pad would cost too much */
		wmove(f->pad, y, 0);
		wclrtoeol(f->pad);
	}
	f->y = 0;
	f->aside = f->aside_end = 0;
	f->cursor_y = -1;
	form_view_clear(f->form);
	full_pictures_begin();
	pixels_begin(f->pixels);
	for (int i = 0; i < p->n_rows && f->y < f->lines - SPARE; i++) {
		struct row *r = &p->rows[i];
		bool focused = i == p->focus;
		int first = f->y;
		r->line = first;
		switch (r->kind) {
		case ROW_TEXT:
			paint_text(f, r);
			break;
		case ROW_HEADING:
			put_wrapped(f, f->margin + MARKER, columns(f) - MARKER, PAINT_TITLE, r->label);
			break;
		case ROW_INPUT:
			paint_input(f, r, focused);
			break;
		case ROW_OPTION:
			paint_option(f, r, focused);
			break;
		case ROW_BUTTON:
			paint_button(f, r, focused);
			break;
		case ROW_VALUE:
			paint_value(f, r, focused);
			break;
		case ROW_PICTURE:
			(r->aside && f->width >= ASIDE_WIDTH ? paint_aside : paint_picture)(f, r);
			break;
		case ROW_QR:
			paint_qr(f, r, focused);
			break;
		}
		if (focused) {
			f->focus_first = first;
			f->focus_last = f->y - 1;
		}
	}
	if (f->y < f->aside_end)
		f->y = f->aside_end;
	form_view_paint(f->form);
}

void full_paint_rows(struct full *f, struct page *p)
{
	paint_rows(f, p);
	while (f->y >= f->lines - SPARE && f->lines < PAD_LINES_MAX &&
		wresize(f->pad, f->lines * 2, PAD_COLUMNS) == OK) {
		f->lines *= 2;
		paint_rows(f, p);
	}
}
