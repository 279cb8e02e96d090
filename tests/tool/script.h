#ifndef TEST_SCRIPT_H
#define TEST_SCRIPT_H

#include <stdbool.h>

/*
 * Runs one .drive script (the commands: tests/README.md) at one size. A failure prints the line and the whole screen and
 * returns false. `sizes` of the script is returned as text ("" when it has none), so that the caller repeats it.
 */
bool script_run(const char *path, int cols, int rows);
/* The sizes a script asks for: its `sizes` line, or 80x24. Returns how many, at most max. */
int script_sizes(const char *path, int max, int cols[], int rows[]);

#endif
