#include "ui/picture_pixels.h"

#include <chafa.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "ui/full.h"
#include "ui/page.h"
#include "ui/term.h"

enum { PICTURES = 2, CELL_MAX = 100 /* pixels of a cell's side; more is nonsense, and too much to send */ };

struct place {
	int y, x; /* of the pad while the page is painted, then of the screen */
	struct cells size;
	uint64_t sum; /* of the pixels: the memory may be another picture's next time */
	struct page_picture picture;
};

struct pixels {
	struct place wanted[PICTURES], drawn[PICTURES];
	int n_wanted, n_drawn;
	bool lost;
	bool kitty;
	ChafaTermInfo *words; /* how the terminal is told */
};

struct pixels *pixels_create(void)
{
	struct pixels *p = xcalloc(1, sizeof *p);
	ChafaTermDb *known = chafa_term_db_get_default();
	gchar **environment = g_get_environ();
	ChafaTermInfo *own = chafa_term_db_detect(known, environment);
	p->kitty = chafa_term_info_have_seq(own, CHAFA_TERM_SEQ_BEGIN_KITTY_IMMEDIATE_IMAGE_V1);
	p->words = p->kitty ? own : chafa_term_db_get_fallback_info(known);
	if (!p->kitty)
		chafa_term_info_unref(own);
	g_strfreev(environment);
	return p;
}

static void send(const char *bytes, size_t n)
{
	for (size_t done = 0; done < n;) {
		ssize_t put = write(STDOUT_FILENO, bytes + done, n - done);
		if (put < 0 && errno != EINTR)
			return; /* the terminal is gone; the loop that reads its keys notices */
		done += put > 0 ? (size_t)put : 0;
	}
}

/* kitty keeps pictures apart from the text: what is painted does not cover them. */
static void take_off(struct pixels *p)
{
	static const char DELETE_ALL[] = "\033_Ga=d,d=A\033\\";
	if (p->kitty && p->n_drawn)
		send(DELETE_ALL, sizeof DELETE_ALL - 1);
	p->n_drawn = 0;
}

void pixels_destroy(struct pixels *p)
{
	if (!p)
		return;
	take_off(p);
	chafa_term_info_unref(p->words);
	free(p);
}

void pixels_begin(struct pixels *p)
{
	p->n_wanted = 0;
}

/* FNV-1a */
static uint64_t sum_of(const struct page_picture *p)
{
	uint64_t sum = 14695981039346656037u;
	for (size_t i = 0; i < (size_t)p->width * p->height * 3; i++)
		sum = (sum ^ p->rgb[i]) * 1099511628211u;
	return sum;
}

static bool able(const struct pixels *p)
{
	return p->kitty || term_sixel();
}

void pixels_add(struct pixels *p, int y, int x, const struct cells *size, const struct page_picture *picture)
{
	if (able(p) && p->n_wanted < PICTURES)
		p->wanted[p->n_wanted++] = (struct place){ y, x, *size, sum_of(picture), *picture };
}

void pixels_lost(struct pixels *p)
{
	p->lost = true;
}

static bool same(const struct place *a, const struct place *b)
{
	return a->y == b->y && a->x == b->x && a->size.columns == b->size.columns && a->size.lines == b->size.lines &&
		a->sum == b->sum;
}

static bool as_drawn(const struct pixels *p)
{
	for (int i = 0; i < p->n_wanted && p->n_wanted == p->n_drawn; i++)
		if (!same(&p->wanted[i], &p->drawn[i]))
			return false;
	return p->n_wanted == p->n_drawn && !p->lost;
}

bool pixels_settle(struct pixels *p, const struct seen *seen)
{
	int n = 0;
	for (int i = 0; i < p->n_wanted; i++) {
		struct place *w = &p->wanted[i];
		if (w->y < seen->first || w->y + w->size.lines > seen->first + seen->lines)
			continue;
		p->wanted[n] = *w;
		p->wanted[n].y += seen->top - seen->first;
		p->wanted[n++].x += seen->left;
	}
	p->n_wanted = n;
	bool stale = p->n_drawn && !as_drawn(p);
	if (stale)
		take_off(p);
	return stale;
}

/*
 * Pixels of a cell, from those of the window, which may have a rest that is too small for one more and, in xterm, a border:
 * then the least that it can be, because a picture that is a little too small is better than one over the line below. False:
 * the terminal does not say, or nonsense. kitty scales to cells itself, so a guess will do.
 */
static bool cell_of(const struct pixels *p, int *ret_width, int *ret_height)
{
	enum { GUESS_WIDTH = 10, GUESS_HEIGHT = 20, BORDER = 4 };
	struct winsize w = { 0 };
	bool told = ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col && w.ws_row &&
		w.ws_xpixel > w.ws_col + BORDER && w.ws_ypixel > w.ws_row + BORDER;
	bool exact = told && w.ws_xpixel % w.ws_col == 0 && w.ws_ypixel % w.ws_row == 0;
	*ret_width = exact ? w.ws_xpixel / w.ws_col : told ? (w.ws_xpixel - BORDER) / (w.ws_col + 1) + 1 : GUESS_WIDTH;
	*ret_height = exact ? w.ws_ypixel / w.ws_row
		: told      ? (w.ws_ypixel - BORDER) / (w.ws_row + 1) + 1
			    : GUESS_HEIGHT;
	return (told || p->kitty) && *ret_width <= CELL_MAX && *ret_height <= CELL_MAX;
}

/* The cursor, and how it writes, are as curses believes they are when this is over. */
static void draw(const struct pixels *p, const struct place *at, int cell_width, int cell_height)
{
	char go[40];
	ChafaCanvasConfig *config = chafa_canvas_config_new();
	chafa_set_n_threads(1);
	chafa_canvas_config_set_geometry(config, at->size.columns, at->size.lines);
	chafa_canvas_config_set_cell_geometry(config, cell_width, cell_height);
	chafa_canvas_config_set_pixel_mode(config, p->kitty ? CHAFA_PIXEL_MODE_KITTY : CHAFA_PIXEL_MODE_SIXELS);
	ChafaCanvas *canvas = chafa_canvas_new(config);
	full_picture_fill(canvas, &at->picture);
	GString *bytes = chafa_canvas_print(canvas, p->words);
	snprintf(go, sizeof go, "\0337\033[%d;%dH", at->y + 1, at->x + 1);
	send(go, strlen(go));
	send(bytes->str, bytes->len);
	send("\0338", 2);
	explicit_bzero(bytes->str, bytes->len);
	g_string_free(bytes, TRUE);
	chafa_canvas_unref(canvas);
	chafa_canvas_config_unref(config);
}

void pixels_draw(struct pixels *p)
{
	int width, height;
	if (as_drawn(p) || !cell_of(p, &width, &height))
		return;
	for (int i = 0; i < p->n_wanted; i++) {
		draw(p, &p->wanted[i], width, height);
		p->drawn[i] = p->wanted[i];
		p->drawn[i].picture = (struct page_picture){ 0 };
	}
	p->n_drawn = p->n_wanted;
	p->lost = false;
}
