#ifndef MODEL_CARRIED_H
#define MODEL_CARRIED_H

#include <stdbool.h>

struct answers;
struct filing;
struct item;

/*
 * What an item takes over from the case that it builds on (struct item: builds_on): the answers of its steps that can be
 * carried. Which case that was is in "registration" and "registration.*".
 */
/* The photo that is carried: name of its screen; NULL: none is. */
const char *carried_photo(const struct item *item);
/* Takes over what the item carries of these answers, and which materials the case has. */
void carried_take(struct filing *f, const struct answers *from);
/*
 * Another case is taken, or none: all that came from the one before is forgotten, also where it was changed meanwhile, and
 * what was answered about it (steps that are asked because there is one).
 */
void carried_forget(struct filing *f);

#endif
