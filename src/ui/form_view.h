#ifndef UI_FORM_VIEW_H
#define UI_FORM_VIEW_H

#include <stdbool.h>

/*
 * libformw for what it is good at: placing, ordering and painting fields. It never edits: typed text lives in
 * model/edit.c and only the visible part of it is handed over (libformw loses and leaks Chinese text when it edits).
 */
struct form_view;
struct _win_st; /* curses' WINDOW */

struct form_view *form_view_create(struct _win_st *body);
void form_view_destroy(struct form_view *v); /* accepts NULL */

/* Fields of a page, anew for each painting. */
void form_view_clear(struct form_view *v);
void form_view_add(struct form_view *v, int y, int x, int columns, const char *text, bool focused);
void form_view_paint(struct form_view *v);

#endif
