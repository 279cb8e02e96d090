#ifndef ADDRESS_MATCH_H
#define ADDRESS_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "address/library.h"
#include "address/query.h"

/* Costs are hundredths: 0 is the whole name as written. Above the limit is no match. */
enum { MATCH_LIMIT = 300, MATCH_NONE = 10000 };

/*
 * How far the typed atoms are from a name: characters, full pinyin, initials and any mixture; a homophone costs little
 * (a slip of the input method). With `errors` also letters that sound alike (zh/z, ng/n, n/l, h/f) and one mistake.
 */
int match_name(const struct readings *r, const struct atom *atoms, size_t n, const struct name *name, bool errors);
/* The whole name stands somewhere in the typed characters (noise around it): cost, or MATCH_NONE. */
int match_inside(const struct atom *atoms, size_t n, const struct name *name);

#endif
