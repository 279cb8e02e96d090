#ifndef TESTS_FAULT_KILL_JUDGE_H
#define TESTS_FAULT_KILL_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "harness.h"
#include "seal/keys.h"

/* What the applicant of one filing saw, and what the database has to say to it. */
struct filing_seen {
	char mobile[12]; /* no two filings have the same */
	char number[21]; /* of the case, as it was shown */
	char query[11];
	bool two_numbers;
	bool shown;     /* it was told that the case is filed */
	bool saved;     /* a page of the filing was shown, so there is a draft */
	bool unplugged; /* supervisor and program were killed */
};

enum { CASES_MAX = 400 };

struct judge {
	char database[600];
	struct center_keys center; /* whose station the kiosk is */
	char known[CASES_MAX][21];
	unsigned n_known, opened;
};

/* Makes keys and the settings of a kiosk in this folder. */
void judge_begin(struct judge *j, const char *dir, char *ret_settings, size_t size);
/* Takes what the receipt tells out of what was written on the terminal. */
void judge_read(struct filing_seen *f, const char *text);
/*
 * Lost: it was told to the applicant and is not there, or does not open to what was filed. Partial: more than one case, or one that
 * is not whole.
 */
void judge_filing(struct judge *j, const struct filing_seen *f, struct tally *t);
void judge_end(struct judge *j, struct tally *t);    /* the whole database */
void judge_meddle(struct judge *j, const char *sql); /* seeds a bug */

#endif
