#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"

static char a[8], b[40];

static bool read_object(struct json *j, const char *text, struct json_field fields[static 2], bool strict)
{
	fields[0] = (struct json_field){ .key = "a", .to = a, .size = sizeof a };
	fields[1] = (struct json_field){ .key = "b", .to = b, .size = sizeof b, .number = true };
	json_init(j, text, strlen(text));
	return json_object(j, fields, 2, 100, strict);
}

static void test_objects(void **state)
{
	static const struct {
		const char *text;
		bool lax, strict;
		const char *a, *b;
	} CASES[] = {
		{ "{}", true, true, "", "" },
		{ " {\"b\" : 12 ,\n\"a\": \"x\\u00b7y\"}", true, true, "x·y", "12" },
		{ "{\"a\":\"\\ud840\\udc00\\n\",\"b\":\"\"}", true, true, "𠀀", "" },
		{ "{\"a\":\"x\",\"c\":\"y\"}", true, false, "x", "" },
		{ "{\"a\":\"x\",\"a\":\"y\"}", false, false, "", "" },
		{ "{\"c\":\"x\",\"c\":\"y\"}", true, false, "", "" },
		{ "{\"a\":1}", false, false, "", "" },
		{ "{\"c\":1}", false, false, "", "" },
		{ "{\"b\":0}", true, true, "", "0" },
		{ "{\"b\":01}", false, false, "", "" },
		{ "{\"b\":-1}", false, false, "", "" },
		{ "{\"b\":1.5}", false, false, "", "" },
		{ "{\"b\":1e3}", false, false, "", "" },
		{ "{\"b\":1234567890123456}", false, false, "", "" },
		{ "{\"b\":null}", false, false, "", "" },
		{ "{\"b\":[1]}", false, false, "", "" },
		{ "{\"b\":{}}", false, false, "", "" },
		{ "{\"a\":\"x\",}", false, false, "", "" },
		{ "{\"a\" \"x\"}", false, false, "", "" },
		{ "{a:\"x\"}", false, false, "", "" },
		{ "{\"a\":\"x", false, false, "", "" },
		{ "{\"a\":\"\\ud800x\"}", false, false, "", "" },
		{ "{\"a\":\"\\u0000\"}", false, false, "", "" },
		{ "{\"a\":\"\xff\"}", false, false, "", "" },
		{ "{\"a\":\"x\ty\"}", false, false, "", "" },
		{ "[]", false, false, "", "" },
		{ "", false, false, "", "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		for (int strict = 0; strict < 2; strict++) {
			struct json j;
			struct json_field fields[2];
			bool want = strict ? CASES[i].strict : CASES[i].lax;
			if (read_object(&j, CASES[i].text, fields, strict) != want)
				fail_msg("%s, strict %d: %s", CASES[i].text, strict, j.why ? j.why : "taken");
			assert_int_equal(j.why == NULL, want);
			if (!want)
				continue;
			assert_string_equal(a, CASES[i].a);
			assert_string_equal(b, CASES[i].b);
		}
	}
}

/* A value that was cut or cleaned is known as such: a file is refused for it, a message is shown without. */
static void test_complete(void **state)
{
	struct json j;
	struct json_field fields[2];
	char longer[200], many[102];
	(void)state;
	assert_true(read_object(&j, "{\"a\":\"1234567\",\"b\":\"x\\u202ey\"}", fields, true));
	assert_true(fields[0].seen && fields[0].complete && fields[1].seen);
	assert_false(fields[1].complete);
	assert_string_equal(b, "xy");
	assert_true(read_object(&j, "{\"a\":\"123456居\"}", fields, true));
	assert_true(fields[0].seen && !fields[0].complete && !fields[1].seen);
	assert_string_equal(a, "123456");
	memset(many, 'x', 101);
	many[101] = '\0';
	snprintf(longer, sizeof longer, "{\"a\":\"%s\"}", many);
	assert_false(read_object(&j, longer, fields, false));
}

static void test_array_and_lines(void **state)
{
	static const char TEXT[] = "[\n{\"a\":\"1\"},\n {\"a\":\"2\"}\n] x";
	struct json_field field = { .key = "a", .to = a, .size = sizeof a };
	struct json j;
	(void)state;
	json_init(&j, TEXT, sizeof TEXT - 1);
	assert_true(json_take(&j, '['));
	assert_true(json_object(&j, &field, 1, 10, true));
	assert_int_equal(json_line(&j, TEXT), 2);
	assert_false(json_take(&j, ']'));
	assert_true(json_take(&j, ','));
	assert_true(json_object(&j, &field, 1, 10, true));
	assert_string_equal(a, "2");
	assert_true(json_take(&j, ']'));
	assert_int_equal(json_line(&j, TEXT), 4);
	assert_false(json_end(&j));
	assert_non_null(j.why);
	assert_false(json_take(&j, 'x')); /* nothing is read after a fault */
}

static void test_add_string(void **state)
{
	struct str s;
	(void)state;
	str_init(&s, 100);
	json_add_string(&s, "张\"\\\n·");
	assert_string_equal(s.text, "\"张\\\"\\\\\\u000a·\"");
	str_finish(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_objects), cmocka_unit_test(test_complete),
		cmocka_unit_test(test_array_and_lines), cmocka_unit_test(test_add_string) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
