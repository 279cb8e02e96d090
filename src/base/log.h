#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

struct err;

/*
 * One line an event: time, level, event name, key=value. Holds names of steps, fields, case numbers; never a value
 * that a person typed. Goes to a file or to standard error before the screen is opened.
 */
bool log_open(const char *path, struct err *e); /* NULL: standard error */
void log_close(void);
void log_info(const char *event, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_warn(const char *event, const char *format, ...) __attribute__((format(printf, 2, 3)));
int log_fd(void); /* where standard error is sent while the screen is open */

#endif
