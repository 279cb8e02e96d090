#ifndef MODEL_CASE_SHORTFALL_H
#define MODEL_CASE_SHORTFALL_H

#include <stdbool.h>
#include <stddef.h>

struct case_record;
struct err;

/*
 * What the counter found missing (材料补正告知书): everything at once, with the last day for it. It is the reason of the event
 * that moves a case to SUPPLEMENT:
 *
 *     until YYYYMMDD
 *     NAME<tab>SENTENCE     one line for each
 *
 * NAME is "photo", the code of a material, or "text" (something else; it may stand more than once). SENTENCE is for the
 * applicant. No line end after the last line.
 */
enum { SHORTFALLS_MAX = 20, SHORTFALL_NAME_MAX = 64, SHORTFALL_TEXT_MAX = 300 }; /* bytes */

struct shortfall {
	char name[SHORTFALL_NAME_MAX + 1];
	char text[SHORTFALL_TEXT_MAX + 1];
};

struct shortfalls {
	int until; /* YYYYMMDD, the whole day is still in time */
	unsigned n;
	struct shortfall row[SHORTFALLS_MAX];
};

/* ERR_NO: too many, a name twice, a name or sentence that is none. */
bool case_shortfall_add(struct shortfalls *s, const char *name, const char *text, struct err *e);
/* The reason of the event; yours to free. NULL with ERR_NO: nothing is missing, or `until` is no day. */
char *case_shortfall_write(const struct shortfalls *s, struct err *e);
/* Accepts what case_shortfall_write makes and nothing else. */
bool case_shortfall_read(const char *reason, struct shortfalls *ret);
/* What is missing of a case that is in SUPPLEMENT now. False: it is in another state, or nobody said what. */
bool case_shortfall_now(const struct case_record *c, struct shortfalls *ret);
/*
 * What a supplement at the kiosk could not answer of its list: the rows "text", to be settled at the counter, until the case
 * goes on. False: nothing is left.
 */
bool case_shortfall_left(const struct case_record *c, struct shortfalls *ret);

#endif
