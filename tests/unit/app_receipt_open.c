/* The code of a receipt: which verdict, at which row, and what counts as a wrong try. */
#include "store_fixture.h"

#include "app/app.h"
#include "app/receipt_open.h"
#include "model/case.h"
#include "model/casenum.h"
#include "store/audit.h"

static struct app *app;
static struct filing f;
static char number[21], code[RECEIPT_CODE_LENGTH + 1];
static char station_0001[] = "0001", station_0002[] = "0002";

/* One case of station 0001 in a database of its own. */
static void begin(void)
{
	struct err e = { 0 };
	app = calloc(1, sizeof *app);
	app->store = fixture_open("0001");
	app->keys = *fixture_keys("0001");
	app->config.station = station_0001;
	fixture_filing(&f, 'a', 0);
	if (!fixture_submit(app->store, &f, f.answers, number, &e))
		fail_msg("%s", e.text);
	receipt_code_make(number, f.query, app->keys.tag, code);
}

static void end(void)
{
	filing_finish(&f);
	store_close(app->store);
	free(app);
}

static enum receipt_verdict try(const char *typed, const char *query, struct receipt_try *t)
{
	struct receipt_opened o = { 0 };
	if (receipt_open(app, typed, query, t, &o)) {
		assert_int_equal(t->verdict, RECEIPT_OPENED);
		assert_string_equal(o.record->number, number);
		assert_string_equal(o.query, f.query);
		assert_memory_equal(o.key, f.key, sizeof o.key);
		assert_true(answers_equal(o.record->answers, f.answers));
		case_record_destroy(o.record);
	} else {
		assert_int_not_equal(t->verdict, RECEIPT_OPENED);
		assert_null(o.record);
	}
	return t->verdict;
}

/* What is typed, made of the case's own number and code. */
enum text {
	NOTHING,
	OWN_NUMBER,
	OWN_CODE,
	OWN_QUERY,
	CUT,
	SHORT_NUMBER,
	OTHER_TAG,
	NO_SUCH,
	FAR,
	WRONG,
	FAR_CODE,
	LONG
};

static const char *text_of(enum text which, char out[static 200])
{
	snprintf(out, 200, "%s", code);
	switch (which) {
	case NOTHING:
		*out = '\0';
		break;
	case OWN_NUMBER:
		snprintf(out, 200, "%.4s %.4s-%s", number, number + 4, number + 8);
		break;
	case OWN_CODE:
		break;
	case OWN_QUERY:
		snprintf(out, 200, "%s", f.query);
		break;
	case CUT:
		out[RECEIPT_CODE_LENGTH - 1] = '\0';
		break;
	case SHORT_NUMBER:
		snprintf(out, 200, "%.19s", number);
		break;
	case OTHER_TAG:
		out[RECEIPT_CODE_LENGTH - 1] = out[RECEIPT_CODE_LENGTH - 1] == '0' ? '1' : '0';
		break;
	case NO_SUCH:
		casenum_make("01", "0001", 20260301, 0, out);
		break;
	case FAR:
		casenum_make("01", "0002", 20260302, 0, out);
		break;
	case WRONG:
		snprintf(out, 200, "%s", strcmp(f.query, "0000000000") == 0 ? "1111111111" : "0000000000");
		break;
	case FAR_CODE: {
		char far[CASENUM_LENGTH + 1];
		casenum_make("01", "0002", 20260302, 0, far);
		receipt_code_make(far, f.query, app->keys.tag, out);
		break;
	}
	case LONG:
		memset(out, '1', 199);
		out[199] = '\0';
		break;
	}
	return out;
}

