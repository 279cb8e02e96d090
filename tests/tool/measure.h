#ifndef TEST_MEASURE_H
#define TEST_MEASURE_H

#include <stdbool.h>

struct term;

/*
 * The `measure` command of a script, for the benches. Prints "measured NAME ..." lines, times in microseconds:
 *   start TIMES (NAME TEXT COMMAND)...   from fork until TEXT is painted, the commands in turn: median, p99
 *   keys NAME TIMES                      from a digit or a Backspace until row and cursor have changed: median, p99
 *   memory NAME                          of the program that runs: VmRSS, VmHWM in KiB
 * False: ret_why says what is wrong.
 */
bool measure(struct term *t, const char *term_name, const char *text, const char **ret_why);

#endif
