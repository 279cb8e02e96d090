#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"

static void grows_and_formats(void **state)
{
	(void)state;
	struct str s;
	str_init(&s, 10000);
	for (int i = 0; i < 1000; i++)
		str_addf(&s, "%03d,", i);
	assert_int_equal(s.len, 4000);
	assert_false(s.full);
	assert_memory_equal(s.text + 3996, "999,", 5);
	str_clear(&s);
	assert_string_equal(s.text, "");
	str_add(&s, "居住");
	assert_string_equal(s.text, "居住");
	str_finish(&s);
	assert_null(s.text);
}

static void stops_at_the_maximum(void **state)
{
	(void)state;
	for (size_t max = 0; max < 19; max++) {
		struct str s;
		str_init(&s, max);
		str_add(&s, "a居住é𠮷");
		str_add(&s, "登记");
		assert_true(s.full);
		assert_true(s.len <= max);
		assert_true(utf8_valid(s.text, s.len));
		assert_int_equal(strlen(s.text), s.len);
		size_t len = s.len;
		str_add(&s, "x"); /* what is dropped stays dropped: no hole in the text */
		assert_int_equal(s.len, len);
		str_finish(&s);
	}
}

static void copies_whole_characters(void **state)
{
	(void)state;
	static const struct {
		size_t size;
		const char *from, *want;
		bool fits;
	} cases[] = {
		{ 1, "", "", true },
		{ 1, "a", "", false },
		{ 4, "居", "居", true },
		{ 3, "居", "", false },
		{ 6, "居住", "居", false },
		{ 7, "居住", "居住", true },
		{ 5, "a𠮷", "a", false },
		{ 6, "a𠮷", "a𠮷", true },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char to[8];
		assert_int_equal(str_copy(to, cases[i].size, cases[i].from), cases[i].fits);
		assert_string_equal(to, cases[i].want);
	}
	assert_false(str_copy(NULL, 0, "a"));
}

static void compares_null(void **state)
{
	(void)state;
	assert_true(str_eq(NULL, NULL));
	assert_false(str_eq(NULL, ""));
	assert_false(str_eq("", NULL));
	assert_true(str_eq("a", "a"));
	assert_false(str_eq("a", "b"));
}

static void errors_carry_place_and_code(void **state)
{
	(void)state;
	struct err e = { 0 };
	assert_false(err_set(&e, ERR_STORAGE, "disk %s", "full"));
	assert_false(err_add(&e, "case %d", 7));
	assert_string_equal(e.text, "case 7: disk full");
	assert_int_equal(e.code, ERR_STORAGE);
	assert_false(err_set(NULL, ERR_NO, "x"));
	assert_false(err_add(NULL, "x"));
	char big[600];
	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = '\0';
	for (int i = 0; i < 3; i++)
		err_add(&e, "%.*s", 250, big);
	assert_true(strlen(e.text) < sizeof e.text);
	err_set(&e, ERR_NO, "%s", big);
	err_add(&e, "%s", big);
	assert_true(strlen(e.text) < sizeof e.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows_and_formats),
		cmocka_unit_test(stops_at_the_maximum),
		cmocka_unit_test(copies_whole_characters),
		cmocka_unit_test(compares_null),
		cmocka_unit_test(errors_carry_place_and_code),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
