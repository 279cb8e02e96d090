#ifndef TEST_REPORTS_H
#define TEST_REPORTS_H

#include <stdbool.h>

/* What the sanitizers and valgrind have to say goes to FOLDER/report.PID, away from the screen. */
void reports_begin(const char *folder);
/* Prints what came. True: nothing did. */
bool reports_end(const char *folder);

#endif
