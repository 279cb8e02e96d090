#ifndef MODEL_ELIGIBILITY_H
#define MODEL_ELIGIBILITY_H

#include <stdbool.h>

struct answers;
struct case_record;
struct facts;

/*
 * May the residence permit be applied for? Half a year after the registration, while that is in force: Interim Regulations
 * on Residence Permits (2015) art. 2, Shanghai's implementation rules; months as Civil Code art. 201-203 count them. Days are
 * YYYYMMDD, 0: not known. Read from the answers that a registration screen stored ("registration.on").
 */
struct eligibility {
	int registered; /* day of the registration */
	int from;       /* first day on which half a year is full */
	int until;      /* last day on which the registration is in force: one year */
	bool half_year; /* today is that day or later */
	bool in_force;
	bool insured; /* profile 2025: six months of social insurance stand in for the half year; staff check it */
	bool may;     /* all of it */
};

void eligibility_judge(const struct answers *a, const struct facts *facts, struct eligibility *ret);
/* False: the registration that was opened is not that of the applicant as typed now. */
bool registration_own(const struct answers *a);
/* The day on which a registration was approved, YYYYMMDD: it counts from there. 0: it was not (yet). */
int registration_day(const struct case_record *c);

#endif
