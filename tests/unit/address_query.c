/* The query grammar: what people write, taken apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/query.h"
#include "address/readings.h"
#include "base/str.h"
#include "base/utf8.h"
#include "address_forms.h"

static struct readings readings;

static int setup(void **state)
{
	static const char *const rows[][3] = { { "长", "chang zhang", "" }, { "樓", "lou", "楼" },
		{ "樂", "le yue", "乐" }, { "長", "chang zhang", "长" }, { "南", "nan", "" }, { "門", "men", "门" } };
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!readings_add(&readings, rows[i][0], rows[i][1], rows[i][2], NULL))
			return 1;
	}
	readings_sort(&readings);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	readings_finish(&readings);
	return 0;
}

static void write_atoms(const struct atom *atoms, size_t n, char *out)
{
	for (size_t i = 0; i < n; i++)
		out += utf8_encode(atoms[i].point, out);
	*out = '\0';
}

/* "L339 S25 N7甲 B2 U1 R402+; N339": lane, side lane, number, building, unit, room; + is open; best reading first. */
static void write_places(const struct query *q, struct str *s)
{
	struct place places[QUERY_PLACES];
	size_t n = query_places(q, places);
	str_clear(s);
	for (size_t i = 0; i < n; i++) {
		const struct place *p = &places[i];
		const char *blank = i ? "; " : "";
		for (enum field f = FIELD_LANE; f < FIELDS; f++) {
			if (!p->value[f])
				continue;
			str_addf(s, "%s%c", blank, "LSNBUR"[f]);
			if (f < FIELD_BUILDING)
				str_addf(s, "%ld%s", p->value[f], f == FIELD_NO ? p->suffix : "");
			else
				str_add(s, f == FIELD_BUILDING ? p->building : f == FIELD_UNIT ? p->unit : p->room);
			blank = " ";
		}
		str_add(s, p->open ? "+" : "");
		assert_true(
			p->last >= 0 && p->value[p->last] && (i == 0 ? p->cost == 0 : p->cost >= places[i - 1].cost));
	}
}

static void test_forms(void **state)
{
	struct str got;
	(void)state;
	str_init(&got, 2000);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct query q;
		char name[QUERY_ATOMS * 4 + 1], expected[400];
		query_parse(&q, forms[i].typed, &readings);
		write_atoms(q.atoms, q.n_atoms, name);
		write_places(&q, &got);
		str_copy(expected, sizeof expected, forms[i].readings);
		char *more = strstr(expected, "; ..."), *text = got.text ? got.text : (char[]){ "" };
		if (more) {
			*more = '\0';
			if (strlen(text) > strlen(expected) && text[strlen(expected)] == ';')
				text[strlen(expected)] = '\0';
		}
		if (strcmp(name, forms[i].name) != 0 || strcmp(text, expected) != 0)
			fail_msg("%s (%s): is \"%s\" %s, should be \"%s\" %s", forms[i].typed, forms[i].why, name, text,
				forms[i].name, forms[i].readings);
	}
	str_finish(&got);
}

static void test_notes(void **state)
{
	static const char *const cases[][2] = { { "长乐路339弄兰花苑7号", "兰花苑" }, { "长乐路富民路口", "富民路口" },
		{ "长乐路339弄7号 徐汇区", "徐汇区" }, { "长乐路339弄7号(近公园)", "" }, { "339弄长乐路", "" } };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct query q;
		char notes[QUERY_ATOMS * 4 + 1];
		query_parse(&q, cases[i][0], &readings);
		write_atoms(q.notes, q.n_notes, notes);
		assert_string_equal(notes, cases[i][1]);
	}
}

static void test_atoms(void **state)
{
	struct query q;
	(void)state;
	query_parse(&q, "南門lu", &readings);
	assert_int_equal(q.n_atoms, 4);
	assert_ptr_equal(q.atoms[0].reading, readings_find(&readings, U'南'));
	assert_int_equal(q.atoms[1].point, U'门');
	assert_null(q.atoms[2].reading);
}

