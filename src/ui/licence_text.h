#ifndef UI_LICENCE_TEXT_H
#define UI_LICENCE_TEXT_H

#include "model/licence.h"

struct page;

/* What is said about electronic licences on the materials screen. Texts are translated and owned by the page. */

/* Number, issuer, validity. */
const char *licence_about(struct page *p, const struct licence *l);
/*
 * Why the licence does not meet the material, and the remedy; while it is being looked for, that. NULL: nothing to say. A person
 * who has none is not told so unasked: `asked` says that somebody chose to have it looked for.
 */
const char *licence_why_not(struct page *p, enum licence_state state, const struct licence *l, bool asked);

#endif
