#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "address_fixture.h"

enum { MAX = 30 };

static struct address_library *library;
static struct address_hit hits[MAX];

static int setup(void **state)
{
	char path[PATH_MAX];
	struct err e = { 0 };
	(void)state;
	if (fixture_make_dir() || !fixture_generate("search.db", 1))
		return -1;
	fixture_path("search.db", path);
	if (address_open(&library, path, &e))
		return 0;
	fprintf(stderr, "%s\n", e.text);
	return -1;
}

static int teardown(void **state)
{
	(void)state;
	address_close(library);
	fixture_remove("search.db");
	return rmdir(fixture_dir);
}

static size_t shown(size_t n)
{
	return n < MAX ? n : MAX;
}

/* The name is among the first `within` hits. */
static void test_names(void **state)
{
	static const struct {
		const char *query, *name;
		size_t within;
	} CASES[] = {
		{ "武定路", "武定路", 1 },
		{ "武定", "武定路", 1 },
		{ "钥桥", "天钥桥路", 2 },
		{ "wudinglu", "武定路", 1 },
		{ "wuding", "武定路", 1 },
		{ "wu ding lu", "武定路", 1 },
		{ "wdl", "武定路", 5 },
		{ "WDL", "武定路", 5 },
		{ "武dl", "武定路", 2 },
		{ "wd路", "武定路", 5 },
		{ "tyql", "天钥桥路", 3 },
		{ "tianyueqiao", "天钥桥路", 2 },
		{ "changyanglu", "长阳路", 2 },
		{ "zhangyanglu", "张杨路", 2 },
		{ "xinzhulu", "莘朱路", 3 },
		{ "shenzhulu", "莘朱路", 3 },
		{ "lvhailu", "绿海路", 2 },
		{ "luhailu", "绿海路", 2 },
		{ "锦秀路", "锦绣路", 2 },
		{ "武订路", "武定路", 2 },
		{ "静安寺路", "南京西路", 1 },
		{ "曹杨5村", "曹杨五村", 1 },
		{ "shicuanbeilu", "四川北路", 2 },
		{ "sichanbeilu", "四川北路", 2 },
		{ "sichuanbelu", "四川北路", 2 },
		{ "鼓浪于路", "鼓浪屿路", 2 },
		{ "鼓屿路", "鼓浪屿路", 3 },
		{ "上海市武定路", "武定路", 1 },
		{ "静安区武定路", "武定路", 1 },
		{ "静安武定路", "武定路", 1 },
		{ "曹杨新村街道曹杨五村", "曹杨五村", 1 },
		{ "静安别墅", "静安别墅", 1 },
		{ "浦東大道", "浦东大道", 1 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		size_t n = shown(address_search(library, CASES[i].query, hits, MAX)), found = 0;
		for (size_t k = n; k-- > 0;) {
			if (strcmp(hits[k].at.street, CASES[i].name) == 0)
				found = k + 1;
			assert_int_equal(hits[k].at.level, ADDRESS_STREET);
			assert_true(hits[k].label[0] && hits[k].detail[0] && hits[k].at.street_id > 0);
		}
		print_message("%s: %zu of %zu\n", CASES[i].query, found, n);
		assert_true(found >= 1 && found <= CASES[i].within);
	}
}

/* The first hit is this address. */
static void test_addresses(void **state)
{
	static const struct {
		const char *query, *text;
		enum address_level level;
	} CASES[] = {
		{ "南京西路1266弄3号502室", "上海市静安区南京西路1266弄3号502室", ADDRESS_ROOM },
		{ "njxl 1266 3 502", "上海市静安区南京西路1266弄3号502室", ADDRESS_ROOM },
		{ "南京西路1266弄3号", "上海市静安区南京西路1266弄3号", ADDRESS_DOOR },
		{ "南京西路1266弄", "上海市静安区南京西路1266弄", ADDRESS_LANE },
		{ "南京西路1788号", "上海市静安区南京西路1788号", ADDRESS_DOOR },
		{ "上海市静安区南京西路街道南京西路1788号", "上海市静安区南京西路1788号", ADDRESS_DOOR },
		{ "锦绣路2580弄16号1803", "上海市浦东新区锦绣路2580弄16号1803室", ADDRESS_ROOM },
		{ "jxl2580n16h1803", "上海市浦东新区锦绣路2580弄16号1803室", ADDRESS_ROOM },
		{ "锦秀路2580-16-1803", "上海市浦东新区锦绣路2580弄16号1803室", ADDRESS_ROOM },
		{ "锦绣路二五八〇弄十六号", "上海市浦东新区锦绣路2580弄16号", ADDRESS_DOOR },
		{ "浦东新区锦绣路2580弄16号楼", "上海市浦东新区锦绣路2580弄16号", ADDRESS_DOOR },
		{ "四川北路1906弄25支弄8号201", "上海市虹口区四川北路1906弄25支弄8号201室", ADDRESS_ROOM },
		{ "武定路600弄12号甲", "上海市静安区武定路600弄12甲号", ADDRESS_DOOR },
		{ "天钥桥路临380号", "上海市徐汇区天钥桥路380临号", ADDRESS_DOOR },
		{ "人民北路207-1号", "上海市松江区人民北路207-1号", ADDRESS_DOOR },
		{ "曹杨五村88号301", "上海市普陀区曹杨五村88号301室", ADDRESS_ROOM },
		{ "cywc 88 301", "上海市普陀区曹杨五村88号301室", ADDRESS_ROOM },
		{ "glyl 96 4", "上海市崇明区鼓浪屿路96弄4号", ADDRESS_DOOR },
	};
	char text[300];
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		print_message("%s\n", CASES[i].query);
		assert_true(address_search(library, CASES[i].query, hits, MAX) > 0);
		address_text(&hits[0].at, text, sizeof text);
		assert_string_equal(text, CASES[i].text);
		assert_int_equal(hits[0].at.level, CASES[i].level);
	}
}

