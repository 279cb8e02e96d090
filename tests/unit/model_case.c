#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/err.h"
#include "model/case.h"
#include "model/case_move.h"
#include "model/case_reason.h"
#include "model/case_shortfall.h"
#include "model/promise.h"

/* Domain file 8.2, written down once more from its "from" and "who" columns: from, to, who, card 0 any 1 only 2 never. */
enum { A = ACTOR_APPLICANT, C = ACTOR_CENTER, P = ACTOR_POLICE, S = ACTOR_SYSTEM };
static const struct {
	int from, to;
	unsigned who;
	int card;
	const char *reason;
} table[] = {
	{ 30, 10, A, 0, "seen" },
	{ 10, 20, C, 0, "" },
	{ 10, 21, C, 0, "why" },
	{ 10, 30, C | P, 0, "until 20260312\nphoto\tdark" },
	{ 40, 30, C | P, 0, "until 20260312\nphoto\tdark" },
	{ 30, 31, S, 0, "" },
	{ 20, 40, P, 0, "" },
	{ 40, 50, P, 0, "" },
	{ 40, 51, P, 0, "why" },
	{ 50, 60, P, 1, "" },
	{ 60, 70, C, 1, "waybill EM123456785CN" },
	{ 60, 71, C, 1, "" },
	{ 70, 72, C, 1, "" },
	{ 72, 71, C, 1, "" },
	{ 70, 80, C, 1, "" },
	{ 71, 80, C, 1, "" },
	{ 50, 90, S, 2, "" },
	{ 10, 99, A, 0, "" },
	{ 30, 99, A, 0, "" },
};

static const char *row_of(int from, int to, unsigned who, enum case_card card)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].from == from && table[i].to == to && (table[i].who & who) &&
			(table[i].card == 0 || (table[i].card == 1) == (card == CARD_ONLY)))
			return table[i].reason;
	return NULL;
}

static void every_pair(void **state)
{
	(void)state;
	unsigned allowed = 0;
	struct err e;

	for (int from = -1; from < 101; from++)
		for (int to = -1; to < 101; to++)
			for (unsigned who = 0; who < 17; who++)
				for (int card = CARD_ONLY; card <= CARD_NONE; card++) {
					/* Rights are not added up: no actor is two. */
					bool one = who == A || who == C || who == P || who == S;
					const char *reason = one ? row_of(from, to, who, (enum case_card)card) : NULL;
					e = (struct err){ 0 };
					bool may = case_move_allowed(from, to, (enum case_actor)who,
						(enum case_card)card, reason ? reason : "why", &e);
					if (may != (reason != NULL))
						fail_msg("%d to %d by %u: %s", from, to, who, e.text);
					assert_true(may || (e.code == ERR_NO && e.text[0] != '\0'));
					allowed += may;
				}
	assert_int_equal(allowed, 34);
}

