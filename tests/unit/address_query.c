#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "address/address.h"
#include "address/query.h"
#include "address/readings.h"
#include "base/utf8.h"

static struct readings readings;

static int setup(void **state)
{
	(void)state;
	return !(readings_add(&readings, "南", "nan", "", NULL) && readings_add(&readings, "門", "men", "门", NULL) &&
		readings_add(&readings, "號", "hao", "号", NULL) && (readings_sort(&readings), true));
}

static int teardown(void **state)
{
	(void)state;
	readings_finish(&readings);
	return 0;
}

static void name_of(const struct query *q, char *out)
{
	for (size_t i = 0; i < q->n_atoms; i++)
		out += utf8_encode(q->atoms[i].point, out);
	*out = '\0';
}

/* The first reading of the numbers: lane, sub-lane, number with suffix, room. */
static void test_forms(void **state)
{
	static const struct {
		const char *query, *name;
		long lane, sub, no;
		const char *suffix, *room;
	} CASES[] = {
		{ "武定路600弄12号301室", "武定路", 600, 0, 12, "", "301" },
		{ "武定路600弄12号楼301", "武定路", 600, 0, 12, "", "301" },
		{ "武定路 600 12 301", "武定路", 600, 0, 12, "", "301" },
		{ "武定路600-12-301", "武定路", 600, 0, 12, "", "301" },
		{ "武定路600弄12-301", "武定路", 600, 0, 12, "", "301" },
		{ "wdl600n12h301s", "wdl", 600, 0, 12, "", "301" },
		{ "wu ding lu 600 nong 12 hao 301 shi", "wudinglu", 600, 0, 12, "", "301" },
		{ "WDL600弄", "wdl", 600, 0, 0, "", "" },
		{ "武定路６００弄１２號", "武定路", 600, 0, 12, "", "" },
		{ "武定路六百弄十二号三〇一室", "武定路", 600, 0, 12, "", "301" },
		{ "武定路六〇〇弄一二号", "武定路", 600, 0, 12, "", "" },
		{ "四川北路1906弄25支弄8号", "四川北路", 1906, 25, 8, "", "" },
		{ "武定路600弄12号甲", "武定路", 600, 0, 12, "甲", "" },
		{ "武定路600弄12甲号", "武定路", 600, 0, 12, "甲", "" },
		{ "天钥桥路临380号", "天钥桥路", 0, 0, 380, "临", "" },
		{ "天钥桥路380号临", "天钥桥路", 0, 0, 380, "临", "" },
		{ "曹杨5村88号201", "曹杨五村", 0, 0, 88, "", "201" },
		{ "瑞金二路20号", "瑞金二路", 0, 0, 20, "", "" },
		{ "中山东一路十号", "中山东一路", 0, 0, 10, "", "" },
		{ "某村3组15号", "某村", 0, 0, 15, "", "" },
		{ "5幢22号", "", 0, 0, 22, "", "" },
		{ "武定路600弄12号2单元3楼301室", "武定路", 600, 0, 12, "", "301" },
		{ "武定路600弄12号(近西康路)301室", "武定路", 600, 0, 12, "", "301" },
		{ "武定路600弄12号12A", "武定路", 600, 0, 12, "", "12A" },
		{ "南門路88号", "南门路", 0, 0, 88, "", "" },
		{ "武定路", "武定路", 0, 0, 0, "", "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct query q;
		struct place places[QUERY_PLACES] = { 0 };
		char name[QUERY_ATOMS * 4 + 1];
		query_parse(&q, CASES[i].query, &readings);
		size_t n = query_places(&q, places);
		name_of(&q, name);
		print_message("%s\n", CASES[i].query);
		assert_string_equal(name, CASES[i].name);
		assert_int_equal(n > 0, CASES[i].lane || CASES[i].no);
		assert_int_equal(places[0].value[FIELD_LANE], CASES[i].lane);
		assert_int_equal(places[0].value[FIELD_SUB], CASES[i].sub);
		assert_int_equal(places[0].value[FIELD_NO], CASES[i].no);
		assert_string_equal(places[0].suffix, CASES[i].suffix);
		assert_string_equal(places[0].room, CASES[i].room);
	}
}

/* Numbers that nobody named have more than one reading. */
static void test_readings(void **state)
{
	struct query q;
	struct place places[QUERY_PLACES];
	(void)state;
	query_parse(&q, "武定路 12", &readings);
	assert_int_equal(query_places(&q, places), 2);
	assert_int_equal(places[0].value[FIELD_LANE], 12);
	assert_int_equal(places[1].value[FIELD_NO], 12);
	assert_true(places[0].open && places[1].open);

	query_parse(&q, "武定路27号3号楼502", &readings);
	assert_int_equal(query_places(&q, places), 2);
	assert_int_equal(places[0].value[FIELD_NO], 27);
	assert_string_equal(places[0].room, "502");
	assert_int_equal(places[1].value[FIELD_LANE], 27);
	assert_int_equal(places[1].value[FIELD_NO], 3);

	query_parse(&q, "人民北路207-1号", &readings);
	size_t n = query_places(&q, places);
	bool joined = false;
	for (size_t i = 0; i < n; i++)
		joined |= places[i].value[FIELD_NO] == 207 && strcmp(places[i].suffix, "-1") == 0;
	assert_true(joined);
	assert_false(places[0].open);
}

static void test_hostile(void **state)
{
	char flood[2000];
	static const char *const CASES[] = { "", " ", "\xff\xfe\x80", "\x1b[31m", "123456789012345678901234567890",
		"((((((", "弄弄弄号号", "-----", "1-1-1-1-1-1-1-1-1-1-1-1", "\xe2\x80\xae路1弄", "十百千万号", "零号" };
	struct query q;
	struct place places[QUERY_PLACES];
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		query_parse(&q, CASES[i], &readings);
		assert_true(query_places(&q, places) <= QUERY_PLACES);
		assert_true(q.n_atoms <= QUERY_ATOMS && q.n_parts <= QUERY_PARTS);
	}
	memset(flood, 'a', sizeof flood - 1);
	flood[sizeof flood - 1] = '\0';
	query_parse(&q, flood, &readings);
	assert_int_equal(q.n_atoms, QUERY_ATOMS);
	memset(flood, '9', sizeof flood - 1);
	query_parse(&q, flood, &readings);
	assert_int_equal(q.n_parts, 0);
}

