/*
 * A picture in character cells: libchafa picks for each cell the block symbol and the two colours that come closest; curses paints
 * them, so that a picture scrolls, resizes and is copied by tmux like any text. Without 256 colours it is drawn in those that are there.
 */
#include <chafa.h>
#include <curses.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/full.h"
#include "ui/page.h"

enum { CELL_RATIO = 2, WIDE_MAX = 60, PAIRS_FIRST = PAINT_COUNT + 1, COLOURS_MANY = 256 };

/* The largest cells by which the picture fits into `columns` and `lines`, a cell being twice as high as wide. */
static bool fit(const struct page_picture *p, int columns, int lines, int *ret_columns, int *ret_lines)
{
	if (!p->rgb || !p->width || !p->height || columns < 4 || lines < 3)
		return false;
	columns = columns < WIDE_MAX ? columns : WIDE_MAX;
	long wide = (long)lines * CELL_RATIO * (long)p->width / (long)p->height, high = lines;
	if (wide > columns) {
		wide = columns;
		high = wide * (long)p->height / ((long)p->width * CELL_RATIO);
	}
	*ret_columns = (int)(wide > 0 ? wide : 1);
	*ret_lines = (int)(high > 0 ? high : 1);
	return true;
}

static ChafaCanvasMode canvas_mode(void)
{
	if (!has_colors() || COLOR_PAIRS <= PAIRS_FIRST + COLOURS_MANY)
		return CHAFA_CANVAS_MODE_FGBG;
	return COLORS >= COLOURS_MANY ? CHAFA_CANVAS_MODE_INDEXED_240 : CHAFA_CANVAS_MODE_INDEXED_8;
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
	chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGB8, p->rgb, (gint)p->width, (gint)p->height,
		(gint)p->width * 3);
	chafa_canvas_config_unref(config);
	chafa_symbol_map_unref(symbols);
	return canvas;
}

struct pairs { /* of colours that the cells so far have */
	struct {
		int fore, back;
	} known[1024];
	int n;
};

/* A pair's number; 0, the terminal's own colours, when there are no more. */
static int pair_of(struct pairs *p, int fore, int back)
{
	for (int i = 0; i < p->n; i++) {
		if (p->known[i].fore == fore && p->known[i].back == back)
			return PAIRS_FIRST + i;
	}
	int max = COLOR_PAIRS - PAIRS_FIRST, size = (int)(sizeof p->known / sizeof *p->known);
	if (p->n >= max || p->n >= size || init_extended_pair(PAIRS_FIRST + p->n, fore, back) != OK)
		return 0;
	p->known[p->n].fore = fore;
	p->known[p->n].back = back;
	return PAIRS_FIRST + p->n++;
}

int full_paint_picture(struct _win_st *w, int y, int x, int columns, int lines, const struct page_picture *p)
{
	struct pairs pairs = { .n = 0 };
	int wide, high;
	if (!fit(p, columns, lines, &wide, &high))
		return 0;
	ChafaCanvas *canvas = draw(p, wide, high);
	for (int row = 0; row < high; row++) {
		wmove(w, y + row, x);
		for (int column = 0; column < wide; column++) {
			char text[5] = "";
			gint fore = -1, back = -1;
			text[utf8_encode(chafa_canvas_get_char_at(canvas, column, row), text)] = '\0';
			chafa_canvas_get_raw_colors_at(canvas, column, row, &fore, &back);
			int pair = canvas_mode() == CHAFA_CANVAS_MODE_FGBG ? 0 : pair_of(&pairs, fore, back);
			wattr_set(w, A_NORMAL, 0, &pair);
			waddstr(w, text);
		}
	}
	chafa_canvas_unref(canvas);
	wattrset(w, (int)theme(PAINT_BODY));
	return high;
}
