#ifndef APP_START_H
#define APP_START_H

struct app;

/* The start screen, again and again: what can be done here, until the program is told to end. */
void start_run(struct app *app);

/* Shows the start screen once, without waiting, while the program still gets ready. */
void start_preview(struct app *app);

#endif
