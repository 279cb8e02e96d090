#ifndef UI_CONSENT_H
#define UI_CONSENT_H

#include <stdbool.h>

#include "base/i18n.h"
#include "model/edit.h"

struct kind;
struct material;
struct page;

/*
 * A relative's licence is that person's data: it is looked for only after he or she agreed (PIPL art. 13, 29). A terminal cannot
 * see that, so staff do: the relative shows the licence on the own phone, or has signed a paper; staff type their code. Without
 * that the material is a file or goes to the counter, as it would have anyway. Part of the materials screen.
 */
struct consent {
	struct edit number, code;
	const char *how; /* "phone", "paper"; NULL: not chosen yet, the first of the two pages */
	char number_error[300], code_error[300];
	enum lang lang; /* of the errors */
};

enum { ID_CONSENT = 500, ID_CONSENT_LAST = 509 };

void consent_open(struct consent *c, const struct kind *k, const struct material *m);
void consent_describe(struct consent *c, struct kind *k, struct page *p, const struct material *m);
enum consent_result { CONSENT_OPEN, CONSENT_GIVEN, CONSENT_GIVEN_UP };
/* GIVEN: it is in the answers. */
enum consent_result consent_press(struct consent *c, struct kind *k, struct page *p, const struct material *m, int id);
bool consent_back(struct consent *c);  /* false: it was the first page */
void consent_close(struct consent *c); /* wipes; can be called twice */

#endif
