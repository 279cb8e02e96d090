#ifndef UI_THEME_H
#define UI_THEME_H

/*
 * Colours by meaning. One accent colour; whatever a colour says, a character says too. In 256 colours every text has a
 * contrast of at least 10:1 against its background (WCAG 2.2, 1.4.6 asks 7:1); 8 colours and monochrome follow.
 */
enum paint {
	PAINT_BODY,
	PAINT_BAR, /* first line */
	PAINT_TITLE,
	PAINT_FOCUS, /* the row that keys go to */
	PAINT_MARK,  /* what was looked for, in a row and in the focused row: bold, underlined */
	PAINT_MARK_FOCUS,
	PAINT_BUTTON, /* the button that goes on */
	PAINT_FIELD,  /* where one types */
	PAINT_HINT,
	PAINT_ERROR,
	PAINT_KEYS, /* last line */
	PAINT_QR,   /* dark on light, always its own colours */
	PAINT_QR_TURNED,
	PAINT_COUNT
};

void theme_begin(void);            /* after initscr; honours NO_COLOR */
unsigned long theme(enum paint p); /* curses attributes (chtype) */

#endif
