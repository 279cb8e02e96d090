/* The table of retention: the shipped one is whole, and each mistake is told with file and line. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "load/file.h"
#include "load/retention_load.h"
#include "model/case.h"

static const char shipped[] = "data/retention/retention.tsv";

static unsigned days(const struct retention *r, int state)
{
	for (size_t i = 0; i < r->n_states; i++)
		if (r->states[i].state == state)
			return r->states[i].days;
	fail_msg("no state %d", state);
	return 0;
}

static void shipped_table(void **state)
{
	(void)state;
	struct retention r = { 0 };
	struct err e = { 0 };

	if (!retention_load(shipped, &r, &e))
		fail_msg("%s", e.text);
	assert_int_equal(r.draft_minutes, 15);
	assert_int_equal(r.audit_days, 1095);
	/* An open case is never deleted, an ended one some day. */
	assert_int_equal(days(&r, CASE_SUBMITTED), 0);
	assert_int_equal(days(&r, CASE_REVIEW), 0);
	assert_int_equal(days(&r, CASE_READY), 0);
	assert_true(days(&r, CASE_DONE) > 366); /* a registration in force: what the permit builds on */
	assert_int_equal(days(&r, CASE_WITHDRAWN), 180);
	assert_false(retention_load("data/retention/none.tsv", &r, &e));
	assert_int_equal(e.code, ERR_CONFIG);
}

/* The first `from` of the shipped table becomes `to`. */
static const struct {
	const char *from, *to, *expect;
} mistakes[] = {
	{ "what\tdays\twhy", "what\tdays", ":2: the header has to be" },
	{ "draft\t15", "draft\t0", ":3: draft has to be a number from 1 to 1440" },
	{ "draft\t15", "draft\t1441", ":3: draft has to be a number from 1 to 1440" },
	{ "audit\t1095", "audit\t-1", ":4: audit has to be a number from 0 to 36500" },
	{ "audit\t1095", "audit\t36501", ":4: audit has to be" },
	{ "audit\t1095", "audit\t01", ":4: audit has to be" },
	{ "audit\t1095", "audit\t9 days", ":4: audit has to be" },
	{ "audit\t1095", "audit\t", ":4: audit has to be" },
	{ "audit\t1095", "audit\t4294967297", ":4: audit has to be" },
	{ "submitted\t0\t", "submitted\t0\tx\t", ":5: 4 columns instead of 3" },
	{ "submitted\t0\t", "submitted\t0 ", ":5: 2 columns instead of 3" },
	{ "accepted", "acepted", ":6: \"acepted\" is neither draft nor audit nor a state" },
	{ "accepted", "submitted", ":6: submitted is there already" },
	{ "\topen: the period for the decision is running", "\t", ":6: accepted: why is empty" },
	{ "the period", "the \x1b period", ":6: column 3 holds a character that may not be shown" },
	{ "withdrawn\t180\t", "#withdrawn\t180\t", ":19: \"#withdrawn\"" },
	{ "\nwithdrawn\t180\tended: the applicant took it back; questions about it are rare after that\n", "\n",
		": there is no row for withdrawn" },
};

static void mistakes_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
		struct retention r = { .audit_days = 77 };
		struct err e = { 0 };
		char *data, text[8192];
		size_t n;

		assert_true(file_read(shipped, sizeof text / 2, &data, &n, &e));
		char *at = strstr(data, mistakes[i].from);
		if (!at)
			fail_msg("the shipped table has no \"%s\"", mistakes[i].from);
		snprintf(text, sizeof text, "%.*s%s%s", (int)(at - data), data, mistakes[i].to,
			at + strlen(mistakes[i].from));
		free(data);
		if (retention_parse(text, strlen(text), "r.tsv", &r, &e))
			fail_msg("taken: %s", mistakes[i].to);
		assert_int_equal(e.code, ERR_CONFIG);
		if (strncmp(e.text, "r.tsv", 5) != 0 || !strstr(e.text, mistakes[i].expect))
			fail_msg("expected %s\ngot %s", mistakes[i].expect, e.text);
		assert_int_equal(r.audit_days, 77);
	}
	char zero[] = "what\tdays\twhy\ndra\0ft";
	struct err e = { 0 };
	struct retention r;
	assert_false(retention_parse(zero, sizeof zero - 1, "r.tsv", &r, &e));
	assert_non_null(strstr(e.text, "not a text file"));
	char empty[] = "";
	assert_false(retention_parse(empty, 0, "r.tsv", &r, &e));
	assert_non_null(strstr(e.text, "no row for draft"));
}

static void every_state_has_a_word(void **state)
{
	(void)state;
	size_t n = 0;
	for (int i = 0; i < 200; i++) {
		assert_int_equal(case_state_word(i) != NULL, case_state_label((enum case_state)i) != NULL);
		n += case_state_word(i) != NULL;
	}
	assert_int_equal(case_state_at(n), 0);
	assert_int_not_equal(case_state_at(n - 1), 0);
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_table),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(every_state_has_a_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
