#ifndef UI_PAGE_H
#define UI_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/action.h"

struct edit;

/*
 * What a screen says, in words: rows in reading order, one of them focused. A screen kind describes itself as a page;
 * the full screen paints it, the linear view reads it out, later the voice speaks it. So no kind knows a terminal.
 */
enum row_kind {
	ROW_TEXT,    /* a paragraph, wrapped; empty label: an empty line */
	ROW_HEADING, /* a short heading inside the body */
	ROW_INPUT,   /* label, edit */
	ROW_OPTION,  /* can be chosen; `selected` */
	ROW_BUTTON,  /* does something when pressed */
	ROW_VALUE,   /* label and value; focusable when id >= 0 (review: change) */
	ROW_PICTURE, /* `picture`; the label says what is to be seen */
	ROW_QR,      /* `value` as a QR code, `hint` the same as text, in lines; the first says most */
};

struct page_picture {
	unsigned width, height;
	const unsigned char *rgb; /* borrowed, width * height * 3 bytes; NULL: there is none */
};

struct row {
	enum row_kind kind;
	int id;            /* the kind's own number; -1: not focusable */
	const char *label; /* all texts: translated, owned by the page's arena, never NULL */
	const char
		*value;   /* VALUE, QR; OPTION: detail after the label; INPUT: what came of the text, below the field */
	const char *hint; /* INPUT: example; OPTION: explanation; BUTTON: explanation or its key (ui/action.h); PICTURE:
			     what is said where it is not seen, "": the label */
	const char *error;                   /* "" or one sentence, shown between label and field */
	struct edit *edit;                   /* INPUT; owned by the kind */
	bool masked;                         /* INPUT: show dots (staff code) */
	bool selected;                       /* OPTION */
	bool primary;                        /* BUTTON: the one that goes on */
	struct page_picture picture, beside; /* PICTURE: what is shown, and what is shown at its right */
	bool aside;                          /* PICTURE: where there is room, the next rows stand at its left */
	unsigned digit;                      /* 1-9: the key that presses it; 0: none */
	uint64_t marks;                      /* OPTION: bit i: the i-th character of the label is what was looked for */
	unsigned first;                      /* INPUT: scroll position, kept by the view */
	int line;                            /* of the body, where its mark stands: set by the view */
};

/* What a view that scrolls shows of a page; kept by that view, for the keys. */
struct page_place {
	bool shown;     /* since it was opened; what has just been opened is shown from its top */
	int top, lines; /* first line of the body that is seen, and how many at once; 0 lines: it does not scroll */
	int all;        /* lines of the body */
	int focus;      /* the row that was focused, -1: none was */
	bool sight;     /* that row was seen */
};

enum { PAGE_ROWS_MAX = 200, PAGE_TOP = -10000 }; /* PAGE_TOP: a `scroll` to the first line, wherever the focus is */

struct page {
	const char *item;  /* title of the item or "" */
	const char *title; /* of the screen, unique in the item */
	unsigned n, of;    /* step n of m; of = 0: none */
	struct row rows[PAGE_ROWS_MAX];
	int n_rows;
	int focus;           /* index in rows, always focusable; -1: nothing is */
	const char *message; /* one line: result of the last key, "" none */
	bool message_error;  /* the message is an error */
	bool digits_pick;    /* digits press rows even while an input has the focus */
	bool alone;          /* show the QR row alone on the whole screen */
	int scroll;          /* lines to go down from what is seen, wherever the focus is; the view does it once */
	struct page_place place;
	bool pauses;                    /* a screen of a filing: it can be paused here, and the keys say so */
	bool turns;                     /* the kind uses PgUp and PgDn itself */
	bool lines;                     /* it is read out line by line: no word about keys */
	char *arena[PAGE_ROWS_MAX * 4]; /* owned texts */
	int n_arena;
};

void page_clear(struct page *p); /* frees the texts; keeps focus and message flags */
const char *page_own(struct page *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct row *page_add(struct page *p, enum row_kind kind, int id, const char *label); /* label is copied */
/* Text with empty lines between paragraphs becomes one ROW_TEXT a paragraph. */
void page_add_text(struct page *p, const char *text);
void page_say(struct page *p, bool error, const char *format, ...) __attribute__((format(printf, 3, 4)));

bool row_focusable(const struct row *r);
int page_find(const struct page *p, int id); /* index of the row with this id, -1: none */
void page_focus_id(struct page *p, int id);
void page_settle(struct page *p);              /* makes focus valid after rows changed */
bool page_move(struct page *p, int direction); /* +1, -1; stops at the ends */

/*
 * Applies an event to the focused row: moves, types, presses digits. Returns ACTION_PRESS with event->row set when a row was
 * pressed, ACTION_TYPE when the text of event->row changed, ACTION_NONE when the event was used up, else the action itself
 * for the caller.
 */
enum action page_act(struct page *p, struct event *event);

/* The focus in one sentence: label, state, value, error, place. For the linear view and the voice. */
void row_describe(const struct page *p, int row, char *out, size_t size);

#endif
