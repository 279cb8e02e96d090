#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/answers.h"

static void stores_and_removes(void **state)
{
	(void)state;
	struct answers *a = answers_create();
	assert_null(answers_get(a, "name"));
	assert_string_equal(answers_text(a, "name"), "");
	assert_true(answers_set(a, "name", "张三"));
	assert_true(answers_set(a, "address.street", "南京路"));
	assert_true(answers_set(a, "address.lane", "1"));
	assert_true(answers_set(a, "addressee", "x"));
	assert_true(answers_set(a, "name", answers_get(a, "name"))); /* borrowed from the row it replaces */
	assert_string_equal(answers_get(a, "name"), "张三");
	assert_string_equal(answers_name_at(a, 0), "address.lane");
	assert_string_equal(answers_value_at(a, 0), "1");
	assert_null(answers_name_at(a, 4));
	assert_null(answers_value_at(a, 4));
	answers_remove_prefix(a, "address.");
	assert_int_equal(answers_count(a), 2);
	assert_string_equal(answers_get(a, "addressee"), "x");
	assert_true(answers_set(a, "name", ""));
	assert_true(answers_set(a, "name", NULL));
	assert_null(answers_get(a, "name"));
	answers_destroy(a);
	answers_destroy(NULL);
}

static void keeps_its_limits(void **state)
{
	(void)state;
	struct answers *a = answers_create();
	char value[ANSWER_VALUE_MAX + 2], name[ANSWER_NAME_MAX + 2];
	memset(value, 'v', sizeof value - 1);
	value[sizeof value - 1] = '\0';
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	assert_false(answers_set(a, "x", value));
	assert_false(answers_set(a, name, "x"));
	assert_false(answers_set(a, "", "x"));
	assert_int_equal(answers_count(a), 0);
	assert_true(answers_set(a, name + 1, value + 1));
	for (int i = 1; i < ANSWERS_MAX; i++) {
		snprintf(name, sizeof name, "q%d", i);
		assert_true(answers_set(a, name, "x"));
	}
	assert_false(answers_set(a, "one more", "x"));
	assert_true(answers_set(a, "q7", "y"));
	assert_int_equal(answers_count(a), ANSWERS_MAX);
	answers_destroy(a);
}

/* Against a plain array indexed by name: the same after any sequence of operations. */
static void behaves_like_an_array(void **state)
{
	(void)state;
	enum { NAMES = 40 };
	static int plain[NAMES]; /* 0: none */
	struct answers *a = answers_create();
	srand(2);
	for (int round = 0; round < 20000; round++) {
		int which = rand() % NAMES, value = rand() % 4;
		char name[16], text[16];
		snprintf(name, sizeof name, "%c.%d", 'a' + which % 3, which);
		snprintf(text, sizeof text, "%d", value);
		if (rand() % 200 == 0) {
			char prefix[] = { (char)('a' + which % 3), '.', '\0' };
			answers_remove_prefix(a, prefix);
			for (int i = which % 3; i < NAMES; i += 3)
				plain[i] = 0;
		} else {
			assert_true(answers_set(a, name, value ? text : ""));
			plain[which] = value;
		}
		size_t count = 0;
		for (int i = 0; i < NAMES; i++) {
			count += plain[i] != 0;
			snprintf(name, sizeof name, "%c.%d", 'a' + i % 3, i);
			if (strtol(answers_text(a, name), NULL, 10) != plain[i])
				fail();
		}
		if (count != answers_count(a))
			fail();
		for (size_t i = 1; i < count; i++)
			if (strcmp(answers_name_at(a, i - 1), answers_name_at(a, i)) >= 0)
				fail();
	}
	struct answers *b = answers_create();
	for (size_t i = 0; i < answers_count(a); i++)
		answers_set(b, answers_name_at(a, i), answers_value_at(a, i));
	assert_true(answers_equal(a, b));
	answers_set(b, "a.0", "changed");
	assert_false(answers_equal(a, b));
	answers_set(b, "new", "x");
	assert_false(answers_equal(a, b));
	answers_destroy(a);
	answers_destroy(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stores_and_removes),
		cmocka_unit_test(keeps_its_limits),
		cmocka_unit_test(behaves_like_an_array),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
