#ifndef MODEL_CASENUM_H
#define MODEL_CASENUM_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Case number (办件编号): item 2, station 4, YYYYMMDD, random 5, check 1 = 20 digits. The random part keeps the order of
 * applicants private; the store's UNIQUE asks for another one on collision. Check digit: Damm (2004), which finds
 * every single wrong digit and every adjacent transposition.
 */
enum { CASENUM_LENGTH = 20 };

void casenum_make(const char *item2, const char *station4, int yyyymmdd, unsigned random5,
	char out[static CASENUM_LENGTH + 1]);
bool casenum_good(const char *s);
/* Groups of four for reading and typing back. Ungroup accepts any grouping; false unless it is a good number. */
void casenum_group(const char *number, char out[static CASENUM_LENGTH + 5]);
bool casenum_ungroup(const char *typed, char out[static CASENUM_LENGTH + 1]);

#endif
