#include "model/eligibility.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/fact.h"

enum { MONTHS_NEEDED = 6, MONTHS_IN_FORCE = 12 };

static int day_of(const char *text)
{
	if (strlen(text) != 8 || strspn(text, "0123456789") != 8)
		return 0;
	int day = (int)strtol(text, NULL, 10);
	return date_real(day / 10000, day / 100 % 100, day % 100) ? day : 0;
}

void eligibility_judge(const struct answers *a, const struct facts *facts, struct eligibility *ret)
{
	bool known = *answers_text(a, "registration") != '\0';
	*ret = (struct eligibility){ .registered = known ? day_of(answers_text(a, "registration.on")) : 0 };
	if (!ret->registered)
		return;
	ret->from = date_add_months(ret->registered, MONTHS_NEEDED);
	ret->until = date_add_months(ret->registered, MONTHS_IN_FORCE);
	ret->half_year = facts->today >= ret->from;
	ret->in_force = facts->today <= ret->until && facts->today >= ret->registered;
	ret->insured = str_eq(facts->rules, "2025") && str_eq(answers_text(a, "social_insurance"), "yes");
	ret->may = ret->in_force && (ret->half_year || ret->insured);
}

bool registration_own(const struct answers *a)
{
	return !str_eq(answers_text(a, "registration"), "opened") ||
		str_eq(answers_text(a, "registration.id"), answers_text(a, "id_number"));
}

int registration_day(const struct case_record *c)
{
	if (c->state != CASE_APPROVED && c->state != CASE_DONE)
		return 0;
	for (size_t i = 0; i < c->n_events; i++) {
		if (c->events[i].to != CASE_APPROVED)
			continue;
		struct civil day = clock_civil(c->events[i].at);
		return day.year * 10000 + day.month * 100 + day.day;
	}
	return 0;
}
