#include "model/fact.h"

#include <stddef.h>
#include <string.h>

#include "base/clock.h"
#include "model/answers.h"
#include "model/idnum.h"

static const char *const yes_no[] = { "yes", "no", NULL };
static const char *const rule_profiles[] = { "2017", "2025", NULL };

/* The applicant's identity number, or NULL until a good one was given. */
static const char *id_number(const struct answers *a, const struct facts *facts)
{
	const char *id = a && facts ? answers_get(a, "id_number") : NULL;
	return id && idnum_judge(id, facts->today) == IDNUM_GOOD ? id : NULL;
}

static const char *younger_than(int years, const struct answers *a, const struct facts *facts)
{
	const char *id = id_number(a, facts);
	if (!id)
		return NULL;
	return date_age(idnum_birth(id), facts->today) < years ? "yes" : "no";
}

static const char *is_minor(const struct answers *a, const struct facts *facts)
{
	return younger_than(16, a, facts);
}

static const char *is_child(const struct answers *a, const struct facts *facts)
{
	return younger_than(14, a, facts);
}

static const char *rules(const struct answers *a, const struct facts *facts)
{
	(void)a;
	for (size_t i = 0; facts && facts->rules && rule_profiles[i]; i++)
		if (strcmp(facts->rules, rule_profiles[i]) == 0)
			return rule_profiles[i];
	return NULL;
}

static const char *shanghai_prefix(const struct answers *a, const struct facts *facts)
{
	const char *id = id_number(a, facts);
	if (!id)
		return NULL;
	return strncmp(id, "31", 2) == 0 ? "yes" : "no";
}

static const struct fact {
	const char *name;
	const char *const *values;
	const char *(*value)(const struct answers *a, const struct facts *facts);
} rows[] = {
	{ "is_minor", yes_no, is_minor }, /* under 16: Interim Regulations on Residence Permits (2015) art. 9 */
	{ "is_child", yes_no, is_child }, /* under 14: Personal Information Protection Law art. 28, 31 */
	{ "rules", rule_profiles, rules },
	{ "shanghai_prefix", yes_no, shanghai_prefix }, /* a hint only: numbers never change when the household moves */
};

static const struct fact *find(const char *name)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

const char *fact_value(const char *name, const struct answers *a, const struct facts *facts)
{
	const struct fact *fact = find(name);
	return fact ? fact->value(a, facts) : NULL;
}

const char *const *fact_values(const char *name)
{
	const struct fact *fact = find(name);
	return fact ? fact->values : NULL;
}
