#ifndef TESTS_FAULT_SEAMS_H
#define TESTS_FAULT_SEAMS_H

#include <stdbool.h>

/*
 * Where the harnesses' programs differ from the product: the linker sends these calls through seams.c (--wrap), which passes them
 * on unless a seeded bug is switched on. The product's own objects are the ones that are tested.
 */
enum seam {
	SEAM_SYNC_OFF,         /* PRAGMA synchronous = OFF */
	SEAM_SYNC_NORMAL,      /* syncs at checkpoints only */
	SEAM_TWO_TRANSACTIONS, /* COMMIT and BEGIN in the middle of filing a case, of a migration */
	SEAM_ACK_EARLY,        /* told before it is stored */
	SEAM_PSOW,             /* the database believes that a torn sector leaves its neighbours alone */
	SEAM_NO_CHECKPOINT,    /* none after opening */
	SEAM_IGNORE_ERRORS,    /* what SQLite reports is not looked at */
	SEAM_NEVER_FOUND,      /* no token is ever known */
	SEAM_BELIEVE,          /* no signature, sum or hash is looked at */
	SEAM_WAIT_NOT,         /* wrong codes are not counted */
	SEAM_NO_RESERVE,       /* the ballast is not given up */
	SEAM_COUNT
};
bool seam_on(enum seam which);
void seam_set(const char *name, bool on); /* a name that is none ends the program */

/* The nth allocation of the project's own code fails (0: none), from then on with `for_ever`. Returns how many there were. */
unsigned long seam_fail_malloc(unsigned long nth, bool for_ever);

/* Called when the store syncs a folder. */
extern void (*seam_folder_synced)(void);

#endif