/* Typing on narrows down: 南京西路12 offers lane 1266, 1266弄3号50 its rooms. */
static void test_unfinished(void **state)
{
	(void)state;
	size_t n = shown(address_search(library, "南京西路126", hits, MAX));
	bool found = false;
	for (size_t i = 0; i < n; i++)
		found |= strcmp(hits[i].label, "南京西路1266弄") == 0;
	assert_true(found);
	assert_true(address_search(library, "南京西路1266弄3号50", hits, MAX) >= 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(hits[i].at.level, ADDRESS_ROOM);
}

/* A number that does not exist still leads to the street. */
static void test_missing_number(void **state)
{
	(void)state;
	assert_true(address_search(library, "武定路99999弄", hits, MAX) > 0);
	assert_string_equal(hits[0].at.street, "武定路");
	assert_int_equal(hits[0].at.level, ADDRESS_STREET);
}

static void test_same_names(void **state)
{
	(void)state;
	size_t n = shown(address_search(library, "人民路", hits, MAX)), same = 0;
	for (size_t i = 0; i < n; i++)
		same += strcmp(hits[i].at.street, "人民路") == 0;
	assert_true(same >= 3);
	assert_true(address_search(library, "崇明区人民路", hits, MAX) > 0);
	assert_string_equal(hits[0].at.district, "崇明区");
	assert_string_equal(hits[0].at.town, "城桥镇");
}

/* An area alone lists its streets; an area that begins a name is not cut off. */
static void test_areas(void **state)
{
	static const struct {
		const char *query, *district, *town;
	} CASES[] = { { "静安区", "静安区", NULL }, { "上海市崇明区", "崇明区", NULL },
		{ "莘庄镇", "闵行区", "莘庄镇" }, { "莘庄", "闵行区", "莘庄镇" } };
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		assert_true(address_search(library, CASES[i].query, hits, MAX) >= 5);
		for (size_t k = 0; k < 5; k++) {
			assert_string_equal(hits[k].at.district, CASES[i].district);
			if (CASES[i].town)
				assert_string_equal(hits[k].at.town, CASES[i].town);
		}
	}
	assert_true(address_search(library, "宝山路", hits, MAX) > 0);
	assert_string_equal(hits[0].at.street, "宝山路");
	static const char *const spelled[] = { "jinganqu nanjingxilu", "shanghaishi jingan nanjing xi lu",
		"Jing'an District, Nanjing West Road" };
	for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++) {
		print_message("%s\n", spelled[i]);
		assert_true(address_search(library, spelled[i], hits, MAX) > 0);
		assert_string_equal(hits[0].at.street, "南京西路");
		assert_string_equal(hits[0].at.district, "静安区");
	}
}

