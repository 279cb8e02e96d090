/*
 * The full-screen view. The body of a page is painted on a pad of fixed size and seen through a viewport that follows the
 * focus, so that every row stays reachable in any size down to one cell. One place draws, once for each event.
 */
#include "ui/full.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "ui/form_view.h"
#include "ui/page.h"
#include "ui/picture_pixels.h"
#include "ui/term.h"

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

/* Where the viewport begins: it follows the focus, and the page's scroll shifts it for reading. */
static void follow(struct full *f, struct page *p, int lines)
{
	int last = f->y > lines ? f->y - lines : 0, top = f->top;
	char title[sizeof f->title];
	str_copy(title, sizeof title, p->title);
	if (!str_eq(title, f->title)) {
		str_copy(f->title, sizeof f->title, title);
		top = 0;
	}
	if (p->focus == first_focusable(p)) {
		top = 0; /* a page is read from its beginning */
	} else if (f->cursor_y >= 0) {
		if (f->focus_last >= top + lines)
			top = f->focus_last - lines + 1;
		if (f->focus_first < top)
			top = f->focus_first;
	}
	top = top > last ? last : top;
	f->top = top;
	int shown = top + p->scroll;
	shown = shown < 0 ? 0 : shown > last ? last : shown;
	p->scroll = shown - top;
	p->focus_below = f->cursor_y >= 0 && f->cursor_y >= shown + lines;
	p->view_lines = lines;
}

static void show_body(struct full *f, const struct frame *frame, int shown)
{
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
		int x = COLS > wide + (beside ? text : 0) ? (COLS - wide - (beside ? text : 0)) / 2 : 0;
		int lines = full_paint_qr(f, stdscr, 0, x, r->value);
		if (beside)
			full_put_lines(stdscr, lines / 2 - 1, x + wide + 3, text, PAINT_QR, r->hint);
		else if (LINES > lines)
			full_put_lines(stdscr, lines, x, COLS - x, PAINT_QR, r->hint);
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
	struct frame frame = full_frame(f);
	full_paint_rows(f, p);
	follow(f, p, frame.body_lines);
	int shown = f->top + p->scroll;
	werase(stdscr);
	full_paint_frame(f, &frame, p, more(f, shown, frame.body_lines));
	wnoutrefresh(stdscr);
	show_body(f, &frame, shown);
	/* narrower than the smallest layout: only cells can be seen in part */
	update(f, &(struct seen){ shown, f->width > COLS ? 0 : frame.body_lines, frame.body, f->left });
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
