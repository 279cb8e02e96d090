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
/*
 * Takes over what the item carries of these answers, and which materials the case has. What was answered before, and what was
 * answered about a case that was taken before, is forgotten. "PHOTO.registered" is "yes" as long as the photo is the one that
 * was taken over; its file is the caller's matter.
 */
void carried_take(struct filing *f, const struct answers *from);
/*
 * Nothing is taken over after all: what came from a case is forgotten, also where it was changed meanwhile, its photo too, and
 * what was answered about it (steps that are asked because there is one).
 */
void carried_forget(struct filing *f);

#endif
