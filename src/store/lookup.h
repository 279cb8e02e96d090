#ifndef STORE_LOOKUP_H
#define STORE_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

struct err;
struct store;

/*
 * Tries of receipt codes at this station, wherever one is asked for. A well-formed code is counted as a wrong one before anybody
 * looks whether it is: a power cut in between saves nobody a try. Four are free; then the station waits 30 s, doubled with
 * each wrong one, 15 minutes at most. After a true store_lookup_try one of the three others says what it came to.
 */
/* False with ERR_NO: refused, *ret_until says until when (seconds since 1970 UTC; 0 on other errors). */
bool store_lookup_try(struct store *s, int64_t *ret_until, struct err *e);
/*
 * It opened case `number`: the tries begin anew (who has a receipt can try without waiting; against guessing stand the query
 * code's 45 bits and 0.1 s each), and the audit log says that the case was opened.
 */
bool store_lookup_opened(struct store *s, const char *number, struct err *e);
/* It was wrong: the audit log says so. `number`: of the case that was tried, "" there is none. Never fails: it is counted. */
void store_lookup_wrong(struct store *s, const char *number);
/* It was no guess: a case of another station, or one that could not be read. Not counted. */
bool store_lookup_forgive(struct store *s, struct err *e);

#endif
