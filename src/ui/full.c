/*
 * The full-screen view. The body of a page is painted on a pad of fixed size and seen through a viewport that follows the
 * focus, so that every row stays reachable in any size down to one cell. One place draws, once for each event.
 */
#include "ui/full.h"

#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "ui/form_view.h"
#include "ui/page.h"
#include "ui/picture_pixels.h"
#include "ui/term.h"

enum { BACK_COLUMNS = 6 }; /* beside a code that is alone: a blank and a word of the key that leads back */

static void measure(struct full *f)
{
	f->width = COLS >= 80 ? 80 : COLS >= 60 ? 60 : 40;
	f->left = COLS > f->width ? (COLS - f->width) / 2 : 0;
	f->margin = f->width >= 80 ? 3 : f->width >= 60 ? 2 : 1;
}

static int first_focusable(const struct page *p)
{
	for (int i = 0; i < p->n_rows; i++)
		if (row_focusable(&p->rows[i]))
			return i;
	return -1;
}

/* The text right above the focused row: what it belongs to is to be seen with it. */
static int lead(const struct full *f, const struct page *p)
{
	int first = f->focus_first;
	for (int i = p->focus - 1; i >= 0 && (p->rows[i].kind == ROW_TEXT || p->rows[i].kind == ROW_HEADING); i--) {
		if (!*p->rows[i].label)
			break;
		first = p->rows[i].line;
	}
	return first;
}

/* From where on the focused row is seen whole, with the text right above it when both have room; `top` when they are. */
static int with_focus(const struct full *f, const struct page *p, int top, int lines)
{
	int first = lead(f, p), last = f->focus_last;
	if (p->focus == first_focusable(p) && last < lines)
		return 0; /* and all that is said before it */
	if (last - first >= lines)
		first = f->focus_first;
	if (last - first >= lines)
		last = f->cursor_y > first + lines - 1 ? f->cursor_y : first + lines - 1;
	int low = last - lines + 1, high = first > low ? first : low;
	return top < low ? low : top > high ? high : top;
}

/*
 * Where the viewport begins. It stays where it is, but for what asks for the focused row: another row, an error, or lines that
 * came, went or were wrapped anew while that row was seen. What has just been opened is read from its top.
 */
static void follow(struct full *f, struct page *p)
{
	struct page_place *at = &p->place;
	int lines = f->frame.body_lines, last = f->y > lines ? f->y - lines : 0;
	bool opened = !at->shown || (at->focus < 0 && p->focus >= 0); /* nothing could be focused in the one before */
	bool other_lines = at->all != f->y || at->lines != lines;
	bool bring = opened ? p->focus != first_focusable(p)
			    : at->focus != p->focus || p->message_error || (at->sight && other_lines);
	int top = opened ? 0 : at->top;
	if (p->scroll)
		top += p->scroll;
	else if (bring && f->cursor_y >= 0)
		top = with_focus(f, p, top, lines);
	top = top > last ? last : top < 0 ? 0 : top;
	bool sight = f->cursor_y >= top && f->cursor_y < top + lines;
	*at = (struct page_place){ .shown = true,
		.top = top,
		.lines = lines,
		.all = f->y,
		.focus = p->focus,
		.sight = sight };
	p->scroll = 0;
}

static void show_body(struct full *f, int shown)
{
	const struct frame *frame = &f->frame;
	int bottom = frame->body + frame->body_lines - 1, right = f->left + f->width - 1, x = 0;
	if (bottom > LINES - 1)
		bottom = LINES - 1;
	if (right > COLS - 1)
		right = COLS - 1;
	if (f->width > COLS && f->cursor_x >= COLS) /* narrower than the smallest layout: sideways, too */
		x = f->cursor_x - COLS + 1;
	pnoutrefresh(f->pad, shown, x, frame->body, f->left, bottom, right);
	int y = f->cursor_y - shown;
	bool visible = f->cursor_y >= 0 && y >= 0 && y <= bottom - frame->body;
	/* the hardware cursor is where the focus is, for screen readers and magnifiers */
	wmove(stdscr, visible ? frame->body + y : frame->body, visible ? f->left + f->cursor_x - x : f->left);
	wnoutrefresh(stdscr);
}

static const char *more(const struct full *f, int shown, int lines)
{
	bool above = shown > 0, below = shown + lines < f->y;
	return above && below ? tr("↑↓ 还有") : above ? tr("↑ 上面还有") : below ? tr("↓ 下面还有") : "";
}

