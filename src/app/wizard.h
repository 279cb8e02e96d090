#ifndef APP_WIZARD_H
#define APP_WIZARD_H

#include <stdbool.h>

struct app;
struct item;

/* Runs the open filing from its current step until it is submitted, left or wiped. Then the session has been wiped. */
void wizard_run(struct app *app);
/* Opens a new filing of the item; false: no randomness or no space for another session (the person has been told). */
bool wizard_begin(struct app *app, const struct item *item);

/* Is there room on the disk for a filing? False: the person has been told. */
bool wizard_room(struct app *app);
/* What was verified on another day counts no more: first to the verification, then back to where the person was. */
void wizard_verify_again(struct app *app);

#endif