static void test_below(void **state)
{
	struct address street, lane, door;
	(void)state;
	assert_true(address_search(library, "静安区南京西路", hits, 1) > 0);
	street = hits[0].at;
	assert_string_equal(street.district_code, "310106");
	assert_true(address_below(library, &street, "", hits, MAX) > 4);
	assert_int_equal(hits[0].at.level, ADDRESS_LANE); /* lanes come first */
	assert_int_equal(address_below(library, &street, "1266", hits, MAX), 1);
	assert_string_equal(hits[0].label, "1266弄");
	lane = hits[0].at;
	assert_int_equal(address_below(library, &street, "1788号", hits, MAX), 1);
	assert_true(hits[0].at.single_house && address_complete(&hits[0].at));
	assert_int_equal(address_below(library, &lane, "３", hits, MAX), 1);
	assert_string_equal(hits[0].label, "3号");
	door = hits[0].at;
	assert_false(address_complete(&door));
	assert_int_equal(address_below(library, &door, "", hits, MAX), 24);
	assert_int_equal(address_below(library, &door, "50", hits, 2), 4); /* all counted, two written */
	assert_string_equal(hits[1].label, "502室");
	assert_true(address_complete(&hits[1].at));
	assert_int_equal(address_below(library, &hits[1].at, "", hits, MAX), 0);
	assert_int_equal(address_below(library, &door, "a prefix longer than any number there is", hits, MAX), 0);
	street.street_id = 0; /* as read back from a stored answer */
	assert_int_equal(address_below(library, &street, "1266", hits, MAX), 1);
}

static void test_hostile(void **state)
{
	static const char *const CASES[] = { "", "   ", "\xff\xff", "'; DROP TABLE door; --", "%_%", "弄", "号号号",
		"1266", "(((", "\xf0\x9f\x98\x80", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
		assert_true(address_search(library, CASES[i], hits, MAX) < 1000);
	assert_int_equal(address_search(NULL, "武定路", hits, MAX), 0);
	assert_true(address_search(library, "路", NULL, 0) > 0);
}

/* Typing on, taking back and starting anew find exactly what a search from nothing finds. */
static void test_session(void **state)
{
	static const char *const CASES[] = { "南京西路1266弄3号502室", "njxl 1266 3 502", "nanjingxilu1266",
		"锦秀路2580-16-1803", "shicuanbeilu", "静安区武定路600弄12号甲", "曹杨5村88", "上海市崇明区人民路",
		"nj西路12", "鼓屿路", "wdl", "莘庄镇", "静安寺路", "zzzzzz", "崇明人民路1", "东明路静安别墅3号" };
	static struct address_hit alone[MAX];
	char typed[400];
	(void)state;
	struct address_session *session = address_session_create(library);
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		size_t len = strlen(CASES[i]);
		for (size_t k = 0; k <= 2 * len; k++) { /* every byte forth, then back again */
			size_t n = k <= len ? k : 2 * len - k;
			memcpy(typed, CASES[i], n);
			typed[n] = '\0';
			memset(alone, 0, sizeof alone);
			memset(hits, 0, sizeof hits);
			size_t a = address_search(library, typed, alone, MAX),
			       b = address_session_type(session, typed, hits, MAX);
			if (a != b || memcmp(alone, hits, sizeof hits) != 0)
				print_message("%s: %zu alone, %zu typed on\n", typed, a, b);
			assert_int_equal(a, b);
			assert_memory_equal(alone, hits, sizeof hits);
		}
	}
	address_session_destroy(session);
	assert_null(address_session_create(NULL));
	assert_int_equal(address_session_type(NULL, "武定路", hits, MAX), 0);
	address_session_destroy(NULL);
}

/* What of the label stands for something typed: bit by character. */
static void test_marks(void **state)
{
	static const struct {
		const char *query, *label;
		uint64_t marks;
	} CASES[] = {
		{ "武定", "武定路", 0x3 },
		{ "wudlu", "武定路", 0x7 },
		{ "南京西路1266弄3号502", "南京西路1266弄3号502室", 0x3aff },
		{ "静安寺路", "南京西路(静安寺路)", 0x1e0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		assert_true(address_search(library, CASES[i].query, hits, MAX) > 0);
		print_message("%s: %s, marks %llx\n", CASES[i].query, hits[0].label, (unsigned long long)hits[0].marks);
		assert_string_equal(hits[0].label, CASES[i].label);
		assert_true(hits[0].marks == CASES[i].marks);
	}
}

static void test_open_refuses(void **state)
{
	char path[PATH_MAX];
	struct address_library *none = NULL;
	struct err e = { 0 };
	(void)state;
	fixture_path("absent.db", path);
	assert_false(address_open(&none, path, &e));
	assert_int_equal(e.code, ERR_CONFIG);
	assert_false(address_open(&none, "data/addresses/streets.tsv", &e));
	assert_non_null(strstr(e.text, "streets.tsv"));
	assert_null(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_unfinished),
		cmocka_unit_test(test_missing_number),
		cmocka_unit_test(test_same_names),
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_below),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_session),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_open_refuses),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
