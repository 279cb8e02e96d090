#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "address_build_fixture.h"

enum { MAX = 40 };

static struct address_hit hits[MAX];

static int setup(void **state)
{
	(void)state;
	if (fixture_make_dir())
		return -1;
	fixture_path("build.db", fixture_library);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	unlink(fixture_library);
	return rmdir(fixture_dir);
}

/* Rows in any order give the same content; a door whose rows come apart is one. */
static void test_order(void **state)
{
	enum { N = 200 };
	struct address_stats forward, other;
	(void)state;
	for (int round = 0; round < 2; round++) {
		struct library_writer *w = begin();
		for (int i = 0; i < N; i++) {
			int k = round ? i * 37 % N : i;
			char code[32], room[8];
			struct library_row r = ROW;
			snprintf(code, sizeof code, "3101060000000%05d", k);
			snprintf(room, sizeof room, "%d", 100 + k % 10);
			r.code = code;
			r.room = room;
			r.no = 1 + k / 10;
			r.street = k % 3 ? "武定路" : "长宁路";
			r.compound = r.no == 3 ? "武定小区" : NULL;
			add(w, &r);
		}
		*(round ? &other : &forward) = made(w);
	}
	assert_int_equal(forward.streets, 2);
	assert_int_equal(forward.doors, 40);
	assert_int_equal(forward.rooms, N);
	assert_int_equal(forward.names, 4); /* two of their own, the compound in a lane of each */
	assert_string_equal(forward.content, other.content);
}

static void test_refused(void **state)
{
	const struct {
		struct library_row row;
		const char *why;
	} CASES[] = {
		{ { .district_code = "3101", .street = "x", .kind = STREET_ROAD, .no = 1 }, "district" },
		{ { .district_code = "310106", .town_code = "310107001", .street = "x", .kind = STREET_ROAD, .no = 1 },
			"town" },
		{ { .district_code = "310106", .street = "", .kind = STREET_ROAD, .no = 1 }, "street" },
		{ { .district_code = "310106", .street = "x", .kind = STREET_ROAD }, "neither" },
		{ { .district_code = "310106", .street = "x", .kind = STREET_ROAD, .no = 100000 }, "99999" },
		{ { .district_code = "310106", .street = "x", .kind = STREET_ROAD, .sub = 3, .no = 1 }, "side lane" },
		{ { .district_code = "310106", .street = "x", .kind = STREET_ROAD, .lane = 1, .suffix = "甲" },
			"suffix" },
		{ { .district_code = "310106", .street = "x", .kind = STREET_ROAD, .no = 1, .room = "\x1b[1m" },
			"room" },
		{ { .district_code = "310106", .street = "x\xe2\x80\xae", .kind = STREET_ROAD, .no = 1 }, "street" },
		{ { .district_code = "310106", .street = "x", .kind = 9, .no = 1 }, "kind" },
	};
	struct library_writer *w = begin();
	struct err e = { 0 };
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		assert_false(library_writer_add(w, &CASES[i].row, &e));
		assert_int_equal(e.code, ERR_NO);
		print_message("%s\n", e.text);
		assert_non_null(strstr(e.text, CASES[i].why));
	}
	add(w, &ROW);
	struct library_row other = ROW;
	other.room = "302";
	add(w, &other);
	other = ROW;
	other.code = "310106000000000009"; /* one room, two codes */
	assert_false(library_writer_add(w, &other, &e));
	assert_int_equal(e.code, ERR_NO);
	struct address_stats s = made(w);
	assert_int_equal(s.doors, 1); /* what was refused left no door behind */
	assert_int_equal(s.rooms, 2);
	assert_int_equal(s.streets, 1);
}

static void test_levels(void **state)
{
	static const struct {
		const char *building, *unit, *room;
	} ROOMS[] = { { "", "", "101" }, { "2", "1", "201" }, { "2", "1", "202" }, { "2", "2", "201" },
		{ "10", "", "5" }, { "东楼", "", "" } };
	struct library_writer *w = begin();
	char text[300];
	(void)state;
	for (size_t i = 0; i < sizeof ROOMS / sizeof *ROOMS; i++) {
		struct library_row r = ROW;
		char code[20];
		snprintf(code, sizeof code, "%zu", i + 1);
		r.code = code;
		r.building = ROOMS[i].building;
		r.unit = ROOMS[i].unit;
		r.room = ROOMS[i].room;
		add(w, &r);
	}
	struct library_row lane = ROW; /* the lane's own entry is no door when others are in the lane */
	lane.no = 0;
	lane.room = NULL;
	lane.code = "77";
	add(w, &lane);
	lane.lane = 601;
	lane.code = "78";
	add(w, &lane);
	finish(w);
	struct address_library *l = open_it();
	struct address at = { .level = ADDRESS_STREET,
		.street = "武定路",
		.district_code = "310106",
		.district = "静安区" };
	assert_int_equal(address_below(l, &at, "", hits, MAX), 2);
	struct address alone = hits[1].at;
	at = hits[0].at;
	assert_int_equal(address_below(l, &at, "", hits, MAX), 1);
	at = hits[0].at;
	assert_int_equal(address_below(l, &at, "", hits, MAX), 4);
	assert_string_equal(hits[0].label, "101室");
	assert_string_equal(hits[1].label, "2幢");
	assert_string_equal(hits[2].label, "10幢");
	assert_string_equal(hits[3].label, "东楼");
	assert_true(address_complete(&hits[3].at));
	assert_false(address_complete(&hits[1].at));
	at = hits[1].at;
	assert_int_equal(address_below(l, &at, "", hits, MAX), 2);
	assert_string_equal(hits[0].label, "1单元");
	at = hits[0].at;
	assert_int_equal(address_below(l, &at, "20", hits, MAX), 2);
	address_text(&hits[1].at, text, sizeof text);
	assert_string_equal(text, "上海市静安区武定路600弄12号2幢1单元202室");
	assert_true(address_complete(&hits[1].at));
	assert_int_equal(address_below(l, &alone, "", hits, MAX), 1);
	assert_string_equal(hits[0].label, "601弄");
	assert_true(address_complete(&hits[0].at));
	address_close(l);
}

