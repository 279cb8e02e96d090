#include <curses.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "ui/full.h"
#include "ui/page.h"

enum { MESSAGE_SIZE = 450, ARROWS = 3, MARK = 2, BODY_MIN = 3 };

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

/* Cuts the next line of `width` columns out of a text; returns what is left of it. */
static const char *wrapped_line(const char *text, int width, char *out, size_t size)
{
	size_t next, n = wrap_line(text, width > 0 ? (unsigned)width : 1, &next);
	snprintf(out, size, "%.*s", (int)n, text);
	return text + next;
}

static int count_lines(const char *text, int width)
{
	char line[MESSAGE_SIZE];
	int lines = 0;
	do {
		text = wrapped_line(text, width, line, sizeof line);
		lines++;
	} while (*text);
	return lines;
}

static void message_words(const struct full *f, const struct page *p, char out[static MESSAGE_SIZE])
{
	if (*p->message)
		snprintf(out, MESSAGE_SIZE, "%s", p->message);
	else
		snprintf(out, MESSAGE_SIZE, "%s %s", tr("咨询电话"), f->view.chrome.hotline);
}

/* Beside the message there is room for its mark and for the arrows. */
static int message_width(const struct full *f, const struct page *p)
{
	return f->width - 2 * f->margin - ARROWS - (p->message_error ? MARK : 0);
}

/* Fewer lines, less air: at 24 lines there is a blank line around the title, at 15 none. */
struct frame full_frame(const struct full *f, const struct page *p)
{
	char message[MESSAGE_SIZE];
	struct frame r = { .title = 1, .body = 2, .keys = LINES - 1 };
	int air = 0;
	if (LINES >= 22)
		r.title = 2, r.body = 4, air = 1;
	else if (LINES >= 18)
		r.body = 3;
	else if (LINES < 6)
		return (struct frame){ -1, 0, LINES > 0 ? LINES : 1, -1, 0, -1 };
	message_words(f, p, message);
	int most = r.keys - r.body - BODY_MIN, n = count_lines(message, message_width(f, p));
	r.message_lines = n < most ? n : most > 1 ? most : 1;
	r.message = r.keys - r.message_lines;
	r.body_lines = r.message - r.body - (r.message_lines == 1 ? air : 0);
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
	char words[200];
	if (*mark && utf8_width(name) + 2 + utf8_width(mark) > room)
		mark = tr("演示"); /* said in full on wider screens and on the receipt */
	wrapped_line(name, room - (*mark ? 2 + utf8_width(mark) : 0), words,
		sizeof words); /* whole words; never the mark */
	snprintf(left, sizeof left, "%s%s%s", words, *mark ? "  " : "", mark);
	full_put(stdscr, 0, f->left + f->margin, room, PAINT_BAR, left);
	if (f->width <= COLS)
		full_put(stdscr, 0, f->left + f->width - f->margin - utf8_width(step), utf8_width(step), PAINT_BAR,
			step);
}

/* "F1 Help"; the columns that it takes. */
static int key_words(enum action a, char *out, size_t size)
{
	snprintf(out, size, "%s %s", action_key(a), tr(action_help(a)));
	return utf8_width(out);
}

static int keys_width(uint64_t keys, int gap)
{
	int width = 0;
	char text[100];
	for (int a = 0; a < ACTION_COUNT; a++)
		if (keys >> a & 1)
			width += (width ? gap : 0) + key_words((enum action)a, text, sizeof text);
	return width;
}

/* Where not all have room, closer together; then those go that the help tells, too. */
static void paint_keys(const struct full *f, const struct page *p)
{
	/* help and leaving first: the same place on every screen (WCAG 2.2, 3.2.6) */
	static const enum action shown[] = { ACTION_HELP, ACTION_LEAVE, ACTION_LANGUAGE, ACTION_BACK, ACTION_ENTER,
		ACTION_PAUSE };
	static const enum action spared[] = { ACTION_LEAVE, ACTION_LANGUAGE, ACTION_PAUSE, ACTION_BACK, ACTION_ENTER };
	enum { SHOWN = sizeof shown / sizeof *shown, SPARED = sizeof spared / sizeof *spared };
	int x = f->left + f->margin, room = (f->width < COLS ? f->width : COLS) - f->margin, gap = 2;
	uint64_t keys = 0;
	for (int i = 0; i < SHOWN; i++)
		if (shown[i] != ACTION_PAUSE || p->pauses)
			keys |= UINT64_C(1) << shown[i];
	if (keys_width(keys, gap) > room)
		gap = 1;
	for (int i = 0; i < SPARED && keys_width(keys, gap) > room; i++)
		keys &= ~(UINT64_C(1) << spared[i]);
	if (keys_width(keys, 2) <= room)
		gap = 2;
	fill(f->frame.keys, PAINT_KEYS);
	for (int i = 0; i < SHOWN; i++) {
		char text[100];
		if (keys >> shown[i] & 1)
			x += full_put(stdscr, f->frame.keys, x, key_words(shown[i], text, sizeof text), PAINT_KEYS,
				     text) +
				gap;
	}
}

/* The arrows stand at the end of the last line, with their words where there is room. */
static void paint_message(const struct full *f, const struct page *p, const char *more)
{
	int x = f->left + f->margin, right = f->left + f->width - f->margin, y = f->frame.message, used = 0;
	int indent = p->message_error ? MARK : 0;
	enum paint paint = p->message_error ? PAINT_ERROR : *p->message ? PAINT_BODY : PAINT_HINT;
	char message[MESSAGE_SIZE], line[MESSAGE_SIZE];
	const char *rest = message;
	message_words(f, p, message);
	full_put(stdscr, y, x, indent, paint, "!");
	for (int i = 0; i < f->frame.message_lines; i++) {
		rest = wrapped_line(rest, message_width(f, p), line, sizeof line);
		used = indent + full_put(stdscr, y++, x + indent, right - x - indent, paint, line);
	}
	int wide = utf8_width(more);
	if (x + used + 1 + wide > right) {
		snprintf(line, sizeof line, "%.*s", (int)strcspn(more, " "), more);
		more = line;
		wide = utf8_width(more);
	}
	full_put(stdscr, y - 1, right - wide, wide, PAINT_HINT, more);
}

void full_paint_frame(struct full *f, const struct page *p, const char *more)
{
	if (f->frame.title < 0)
		return;
	paint_bar(f, p);
	full_put(stdscr, f->frame.title, f->left + f->margin, f->width - 2 * f->margin, PAINT_TITLE, p->title);
	paint_message(f, p, more);
	paint_keys(f, p);
}
