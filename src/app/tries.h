#ifndef APP_TRIES_H
#define APP_TRIES_H

#include <stdbool.h>
#include <stdint.h>

struct app;

/*
 * Wrong codes of receipts at this station, wherever one is asked for: after some within an hour the next try has to wait, longer
 * each time. What check symbols find is a slip and is not counted.
 */
/* True: wait; ret_until: until when, seconds since 1970 UTC. */
bool tries_locked(struct app *app, int64_t *ret_until);
/* Counts one; number: of the case that was tried, "" there is none. */
void tries_wrong(struct app *app, const char *number);
/* "10:05", the first full minute when it may be tried again. */
void tries_until_text(int64_t until, char out[static 6]);

#endif
