#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "address/match.h"
#include "base/utf8.h"

/* One name at a time in a library of its own. */
static const struct {
	const char *character, *syllables;
} READINGS[] = { { "南", "nan" }, { "京", "jing" }, { "西", "xi" }, { "路", "lu" }, { "长", "chang zhang" },
	{ "宁", "ning" }, { "四", "si" }, { "川", "chuan" }, { "北", "bei" }, { "景", "jing" }, { "男", "nan" },
	{ "山", "shan" }, { "三", "san" } };

static struct matcher matcher;
static struct address_library library;
static struct glyph glyphs[NAME_CHARS];
static uint16_t chars[NAME_CHARS];
static struct name name;

static int setup(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof READINGS / sizeof *READINGS; i++) {
		if (!readings_add(&library.readings, READINGS[i].character, READINGS[i].syllables, "", NULL))
			return -1;
	}
	readings_sort(&library.readings);
	library.glyphs = glyphs;
	library.chars = chars;
	match_create(&matcher, &library);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	readings_finish(&library.readings);
	return 0;
}

static void set_name(const char *text)
{
	size_t left = strlen(text), step;
	name = (struct name){ 0 };
	for (; left && (step = utf8_decode(text, left, &glyphs[name.n].point)); text += step, left -= step) {
		struct glyph *g = &glyphs[name.n];
		const struct reading *r = readings_find(&library.readings, g->point);
		assert_non_null(r);
		memcpy(g->syllable, r->syllable, sizeof g->syllable);
		g->n = r->n;
		for (uint8_t v = 0; v < g->n; v++) {
			for (const char *c = library.readings.syllable[g->syllable[v]]; *c; c++)
				name.letters |= 1u << (*c - 'a');
		}
		chars[name.n] = name.n;
		name.n++;
	}
	library.n_glyphs = library.n_chars = name.n;
}

static int cost(const char *typed, const char *of, bool errors, uint32_t *marks)
{
	static struct query q;
	query_parse(&q, typed, &library.readings);
	set_name(of);
	match_begin(&matcher, q.atoms, q.n_atoms, false);
	int c = match_name(&matcher, &name, errors);
	*marks = c < MATCH_NONE ? match_marks(&matcher, &name) : 0;
	return c;
}

static void test_costs(void **state)
{
	static const struct {
		const char *typed, *of;
		int least, most;
		uint32_t marks;
	} CASES[] = {
		{ "南京西路", "南京西路", 0, 0, 0xf },
		{ "南京", "南京西路", 1, 30, 0x3 },
		{ "nanjingxilu", "南京西路", 0, 0, 0xf },
		{ "nanjingx", "南京西路", 1, 30, 0x7 },
		{ "njxl", "南京西路", 1, 100, 0xf },
		{ "南jxl", "南京西路", 1, 100, 0xf },
		{ "nj西路", "南京西路", 1, 100, 0xf },
		{ "南景西路", "南京西路", 50, 100, 0xf },
		{ "lanjingxilu", "南京西路", 50, 100, 0xf },
		{ "nanjinxilu", "南京西路", 50, 100, 0xf },
		{ "nanjinhxilu", "南京西路", 100, 200, 0xf },
		{ "najningxilu", "南京西路", 100, 350, 0xf },
		{ "南山西路", "南京西路", 200, 300, 0xf },
		{ "南西路", "南京西路", 100, 200, 0xd },
		{ "京西路", "南京西路", 100, 200, 0xe },
		{ "南京山西路", "南京西路", 150, 300, 0xf },
		{ "changninglu", "长宁路", 0, 0, 0x7 },
		{ "zhangninglu", "长宁路", 1, 20, 0x7 },
		{ "sansilu", "山四路", 50, 100, 0x7 },
		{ "北川四路", "南京西路", MATCH_NONE, MATCH_NONE, 0 },
		{ "sichuanbeilu", "南京西路", MATCH_NONE, MATCH_NONE, 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		uint32_t marks;
		int c = cost(CASES[i].typed, CASES[i].of, true, &marks);
		print_message("%s of %s: %d, marks %x\n", CASES[i].typed, CASES[i].of, c, marks);
		assert_in_range(c, CASES[i].least, CASES[i].most);
		assert_int_equal(marks, CASES[i].marks);
	}
}

static void test_without_errors(void **state)
{
	static const char *const CASES[] = { "南山西路", "南西路", "南京山西路" };
	uint32_t marks;
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
		assert_int_equal(cost(CASES[i], "南京西路", false, &marks), MATCH_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_costs), cmocka_unit_test(test_without_errors) };
	return cmocka_run_group_tests(tests, setup, teardown);
}