/* A delta: what was there, without one code, one door and one lane, with a new room. */
static void test_delta(void **state)
{
	struct library_writer *w = begin();
	struct err e = { 0 };
	struct library_row r = ROW;
	(void)state;
	char code[20];
	for (int i = 0; i < 40; i++) {
		char room[8];
		snprintf(code, sizeof code, "C%d", i);
		snprintf(room, sizeof room, "%d", 101 + i % 4);
		r.code = code;
		r.room = room;
		r.no = 1 + i / 4 % 5;
		r.lane = i < 20 ? 600 : 700;
		r.compound = i < 20 ? "甲小区" : "乙小区";
		add(w, &r);
	}
	assert_int_equal(made(w).names, 3);
	w = begin();
	assert_true(library_writer_take(w, fixture_library, &e));
	assert_true(library_writer_remove(w, &(struct library_row){ .code = "C5" }, &e));
	assert_false(library_writer_remove(w, &(struct library_row){ .code = "C5" }, &e));
	assert_int_equal(e.code, ERR_NO);
	assert_false(library_writer_remove(w, &(struct library_row){ .code = "no such" }, &e));
	r = ROW;
	r.code = r.room = NULL;
	r.no = 3;
	assert_true(library_writer_remove(w, &r, &e));
	assert_false(library_writer_remove(w, &r, &e));
	r.no = 0;
	r.lane = 700;
	assert_true(library_writer_remove(w, &r, &e));
	r = ROW;
	r.code = "new";
	r.no = 2;
	r.room = "999";
	add(w, &r);
	r.room = "101"; /* it has the code C4 */
	assert_false(library_writer_add(w, &r, &e));
	struct address_stats s = made(w);
	assert_int_equal(s.doors, 4);
	assert_int_equal(s.rooms, 16);
	assert_int_equal(s.names, 2); /* the lane has gone, and with it its compound */
	assert_true(address_verify(fixture_library, no_problem, NULL, &e));
	w = begin();
	assert_true(library_writer_take(w, fixture_library, &e));
	assert_string_equal(made(w).content, s.content);
}

static void test_pinyin(void **state)
{
	static const struct {
		const char *name, *given, *pinyin;
	} CASES[] = {
		{ "长宁路", "", "chang/zhang ning lu" },
		{ "长寿路", "zhang shou lu", "zhang shou lu" },
		{ "武定路", "WuDingLu", "wu ding lu" },
		{ "绿海路", "Lǜ", "lv/lu hai lu" },
		{ "武夷路", "wu4 yi2 lu4", "wu yi lu" },
		{ "天山路", "something else", "tian shan lu" },
	};
	struct library_writer *w = begin();
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct library_row r = ROW;
		r.street = CASES[i].name;
		r.pinyin = CASES[i].given;
		r.code = NULL;
		add(w, &r);
	}
	finish(w);
	sqlite3 *db;
	sqlite3_stmt *q;
	assert_int_equal(sqlite3_open(fixture_library, &db), SQLITE_OK);
	sqlite3_prepare_v2(db, "SELECT pinyin FROM name WHERE text = ?1", -1, &q, NULL);
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		sqlite3_reset(q);
		sqlite3_bind_text(q, 1, CASES[i].name, -1, SQLITE_STATIC);
		assert_int_equal(sqlite3_step(q), SQLITE_ROW);
		print_message("%s: %s\n", CASES[i].name, (const char *)sqlite3_column_text(q, 0));
		if (i != 3)
			assert_string_equal((const char *)sqlite3_column_text(q, 0), CASES[i].pinyin);
	}
	sqlite3_finalize(q);
	sqlite3_close(db);
}

/* The passes over all names take the first letters of a long one, and characters that no sample name has are read, too. */
static void test_long_names(void **state)
{
	static const struct {
		const char *name, *query;
	} CASES[] = {
		{ "长江中路庄行新村双桥花园", "changjiangzhongluzhuanghangxincunshuangqiaohuayuan" },
		{ "长江中路庄行新村双桥花园", "changjiangzhongluzhuanghangxincunshuangqiaohauyuan" },
		{ "长江中路庄行新村双桥花园", "长江中路庄行新村双桥花圆" },
		{ "湄桉蕰路", "meianwenlu" },
	};
	struct library_writer *w = begin();
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct library_row r = ROW;
		r.street = CASES[i].name;
		r.code = NULL;
		add(w, &r);
	}
	finish(w);
	struct address_library *l = open_it();
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		print_message("%s\n", CASES[i].query);
		assert_true(address_search(l, CASES[i].query, hits, MAX) > 0);
		assert_string_equal(hits[0].at.street, CASES[i].name);
	}
	address_close(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_delta),
		cmocka_unit_test(test_pinyin),
		cmocka_unit_test(test_long_names),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
