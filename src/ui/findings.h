#ifndef UI_FINDINGS_H
#define UI_FINDINGS_H

#include "ui/services.h"

struct page;

/*
 * What was read from a material, shown beside what was typed until the applicant has seen it. Nothing of it is taken over. Personal:
 * wiped with findings_forget.
 */
struct findings {
	struct finding_view view[FINDINGS_MAX];
	size_t n; /* 0: there is nothing to show */
};

/* Of the file that the services took last. */
void findings_take(struct findings *f, const struct services *s);
void findings_forget(struct findings *f);
/* Adds the title and a row or more for each. */
void findings_describe(const struct findings *f, struct page *p, const char *title);
/* The codes that go along with the file (model/doubt.h); NULL: nothing is in doubt. */
const char *findings_doubt(const struct findings *f);

#endif
