#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "model/casenum.h"

static void known_numbers(void **state)
{
	(void)state;
	char number[CASENUM_LENGTH + 1], grouped[CASENUM_LENGTH + 5];
	casenum_make("01", "0001", 20260102, 42, number);
	assert_memory_equal(number, "0100012026010200042", 19);
	assert_true(casenum_good(number));
	casenum_group(number, grouped);
	assert_int_equal(strlen(grouped), 24);
	assert_memory_equal(grouped, "0100 0120 2601 0200 042", 23);
	casenum_make("99", "9999", 20991231, 4000000042u, number);
	assert_int_equal(strlen(number), CASENUM_LENGTH);
	assert_false(casenum_good(""));
	assert_false(casenum_good("0100012026010200042"));
	assert_false(casenum_good("01000120260102000421 "));
}

static void finds_every_slip(void **state)
{
	(void)state;
	srand(1);
	for (int i = 0; i < 10000; i++) {
		char item[] = { (char)('0' + rand() % 10), (char)('0' + rand() % 10), '\0' };
		char station[] = { (char)('0' + rand() % 10), (char)('0' + rand() % 10), (char)('0' + rand() % 10),
			(char)('0' + rand() % 10), '\0' };
		char number[CASENUM_LENGTH + 1];
		casenum_make(item, station, 20260101 + rand() % 28, (unsigned)rand(), number);
		if (!casenum_good(number))
			fail();
		for (size_t at = 0; at < CASENUM_LENGTH; at++) {
			char right = number[at];
			for (char c = '0'; c <= '9'; c++) {
				number[at] = c;
				if (casenum_good(number) != (c == right))
					fail();
			}
			number[at] = right;
			if (at + 1 == CASENUM_LENGTH || number[at] == number[at + 1])
				continue;
			number[at] = number[at + 1];
			number[at + 1] = right;
			if (casenum_good(number))
				fail();
			number[at + 1] = number[at];
			number[at] = right;
		}
	}
}

static void reads_any_grouping(void **state)
{
	(void)state;
	char number[CASENUM_LENGTH + 1], grouped[CASENUM_LENGTH + 5], back[CASENUM_LENGTH + 1] = "untouched";
	casenum_make("01", "0001", 20260102, 12345, number);
	casenum_group(number, grouped);
	assert_true(casenum_ungroup(grouped, back));
	assert_string_equal(back, number);
	assert_true(casenum_ungroup(number, back));
	for (char *c = grouped; *c; c++)
		*c = *c == ' ' ? '-' : *c;
	assert_true(casenum_ungroup(grouped, back));
	static const char *const bad[] = { "", "abc", "1234", "0100 0120 2601 0200 0421 1", "0100a0120260102000421",
		"00000000000000000001" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char kept[CASENUM_LENGTH + 1] = "untouched";
		assert_false(casenum_ungroup(bad[i], kept));
		assert_string_equal(kept, "untouched");
	}
	assert_true(casenum_ungroup("０００００ 00000 00000 00000", back));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_numbers),
		cmocka_unit_test(finds_every_slip),
		cmocka_unit_test(reads_any_grouping),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
