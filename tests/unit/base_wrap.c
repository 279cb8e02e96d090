#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/wrap.h"

static void join(const char *text, unsigned columns, struct str *out)
{
	while (*text) {
		size_t next = 0, n = wrap_line(text, columns, &next);
		assert_true(next > 0 && next >= n);
		str_add_n(out, text, n);
		str_add(out, "|");
		text += next;
	}
}

static void test_cases(void **state)
{
	static const struct {
		const char *text;
		unsigned columns;
		const char *lines;
	} CASES[] = {
		{ "", 10, "" },
		{ "居住登记", 10, "居住登记|" },
		{ "居住登记", 8, "居住登记|" },
		{ "居住登记", 7, "居住登|记|" },
		{ "居住登记，好", 8, "居住登|记，好|" },  /* no comma at the beginning */
		{ "居住（登记）", 6, "居住|（登|记）|" }, /* no opening mark at the end */
		{ "one two three", 7, "one two|three|" },
		{ "one two three", 8, "one two|three|" },
		{ "abcdefghij", 4, "abcd|efgh|ij|" },
		{ "南京西路1266弄", 10, "南京西路|1266弄|" }, /* a number stays whole */
		{ "a\nb", 10, "a|b|" },
		{ "a\n\nb", 10, "a||b|" },
		{ "居住\n", 4, "居住|" },
		{ "居", 1, "居|" },
		{ "居住", 1, "居|住|" },
		{ "a   b", 2, "a|b|" },
		{ "居e\xcc\x81居", 3, "居e\xcc\x81|居|" }, /* a mark stays with its letter */
		{ "\xff\xfe", 1, "\xff|\xfe|" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct str out;
		str_init(&out, 1000);
		join(CASES[i].text, CASES[i].columns, &out);
		assert_string_equal(out.text ? out.text : "", CASES[i].lines);
		str_finish(&out);
	}
}

/* Whatever the text: every line fits, nothing but blanks is lost. */
static void test_random(void **state)
{
	static const char *const PARTS[] = { "居", "住", "，", "（", "）", " ", "a", "bc", "1266", "\n", "。" };
	(void)state;
	srand(7);
	for (int round = 0; round < 2000; round++) {
		struct str text, out;
		size_t kept = 0, shown = 0;
		str_init(&text, 1000);
		str_init(&out, 4000);
		for (int i = 0; i < 30; i++)
			str_add(&text, PARTS[(size_t)rand() % (sizeof PARTS / sizeof *PARTS)]);
		unsigned columns = 4 + (unsigned)rand() % 20;
		for (const char *at = text.text; *at;) {
			size_t next = 0, n = wrap_line(at, columns, &next);
			str_clear(&out);
			str_add_n(&out, at, n);
			assert_true(utf8_width(out.text) <= (int)columns);
			for (size_t i = 0; i < n; i++)
				shown += at[i] != ' ';
			at += next;
		}
		for (size_t i = 0; i < text.len; i++)
			kept += text.text[i] != ' ' && text.text[i] != '\n';
		assert_int_equal(kept, shown);
		str_finish(&text);
		str_finish(&out);
	}
}

static int utf8_locale(void **state)
{
	(void)state;
	return i18n_init(".", NULL) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases), cmocka_unit_test(test_random) };
	return cmocka_run_group_tests(tests, utf8_locale, NULL);
}