/* What was drawn in pixels and is to go is unknown to curses, so everything is painted. */
static void update(struct full *f, const struct seen *seen)
{
	if (pixels_settle(f->pixels, seen))
		clearok(curscr, TRUE);
	doupdate();
	pixels_draw(f->pixels);
}

/* The key that leads back, in the columns at the right of the code: in one line or two. */
static void put_back(int y, int x)
{
	char text[100];
	const char *key = action_key(ACTION_BACK), *help = tr(action_help(ACTION_BACK));
	snprintf(text, sizeof text, "%s %s", key, help);
	if (utf8_width(text) > COLS - x)
		snprintf(text, sizeof text, "%s\n%s", key, help);
	if (full_lines_width(text) <= COLS - x)
		full_put_lines(stdscr, y, x, COLS - x, PAINT_QR, text);
}

/* The code alone, without a frame: a version 2 symbol fits 40x15. The same as text beside or below it, where there is room. */
static void show_alone(struct full *f, const struct page *p)
{
	bkgdset((chtype)theme(PAINT_QR) | ' '); /* the whole screen belongs to the quiet zone */
	erase();
	bkgdset((chtype)theme(PAINT_BODY) | ' ');
	for (int i = 0; i < p->n_rows; i++) {
		const struct row *r = &p->rows[i];
		if (r->kind != ROW_QR)
			continue;
		int wide = full_qr_columns(f, r->value), text = full_lines_width(r->hint) + 3;
		bool beside = COLS >= wide + text;
		int right = beside ? text : BACK_COLUMNS;
		int x = COLS > wide + right ? (COLS - wide - right) / 2 : 0;
		int lines = full_paint_qr(f, stdscr, 0, x, r->value);
		if (beside)
			full_put_lines(stdscr, lines / 2 - 1, x + wide + 3, text, PAINT_QR, r->hint);
		else if (LINES > lines)
			full_put_lines(stdscr, lines, x, COLS - x, PAINT_QR, r->hint);
		put_back(lines / 2 + 2, x + wide + (beside ? 3 : 1));
	}
	move(0, 0);
	wnoutrefresh(stdscr);
	pixels_begin(f->pixels);
	update(f, &(struct seen){ 0 });
}

static void full_show(struct view *v, struct page *p)
{
	struct full *f = (struct full *)v;
	measure(f);
	bkgdset((chtype)theme(PAINT_BODY) | ' ');
	if (p->alone) {
		show_alone(f, p);
		return;
	}
	f->frame = full_frame(f, p);
	full_paint_rows(f, p);
	follow(f, p);
	int shown = p->place.top, lines = f->frame.body_lines;
	werase(stdscr);
	full_paint_frame(f, p, more(f, shown, lines));
	wnoutrefresh(stdscr);
	show_body(f, shown);
	/* narrower than the smallest layout: only cells can be seen in part */
	update(f, &(struct seen){ shown, f->width > COLS ? 0 : lines, f->frame.body, f->left });
}

static void full_wait(struct view *v, int timeout_ms, int watch_fd, struct page *p, struct event *e)
{
	struct full *f = (struct full *)v;
	(void)p;
	term_wait(timeout_ms, watch_fd, e);
	if (e->action == ACTION_REDRAW)
		pixels_lost(f->pixels);
}

static void full_beep(struct view *v)
{
	(void)v;
	beep();
}

static void full_destroy(struct view *v)
{
	struct full *f = (struct full *)v;
	form_view_destroy(f->form);
	pixels_destroy(f->pixels);
	werase(f->pad);
	delwin(f->pad);
	term_end();
	free(f);
}

static const struct view_ops full_ops = {
	.show = full_show, .wait = full_wait, .beep = full_beep, .destroy = full_destroy
};

struct view *view_full_create(const struct chrome *chrome, struct err *e)
{
	if (!term_begin(e)) {
		term_end();
		return NULL;
	}
	struct full *f = xcalloc(1, sizeof *f);
	f->view.ops = &full_ops;
	f->view.chrome = *chrome;
	f->lines = PAD_LINES;
	f->pad = newpad(f->lines, PAD_COLUMNS);
	wbkgd(f->pad, (chtype)theme(PAINT_BODY) | ' ');
	f->form = form_view_create(f->pad);
	f->pixels = pixels_create();
	return &f->view;
}
