#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/xalloc.h"
#include "model/table.h"

#define ROW(c, n, e, p, i, up) \
	{ \
		(char *)c, (char *)n, (char *)e, (char *)p, (char *)i, (char *)up \
	}

static struct code_row rows[] = {
	ROW("320000", "江苏省", "Jiangsu", "jiangsusheng", "jss", ""),
	ROW("320100", "南京市", "Nanjing", "nanjingshi", "njs", "320000"),
	ROW("320102", "玄武区", "Xuanwu District", "xuanwuqu", "xwq", "320100"),
	ROW("320104", "秦淮区", "Qinhuai District", "qinhuaiqu", "qhq", "320100"),
	ROW("320200", "无锡市", "Wuxi", "wuxishi", "wxs", "320000"),
	ROW("320205", "锡山区", "Xishan District", "xishanqu", "xsq", "320200"),
	ROW("350000", "福建省", "Fujian", "fujiansheng", "fjs", ""),
	ROW("350627", "南靖县", "Nanjing County", "nanjingxian", "njx", "350000"),
};
static const struct code_table table = { .name = "regions", .rows = rows, .n_rows = sizeof rows / sizeof *rows };

static void searches(void **state)
{
	(void)state;
	static const struct {
		const char *query;
		size_t n;
		const char *codes; /* best first */
	} cases[] = {
		{ "", 2, "320000 350000 " },
		{ "  ", 2, "320000 350000 " },
		{ "玄武", 1, "320102 " },
		{ "玄武区", 1, "320102 " },
		{ "南京 玄武", 1, "320102 " },
		{ "玄武 南京", 1, "320102 " },
		{ "nanjing xuanwu", 1, "320102 " },
		{ "NanJing XuanWu", 1, "320102 " },
		{ "ｎｊ　ｘｗ", 1, "320102 " },
		{ "nj xw", 1, "320102 " },
		{ "xuanwuqu", 1, "320102 " },
		{ "njxw", 1, "320102 " },
		{ "jsxw", 1, "320102 " },
		{ "nanjingxuanwu", 1, "320102 " },
		{ "江苏南京玄武", 1, "320102 " },
		{ "南京玄武区", 1, "320102 " },
		{ "南京", 3, "320100 320102 320104 " },
		{ "nanjing", 4, "320100 350627 320102 320104 " },
		{ "锡", 2, "320205 320200 " },
		{ "county", 1, "350627 " },
		{ "江苏 福建", 0, "" },
		{ "不存在", 0, "" },
		{ "xyz", 0, "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct code_row *found[8];
		char codes[128] = "";
		size_t n = table_search(&table, cases[i].query, found, 8);
		for (size_t k = 0; k < n && k < 8; k++)
			snprintf(codes + strlen(codes), sizeof codes - strlen(codes), "%s ", found[k]->code);
		if (n != cases[i].n || strcmp(codes, cases[i].codes) != 0)
			fail_msg("%s: %zu: %s", cases[i].query, n, codes);
	}
	const struct code_row *one[1] = { NULL };
	assert_int_equal(table_search(&table, "nanjing", one, 1), 4);
	assert_string_equal(one[0]->code, "320100");
	assert_int_equal(table_search(&table, "nanjing", NULL, 0), 4);
}

static void walks(void **state)
{
	(void)state;
	char path[64];
	const struct code_row *r = table_find(&table, "320102"), *found[8];
	assert_non_null(r);
	assert_null(table_find(&table, "999999"));
	assert_true(table_is_leaf(&table, r));
	assert_false(table_is_leaf(&table, table_find(&table, "320100")));
	table_path(&table, r, false, path, sizeof path);
	assert_string_equal(path, "江苏省南京市玄武区");
	table_path(&table, r, true, path, sizeof path);
	assert_string_equal(path, "Xuanwu District, Nanjing, Jiangsu");
	table_path(&table, r, false, path, 11);
	assert_string_equal(path, "江苏省");
	assert_int_equal(table_children(&table, "320000", found, 8), 2);
	assert_string_equal(found[1]->code, "320200");
	assert_int_equal(table_children(&table, "320000", found, 1), 2);
}

/* As many rows as there are counties: a person types, so that the list must follow each key. */
static void is_quick(void **state)
{
	(void)state;
	enum { PROVINCES = 34, CITIES = 10, COUNTIES = 9 };
	struct code_table big = { .name = xstrdup("regions") };
	big.rows = xcalloc(PROVINCES * (1 + CITIES * (1 + COUNTIES)), sizeof *big.rows);
	for (unsigned p = 0; p < PROVINCES; p++) {
		for (unsigned c = 0; c <= CITIES; c++) {
			for (unsigned k = 0; k <= (c ? COUNTIES : 0); k++) {
				unsigned up = k ? c : 0;
				big.rows[big.n_rows++] = (struct code_row){ xasprintf("%02u%02u%02u", p, c, k),
					xasprintf("地方%u区%u", c, k), xasprintf("Place %u of %u", c, k),
					xasprintf("difang%cqu%c", 'a' + (int)c, 'a' + (int)k),
					xasprintf("df%cq%c", 'a' + (int)c, 'a' + (int)k),
					c || k ? xasprintf("%02u%02u00", p, up) : xstrdup("") };
			}
		}
	}
	static const char *const queries[] = { "地方3", "difang b", "dfaq", "nothing", "地方1地方2区3",
		"difangaqaqifang" };
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		const struct code_row *found[9];
		int64_t start = clock_monotonic_ms();
		for (int round = 0; round < 20; round++)
			table_search(&big, queries[i], found, 9);
		/* the aim is 2 ms; sanitizers and a busy machine get ten times that */
		if (clock_monotonic_ms() - start > 20 * 20)
			fail_msg("%s", queries[i]);
	}
	table_finish(&big);
	assert_null(big.rows);
}

static void survives_a_circle(void **state)
{
	(void)state;
	struct code_row circle[] = { ROW("a", "甲", "A", "jia", "j", "b"), ROW("b", "乙", "B", "yi", "y", "a"),
		ROW("c", "丙", "C", "bing", "b", "c") };
	struct code_table t = { .name = NULL, .rows = circle, .n_rows = 3 };
	const struct code_row *found[3];
	char path[64];
	table_search(&t, "jia", found, 3);
	table_search(&t, "yiyiyiyijia", found, 3);
	table_search(&t, "xxyijia", found, 3);
	table_search(&t, "xbing", found, 3);
	table_path(&t, circle, false, path, sizeof path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(searches),
		cmocka_unit_test(walks),
		cmocka_unit_test(is_quick),
		cmocka_unit_test(survives_a_circle),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
