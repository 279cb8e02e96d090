#ifndef UI_PICTURE_PIXELS_H
#define UI_PICTURE_PIXELS_H

#include <stdbool.h>

struct cells;
struct page_picture;
struct pixels;

/*
 * Pictures in pixels, over the character cells that full_picture.c paints, where the terminal can: sixel when it said so itself (DA1),
 * kitty's protocol by the environment. Curses knows nothing of them: a picture is drawn after curses has painted, only when all
 * of it is seen, and as soon as it is to go, curses paints the whole screen anew. What cannot draw them shows the cells.
 */
struct pixels *pixels_create(void);
void pixels_destroy(struct pixels *p); /* takes them off the screen; accepts NULL */

void pixels_begin(struct pixels *p); /* before the pictures of a page */
/* A picture at a line and column of the pad; borrowed until pixels_draw. */
void pixels_add(struct pixels *p, int y, int x, const struct cells *size, const struct page_picture *picture);
/* The screen may show something else now: it was resized or painted anew. */
void pixels_lost(struct pixels *p);

/* What of the pad is seen, and where. */
struct seen {
	int first, lines; /* of the pad */
	int top, left;    /* on the screen */
};
/* Before curses paints. True: what was drawn has to go, the whole screen has to be painted. */
bool pixels_settle(struct pixels *p, const struct seen *seen);
void pixels_draw(struct pixels *p); /* after it has */

#endif
