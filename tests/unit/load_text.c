/* Small readers: guards, folded texts, code tables, catalogues. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "load/guard_load.h"
#include "load/po.h"
#include "load/table_load.h"
#include "load/text_fold.h"
#include "model/item.h"
#include "model/table.h"

static const struct {
	const char *text, *name;
	bool negated;
	unsigned n;
	const char *last;
} guards[] = {
	{ "residence_type = own", "residence_type", false, 1, "own" },
	{ "a=b|c", "a", false, 2, "c" },
	{ " a  !=  b | c-d | e_9 ", "a", true, 3, "e_9" },
	{ "stay_reason = 17", "stay_reason", false, 1, "17" },
	{ "a b", NULL, false, 0, NULL },
	{ "= b", NULL, false, 0, NULL },
	{ "a =", NULL, false, 0, NULL },
	{ "a = b |", NULL, false, 0, NULL },
	{ "a = b c", NULL, false, 0, NULL },
	{ "a == b", NULL, false, 0, NULL },
	{ "a = b && c = d", NULL, false, 0, NULL },
	{ "a ! = b", NULL, false, 0, NULL },
	{ "", NULL, false, 0, NULL },
};

static void guards_parse(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof guards / sizeof *guards; i++) {
		struct guard g = { .name = NULL };
		struct err e = { .code = ERR_NONE };
		bool ok = guard_parse(guards[i].text, &g, &e);
		assert_int_equal(ok, guards[i].name != NULL);
		if (!ok) {
			assert_int_equal(e.code, ERR_CONFIG);
			assert_null(g.name);
			continue;
		}
		assert_string_equal(g.name, guards[i].name);
		assert_int_equal(g.negated, guards[i].negated);
		assert_int_equal(g.n_values, guards[i].n);
		assert_string_equal(g.values[g.n_values - 1], guards[i].last);
		guard_finish(&g);
	}
}

static const struct {
	const char *text, *folded;
} texts[] = {
	{ "一\n二\n", "一二" },
	{ "一\n\n二", "一\n\n二" },
	{ "一\n\n\n\n二\n\n", "一\n\n二" },
	{ "  一 二  ", "一 二" },
	{ "one\ntwo", "one two" },
	{ "用 PDF\n文件", "用 PDF文件" },
	{ "\n\n", "" },
	{ "", "" },
};

static void texts_fold(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		char *s = xstrdup(texts[i].text);
		text_fold(s);
		assert_string_equal(s, texts[i].folded);
		free(s);
	}
	text_fold(NULL);
}

#define HEADER "code\tname\tenglish\tpinyin\tinitials\tparent\n"

static const struct {
	const char *text, *expect;
} tables[] = {
	{ "# source\n" HEADER "1\t一\tone\tyi\ty\t\n2\t二\ttwo\ter\te\t1\n", NULL },
	{ HEADER "1\t一\tone\tyi\ty\t\r\n", NULL },
	{ HEADER, "x.tsv: no rows" },
	{ "", "x.tsv: no rows" },
	{ "code\tname\n", "x.tsv:1: the header has to be" },
	{ HEADER "1\t一\tone\tyi\ty\n", "x.tsv:2: 5 columns instead of 6" },
	{ HEADER "1\t一\tone\tyi\ty\t\t\n", "x.tsv:2: 7 columns instead of 6" },
	{ HEADER "\n", "x.tsv:2: 1 columns" },
	{ HEADER "\t一\tone\tyi\ty\t\n", "x.tsv:2: a code has" },
	{ HEADER "1 2\t一\tone\tyi\ty\t\n", "x.tsv:2: a code has" },
	{ HEADER "1\t\tone\tyi\ty\t\n", "x.tsv:2: the name is empty" },
	{ HEADER "1\t\xFF\xFE\tone\tyi\ty\t\n", "x.tsv:2: column 2 holds" },
	{ HEADER "1\t一\x1B[2J\tone\tyi\ty\t\n", "x.tsv:2: column 2 holds" },
	{ HEADER "1\t一\tone\tyi\ty\t\n1\t二\ttwo\ter\te\t\n", "x.tsv:3: code 1 is there already" },
	{ HEADER "1\t一\tone\tyi\ty\t2\n2\t二\ttwo\ter\te\t\n", "x.tsv:2: parent 2 of 1 stands in no line above" },
	{ HEADER "1\t一\tone\tyi\ty\t1\n", "x.tsv:2: parent 1 of 1" },
};

static void tables_parse(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct code_table t = { .name = NULL };
		struct err e = { .code = ERR_NONE };
		char *data = xstrdup(tables[i].text);
		bool ok = table_parse(data, strlen(data), "data/codes/x.tsv", &t, &e);
		free(data);
		if (ok != !tables[i].expect || (!ok && !strstr(e.text, tables[i].expect)))
			fail_msg("row %zu: %s", i, e.text);
		if (!ok)
			continue;
		assert_string_equal(t.name, "x");
		assert_string_equal(t.rows[0].name, "一");
		table_finish(&t);
	}
}

static void shipped_tables_load(void **state)
{
	(void)state;
	struct code_table *t;
	size_t n;
	struct err e = { .code = ERR_NONE };
	if (!tables_load("data", &t, &n, &e))
		fail_msg("%s", e.text);
	const struct {
		const char *name;
		size_t rows;
	} want[] = { { "ethnic", 56 }, { "reason", 17 } };
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		const struct code_table *found = tables_find(t, n, want[i].name);
		assert_non_null(found);
		assert_true(found->n_rows >= want[i].rows);
	}
	assert_non_null(tables_find(t, n, "regions"));
	assert_null(tables_find(t, n, "nowhere"));
	tables_free(t, n);
	assert_false(tables_load("nowhere", &t, &n, &e));
	assert_int_equal(e.code, ERR_CONFIG);
}

static void catalogues_parse(void **state)
{
	(void)state;
	static const char text[] = "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain\\n\"\n\n"
				   "#: a.c\nmsgid \"一\"\nmsgstr \"one\"\n\nmsgid \"二\"\nmsgstr \"\"\n"
				   "#, fuzzy\nmsgid \"三\"\nmsgstr \"three\"\n\n"
				   "#, c-format\nmsgid \"\"\n\"四\\n\"\n\"\\\"五\\\"\"\nmsgstr \"\"\n\"four\"\n";
	struct po *po;
	assert_true(po_parse(text, "en.po", &po, NULL));
	assert_true(po_has(po, "一"));
	assert_false(po_has(po, "二"));
	assert_false(po_has(po, "三"));
	assert_true(po_has(po, "四\n\"五\""));
	assert_false(po_has(po, "六"));
	po_destroy(po);
	struct err e = { .code = ERR_NONE };
	assert_false(po_parse("msgid \"一\"\nmsgtsr \"one\"\n", "en.po", &po, &e));
	assert_non_null(strstr(e.text, "en.po:2: "));
}

static void catalogue_strings_are_quoted(void **state)
{
	(void)state;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	po_write(out, "一 \"二\"");
	po_write(out, "一\n\n二");
	fclose(out);
	assert_string_equal(text, "\"一 \\\"二\\\"\"\n\"\"\n\"一\\n\"\n\"\\n\"\n\"二\"\n");
	free(text);
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guards_parse),
		cmocka_unit_test(texts_fold),
		cmocka_unit_test(tables_parse),
		cmocka_unit_test(shipped_tables_load),
		cmocka_unit_test(catalogues_parse),
		cmocka_unit_test(catalogue_strings_are_quoted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
