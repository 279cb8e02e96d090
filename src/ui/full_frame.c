#include <curses.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/full.h"
#include "ui/page.h"

int full_put(WINDOW *w, int y, int x, int columns, enum paint paint, const char *text)
{
	int used = 0;
	uint32_t point;
	wattrset(w, (int)theme(paint));
	if (columns <= 0 || wmove(w, y, x) == ERR)
		return 0;
	for (size_t left = strlen(text), n; left; text += n, left -= n) {
		n = utf8_decode(text, left, &point);
		if (!n) {
			n = 1;
			continue;
		}
		int width = utf8_point_width(point);
		if (used + width > columns)
			break;
		char one[5] = "";
		memcpy(one, text, n);
		waddstr(w, wcwidth((wchar_t)point) < 0 ? "〓" : one);
		used += width;
	}
	wattrset(w, (int)theme(PAINT_BODY));
	return used;
}

/* Cuts the next line out of a text; NULL: no more. */
static const char *next_line(const char *text, char *out, size_t size)
{
	size_t n = strcspn(text, "\n");
	snprintf(out, size, "%.*s", (int)n, text);
	return text[n] ? text + n + 1 : NULL;
}

int full_put_lines(WINDOW *w, int y, int x, int columns, enum paint paint, const char *text)
{
	char line[200];
	int lines = 0;
	while (text) {
		text = next_line(text, line, sizeof line);
		full_put(w, y + lines++, x, columns, paint, line);
	}
	return lines;
}

int full_lines_width(const char *text)
{
	char line[200];
	int widest = 0;
	while (text) {
		text = next_line(text, line, sizeof line);
		int width = utf8_width(line);
		widest = width > widest ? width : widest;
	}
	return widest;
}

/* Fewer lines, less air: at 24 lines there is a blank line around the title, at 15 none. */
struct frame full_frame(const struct full *f)
{
	(void)f;
	struct frame r = { .title = 1, .body = 2, .message = LINES - 2, .keys = LINES - 1 };
	if (LINES >= 22)
		r.title = 2, r.body = 4;
	else if (LINES >= 18)
		r.body = 3;
	else if (LINES < 6)
		r = (struct frame){ .title = -1, .body = 0, .message = -1, .keys = -1 };
	r.body_lines = (r.message > 0 ? r.message : LINES) - r.body - (LINES >= 22 ? 1 : 0);
	if (r.body_lines < 1)
		r.body_lines = 1;
	return r;
}

static void fill(int y, enum paint paint)
{
	wattrset(stdscr, (int)theme(paint));
	mvhline(y, 0, ' ', COLS);
	wattrset(stdscr, (int)theme(PAINT_BODY));
}

static void paint_bar(const struct full *f, const struct page *p)
{
	char step[80] = "", left[300];
	fill(0, PAINT_BAR);
	if (p->of && f->width >= 60)
		snprintf(step, sizeof step, tr("第 %u 步，共 %u 步"), p->n, p->of);
	else if (p->of)
		snprintf(step, sizeof step, "%u/%u", p->n, p->of);
	int room = f->width - 2 * f->margin - utf8_width(step) - 1;
	const char *mark = tr(f->view.chrome.mark), *name = *p->item ? p->item : f->view.chrome.center;
	if (*mark && utf8_width(name) + 2 + utf8_width(mark) > room)
		mark = tr("演示"); /* said in full on wider screens and on the receipt */
	snprintf(left, sizeof left, "%s%s%s", name, *mark ? "  " : "", mark);
	full_put(stdscr, 0, f->left + f->margin, room, PAINT_BAR, left);
	if (f->width <= COLS)
		full_put(stdscr, 0, f->left + f->width - f->margin - utf8_width(step), utf8_width(step), PAINT_BAR,
			step);
}

static void paint_keys(const struct full *f, const struct frame *frame, const struct page *p)
{
	/* help and leaving first: the same place on every screen (WCAG 2.2, 3.2.6) */
	static const enum action shown[] = { ACTION_HELP, ACTION_LEAVE, ACTION_LANGUAGE, ACTION_BACK, ACTION_ENTER,
		ACTION_PAUSE };
	int x = f->left + f->margin, end = f->left + f->width;
	fill(frame->keys, PAINT_KEYS);
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		char text[100];
		if (shown[i] == ACTION_PAUSE && !p->pauses)
			continue;
		snprintf(text, sizeof text, "%s %s", action_key(shown[i]), tr(action_help(shown[i])));
		if (x + utf8_width(text) > end)
			break;
		x += full_put(stdscr, frame->keys, x, end - x, PAINT_KEYS, text) + 2;
	}
}

void full_paint_frame(struct full *f, const struct frame *frame, const struct page *p, const char *more)
{
	int x = f->left + f->margin, width = f->width - 2 * f->margin;
	if (frame->title < 0)
		return;
	paint_bar(f, p);
	full_put(stdscr, frame->title, x, width, PAINT_TITLE, p->title);
	if (*p->message) {
		char text[450];
		snprintf(text, sizeof text, "%s%s", p->message_error ? "! " : "", p->message);
		full_put(stdscr, frame->message, x, width - utf8_width(more) - 1,
			p->message_error ? PAINT_ERROR : PAINT_BODY, text);
	} else {
		char text[200];
		snprintf(text, sizeof text, "%s %s", tr("咨询电话"), f->view.chrome.hotline);
		full_put(stdscr, frame->message, x, width - utf8_width(more) - 1, PAINT_HINT, text);
	}
	full_put(stdscr, frame->message, f->left + f->width - f->margin - utf8_width(more), utf8_width(more),
		PAINT_HINT, more);
	paint_keys(f, frame, p);
}
