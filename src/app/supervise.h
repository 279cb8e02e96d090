#ifndef APP_SUPERVISE_H
#define APP_SUPERVISE_H

#include <stdbool.h>

struct app;
struct err;

/*
 * The kiosk is two processes. The supervisor never sees what anybody types: it holds the key of the drafts in memory that
 * reaches no disk, and starts the program that shows the screens anew for each applicant, so that nothing of the one before
 * is left. When that program crashes it is started again and can open the draft; when a session has ended the key is renewed, unless
 * its draft is still wanted.
 */
enum {
	EXIT_NEXT = 10,        /* of the program that shows the screens: a session is over, start anew */
	EXIT_KEEP = 11,        /* the same, but its draft is still wanted: with the key of before */
	SECRET_DRAFT_KEY = 32, /* the secret: first the key of the drafts, */
	SECRET_SEED = 32,      /* then the seed of a demonstration's throw-away keys */
};

/*
 * Runs sessions until one ends for good; the status is the program's exit status. Crashes again and again end with
 * ERR_BUG. The configuration in `app` decides whether there is a throw-away folder. It returns twice: with *ret_program
 * true in the first program, which is a fork (nobody has typed anything yet, and the first screen is there sooner); those
 * that follow are executed.
 */
bool supervise(struct app *app, char **argv, bool *ret_program, int *ret_status, struct err *e);

/* The options that the supervisor adds for the program that it starts: "--under FD" and "--demo-dir DIR". */
void supervise_demo_paths(struct app *app); /* database and receipts in app->demo_dir */

#endif
