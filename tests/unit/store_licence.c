#include "model/licence.h"
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
		{ "id-card", HOLDER, 20191231,
			"N-1" }, /* the newest of those that are not in force: judged by the caller */
		{ "id-card", HOLDER, 20251231, "N-1" }, /* the last day counts */
		{ "id-card", HOLDER, 20260101, "N-1" },
		{ "id-card", HOLDER, 20180101, "N-0" },
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
		"id-card,N-0," HOLDER ",样例公安局,2010-01-01,2019-01-01\r\n"
		"property,\"N, 2 \"\"old\"\"\"," HOLDER ",\"样例\",20200101,",
		&rows, &e));
	assert_int_equal(rows, 3);
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
		{ "id-card,N-2," HOLDER ",x,20200101\n", "as many fields" },
		{ "id-card,N-2," HOLDER ",x,20200101,,\n", "as many fields" },
		{ "id-card,N-2," HOLDER ",x,20200101,,,\n", "too many fields" },
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

/* The same rows as CSV and as JSON are the same licences; what `licence list --json` prints can be read back. */
static void test_json(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct licence l;
	unsigned rows = 0, n = 0;
	struct err e = { 0 };

	if (!import(s,
		    "\xEF\xBB\xBF [\n {\"kind\": \"id-card\", \"number\": \"N \\u201c1\\u201d\", \"holder_id\": \"" HOLDER
		    "\", \"holder_name\": \"张伟\",\n\"issuer\": \"样例\", \"valid_from\": 20200101, \"valid_to\": 0},\n"
		    "{\"valid_from\":\"2020-01-02\",\"kind\":\"property\",\"number\":\"N-2\",\"holder_id\":\"" HOLDER
		    "\",\"issuer\":\"样例\"}]\n",
		    &rows, &e))
		fail_msg("%s", e.text);
	assert_int_equal(rows, 2);
	assert_true(store_licence_find(s, "id-card", HOLDER, 20260101, &l, &e));
	assert_string_equal(l.number, "N “1”");
	assert_string_equal(l.holder_name, "张伟");
	assert_int_equal(l.valid_to, 0);
	assert_true(store_licence_find(s, "property", HOLDER, 20260101, &l, &e));
	assert_string_equal(l.holder_name, "");
	assert_int_equal(l.valid_from, 20200102);
	assert_true(import(s, " [ ] ", &rows, &e));
	assert_int_equal(rows, 0);
	assert_true(store_licence_list(s, count, &n, &e));
	assert_int_equal(n, 2);
	store_close(s);
}

#define ROW_OF(number) \
	"{\"kind\":\"id-card\",\"number\":\"" number "\",\"holder_id\":\"" HOLDER \
	"\",\"issuer\":\"x\",\"valid_from\":20200101}"

static void test_wrong_json(void **state)
{
	(void)state;
	static const struct {
		const char *rest, *words; /* after a good row */
	} cases[] = {
		{ "", "] was expected" },
		{ ",]", "{ was expected" },
		{ "] x", "more after the end" },
		{ "," ROW_OF("N-2") "", "] was expected" },
		{ ",{}]", "kind is" },
		{ ",{\"kind\":\"id-card\",\"extra\":\"x\"}]", "an unknown key" },
		{ ",{\"kind\":\"id-card\",\"kind\":\"id-card\"}]", "twice" },
		{ ",{\"kind\":{\"a\":\"b\"}}]", "a string was expected" },
		{ ",[" ROW_OF("N-2") "]]", "{ was expected" },
		{ ",{\"valid_from\":2020.5}]", "a number" },
		{ ",{\"kind\":null}]", "a string was expected" },
		{ "," ROW_OF("N\\u202e2") "]", "cannot be shown" },
		{ "," ROW_OF("N\\ud8002") "]", "surrogate" },
		{ "," ROW_OF("") "]", "number is" },
		{ ",{\"number\":\"", "does not end" },
	};
	struct store *s = fixture_open("0001");
	struct err e = { 0 };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char text[900];
		unsigned rows = 77, n = 0;
		snprintf(text, sizeof text, "[\n" ROW_OF("N-1") "\n%s", cases[i].rest);
		assert_false(import(s, text, &rows, &e));
		assert_int_equal(e.code, ERR_NO);
		if (strstr(e.text, cases[i].words) == NULL || strstr(e.text, ":3: ") == NULL)
			fail_msg("row %zu: \"%s\" does not say \"%s\" in line 3", i, e.text, cases[i].words);
		assert_null(strstr(e.text, HOLDER));
		assert_int_equal(rows, 77);
		assert_true(store_licence_list(s, count, &n, &e));
		assert_int_equal(n, 0); /* all or none */
	}
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sample_file, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_validity, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_wrong_rows, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_json, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_wrong_json, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
