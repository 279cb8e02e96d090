#ifndef MODEL_FACT_H
#define MODEL_FACT_H

#include <stdbool.h>

struct answers;

/* What a guard or a check may need besides answers. */
struct facts {
	int today;         /* YYYYMMDD */
	const char *rules; /* "2017" or "2025" */
};

/* A fact is a row in model/fact.c: name, its possible values, function. NULL when there is none of that name. */
const char *fact_value(const char *name, const struct answers *a, const struct facts *facts);
/* Two values that no filing can have at the same time, in either order. */
bool fact_excludes(const char *name, const char *value, const char *other, const char *other_value);
/* Possible values of a fact, NULL-terminated; NULL when no fact is called so. */
const char *const *fact_values(const char *name);

#endif
