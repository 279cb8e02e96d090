#ifndef DEVICE_PRINTER_H
#define DEVICE_PRINTER_H

#include <stdbool.h>

struct err;

/*
 * A printer is a row in a table of back ends: "file" writes each receipt as a text file into a folder, "none" refuses
 * with a sentence. A job that failed stays in the outbox and can be repeated.
 */
/* Prints UTF-8 text as it stands. `job` names the file (case number). Whole or not at all: written aside, synced,
 * renamed. */
bool printer_print(const char *kind, const char *target, const char *job, const char *text, struct err *e);
/* For `juzhu doctor`: could it print now? */
bool printer_ready(const char *kind, const char *target, struct err *e);

#endif