static void reasons(void **state)
{
	(void)state;
	static const struct {
		int from, to;
		enum case_actor who;
		const char *reason, *says;
	} bad[] = {
		{ 10, 21, ACTOR_CENTER, "", "needs a reason" },
		{ 40, 51, ACTOR_POLICE, "", "needs a reason" },
		{ 30, 10, ACTOR_APPLICANT, "", "needs a reason" },
		{ 30, 10, ACTOR_APPLICANT, "revision 2 supplement", "begins like one" },
		{ 10, 20, ACTOR_CENTER, "waybill 1", "begins like one" },
		{ 10, 20, ACTOR_CENTER, "a\x1b[2J", "cannot be shown" },
		{ 10, 20, ACTOR_CENTER, "a\xff", "cannot be shown" },
		{ 10, 30, ACTOR_CENTER, "photo", "everything that is missing" },
		{ 60, 70, ACTOR_CENTER, "", "the parcel's number" },
		{ 60, 70, ACTOR_CENTER, "waybill EM123456784CN", "the parcel's number" },
		{ 60, 70, ACTOR_CENTER, "waybill EM123456785CN ", "the parcel's number" },
		{ 21, 10, ACTOR_CENTER, "why", "an end" },
		{ 20, 50, ACTOR_POLICE, "", "from here: review (police)" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err e = { 0 };
		assert_false(case_move_allowed(bad[i].from, bad[i].to, bad[i].who, CARD_ONLY, bad[i].reason, &e));
		assert_int_equal(e.code, ERR_NO);
		if (!strstr(e.text, bad[i].says))
			fail_msg("%zu: %s", i, e.text);
	}
	char *longest = calloc(CASE_REASON_MAX + 2, 1);
	memset(longest, 'a', CASE_REASON_MAX);
	assert_true(case_reason_free(longest));
	longest[CASE_REASON_MAX] = 'a';
	assert_false(case_reason_free(longest));
	free(longest);
	assert_true(case_reason_free("两行\n理由"));
}

static void ends(void **state)
{
	(void)state;
	static const int over[] = { 21, 31, 51, 80, 90, 99 };
	size_t n = 0;
	for (int s = -1; s < 200; s++) {
		bool end = n < sizeof over / sizeof *over && over[n] == s;
		n += end;
		assert_int_equal(case_is_ended(s), end);
		assert_int_equal(case_is_open(s), case_state_word(s) != NULL && !end);
		assert_int_equal(case_withdraw_open(s), s == 10 || s == 30);
		assert_int_equal(case_pickup_open(s), s == 10 || s == 20 || s == 30 || s == 40 || s == 50 || s == 60);
		const char *word = case_state_word(s);
		assert_true(!word || case_state_of(word) == s);
	}
	assert_int_equal(case_state_of("draft"), 0);
}

static void actors(void **state)
{
	(void)state;
	char text[80];
	assert_true(case_actor_text(ACTOR_CENTER, NULL, text, sizeof text));
	assert_string_equal(text, "center");
	assert_true(case_actor_text(ACTOR_POLICE, "王警官", text, sizeof text));
	assert_string_equal(text, "police:王警官");
	assert_false(case_actor_text(ACTOR_CENTER | ACTOR_POLICE, NULL, text, sizeof text));
	assert_false(case_actor_text(ACTOR_CENTER, "a:b", text, sizeof text));
	assert_false(case_actor_text(ACTOR_CENTER, "a\nb", text, sizeof text));
	assert_false(case_actor_text(ACTOR_CENTER, "01234567890123456789012345678901234567890", text, sizeof text));
	assert_false(case_actor_text(ACTOR_CENTER, "Wang", text, 8));
	assert_int_equal(case_actor_of("system"), ACTOR_SYSTEM);
	assert_int_equal(case_actor_of("staff"), 0);
}

static void waybills(void **state)
{
	(void)state;
	static const char *const good[] = { "EM123456785CN", "1234567890123", "RR473124829CN" },
				 *const bad[] = { "", "EM123456784CN", "EM123456785US", "em123456785cn", "123456789012",
					 "12345678901234", "EM12345678５CN", "E1123456785CN" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(waybill_good(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(waybill_good(bad[i]));
	/* Every wrong check digit is found. */
	char one[] = "EM123456780CN";
	unsigned n = 0;
	for (one[10] = '0'; one[10] <= '9'; one[10]++)
		n += waybill_good(one);
	assert_int_equal(n, 1);
}

static struct case_event event(int from, int to, const char *reason)
{
	static char texts[4][100];
	static unsigned n;
	char *text = texts[n++ % 4];
	snprintf(text, 100, "%s", reason);
	return (struct case_event){ .from = from, .to = to, .reason = text };
}

static void read_back(void **state)
{
	(void)state;
	char reason[REASON_SIZE];
	uint64_t revision = 0;
	enum revision_kind kind;
	struct case_event v;

	assert_false(case_reason_rating(0, reason) || case_reason_rating(6, reason));
	assert_true(case_reason_rating(5, reason));
	v = event(90, 90, reason);
	assert_int_equal(case_rating(&v), 5);
	static const char *const wrong[] = { "rating 6", "rating 0", "rating 55", "rating", "rating 5 ", "good" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		v = event(90, 90, wrong[i]);
		assert_int_equal(case_rating(&v), 0);
	}
	v = event(10, 10, "rating 5"); /* not ended */
	assert_int_equal(case_rating(&v), 0);
	v = event(40, 51, "rating 5"); /* no note */
	assert_int_equal(case_rating(&v), 0);

	case_reason_revision(2, REVISION_SUPPLEMENT, reason);
	v = event(30, 10, reason);
	assert_true(case_revision(&v, &revision, &kind) && revision == 2 && kind == REVISION_SUPPLEMENT);
	v = event(30, 30, reason);
	assert_false(case_revision(&v, &revision, &kind));
	v = event(10, 21, reason);
	assert_false(case_revision(&v, &revision, &kind));
	case_reason_revision(12, REVISION_PICKUP, reason);
	v = event(60, 60, reason);
	assert_true(case_revision(&v, &revision, &kind) && revision == 12 && kind == REVISION_PICKUP);
	v = event(70, 70, reason);
	assert_false(case_revision(&v, &revision, &kind));
	static const char *const bad[] = { "revision 1 pickup", "revision 02 pickup", "revision 2  pickup",
		"revision 2 pickup!", "revision -2 pickup", "revision 2" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		v = event(10, 10, bad[i]);
		assert_false(case_revision(&v, &revision, &kind));
	}
	v = event(60, 70, "waybill EM123456785CN");
	assert_string_equal(case_waybill(&v), "EM123456785CN");
	v = event(40, 51, "waybill EM123456785CN");
	assert_null(case_waybill(&v));
}

static void shortfalls(void **state)
{
	(void)state;
	struct shortfalls s = { .until = 20260312 }, back;
	struct err e = { 0 };

	assert_null(case_shortfall_write(&s, &e));
	assert_true(case_shortfall_add(&s, "photo", "照片太暗，请重拍", &e));
	assert_true(case_shortfall_add(&s, "text", "单位写全称", &e));
	assert_true(case_shortfall_add(&s, "text", "地址写到室", &e));
	assert_false(case_shortfall_add(&s, "photo", "再拍", &e));
	assert_false(case_shortfall_add(&s, "Photo", "x", &e));
	assert_false(case_shortfall_add(&s, "", "x", &e));
	assert_false(case_shortfall_add(&s, "lease", "", &e));
	assert_false(case_shortfall_add(&s, "lease", "a\tb", &e));
	assert_false(case_shortfall_add(&s, "lease", "a\nb", &e));
	assert_int_equal(s.n, 3);
	char *reason = case_shortfall_write(&s, &e);
	assert_string_equal(reason, "until 20260312\nphoto\t照片太暗，请重拍\ntext\t单位写全称\ntext\t地址写到室");
	assert_true(case_shortfall_read(reason, &back));
	assert_memory_equal(&back, &s, sizeof s);
	free(reason);
	s.until = 20260230;
	assert_null(case_shortfall_write(&s, &e));

	static const char *const bad[] = { "", "until 20260312", "until 20260312\n", "until 20260312\nphoto",
		"until 20260312\nphoto\t", "until 20260312\nphoto\tx\n", "until 20260312\n\nphoto\tx",
		"until 20260230\nphoto\tx", "until 2026031\nphoto\tx", "until 202603120\nphoto\tx",
		"Until 20260312\nphoto\tx", "until 20260312\nphoto\tx\nphoto\ty", "until 20260312\npho to\tx",
		"until 20260312\r\nphoto\tx", "until 20260312\nphoto\tx\ty" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (case_shortfall_read(bad[i], &back))
			fail_msg("accepted: %s", bad[i]);

	/* The fullest list fits into a reason. */
	struct shortfalls full = { .until = 20260312 };
	char name[SHORTFALL_NAME_MAX + 1] = "", text[SHORTFALL_TEXT_MAX + 1] = "";
	memset(name, 'n', SHORTFALL_NAME_MAX);
	memset(text, 't', SHORTFALL_TEXT_MAX);
	for (unsigned i = 0; i < SHORTFALLS_MAX; i++) {
		name[0] = (char)('a' + i);
		assert_true(case_shortfall_add(&full, name, text, &e));
	}
	assert_false(case_shortfall_add(&full, "photo", "x", &e));
	reason = case_shortfall_write(&full, &e);
	assert_true(case_shortfall_read(reason, &back));
	assert_int_equal(back.n, SHORTFALLS_MAX);
	free(reason);
}

/* "YYYY-MM-DDTHH:MM:SS" in UTC+8 as seconds. */
static int64_t at(const char *text)
{
	assert_true(clock_fix(text));
	return clock_now();
}

static void days(void **state)
{
	(void)state;
	/* The week of National Day 2026: 1 to 7 October off; Saturday 10 October worked. 1 October is a Thursday. */
	static struct holiday rows[] = { { 20261001, false }, { 20261002, false }, { 20261005, false },
		{ 20261006, false }, { 20261007, false }, { 20261010, true } };
	static const struct holidays october = { rows, sizeof rows / sizeof *rows };
	static const struct {
		unsigned days;
		bool working, table;
		int from, want;
	} vectors[] = {
		{ 15, false, false, 20260302, 20260317 }, /* Monday to Tuesday */
		{ 5, false, false, 20260302, 20260309 },  /* ends on a Saturday: Monday */
		{ 6, false, false, 20260302, 20260309 },  /* on a Sunday */
		{ 1, true, false, 20260306, 20260309 },   /* from Friday */
		{ 10, true, false, 20260302, 20260316 }, { 1, false, false, 20240228, 20240229 }, /* leap day */
		{ 1, true, false, 20261231, 20270101 }, /* New Year is off only by the table */
		{ 15, true, true, 20260928, 20261023 }, { 15, true, false, 20260928, 20261019 },
		{ 5, false, true, 20260928, 20261008 },
		{ 12, false, true, 20260928, 20261010 }, /* ends on the Saturday that is worked */
	};
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		struct promise_rule r = { vectors[i].days, vectors[i].working, vectors[i].table ? &october : NULL };
		if (promise_after(&r, vectors[i].from) != vectors[i].want)
			fail_msg("%zu: %d, not %d", i, promise_after(&r, vectors[i].from), vectors[i].want);
	}
	assert_true(holidays_work(NULL, 20260306) && !holidays_work(NULL, 20260307) && !holidays_work(NULL, 20260308));
	assert_true(holidays_work(NULL, 20000229)); /* a Tuesday */
	assert_true(holidays_work(&october, 20261010) && !holidays_work(&october, 20261007));
}

static void promised(void **state)
{
	(void)state;
	static char nothing[] = "";
	struct case_event events[8] = { { at("2026-03-01T10:00:00"), 0, 10, nothing, nothing, nothing } };
	struct case_record c = { .state = CASE_SUBMITTED, .events = events, .n_events = 1 };
	struct promise_rule r = { 10, false, NULL };

	assert_int_equal(promise_date(&r, &c), 0); /* not accepted */
	events[1] = (struct case_event){ at("2026-03-02T23:59:59"), 10, 20, nothing, nothing, nothing };
	c.n_events = 2;
	c.state = CASE_ACCEPTED;
	assert_int_equal(promise_date(&r, &c), 20260312);
	events[2] = (struct case_event){ at("2026-03-03T00:00:00"), 20, 40, nothing, nothing, nothing };
	events[3] = (struct case_event){ at("2026-03-04T09:00:00"), 40, 30, nothing, nothing, nothing };
	c.n_events = 4;
	c.state = CASE_SUPPLEMENT;
	assert_int_equal(promise_date(&r, &c), 0); /* waits for the applicant */
	events[4] = (struct case_event){ at("2026-03-09T09:00:00"), 30, 10, nothing, nothing, nothing };
	c.n_events = 5;
	c.state = CASE_SUBMITTED;
	assert_int_equal(promise_date(&r, &c), 20260317); /* five nights later */
	/* Asked and answered on one day: nothing is lost. */
	events[3].at = at("2026-03-09T08:00:00");
	assert_int_equal(promise_date(&r, &c), 20260312);
	events[3].at = at("2026-03-04T09:00:00");
	events[5] = (struct case_event){ at("2026-03-10T09:00:00"), 10, 20, nothing, nothing, nothing };
	c.n_events = 6;
	c.state = CASE_ACCEPTED;
	assert_int_equal(promise_date(&r, &c), 20260317); /* the first acceptance counts */
	r.working = true;
	assert_int_equal(promise_date(&r, &c), 20260319); /* without 4 to 6 March */
	c.state = CASE_DENIED;
	assert_int_equal(promise_date(&r, &c), 0);
	clock_fix(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pair),
		cmocka_unit_test(reasons),
		cmocka_unit_test(ends),
		cmocka_unit_test(actors),
		cmocka_unit_test(waybills),
		cmocka_unit_test(read_back),
		cmocka_unit_test(shortfalls),
		cmocka_unit_test(days),
		cmocka_unit_test(promised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
