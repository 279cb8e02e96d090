#ifndef APP_STARTUP_H
#define APP_STARTUP_H

#include <stdbool.h>

struct app;
struct err;

/*
 * What has to be there before the first screen, as a table of stages {name, begin, end}; ended in reverse from wherever it
 * stopped. Configuration must be set in `app` already.
 */
bool startup_begin(struct app *app, struct err *e);
void startup_end(struct app *app);

#endif