static void test_verdicts(void **state)
{
	(void)state;
	static const struct {
		enum text typed, query;
		enum receipt_verdict verdict;
		enum receipt_row row;
		bool counts;
	} rows[] = {
		{ OWN_CODE, NOTHING, RECEIPT_OPENED, RECEIPT_ROW_CODE, false },
		{ OWN_CODE, WRONG, RECEIPT_OPENED, RECEIPT_ROW_CODE, false }, /* the whole code says it all */
		{ OWN_NUMBER, OWN_QUERY, RECEIPT_OPENED, RECEIPT_ROW_CODE, false },
		{ OWN_NUMBER, NOTHING, RECEIPT_NO_QUERY, RECEIPT_ROW_QUERY, false },
		{ OWN_NUMBER, SHORT_NUMBER, RECEIPT_SLIP_QUERY, RECEIPT_ROW_QUERY, false },
		{ NOTHING, OWN_QUERY, RECEIPT_SLIP_NUMBER, RECEIPT_ROW_CODE, false },
		{ SHORT_NUMBER, OWN_QUERY, RECEIPT_SLIP_NUMBER, RECEIPT_ROW_CODE, false },
		{ CUT, NOTHING, RECEIPT_SLIP_CODE, RECEIPT_ROW_CODE, false },
		{ LONG, LONG, RECEIPT_SLIP_CODE, RECEIPT_ROW_CODE, false },
		{ OTHER_TAG, NOTHING, RECEIPT_FORGED, RECEIPT_ROW_CODE, true },
		{ NO_SUCH, OWN_QUERY, RECEIPT_UNKNOWN, RECEIPT_ROW_CODE, true },
		{ OWN_NUMBER, WRONG, RECEIPT_WRONG_QUERY, RECEIPT_ROW_QUERY, true },
		{ FAR, OWN_QUERY, RECEIPT_ELSEWHERE, RECEIPT_ROW_CODE, false },
		{ FAR_CODE, NOTHING, RECEIPT_ELSEWHERE, RECEIPT_ROW_CODE, false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char typed[200], query[200], why[300];
		struct receipt_try t;
		assert_int_equal(fixture_setup(NULL), 0);
		begin();
		for (int n = 0; n < 5; n++) {
			enum receipt_verdict v = try(text_of(rows[i].typed, typed), text_of(rows[i].query, query), &t);
			if (v != rows[i].verdict || t.row != rows[i].row)
				fail_msg("row %zu, try %d: verdict %d at %d", i, n, (int)v, (int)t.row);
			receipt_why(&t, why, sizeof why);
			assert_int_equal(*why == '\0', v == RECEIPT_OPENED);
		}
		/* Five that count: now also the right one has to wait. */
		if (try(code, "", &t) != (rows[i].counts ? RECEIPT_LOCKED : RECEIPT_OPENED))
			fail_msg("row %zu: then %d", i, (int)t.verdict);
		end();
		assert_int_equal(fixture_teardown(NULL), 0);
	}
}

/* The case of another station in the same database, with a tag that only that station can judge: it proves itself by opening. */
static void test_case_of_a_neighbour(void **state)
{
	(void)state;
	struct receipt_try t;
	char scanned[RECEIPT_CODE_LENGTH + 1];

	begin();
	app->config.station = station_0002;
	app->keys = *fixture_keys("0002");
	assert_int_equal(try(code, "", &t), RECEIPT_OPENED);
	receipt_code_make(number, strcmp(f.query, "0000000000") == 0 ? "1111111111" : "0000000000", app->keys.tag,
		scanned);
	assert_int_equal(try(scanned, "", &t), RECEIPT_WRONG_QUERY);
	assert_int_equal(t.row, RECEIPT_ROW_CODE); /* the row where it was scanned */
	end();
}

static void count_wrong(const struct audit_row *r, void *ctx)
{
	unsigned *n = ctx;
	if (r->type == AUDIT_LOOKUP_WRONG)
		n[*r->subject ? 1 : 0]++;
}

static void test_lock(void **state)
{
	(void)state;
	struct receipt_try t;
	char wrong[200], why[300];
	unsigned n[2] = { 0 };
	struct err e = { 0 };

	begin();
	text_of(WRONG, wrong);
	for (int i = 0; i < 3; i++)
		assert_int_equal(try(number, wrong, &t), RECEIPT_WRONG_QUERY);
	assert_int_equal(try(code, "", &t), RECEIPT_OPENED); /* begins anew */
	for (int i = 0; i < 5; i++)
		assert_int_equal(try(number, wrong, &t), RECEIPT_WRONG_QUERY);
	assert_int_equal(try(code, "", &t), RECEIPT_LOCKED);
	assert_int_equal(t.until, clock_now() + 30);
	receipt_why(&t, why, sizeof why);
	assert_non_null(strstr(why, "09:31"));                   /* 09:30:30: the first full minute */
	assert_int_equal(try("1", "", &t), RECEIPT_SLIP_NUMBER); /* a slip is told also now */
	assert_true(clock_fix("2026-03-02T09:30:30"));
	assert_int_equal(try(code, "", &t), RECEIPT_OPENED);
	assert_true(store_audit_list(app->store, 0, count_wrong, n, &e));
	assert_int_equal(n[0], 0);
	assert_int_equal(n[1], 8); /* with the case that was tried */
	end();
}

/* Where nothing can be counted nothing is looked at. */
static void test_cannot_count(void **state)
{
	(void)state;
	struct receipt_try t;
	char why[300];
	struct err e = { 0 };

	begin();
	store_close(app->store);
	assert_true(fixture_open_as(&app->store, "0001", true, &e));
	assert_int_equal(try(code, "", &t), RECEIPT_FAILED);
	receipt_why(&t, why, sizeof why);
	assert_true(*why);
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test_setup_teardown(test_case_of_a_neighbour, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_lock, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_cannot_count, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
