#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "store/audit_types.h"
#include "store/statements.h"

struct err;
struct store;

/*
 * Wrong codes in a row at a station, kept in the database: some tries are free, then each wrong one makes the station refuse
 * to look at another for a while, which doubles. For the files of this folder only.
 */
struct lock {
	enum sql get, put;
	int64_t longest; /* seconds that it refuses at most */
	const char *doing;
	enum audit_type wrong; /* what the log says of a wrong one */
};

/*
 * Counts a try as a wrong one, before it is looked at: cutting the power in between saves nobody a try. False with ERR_NO:
 * refused, *ret_until says until when (0 on other errors).
 */
bool lock_count(struct store *s, const struct lock *l, int64_t *ret_until, struct err *e);
/* The try was no guess after all: it is not counted. */
bool lock_forgive(struct store *s, const struct lock *l, struct err *e);
/* The try was right; in the transaction that is open. */
bool lock_open(struct store *s, const struct lock *l, struct err *e);
/*
 * The log keeps a wrong one, with how many in a row there were, so that somebody who tries is seen also when the row was broken
 * by a right one. Never fails: it is counted already.
 */
void lock_log(struct store *s, const struct lock *l, const char *subject);
/* How many were wrong in a row, and until when it refuses; 0: it does not. */
bool lock_read(struct store *s, const struct lock *l, int64_t *ret_wrong, int64_t *ret_until, struct err *e);

#endif
