/*
 * A picture in character cells: libchafa picks for each cell the block symbol and the two colours that come closest; curses paints
 * them, so that a picture scrolls, resizes and is copied by tmux like any text. Without 256 colours it is drawn in those that are there.
 */
#include <chafa.h>
#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "ui/full.h"
#include "ui/page.h"

enum { CELL_RATIO = 2, WIDE_MAX = 60, PAIRS_FIRST = PAINT_COUNT + 1, COLOURS_MANY = 256 };

/* A cell is twice as high as wide. */
bool full_picture_fit(const struct page_picture *p, int columns, int lines, struct cells *ret)
{
	if (!p->rgb || !p->width || !p->height || columns < 4 || lines < 3)
		return false;
	columns = columns < WIDE_MAX ? columns : WIDE_MAX;
	long wide = (long)lines * CELL_RATIO * (long)p->width / (long)p->height, high = lines;
	if (wide > columns) {
		wide = columns;
		high = wide * (long)p->height / ((long)p->width * CELL_RATIO);
	}
	ret->columns = (int)(wide > 0 ? wide : 1);
	ret->lines = (int)(high > 0 ? high : 1);
	return true;
}

static ChafaCanvasMode canvas_mode(void)
{
	if (!has_colors() || COLOR_PAIRS <= PAIRS_FIRST + COLOURS_MANY)
		return CHAFA_CANVAS_MODE_FGBG;
	return COLORS >= COLOURS_MANY ? CHAFA_CANVAS_MODE_INDEXED_240 : CHAFA_CANVAS_MODE_INDEXED_8;
}

/* libchafa 1.12 reads rows as words of four bytes: three bytes a pixel come out slanted. It shows a face: wiped after use. */
static unsigned char *with_alpha(const struct page_picture *p, size_t *ret_size)
{
	size_t n = (size_t)p->width * p->height;
	unsigned char *rgba = xcalloc(n, 4);
	for (size_t i = 0; i < n; i++) {
		memcpy(rgba + i * 4, p->rgb + i * 3, 3);
		rgba[i * 4 + 3] = 255;
	}
	*ret_size = n * 4;
	return rgba;
}

void full_picture_fill(ChafaCanvas *canvas, const struct page_picture *p)
{
	size_t size;
	unsigned char *rgba = with_alpha(p, &size);
	chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, rgba, (gint)p->width, (gint)p->height,
		(gint)p->width * 4);
	explicit_bzero(rgba, size);
	free(rgba);
}

static ChafaCanvas *draw(const struct page_picture *p, int columns, int lines)
{
	ChafaSymbolMap *symbols = chafa_symbol_map_new();
	ChafaCanvasConfig *config = chafa_canvas_config_new();
	chafa_set_n_threads(1); /* the screen has one thread */
	chafa_symbol_map_add_by_tags(symbols, CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_HALF | CHAFA_SYMBOL_TAG_QUAD);
	chafa_canvas_config_set_symbol_map(config, symbols);
	chafa_canvas_config_set_geometry(config, columns, lines);
	chafa_canvas_config_set_canvas_mode(config, canvas_mode());
	ChafaCanvas *canvas = chafa_canvas_new(config);
	full_picture_fill(canvas, p);
	chafa_canvas_config_unref(config);
	chafa_symbol_map_unref(symbols);
	return canvas;
}

/* Of the colours that the cells of the page have so far; pairs belong to the screen, of which there is one. */
static struct {
	struct {
		int fore, back;
	} known[2048];
	int n;
} pairs;

void full_pictures_begin(void)
{
	pairs.n = 0;
}

/* A pair's number; 0, the terminal's own colours, when there are no more. */
static int pair_of(int fore, int back)
{
	fore = fore < 0 ? back : fore; /* a blank has no ink */
	for (int i = 0; i < pairs.n; i++) {
		if (pairs.known[i].fore == fore && pairs.known[i].back == back)
			return PAIRS_FIRST + i;
	}
	int max = COLOR_PAIRS - PAIRS_FIRST, size = (int)(sizeof pairs.known / sizeof *pairs.known);
	if (pairs.n >= max || pairs.n >= size || init_extended_pair(PAIRS_FIRST + pairs.n, fore, back) != OK)
		return 0;
	pairs.known[pairs.n].fore = fore;
	pairs.known[pairs.n].back = back;
	return PAIRS_FIRST + pairs.n++;
}

void full_paint_picture(struct _win_st *w, int y, int x, const struct cells *size, const struct page_picture *p)
{
	ChafaCanvas *canvas = draw(p, size->columns, size->lines);
	for (int row = 0; row < size->lines; row++) {
		wmove(w, y + row, x);
		for (int column = 0; column < size->columns; column++) {
			char text[5] = "";
			gint fore = -1, back = -1;
			text[utf8_encode(chafa_canvas_get_char_at(canvas, column, row), text)] = '\0';
			chafa_canvas_get_raw_colors_at(canvas, column, row, &fore, &back);
			int pair = canvas_mode() == CHAFA_CANVAS_MODE_FGBG ? 0 : pair_of(fore, back);
			wattr_set(w, A_NORMAL, 0, &pair);
			waddstr(w, text);
		}
	}
	chafa_canvas_unref(canvas);
	wattrset(w, (int)theme(PAINT_BODY));
}
