#ifndef APP_START_H
#define APP_START_H

struct app;

/* The start screen, again and again: what can be done here, until the program is told to end. */
void start_run(struct app *app);

#endif
