#ifndef UI_FULL_H
#define UI_FULL_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/theme.h"
#include "ui/view.h"

/* The parts of the full-screen view, for its own files. */
struct _win_st;
struct form_view;
struct page;
struct pixels;
struct row;

enum { PAD_LINES = 120, PAD_LINES_MAX = 960, PAD_COLUMNS = 80 };

/* Lines of the screen; -1: no room. */
struct frame {
	int title, body, body_lines, message, message_lines, keys;
};

struct full {
	struct view view;
	struct _win_st *pad; /* the body: fixed size, seen through a viewport that follows the focus */
	struct form_view *form;
	struct pixels *pixels;
	int lines; /* of the pad: it grows when a page is longer */
	int width; /* layout: 80, 60 or 40 columns */
	int left;  /* of the layout on a wider terminal */
	int margin;
	struct frame frame;
	int y;                       /* next free line of the pad */
	int aside, aside_end;        /* columns that a picture at the right takes, and the first line below it */
	int cursor_y, cursor_x;      /* on the pad; y -1: nothing is focused */
	int focus_first, focus_last; /* lines of the focused row */
};

/* full_rows.c: paints the rows from the top of the pad down. */
void full_paint_rows(struct full *f, struct page *p);
/* full_qr.c: paints a symbol at y, x of the window; returns its lines, 0 when it cannot be drawn. */
int full_paint_qr(struct full *f, struct _win_st *w, int y, int x, const char *payload);
int full_qr_columns(struct full *f, const char *payload); /* 0: cannot be encoded */
/* full_picture.c: the cells that a picture takes when it is as large as fits; false: there is none or no room. */
struct page_picture;
struct cells {
	int columns, lines;
};
bool full_picture_fit(const struct page_picture *p, int columns, int lines, struct cells *ret);
struct ChafaCanvas;
void full_picture_fill(struct ChafaCanvas *canvas, const struct page_picture *p); /* draws it on a canvas of libchafa */
void full_pictures_begin(void);                                                   /* before the pictures of a page */
void full_paint_picture(struct _win_st *w, int y, int x, const struct cells *size, const struct page_picture *p);
/* The symbol's words beside or below it: one line for each line of the hint. Returns the lines. */
int full_put_lines(struct _win_st *w, int y, int x, int columns, enum paint paint, const char *text);
int full_lines_width(const char *text); /* of the widest line */
/* full_frame.c: first line, title, message, key line. A message takes as many lines as it has. */
struct frame full_frame(const struct full *f, const struct page *p);
void full_paint_frame(struct full *f, const struct page *p, const char *more);
/* Writes at most `columns` columns; characters the C library knows no width of become U+3013. Returns the columns used. */
int full_put(struct _win_st *w, int y, int x, int columns, enum paint paint, const char *text);

#endif
