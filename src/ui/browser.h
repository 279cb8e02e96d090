#ifndef UI_BROWSER_H
#define UI_BROWSER_H

#include <stdbool.h>

#include "model/edit.h"
#include "model/file_name.h"

struct page;
struct services;

/*
 * Choosing a file, shared by the photo and the materials: lists the allowed places nine rows at a time, or takes a typed
 * path. The services open, check and attach the file; a refusal is shown with its remedy and another file can be chosen.
 */
struct browser {
	bool photo;                /* the photo's rules instead of a material's */
	char name[FILE_NAME_SIZE]; /* attachment's name, model/file_name.h */
	struct edit path;
	unsigned first;
	char refused[900]; /* sentences, one a line; "" none */
	bool checking;     /* a material is being looked at */
	char about[120];   /* what was taken */
};

enum {
	ID_BROWSER = 400,
	ID_BROWSER_PATH = 450,
	ID_BROWSER_UP = 451,
	ID_BROWSER_MORE = 452,
	ID_BROWSER_LESS = 453,
	ID_BROWSER_STOP = 454
};

void browser_open(struct browser *b, const char *name, bool photo);
void browser_describe(struct browser *b, struct page *p, const struct services *s);
/* True when a photo was begun with: the caller waits for it. A material is waited for here. */
bool browser_press(struct browser *b, struct page *p, const struct services *s, int id);
/* A tick, or the inspector is ready. True when a material was taken: b->about says what it is. */
bool browser_tick(struct browser *b, struct page *p, const struct services *s);
bool browser_turn(struct browser *b, struct page *p, const struct services *s, int direction);
bool browser_back(struct browser *b, struct page *p, const struct services *s); /* false: at the top */
void browser_close(struct browser *b);

#endif
