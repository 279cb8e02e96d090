#ifndef MODEL_PROMISE_H
#define MODEL_PROMISE_H

#include <stdbool.h>
#include <stddef.h>

struct case_record;

/*
 * Until when a case is promised to be decided (domain 3.3, 3.4). Days are YYYYMMDD in UTC+8.
 */
struct holiday {
	int day;
	bool work; /* true: a Saturday or Sunday that is worked; false: a day off */
};
/* data/holidays (load/holidays_load.h): ascending, no day twice. Without a row: Monday to Friday are worked. */
struct holidays {
	struct holiday *rows;
	size_t n;
};
void holidays_finish(struct holidays *h);
bool holidays_work(const struct holidays *h, int day); /* is this a working day? h NULL: no table */

struct promise_rule {
	unsigned days;                   /* 1-365 */
	bool working;                    /* count working days; else calendar days */
	const struct holidays *holidays; /* borrowed; NULL: none */
};

struct config;
/* What the settings promise; borrows the holidays. */
struct promise_rule promise_of(const struct config *config, const struct holidays *holidays);
/* How long, in the language of the moment: "15 working days". */
enum { PROMISE_TERM_SIZE = 40 };
void promise_term(const struct promise_rule *r, char out[static PROMISE_TERM_SIZE]);
/*
 * `days` after `from`, which does not count itself (Civil Code 201); a last day that is not a working day moves to the next
 * working day (203).
 */
int promise_after(const struct promise_rule *r, int from);
/*
 * The last day for this case by its events: counted from its first acceptance; the nights in SUPPLEMENT do not count. 0:
 * it was not accepted yet, waits for the applicant (SUPPLEMENT) or has ended.
 */
int promise_date(const struct promise_rule *r, const struct case_record *c);

#endif