static void test_canonical(void **state)
{
	static const struct {
		const char *typed, *canonical; /* NULL: refused */
	} CASES[] = {
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
		{ "南京路", NULL },
		{ "1;2", NULL },
		{ "临5临", NULL },
		{ "\xff", NULL },
		{ "1甲乙", NULL },
		{ "12AB", NULL },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		char out[16] = "untouched";
		print_message("%s\n", CASES[i].typed);
		assert_int_equal(address_number_canonical(CASES[i].typed, out, sizeof out), CASES[i].canonical != NULL);
		assert_string_equal(out, CASES[i].canonical ? CASES[i].canonical : "untouched");
	}
	char small[3] = "";
	assert_false(address_number_canonical("599", small, sizeof small));
}

static void test_text(void **state)
{
	char out[300], tiny[10];
	struct address a = { .level = ADDRESS_ROOM,
		.district_code = "310106",
		.district = "静安区",
		.street = "南京西路",
		.lane = "1266",
		.number = "3",
		.room = "502" };
	(void)state;
	address_text(&a, out, sizeof out);
	assert_string_equal(out, "上海市静安区南京西路1266弄3号502室");
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
		.room = "亭子间" };
	address_text(&b, out, sizeof out);
	assert_string_equal(out, "上海市虹口区四川北路1906弄25支弄8甲号亭子间");
	assert_false(address_complete(&b));
	b.single_house = true;
	assert_true(address_complete(&b));
	struct address none = { 0 };
	address_text(&none, out, sizeof out);
	assert_string_equal(out, "");
	assert_false(address_complete(&none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_readings),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_canonical),
		cmocka_unit_test(test_text),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
