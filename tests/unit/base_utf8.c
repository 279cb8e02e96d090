#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"

static void every_point_comes_back(void **state)
{
	(void)state;
	for (uint32_t point = 0; point <= 0x10FFFF; point++) {
		char bytes[4];
		uint32_t back = 0;
		if (point >= 0xD800 && point <= 0xDFFF)
			continue;
		size_t n = utf8_encode(point, bytes);
		assert_int_equal(utf8_decode(bytes, n, &back), n);
		assert_int_equal(back, point);
		assert_int_equal(utf8_decode(bytes, n - 1, &back), 0);
	}
}

static void refuses_bad_bytes(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"\x80",
		"\xBF",
		"\xC0\x80",
		"\xC1\xBF",
		"\xC3",
		"\xE0\x80\x80",
		"\xE0\x9F\xBF",
		"\xED\xA0\x80",
		"\xED\xBF\xBF",
		"\xE5\xB1",
		"\xE5\xB1\x41",
		"\xF0\x80\x80\x80",
		"\xF0\x8F\xBF\xBF",
		"\xF4\x90\x80\x80",
		"\xF5\x80\x80\x80",
		"\xF8\x88\x80\x80\x80",
		"\xFE",
		"\xFF",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		uint32_t point = 42;
		assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &point), 0);
		assert_int_equal(point, 42);
		assert_false(utf8_valid(bad[i], strlen(bad[i])));
	}
	assert_true(utf8_valid("居住 a\0b", 10));
}

static void counts_and_measures(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t length;
		int width;
	} cases[] = {
		{ "", 0, 0 },
		{ "abc", 3, 3 },
		{ "居住登记", 4, 8 },
		{ "a居b", 3, 4 },
		{ "𠮷", 1, 2 },
		{ "e\u0301", 2, 1 },
		{ "·", 1, 1 },
		{ "\xFF", 1, 1 },
		{ "居\xE5", 2, 3 },
		{ "\U00031350", 1, 2 },
		{ "，。", 2, 4 },
		{ "Ａ", 1, 2 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(utf8_length(cases[i].text), cases[i].length);
		assert_int_equal(utf8_width(cases[i].text), cases[i].width);
	}
}

static void knows_what_may_be_typed(void **state)
{
	(void)state;
	static const struct {
		uint32_t point;
		bool allowed;
	} cases[] = {
		{ 'a', true },
		{ ' ', true },
		{ 0x5C45, true },
		{ 0xB7, true },
		{ 0x20BB7, true },
		{ 0x31350, true },
		{ 0x0301, true },
		{ 0, false },
		{ '\n', false },
		{ 0x1B, false },
		{ 0x7F, false },
		{ 0x85, false },
		{ 0x200B, false },
		{ 0x200D, false },
		{ 0x200E, false },
		{ 0x202E, false },
		{ 0x2028, false },
		{ 0x2066, false },
		{ 0x2069, false },
		{ 0x061C, false },
		{ 0xFEFF, false },
		{ 0xFFFE, false },
		{ 0x1FFFF, false },
		{ 0xFDD0, false },
		{ 0xE0041, false },
		{ 0xE0100, false },
		{ 0xFE0F, false },
		{ 0xD800, false },
		{ 0x110000, false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(utf8_point_allowed(cases[i].point), cases[i].allowed);
}

static void cleans(void **state)
{
	(void)state;
	static const struct {
		const char *from;
		size_t max;
		const char *want;
		bool all;
	} cases[] = {
		{ "居住", 9, "居住", true },
		{ "居住登记", 3, "居住登", false },
		{ "a\x1B[31mb", 9, "a[31mb", false },
		{ "a\xFF"
		  "b",
			9, "ab", false },
		{ "a\u202E"
		  "b",
			9, "ab", false },
		{ "e\u0301\u0302", 9, "e\u0301\u0302", true },
		{ "e\u0301\u0302\u0303x", 9, "e\u0301\u0302x", false },
		{ "\u0301a", 9, "a", false },
		{ "", 9, "", true },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char to[64];
		bool all = utf8_clean(to, sizeof to, cases[i].from, strlen(cases[i].from), cases[i].max);
		assert_int_equal(all, cases[i].all);
		assert_string_equal(to, cases[i].want);
	}
	char small[6];
	assert_false(utf8_clean(small, sizeof small, "居住", 6, 9));
	assert_string_equal(small, "居");
	assert_false(utf8_clean(small, sizeof small, "a\0b", 3, 9));
	assert_string_equal(small, "ab");
}

static void folds_width(void **state)
{
	(void)state;
	char text[] = "１２号\u3000Ａｚ！～居\xFF";
	utf8_fold_width(text);
	assert_string_equal(text, "12号 Az!~居\xFF");
}

static int set_locale(void **state)
{
	(void)state;
	return i18n_init("/nonexistent", NULL) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_point_comes_back),
		cmocka_unit_test(refuses_bad_bytes),
		cmocka_unit_test(counts_and_measures),
		cmocka_unit_test(knows_what_may_be_typed),
		cmocka_unit_test(cleans),
		cmocka_unit_test(folds_width),
	};
	return cmocka_run_group_tests(tests, set_locale, NULL);
}
