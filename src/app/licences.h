#ifndef APP_LICENCES_H
#define APP_LICENCES_H

#include <stdbool.h>

#include "base/config.h"
#include "model/licence.h"

struct store;

/*
 * Where electronic licences come from: one row per provider in app/licences.c. `local` is the table in this station's database
 * (`juzhu licence import`), `program` an outside program (packaging/LICENCES.md), `none` nobody. What was asked is remembered
 * until licences_forget, so that a screen can look as often as it likes; nothing here waits for a program.
 */
struct licences;

struct licence_request {
	const char *kind, *subject, *name, *id_number;
	const char *consent; /* of a relative: how it was given; else "" */
};

/* Both borrowed; the store is asked by `local` only. */
struct licences *licences_create(const struct config *config, struct store *store);
void licences_destroy(struct licences *l); /* accepts NULL */

/*
 * Asks when it is the first time, then says how it stands. ret is filled in when it is VALID, EXPIRED or EARLY, else zeroed:
 * of somebody else's licence nothing is told. id_number "": OFF, or NONE when somebody could be asked.
 */
enum licence_state licences_ask(struct licences *l, const struct licence_request *r, int today, struct licence *ret);
/* Keeps the time limits and takes answers. True: something is still being asked. Call it after each wait. */
bool licences_poll(struct licences *l, int today);
int licences_fd(const struct licences *l); /* of one that runs, to wait for reading; -1: nothing runs */
void licences_again(struct licences *l);   /* what was not answered will be asked anew */
void licences_forget(struct licences *l);  /* end of a session: ends what runs, wipes all */

#endif
