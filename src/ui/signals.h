#ifndef UI_SIGNALS_H
#define UI_SIGNALS_H

#include <stdbool.h>

#include "ui/action.h"

struct err;

/*
 * Signals become bytes in a pipe that the poll loop watches. SIGTERM and SIGHUP end the program in order, SIGWINCH asks for
 * a new layout; keyboard and job signals and SIGPIPE are ignored. Shared by both views.
 */
bool signals_begin(struct err *e);
void signals_end(void);
int signals_fd(void);
enum action signals_take(void); /* ACTION_STOP, ACTION_REDRAW, or ACTION_NONE when the pipe is empty */

#endif
