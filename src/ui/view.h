#ifndef UI_VIEW_H
#define UI_VIEW_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct event;
struct page;

/*
 * A live view of the journey. Two exist: the full screen (ui/full.c, the only one that knows curses) and the linear
 * dialogue (ui/linear.c). Both show the same pages and return the same events.
 */
struct chrome {             /* the frame's words; same on every page */
	const char *center; /* name of the service center */
	const char *mark;   /* key of the catalogue: "" or the demonstration mark, shown on every screen */
	const char *hotline;
	/* QR modules, row by row, 1 is dark; ui/ knows no QR library. False: cannot be encoded. */
	bool (*encode_qr)(const char *payload, int *ret_size, unsigned char *modules, size_t max);
};

struct view;

struct view *view_full_create(const struct chrome *chrome, struct err *e);
struct view *view_linear_create(const struct chrome *chrome, struct err *e);
void view_destroy(struct view *v); /* restores the terminal, clears the screen; accepts NULL */

/* Paints what changed. Of the page it changes only `scroll`, `place` and the rows' `first` and `line`. */
void view_show(struct view *v, struct page *p);
/*
 * Waits for one event, at most timeout_ms (-1: no limit). watch_fd >= 0 is watched too: ACTION_READY. Signals and the end of the
 * terminal come as events: ACTION_STOP, ACTION_CLOSED.
 */
void view_wait(struct view *v, int timeout_ms, int watch_fd, struct page *p, struct event *ret_event);
void view_beep(struct view *v);

/* What both views have in common; first member of each. */
struct view_ops {
	void (*show)(struct view *v, struct page *p);
	void (*wait)(struct view *v, int timeout_ms, int watch_fd, struct page *p, struct event *ret_event);
	void (*beep)(struct view *v);
	void (*destroy)(struct view *v);
};

struct view {
	const struct view_ops *ops;
	struct chrome chrome;
};

#endif
