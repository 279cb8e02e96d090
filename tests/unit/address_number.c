/* Numbers of plates in their one form, and whole addresses as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "address/address.h"
#include "address/number.h"
#include "address/query.h"
#include "base/str.h"
#include "base/utf8.h"

static void test_canonical(void **state)
{
	static const struct {
		const char *typed, *canonical; /* NULL: refused */
	} cases[] = {
		{ "599", "599" },
		{ "207-1", "207-1" },
		{ "207—1", "207-1" },
		{ "26甲", "26甲" },
		{ "26号甲", "26甲" },
		{ "515b", "515B" },
		{ "599临", "599临" },
		{ "5号临", "5临" },
		{ "临1207号", "1207临" },
		{ "1869-8临", "1869-8临" },
		{ "15号-1临", "15-1临" },
		{ "5297号-14", "5297-14" },
		{ "３号楼", "3" },
		{ "1266弄", "1266" },
		{ "502室", "502" },
		{ " 5 0 2 ", "502" },
		{ "三十五号", "35" },
		{ "廿二号", "22" },
		{ "五〇二", "502" },
		{ "甲", "甲" },
		{ "甲室", "甲" },
		{ "007", "7" },
		{ "12A", "12A" },
		{ "B102", "B102" },
		{ "", NULL },
		{ "0", NULL },
		{ "号", NULL },
		{ "-1", NULL },
		{ "1-", NULL },
		{ "1--2", NULL },
		{ "123456", NULL },
		{ "12号后门", NULL },
		{ "98弄51", NULL }, /* two numbers, not 9851 */
		{ "3号楼502室", NULL },
		{ "南京路", NULL },
		{ "1;2", NULL },
		{ "临5临", NULL },
		{ "\xff", NULL },
		{ "1甲乙", NULL },
		{ "12AB", NULL },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char out[16] = "untouched";
		print_message("%s\n", cases[i].typed);
		assert_int_equal(address_number_canonical(cases[i].typed, out, sizeof out), cases[i].canonical != NULL);
		assert_string_equal(out, cases[i].canonical ? cases[i].canonical : "untouched");
	}
	char small[3] = "";
	assert_false(address_number_canonical("599", small, sizeof small));
}

static void test_parts(void **state)
{
	enum { LANE = ADDRESS_PART_LANE, NUMBER = ADDRESS_PART_NUMBER, BUILDING = ADDRESS_PART_BUILDING };
	enum { UNIT = ADDRESS_PART_UNIT, ROOM = ADDRESS_PART_ROOM };
	static const struct {
		int part;
		const char *typed, *canonical; /* NULL: refused */
	} cases[] = {
		{ LANE, "339弄", "339" },
		{ LANE, "三三九弄", "339" },
		{ LANE, "339甲", NULL },
		{ LANE, "12-1", NULL },
		{ LANE, "A", NULL },
		{ NUMBER, "207-1号", "207-1" },
		{ NUMBER, "甲", NULL },
		{ NUMBER, "B12", NULL },
		{ NUMBER, "A", NULL },
		{ BUILDING, "2幢", "2" },
		{ BUILDING, "2号楼", "2" },
		{ BUILDING, "2栋", "2" },
		{ BUILDING, "a座", "A" },
		{ BUILDING, "甲座", "甲" },
		{ BUILDING, "东楼", "东" },
		{ BUILDING, "A1幢", "A1" },
		{ BUILDING, "十二幢", "12" },
		{ BUILDING, "主楼", NULL },
		{ BUILDING, "亭子间", NULL },
		{ UNIT, "1单元", "1" },
		{ UNIT, "一单元", "1" },
		{ UNIT, "B单元", "B" },
		{ UNIT, "西单元", "西" },
		{ UNIT, "单元", NULL },
		{ ROOM, "502室", "502" },
		{ ROOM, "12a", "12A" },
		{ ROOM, "B", "B" },
		{ ROOM, "甲", "甲" },
		{ ROOM, "东", NULL },
		{ ROOM, "亭子间", "亭子间" },
		{ ROOM, "地下室", "地下室" },
		{ ROOM, "三层阁", "三层阁" },
		{ ROOM, "大房间", NULL },
		{ ROOM, "", NULL },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char out[24] = "untouched";
		print_message("%s\n", cases[i].typed);
		assert_int_equal(address_part_canonical((enum address_part)cases[i].part, cases[i].typed, out,
					 sizeof out),
			cases[i].canonical != NULL);
		assert_string_equal(out, cases[i].canonical ? cases[i].canonical : "untouched");
	}
	char small[4] = "";
	assert_false(address_part_canonical(ADDRESS_PART_ROOM, "亭子间", small, sizeof small));
	assert_true(address_part_canonical(ADDRESS_PART_UNIT, "东", small, sizeof small));
}

static void test_lane(void **state)
{
	static const char *const cases[][3] = { { "98", "98", "" }, { "98弄", "98", "" }, { "98弄51支弄", "98", "51" },
		{ "98弄51", "98", "51" }, { "九十八弄 五十一支弄", "98", "51" }, { "98弄3号", "98", "3" },
		{ "弄51", NULL, NULL }, { "98弄甲", NULL, NULL }, { "", NULL, NULL } };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char lane[12] = "x", sub[12] = "y";
		assert_int_equal(address_lane_canonical(cases[i][0], lane, sub), cases[i][1] != NULL);
		assert_string_equal(lane, cases[i][1] ? cases[i][1] : "x");
		assert_string_equal(sub, cases[i][1] ? cases[i][2] : "y");
	}
}

