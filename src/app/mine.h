#ifndef APP_MINE_H
#define APP_MINE_H

struct app;

/*
 * "My cases" (我的办件): by the receipt's code to one case with all that was filed, by a verified person to the list of the
 * own ones. Runs until the person goes back or the session ends; then the session has been wiped.
 */
void mine_run(struct app *app);

#endif
