#ifndef UI_FINDINGS_H
#define UI_FINDINGS_H

#include "ui/services.h"

struct page;

/*
 * The material that was taken, and what was read from it beside what was typed, shown until the applicant has seen it. Nothing of it is
 * taken over. The services hold it and say it in the language of the moment, so it is asked for each time.
 */
/* Is there something to show? */
bool findings_any(const struct services *s);
/* Adds the title, the picture and a row or more for each field. */
void findings_describe(const struct services *s, struct page *p, const char *title);
/* The codes that go along with the file (model/doubt.h); NULL: nothing is in doubt. */
const char *findings_doubt(const struct services *s);

#endif