static void test_split(void **state)
{
	char suffix[NUMBER_SUFFIX];
	long value = 0;
	(void)state;
	assert_true(number_split("1869-8临", &value, suffix));
	assert_int_equal(value, 1869);
	assert_string_equal(suffix, "-8临");
	assert_false(number_split("甲", &value, suffix));
	assert_false(number_split("123456", &value, suffix));
	assert_false(number_split("1-234567890123", &value, suffix));
}

static void test_text(void **state)
{
	char out[300], tiny[10];
	struct address a = { .level = ADDRESS_ROOM,
		.district_code = "310106",
		.district = "静安区",
		.street = "长乐路",
		.lane = "339",
		.number = "7",
		.building = "2",
		.unit = "1",
		.room = "402" };
	(void)state;
	address_text(&a, out, sizeof out);
	assert_string_equal(out, "上海市静安区长乐路339弄7号2幢1单元402室");
	address_text(&a, tiny, sizeof tiny);
	assert_string_equal(tiny, "上海市");
	assert_true(address_complete(&a));
	struct address b = { .level = ADDRESS_DOOR,
		.street_id = 1,
		.district_code = "310109",
		.district = "虹口区",
		.street = "四川北路",
		.lane = "1906",
		.sub_lane = "25",
		.number = "8甲",
		.building = "东",
		.room = "亭子间" };
	address_text(&b, out, sizeof out);
	assert_string_equal(out, "上海市虹口区四川北路1906弄25支弄8甲号东幢亭子间");
	assert_false(address_complete(&b));
	b.single_house = true;
	assert_true(address_complete(&b));
	struct address none = { 0 };
	address_text(&none, out, sizeof out);
	assert_string_equal(out, "");
	assert_false(address_complete(&none));
}

static unsigned seed = 20;

static unsigned below(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

static const char *one(const char *const *list, unsigned n)
{
	return list[below(n)];
}

static bool reads(const struct place *p, const struct address *a)
{
	char lane[12] = "", sub[12] = "", number[24] = "";
	if (p->value[FIELD_LANE])
		snprintf(lane, sizeof lane, "%ld", p->value[FIELD_LANE]);
	if (p->value[FIELD_SUB])
		snprintf(sub, sizeof sub, "%ld", p->value[FIELD_SUB]);
	if (p->value[FIELD_NO])
		snprintf(number, sizeof number, "%ld%s", p->value[FIELD_NO], p->suffix);
	return str_eq(lane, a->lane) && str_eq(sub, a->sub_lane) && str_eq(number, a->number) &&
		str_eq(p->building, a->building) && str_eq(p->unit, a->unit) && str_eq(p->room, a->room);
}

/* What the kiosk reads back can be typed again: the usual reading is the address itself. */
static void test_text_is_read(void **state)
{
	static const char *const streets[] = { "长乐路", "中山东二路", "石泉六村", "兰花苑", "浦东大道", "胜利村",
		"三门路" };
	static const char *const suffixes[] = { "", "", "", "甲", "临", "-3", "-12临", "B", "丙" };
	static const char *const buildings[] = { "", "", "2", "18", "A", "甲", "C3" };
	static const char *const units[] = { "", "", "1", "12", "B" };
	static const char *const rooms[] = { "", "402", "5", "12A", "B102", "甲", "亭子间", "地下室", "三层阁",
		"1201" };
	static const struct readings none;
	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct address a = { .level = ADDRESS_ROOM, .district = "静安区" };
		char text[300], expected[200];
		str_copy(a.street, sizeof a.street, one(streets, 7));
		if (below(2))
			snprintf(a.lane, sizeof a.lane, "%u", 1 + below(2999));
		if (a.lane[0] && !below(4))
			snprintf(a.sub_lane, sizeof a.sub_lane, "%u", 1 + below(99));
		if (below(8))
			snprintf(a.number, sizeof a.number, "%u%s", 1 + below(9999), one(suffixes, 9));
		str_copy(a.building, sizeof a.building, one(buildings, 7));
		str_copy(a.unit, sizeof a.unit, one(units, 5));
		str_copy(a.room, sizeof a.room, one(rooms, 10));
		if (!a.lane[0] && !a.number[0] && !a.building[0])
			continue; /* a room of a road is no address */
		address_text(&a, text, sizeof text);
		struct query q;
		struct place places[QUERY_PLACES];
		query_parse(&q, text, &none);
		size_t n = query_places(&q, places), found = 0;
		char name[QUERY_ATOMS * 4 + 1], *end = name;
		for (size_t k = 0; k < q.n_atoms; k++)
			end += utf8_encode(q.atoms[k].point, end);
		*end = '\0';
		snprintf(expected, sizeof expected, "上海市静安区%s", a.street);
		while (found < n && !reads(&places[found], &a))
			found++;
		/* without a number a building may be taken for one first */
		bool first = a.number[0] || !a.building[0];
		if (!str_eq(name, expected) || found == n || (first && found))
			fail_msg("%s: name %s, reading %zu of %zu", text, name, found, n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_canonical),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_lane),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_text_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
