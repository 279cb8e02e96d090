#ifndef UI_KIND_H
#define UI_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/action.h"

struct facts;
struct filing;
struct page;
struct screen;
struct services;

/*
 * A screen kind: a table of functions and some private memory that is wiped when the screen is left. It describes itself as
 * a page (both views show pages), changes its own state on press and typed, and on commit checks and stores the answers.
 */
struct kind {
	const struct kind_ops *ops;
	const struct screen *screen;
	struct filing *filing;
	const struct facts *facts;
	const struct services *services;
	void *own; /* private_size bytes, zeroed */
};

struct kind_ops {
	const char *name;
	size_t private_size;
	void (*open)(struct kind *k);                     /* private state from the answers; can be NULL */
	void (*describe)(struct kind *k, struct page *p); /* adds rows; title and position are there already */
	enum action (*press)(struct kind *k, struct page *p, int id); /* the row with this id was pressed */
	void (*typed)(struct kind *k, struct page *p, int id);        /* the text of this input changed; can be NULL */
	bool (*commit)(struct kind *k, struct page *p); /* false: not complete; the page says why; can be NULL */
	bool (*back)(struct kind *k, struct page *p);   /* true: went back inside the screen; can be NULL */
	enum action (*turn)(struct kind *k, struct page *p, enum action a); /* PAGE_UP, PAGE_DOWN, TICK; can be NULL */
	void (*close)(struct kind *k);                                      /* can be NULL */
};

/* Opens the kind that shows this screen. */
void kind_open(struct kind *k, const struct screen *screen, struct filing *f, const struct facts *facts,
	const struct services *services);
void kind_close(struct kind *k); /* accepts a zeroed one */

/*
 * The id of a row that leads to a step and back (ACTION_CHANGE), and the step of such a row. Items have at most 60 steps;
 * `part`, below 128, tells the rows of one step apart.
 */
int change_id(unsigned step, unsigned part);
unsigned change_step(int id);

extern const struct kind_ops kind_notice, kind_form, kind_list, kind_verify, kind_address, kind_registration,
	kind_eligibility, kind_carried, kind_group, kind_center, kind_photo, kind_materials, kind_outstanding,
	kind_review, kind_end;

enum { ID_CONTINUE = 9000, ID_BACK = 9001 }; /* rows that several kinds have */
void page_add_continue(struct page *p);

#endif
