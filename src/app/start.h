#ifndef APP_START_H
#define APP_START_H

struct app;

/* The start screen, again and again: what can be done here, until the program is told to end. */
void start_run(struct app *app);

/*
 * The kiosk could not get ready: says so where applicants and staff see it, when there is a screen already, for a minute or
 * until a key; the supervisor's exit status makes the service manager try again.
 */
struct err;
void start_out_of_service(struct app *app, const struct err *e);
/* Shows the start screen once, without waiting, while the program still gets ready. */
void start_preview(struct app *app);

#endif