static void check(const char *typed)
{
	struct query q;
	struct place places[QUERY_PLACES];
	query_parse(&q, typed, &readings);
	assert_true(q.n_atoms <= QUERY_ATOMS && q.n_notes <= QUERY_ATOMS && q.n_parts <= QUERY_PARTS);
	size_t n = query_places(&q, places);
	assert_true(n <= QUERY_PLACES);
	for (size_t i = 0; i < q.n_parts; i++)
		assert_true(strlen(q.parts[i].text) < QUERY_TEXT && strlen(q.parts[i].suffix) < NUMBER_SUFFIX &&
			utf8_plain(q.parts[i].text) && utf8_plain(q.parts[i].suffix));
	for (size_t i = 0; i < n; i++)
		assert_true(
			utf8_plain(places[i].room) && utf8_plain(places[i].building) && utf8_plain(places[i].suffix));
}

static void test_hostile(void **state)
{
	static const char *const cases[] = { "", " ", "\xff\xfe\x80", "\x1b[31m", "((((((", "))))", "弄弄弄号号",
		"-----", "1-1-1-1-1-1-1-1-1-1-1-1", "1~2~3~4~5~6", "\xe2\x80\xae路1弄", "十百千万号", "零号",
		"甲乙丙丁", "临临临", "99999-99999-99999号甲临", "99999甲临-99999临号甲", "路路路路路口",
		"上海上海上海", "我住在我住在路", "近近近近", "1号1号1号1号1号1号1号1号1号1号1号1号",
		"a1b2c3d4e5f6g7h8i9j10k11" };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i]);
}

/* Random rows of the words of the grammar: nothing runs over and nothing hangs. */
static void test_random(void **state)
{
	static const char *const words[] = { "长乐路", "号", "弄", "12", "3", "甲", "临", "-", "~", "楼", "室", "幢",
		"单元", "支弄", "十", "〇", "o", "n", "h", "B", " ", "(", ")", "之", "村", "近", "与", "口", "上海",
		"区", "99999", "亭子间", "#" };
	struct str s;
	unsigned seed = 7;
	(void)state;
	str_init(&s, 600);
	for (int i = 0; i < 20000; i++) {
		str_clear(&s);
		for (int k = 0; k < 14; k++) {
			seed = seed * 1103515245u + 12345u;
			str_add(&s, words[(seed >> 16) % (sizeof words / sizeof *words)]);
		}
		check(s.text);
	}
	str_finish(&s);
}

static void test_long(void **state)
{
	char *flood = malloc(10001);
	struct query q;
	(void)state;
	assert_non_null(flood);
	memset(flood, 'a', 10000);
	flood[10000] = '\0';
	query_parse(&q, flood, &readings);
	assert_int_equal(q.n_atoms, QUERY_ATOMS);
	memset(flood, '9', 10000);
	query_parse(&q, flood, &readings);
	assert_int_equal(q.n_parts, 0);
	memset(flood, ' ', 10000);
	memcpy(flood, "长乐路", 9);
	memcpy(flood + 9990, "1弄", 4);
	query_parse(&q, flood, &readings);
	assert_int_equal(q.n_atoms, 3);
	assert_int_equal(q.n_parts, 0);
	memset(flood, ' ', QUERY_BYTES);
	memcpy(flood + QUERY_BYTES - 1, "路", 4); /* cut in the middle of a character */
	query_parse(&q, flood, &readings);
	assert_int_equal(q.n_atoms, 0);
	for (size_t i = 0; i < 130; i++)
		memcpy(flood + 3 * i, "　", 3);
	memcpy(flood + 390, "长乐路1弄", 14); /* the 400th byte is the 1 */
	query_parse(&q, flood, &readings);
	assert_int_equal(q.n_parts, 1);
	assert_int_equal(q.parts[0].role, ROLE_BARE);
	free(flood);
	query_parse(&q,
		"长\xe2\x80\xae乐\xe2\x80\x8b路\x01"
		"339\xe2\x81\xa6弄",
		&readings); /* bidi, zero width, control */
	assert_int_equal(q.n_atoms, 3);
	assert_int_equal(q.parts[0].role, ROLE_LANE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_notes),
		cmocka_unit_test(test_atoms),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_long),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
