#ifndef MODEL_ANSWERS_H
#define MODEL_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What the applicant said: name -> value, sorted by name, both UTF-8. Values are wiped when replaced and at the end.
 * Composite answers use a dot: "address.street", "material.lease", "photo.about"; "photo.doubt" is
 * what an automatic check is not sure of (model/outstanding.h).
 */
struct answers;

enum { ANSWER_NAME_MAX = 64, ANSWER_VALUE_MAX = 2000, ANSWERS_MAX = 400 }; /* bytes, bytes, rows */

struct answers *answers_create(void);
void answers_destroy(struct answers *a); /* wipes; accepts NULL */
/* Value NULL or "" removes. False when a maximum is passed; then nothing changes. */
bool answers_set(struct answers *a, const char *name, const char *value);
const char *answers_get(const struct answers *a, const char *name);  /* borrowed until the next set; NULL: none */
const char *answers_text(const struct answers *a, const char *name); /* as answers_get, "" instead of NULL */
void answers_remove_prefix(struct answers *a, const char *prefix);
size_t answers_count(const struct answers *a);
const char *answers_name_at(const struct answers *a, size_t i);
const char *answers_value_at(const struct answers *a, size_t i);
/* `name` itself or one of its parts: "home" has "home" and "home.text". The first can be NULL: has nothing. */
bool answer_belongs(const char *to, const char *name);
bool answers_equal(const struct answers *a, const struct answers *b);

#endif
