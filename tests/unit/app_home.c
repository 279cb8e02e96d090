/* The home that a recogniser read, beside the typed one: the sample library decides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "address_fixture.h"
#include "app/home.h"

#define HOME "上海市静安区南京西路1266弄3号502室"

static struct address_library *library;

static int setup(void **state)
{
	char path[PATH_MAX];
	struct err e = { 0 };
	(void)state;
	if (fixture_make_dir() || !fixture_generate("home.db", 1))
		return -1;
	fixture_path("home.db", path);
	return address_open(&library, path, &e) ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	address_close(library);
	fixture_remove("home.db");
	return rmdir(fixture_dir);
}

static void test_read(void **state)
{
	static const struct {
		const char *read;
		enum home_match want;
	} CASES[] = {
		{ "南京西路1266弄3号502室", HOME_SAME },
		{ "上海市静安区南京西路1266弄3号502室", HOME_SAME },
		{ "静安区南京西路1266弄3号502", HOME_SAME },
		{ "静安区南京西路街道南京西路1266弄3号502室", HOME_SAME }, /* the subdistrict is no road */
		/* what a recogniser makes of it: another sign, one that is lost, letters for digits */
		{ "甫京西路1266弄3号502室", HOME_SAME },
		{ "南京西踣1266弄3号502室", HOME_SAME },
		{ "京西路1266弄3号502室", HOME_SAME },
		{ "南京西1266弄3号502室", HOME_SAME },
		{ "南京西路1266弃3号5O2室", HOME_SAME },
		{ "南京西路1266弄3号5O2室", HOME_SAME },
		/* another road, though twelve of thirteen signs are alike */
		{ "南京东路1266弄3号502室", HOME_OTHER },
		{ "北京西路1266弄3号502室", HOME_OTHER },
		{ "静安区武定路12号", HOME_OTHER },
		{ "南京西路1266弄3号503室", HOME_OTHER }, /* it exists */
		/* numbers that are not these are never the same */
		{ "南京西路1266弄3号50室", HOME_UNCLEAR },
		{ "南京西路1266弄3号", HOME_UNCLEAR },
		{ "南京西路126弄3号502室", HOME_UNCLEAR },
		{ "南京西路", HOME_UNCLEAR },
		{ "江苏省海安市青松镇河东村三组18号", HOME_UNCLEAR },
		{ "1266 3 502", HOME_UNCLEAR },
		{ "", HOME_UNCLEAR },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		enum home_match match = home_compare(library, HOME, CASES[i].read);
		if (match != CASES[i].want)
			fail_msg("%s: %d", CASES[i].read, match);
	}
}

/* Each room of some doors: itself, every other room of the door, and with one sign of the name gone. */
static void test_many(void **state)
{
	static struct address_hit doors[40], rooms[40];
	unsigned same = 0, noised = 0, agreed = 0, other = 0;
	(void)state;
	assert_true(address_search(library, "静安区南京西路1266弄", rooms, 1) > 0);
	size_t n = address_below(library, &rooms[0].at, "", doors, 40);
	n = n < 40 ? n : 40;
	for (size_t d = 0; d < n; d++) {
		size_t k = address_below(library, &doors[d].at, "", rooms, 40);
		k = k < 40 ? k : 40;
		for (size_t i = 0; i < k; i++) {
			char typed[400], read[400], cut[400];
			if (!address_complete(&rooms[i].at))
				continue;
			address_text(&rooms[i].at, typed, sizeof typed);
			assert_int_equal(home_compare(library, typed, typed), HOME_SAME);
			same++;
			address_text(&rooms[(i + 1) % k].at, read, sizeof read);
			if (i + 1 != k && address_complete(&rooms[i + 1].at)) {
				assert_int_not_equal(home_compare(library, typed, read), HOME_SAME);
				other++;
			}
			/* "上海市静安区" and the first sign of the name */
			snprintf(cut, sizeof cut, "甫%s", typed + strlen("上海市静安区南"));
			noised++;
			agreed += home_compare(library, typed, cut) == HOME_SAME;
			assert_int_not_equal(home_compare(library, typed, cut), HOME_OTHER);
		}
	}
	assert_true(same >= 20 && other >= 15);
	if (agreed * 10 < noised * 9)
		fail_msg("%u of %u with one sign wrong are found", agreed, noised);
}

static void test_nothing_to_compare(void **state)
{
	(void)state;
	assert_int_equal(home_compare(NULL, HOME, HOME), HOME_UNCLEAR);
	/* by hand: the library has no such number */
	assert_int_equal(home_compare(library, "上海市静安区南京西路99999号", "南京西路99999号"), HOME_UNCLEAR);
	assert_int_equal(home_compare(library, "", "南京西路1266弄3号502室"), HOME_UNCLEAR);
	assert_int_equal(home_compare(library, HOME, "\xff\xfe\x80"), HOME_UNCLEAR);
}

/* A name that is the end of another one. */
static void test_part_of_a_name(void **state)
{
	static struct address_hit hits[9];
	char typed[400], read[400];
	(void)state;
	size_t n = address_search(library, "虹口区长治路", hits, 9);
	assert_true(n > 0);
	assert_string_equal(hits[0].at.street, "长治路");
	struct address at = hits[0].at;
	while (!address_complete(&at)) {
		assert_true(address_below(library, &at, "", hits, 9) > 0);
		at = hits[0].at;
	}
	address_text(&at, typed, sizeof typed);
	assert_int_equal(home_compare(library, typed, typed), HOME_SAME);
	snprintf(read, sizeof read, "虹口区东%s", strstr(typed, "长治路"));
	assert_int_equal(home_compare(library, typed, read), HOME_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_nothing_to_compare),
		cmocka_unit_test(test_part_of_a_name),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
