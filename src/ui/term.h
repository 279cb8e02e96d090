#ifndef UI_TERM_H
#define UI_TERM_H

#include <stdbool.h>

#include "ui/action.h"

struct err;

/*
 * The terminal: curses in raw mode, standard error kept off the screen, bracketed paste, own key decoding. A terminal that is
 * gone is noticed within 100 ms.
 */
bool term_begin(struct err *e);
void term_end(void); /* clears the screen and what can be scrolled back to */
/* The same without curses, where standard output is a terminal that knows how. */
void term_forget(void);
/* Waits for one key or event; see view_wait. Fills action and point. */
void term_wait(int timeout_ms, int watch_fd, struct event *ret_event);
/* Has the terminal said that it draws sixels? It is asked at the beginning and answers when it likes; until then: no. */
bool term_sixel(void);
void term_resize(void); /* takes over the size that the terminal has now */

#endif
