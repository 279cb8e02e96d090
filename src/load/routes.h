#ifndef LOAD_ROUTES_H
#define LOAD_ROUTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct code_table;
struct item;

/*
 * Every way through an item: all combinations of the answers and facts that guards mention. Answers that no guard tells
 * apart are one combination. An `end` step ends the way. Knows no filing, so that it can check the model's own route.
 */
enum { ROUTES_MAX = 20000 };

struct route {
	const struct item *item;
	const char *conditions; /* "rules = 2017, filing_mode = self"; "always" when no guard is met on the way */
	const bool *steps;      /* which of item->steps are on it */
	const bool *taken;      /* which of those are passed by: what they ask is taken over */
	const bool *materials;  /* which of item->materials it asks for; none when it ends early */
	unsigned last;          /* index of the last step, valid when any is on it */
	bool any;
};

/*
 * One name that guards mention and the value it has on this way (one for all that are not told apart); value NULL:
 * not asked. For tests that walk the same way with the model.
 */
struct route_value {
	const char *name, *value;
};

/* False: there are more than ROUTES_MAX, the rest was left out. */
bool routes_each(const struct item *item, const struct code_table *tables, size_t n_tables,
	void (*visit)(const struct route *r, const struct route_value *values, size_t n_values, void *ctx), void *ctx);

/*
 * A name that decides nothing but whether a step is asked: no material, no end of the way. Listings leave such names open and
 * write the condition beside the step, else a reviewer would read thousands of ways.
 */
bool routes_local(const struct item *item, const char *name);
/* As routes_each, local names left open: steps that depend on one are on the way, those carried by one are not taken. */
bool routes_each_open(const struct item *item, const struct code_table *tables, size_t n_tables,
	void (*visit)(const struct route *r, const struct route_value *values, size_t n_values, void *ctx), void *ctx);

/* The listing for reviewers and golden files: one block a distinct way, with all its conditions. */
bool routes_print(const struct item *item, const struct code_table *tables, size_t n_tables, FILE *out);

#endif
