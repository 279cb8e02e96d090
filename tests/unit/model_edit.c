#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "model/edit.h"

static void types_and_deletes_clusters(void **state)
{
	(void)state;
	struct edit e;
	char text[64];
	edit_init(&e, 5, "e\u0301居");
	assert_int_equal(e.len, 3);
	assert_int_equal(e.cur, 3);
	assert_false(edit_insert(&e, 0x202E));
	assert_false(edit_insert(&e, '\n'));
	assert_true(edit_insert(&e, 'a'));
	assert_true(edit_insert(&e, 'b'));
	assert_false(edit_insert(&e, 'c')); /* full */
	assert_true(edit_move(&e, EDIT_HOME));
	assert_false(edit_move(&e, EDIT_LEFT));
	assert_false(edit_backspace(&e));
	assert_true(edit_move(&e, EDIT_RIGHT));
	assert_int_equal(e.cur, 2);
	assert_true(edit_backspace(&e));
	edit_get(&e, text, sizeof text);
	assert_string_equal(text, "居ab");
	assert_false(edit_insert(&e, 0x0301)); /* nothing to stand on */
	assert_true(edit_delete(&e));
	assert_true(edit_move(&e, EDIT_END));
	assert_false(edit_delete(&e));
	assert_true(edit_insert(&e, 0x0301));
	assert_true(edit_insert(&e, 0x0302));
	assert_false(edit_insert(&e, 0x0303)); /* two marks are enough */
	edit_get(&e, text, sizeof text);
	assert_string_equal(text, "ab\u0301\u0302");
	edit_wipe(&e);
	for (unsigned i = 0; i < EDIT_MAX; i++)
		assert_int_equal(e.text[i], 0);
	edit_get(&e, text, sizeof text);
	assert_string_equal(text, "");
}

static void shows_the_cursor(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		unsigned columns;
		enum edit_move move;
		const char *want;
		unsigned cursor;
	} cases[] = {
		{ "abc", 10, EDIT_END, "abc", 3 },
		{ "abcdef", 4, EDIT_END, "def", 3 },
		{ "abcdef", 4, EDIT_HOME, "abcd", 0 },
		{ "居住登记", 5, EDIT_END, "登记", 4 },
		{ "居住登记", 4, EDIT_END, "记", 2 },
		{ "居住登记", 5, EDIT_HOME, "居住", 0 },
		{ "居", 1, EDIT_END, "", 0 },
		{ "居", 1, EDIT_HOME, "", 0 },
		{ "", 0, EDIT_HOME, "", 0 },
		{ "ab", 0, EDIT_END, "", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct edit e;
		unsigned first = 0, cursor = 99;
		char out[64];
		edit_init(&e, 50, cases[i].text);
		edit_move(&e, cases[i].move);
		edit_slice(&e, cases[i].columns, &first, out, sizeof out, &cursor);
		assert_string_equal(out, cases[i].want);
		assert_int_equal(cursor, cases[i].cursor);
	}
}

static void any_keys_keep_clusters_whole(void **state)
{
	(void)state;
	static const uint32_t points[] = { 'a', ' ', 0x5C45, 0x20BB7, 0x0301, 0x0302, 0xB7, 0x31350, 0x1B, 0x200B,
		0xFF21 };
	struct edit e;
	unsigned first = 0;
	srand(3);
	edit_init(&e, 30, "");
	for (int round = 0; round < 100000; round++) {
		switch (rand() % 8) {
		case 0:
			edit_backspace(&e);
			break;
		case 1:
			edit_delete(&e);
			break;
		case 2:
		case 3:
			edit_move(&e, (enum edit_move)(rand() % 4));
			break;
		default:
			edit_insert(&e, points[rand() % (int)(sizeof points / sizeof *points)]);
			break;
		}
		char text[EDIT_MAX * 4 + 1], slice[EDIT_MAX * 4 + 1];
		unsigned columns = (unsigned)(rand() % 30), cursor = 0;
		edit_get(&e, text, sizeof text);
		edit_slice(&e, columns, &first, slice, sizeof slice, &cursor);
		if (e.len > 30 || e.cur > e.len || utf8_length(text) != e.len || !utf8_valid(text, strlen(text)))
			fail_msg("text");
		if (e.len > 0 && utf8_point_width(e.text[0]) == 0)
			fail_msg("a mark without a base");
		if (e.cur < e.len && utf8_point_width(e.text[e.cur]) == 0)
			fail_msg("cursor inside a cluster");
		if (first < e.len && utf8_point_width(e.text[first]) == 0)
			fail_msg("slice starts inside a cluster");
		if (!strstr(text, slice) || utf8_width(slice) > (int)columns || (columns > 0 && cursor >= columns))
			fail_msg("slice");
	}
	char small[4];
	edit_set(&e, "a居住");
	edit_get(&e, small, sizeof small);
	assert_string_equal(small, "a");
}

static int set_locale(void **state)
{
	(void)state;
	return i18n_init("/nonexistent", NULL) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_and_deletes_clusters),
		cmocka_unit_test(shows_the_cursor),
		cmocka_unit_test(any_keys_keep_clusters_whole),
	};
	return cmocka_run_group_tests(tests, set_locale, NULL);
}
