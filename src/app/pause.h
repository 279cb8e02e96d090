#ifndef APP_PAUSE_H
#define APP_PAUSE_H

#include <stdbool.h>

struct app;

/*
 * Pausing: the filing is sealed under a one-time code that a slip and the screen tell (store/paused.h), and can be taken up with
 * it at this kiosk, or another one that shares its database, until closing time. Two ways: at once, which ends the session; or
 * "keep it for me", which tells the code now and seals nothing until the session ends without the person (idle time, the
 * machine is stopped). Submitting and leaving end the code. One code for a filing until it is taken up.
 */

/* Asks which way. True: the session is over. Only on a page with `pauses`. */
bool pause_dialogue(struct app *app);
/* Was a code told for the filing that is open? */
bool pause_kept(const struct app *app);
/*
 * The session ends: keeps the filing when that was asked for and the person did not end it himself. Sets app->paused. False: it
 * could not be stored; then its draft is all that is left of it.
 */
bool pause_at_end(struct app *app);
/* An interrupted filing goes on here: what a program that crashed while it told the code left under it is deleted. */
void pause_withdraw(struct app *app);

/* pause_take.c: asks for the code and who it is, takes the filing up and runs it; returns when the session is over. */
void pause_take_up(struct app *app);

#endif
