#ifndef ADDRESS_INVENT_QUERIES_H
#define ADDRESS_INVENT_QUERIES_H

#include <stdbool.h>
#include <stddef.h>

struct address_library;

/*
 * What people type for the names of a library, with the slips they make (reference address.md 3): for benchmarks, which then
 * look for the name. The same library and seed, the same queries.
 */
enum { QUERY_FORMS = 12 };

struct invented_query {
	const char *form;                /* "hanzi", "pinyin", "initials", ... */
	char query[320];                 /* what is typed */
	char typed_name[200];            /* its part that is no number */
	char name[100];                  /* what is meant */
	char lane[12], no[16], room[24]; /* "" when not typed */
};

struct query_inventor;
struct query_inventor *query_inventor_create(struct address_library *l, unsigned long seed); /* borrows the library */
void query_inventor_destroy(struct query_inventor *q);                                       /* accepts NULL */
/* form: below QUERY_FORMS. False: none of many names that were tried allows this form. */
bool query_invent(struct query_inventor *q, size_t form, struct invented_query *ret);

#endif
