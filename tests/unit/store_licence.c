#include "store_fixture.h"

static const char head[] = "kind,number,holder_id,issuer,valid_from,valid_to\n";
/* Of nobody: the area code is a province itself. */
#define HOLDER "32000019880512001X"

static void count(const struct licence *l, void *ctx)
{
	(void)l;
	++*(unsigned *)ctx;
}

static bool import(struct store *s, const char *text, unsigned *rows, struct err *e)
{
	char path[700];
	snprintf(path, sizeof path, "%s/l.csv", fixture_dir);
	FILE *f = fopen(path, "we");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return store_licence_import(s, path, rows, e);
}

static void test_sample_file(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	unsigned rows = 0, n = 0;
	struct err e = { 0 };

	assert_true(store_licence_import(s, "data/licences/sample.csv", &rows, &e));
	assert_true(rows >= 8);
	assert_true(store_licence_import(s, "data/licences/sample.csv", &rows, &e)); /* again: replaced, not doubled */
	assert_true(store_licence_list(s, count, &n, &e));
	assert_int_equal(n, rows);
	assert_false(store_licence_import(s, "data/licences/none.csv", &rows, &e));
	assert_int_equal(e.code, ERR_CONFIG);
	store_close(s);
}

static void test_validity(void **state)
{
	(void)state;
	static const struct {
		const char *kind, *holder;
		int today;
		const char *number;
	} cases[] = {
		{ "id-card", HOLDER, 20200101, "N-1" },
		{ "id-card", HOLDER, 20191231, NULL },  /* not yet */
		{ "id-card", HOLDER, 20251231, "N-1" }, /* the last day counts */
		{ "id-card", HOLDER, 20260101, NULL },
		{ "property", HOLDER, 20990101, "N, 2 \"old\"" }, /* no end */
		{ "lease-filing", HOLDER, 20260101, NULL },
		{ "id-card", "330000199511030023", 20200101, NULL },
	};
	struct store *s = fixture_open("0001");
	unsigned rows = 0;
	struct err e = { 0 };

	assert_true(import(s,
		"\xEF\xBB\xBF"
		"kind,number,holder_id,issuer,valid_from,valid_to\r\n"
		"id-card,N-1," HOLDER ",样例公安局,2020-01-01,2025-12-31\r\n"
		"property,\"N, 2 \"\"old\"\"\"," HOLDER ",\"样例\",20200101,",
		&rows, &e));
	assert_int_equal(rows, 2);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct licence l = { .number = "untouched" };
		e = (struct err){ .code = ERR_BUG };
		bool found = store_licence_find(s, cases[i].kind, cases[i].holder, cases[i].today, &l, &e);
		assert_int_equal(found, cases[i].number != NULL);
		assert_string_equal(l.number, found ? cases[i].number : "untouched");
		if (found)
			assert_string_equal(l.holder_id, HOLDER);
		else
			assert_int_equal(e.code, ERR_NONE);
	}
	store_close(s);
}

static void test_wrong_rows(void **state)
{
	(void)state;
	static const struct {
		const char *row, *words;
	} cases[] = {
		{ "id-card,N-2," HOLDER ",x,20200101\n", "six fields" },
		{ "id-card,N-2," HOLDER ",x,20200101,,\n", "too many fields" },
		{ "id-card,\"N-2," HOLDER ",x,20200101,\n", "quotes" },
		{ "id-card,N\"2," HOLDER ",x,20200101,\n", "quotes" },
		{ "ID card,N-2," HOLDER ",x,20200101,\n", "kind is" },
		{ "id-card,," HOLDER ",x,20200101,\n", "number is" },
		{ "id-card,N\xE2\x80\xAE"
		  "2," HOLDER ",x,20200101,\n",
			"number is" },
		{ "id-card,N-2,320000198805120011,x,20200101,\n", "holder_id" },
		{ "id-card,N-2," HOLDER ",,20200101,\n", "issuer is" },
		{ "id-card,N-2," HOLDER ",x,20230229,\n", "valid_from" },
		{ "id-card,N-2," HOLDER ",x,20200101,never\n", "valid_to" },
		{ "id-card,N-2," HOLDER ",x,20200102,20200101\n", "before" },
		{ "id-card,N\xff," HOLDER ",x,20200101,\n", "UTF-8" },
	};
	struct store *s = fixture_open("0001");
	struct err e = { 0 };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char text[600];
		unsigned rows = 77, n = 0;
		snprintf(text, sizeof text, "%sid-card,N-1," HOLDER ",x,20200101,\n%s", head, cases[i].row);
		assert_false(import(s, text, &rows, &e));
		assert_int_equal(e.code, ERR_NO);
		if (strstr(e.text, cases[i].words) == NULL)
			fail_msg("row %zu: \"%s\" does not say \"%s\"", i, e.text, cases[i].words);
		assert_null(strstr(e.text, HOLDER));
		assert_int_equal(rows, 77);
		assert_true(store_licence_list(s, count, &n, &e));
		assert_int_equal(n, 0); /* all or none */
	}
	unsigned rows = 0;
	assert_false(import(s, "", &rows, &e));
	assert_false(import(s, "kind;number\n", &rows, &e));
	assert_non_null(strstr(e.text, ":1: the head line"));
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sample_file, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_validity, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_wrong_rows, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
