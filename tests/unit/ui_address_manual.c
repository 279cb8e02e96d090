/* Manual entry of an address: each field by the number grammar, the result marked for the counter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "address/address.h"
#include "base/str.h"
#include "ui/address_manual.h"
#include "ui/page.h"

enum { FIELDS = MANUAL_FIELDS };

static const struct address district = { .district_code = "310106", .district = "静安区" };

static void test_commit(void **state)
{
	static const struct {
		const char *typed[FIELDS]; /* road, lane, number, building, unit, room */
		const char *text;          /* NULL: refused */
		int wrong;                 /* the first field with an error */
	} cases[] = {
		{ { "长乐路", "339弄", "7号", "2幢", "1单元", "402室" }, "上海市静安区长乐路339弄7号2幢1单元402室",
			-1 },
		{ { "长乐路", "", "26号甲", "", "", "" }, "上海市静安区长乐路26甲号", -1 },
		{ { "长乐路", "98弄51支弄", "207-1", "", "", "亭子间" }, "上海市静安区长乐路98弄51支弄207-1号亭子间",
			-1 },
		{ { "长乐路", "", "88", "a座", "东", "12a" }, "上海市静安区长乐路88号A幢东单元12A室", -1 },
		{ { "长", "", "88", "", "", "" }, NULL, 0 },
		{ { "长乐路", "甲", "88", "", "", "" }, NULL, 1 },
		{ { "长乐路", "339", "", "", "", "402" }, NULL, 2 },
		{ { "长乐路", "339", "后门", "", "", "402" }, NULL, 2 },
		{ { "长乐路", "", "88", "主楼", "", "402" }, NULL, 3 },
		{ { "长乐路", "", "88", "", "左", "402" }, NULL, 4 },
		{ { "长乐路", "", "88", "", "", "3号402" }, NULL, 5 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		static struct page page;
		struct address_manual m;
		struct address got = { .street = "untouched" };
		char text[300];
		memset(&page, 0, sizeof page);
		manual_open(&m, &district);
		for (int k = 0; k < FIELDS; k++)
			edit_set(&m.fields[k], cases[i].typed[k]);
		assert_int_equal(manual_commit(&m, &page, &got), cases[i].text != NULL);
		for (int k = 0; k < FIELDS; k++)
			assert_int_equal(*m.errors[k] != '\0', k == cases[i].wrong);
		if (cases[i].text) {
			address_text(&got, text, sizeof text);
			assert_string_equal(text, cases[i].text);
			assert_true(got.manual && address_complete(&got) && got.street_id == 0);
		} else {
			assert_string_equal(got.street, "untouched");
		}
		manual_close(&m);
	}
}

/* What was chosen already stands in the fields and comes out again. */
static void test_open(void **state)
{
	struct address known = { .district_code = "310106",
		.district = "静安区",
		.street = "长乐路",
		.lane = "98",
		.sub_lane = "51",
		.number = "7甲",
		.building = "2",
		.unit = "1",
		.room = "402" };
	static struct page page;
	struct address_manual m;
	struct address got = { 0 };
	(void)state;
	manual_open(&m, &known);
	assert_true(manual_commit(&m, &page, &got));
	assert_string_equal(got.lane, known.lane);
	assert_string_equal(got.sub_lane, known.sub_lane);
	assert_string_equal(got.number, known.number);
	assert_string_equal(got.building, known.building);
	assert_string_equal(got.unit, known.unit);
	assert_string_equal(got.room, known.room);
	manual_close(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_commit), cmocka_unit_test(test_open) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
