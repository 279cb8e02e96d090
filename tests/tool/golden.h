#ifndef TEST_GOLDEN_H
#define TEST_GOLDEN_H

#include <regex.h>
#include <stdbool.h>

struct term;

/* Whole screens compared with tests/golden/screen/NAME.COLUMNSxROWS.txt. Starts as zeros. */
struct golden {
	regex_t masks[8]; /* what changes from run to run; each match becomes one # before the comparison */
	int n_masks;
};

void golden_finish(struct golden *g);
bool golden_mask(struct golden *g, const char *regex); /* extended, per line; false: bad, or too many */
/* Waits up to 2 s until the screen is as expected; prints both when it is not. BLESS=1 in the environment rewrites. */
bool golden_compare(const struct golden *g, struct term *t, const char *name);
char *golden_file(const char *path); /* the whole file, NULL: cannot read; yours */

#endif
