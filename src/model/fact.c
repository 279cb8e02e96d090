#include "model/fact.h"

#include <stddef.h>
#include <string.h>

#include "base/clock.h"
#include "model/answers.h"
#include "model/eligibility.h"
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

static const char *const registrations[] = { "opened", "stated", NULL };

/* How the registration that the item builds on is known; NULL: the screen that asks it has not been answered. */
static const char *registration(const struct answers *a, const struct facts *facts)
{
	(void)facts;
	const char *way = a ? answers_text(a, "registration") : "";
	for (size_t i = 0; registrations[i]; i++)
		if (strcmp(way, registrations[i]) == 0)
			return registrations[i];
	return NULL;
}

static const char *half_year(const struct answers *a, const struct facts *facts)
{
	struct eligibility e;
	if (!registration(a, facts) || !facts)
		return NULL;
	eligibility_judge(a, facts, &e);
	return e.half_year ? "yes" : "no";
}

/*
 * "Unchanged" is believed as long as it is so: whoever says it and then gives another address has moved. Without the
 * registration there is nothing to compare with, and the residence has to be proved.
 */
static const char *residence_changed(const struct answers *a, const struct facts *facts)
{
	const char *way = registration(a, facts);
	if (!way)
		return NULL;
	bool same = strcmp(way, "opened") == 0 && strcmp(answers_text(a, "residence_change"), "yes") != 0 &&
		strcmp(answers_text(a, "residence_type"), answers_text(a, "registration.type")) == 0 &&
		strcmp(answers_text(a, "address.text"), answers_text(a, "registration.address")) == 0;
	return same ? "no" : "yes";
}

static const struct fact {
	const char *name;
	const char *const *values;
	const char *(*value)(const struct answers *a, const struct facts *facts);
} rows[] = {
	{ "is_minor", yes_no, is_minor }, /* under 16: Interim Regulations on Residence Permits (2015) art. 9 */
	{ "is_child", yes_no, is_child }, /* under 14: Personal Information Protection Law art. 28, 31 */
	{ "rules", rule_profiles, rules }, { "registration", registrations, registration },
	{ "half_year", yes_no, half_year },                 /* Civil Code art. 201-203; eligibility.h */
	{ "residence_changed", yes_no, residence_changed }, /* city introduction, permit, fourth step */
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

bool fact_excludes(const char *name, const char *value, const char *other, const char *other_value)
{
	static const struct {
		const char *name, *value, *other, *other_value;
	} pairs[] = {
		{ "registration", "stated", "residence_changed", "no" }, /* nothing to compare with */
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		const char *const forth[] = { pairs[i].name, pairs[i].value, pairs[i].other, pairs[i].other_value };
		const char *const back[] = { pairs[i].other, pairs[i].other_value, pairs[i].name, pairs[i].value };
		const char *const asked[] = { name, value, other, other_value };
		bool a = true, b = true;
		for (size_t k = 0; k < 4; k++) {
			a = a && strcmp(forth[k], asked[k]) == 0;
			b = b && strcmp(back[k], asked[k]) == 0;
		}
		if (a || b)
			return true;
	}
	return false;
}
