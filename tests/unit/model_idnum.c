#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/str.h"
#include "model/idnum.h"

/* Synthetic numbers and the usual textbook example: domain file 5.1 and 5.3. */
static const char *const good[] = {
	"11010519491231002X",
	"310101199003070019",
	"32010219880229002X",
	"340123200002291038",
	"510108198506150042",
	"820000199512011015",
	"330106197312319996",
	"810000199408230021",
	"830000199201300022",
};

static void judges(void **state)
{
	(void)state;
	static const struct {
		const char *number;
		enum idnum_verdict want;
	} cases[] = {
		{ "", IDNUM_LENGTH },
		{ "610104620927690", IDNUM_LENGTH },
		{ "3101011990030700190", IDNUM_LENGTH },
		{ "31010119900307001A", IDNUM_SIGNS },
		{ "31010119900307001x", IDNUM_SIGNS },
		{ "3101X1199003070019", IDNUM_SIGNS },
		{ "31010119900307001居", IDNUM_SIGNS },
		{ "990101199003070019", IDNUM_AREA },
		{ "100101199003070019", IDNUM_AREA },
		{ "310101199002300019", IDNUM_DATE },
		{ "310101199013070019", IDNUM_DATE },
		{ "310101199003000019", IDNUM_DATE },
		{ "310101189912310019", IDNUM_DATE },
		{ "310101202601030019", IDNUM_DATE },
		{ "310101190002290019", IDNUM_DATE },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(idnum_judge(cases[i].number, 20260102), cases[i].want);
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_int_equal(idnum_judge(good[i], 20260102), IDNUM_GOOD);
}

static void finds_every_wrong_character(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		for (size_t at = 0; at < 18; at++) {
			for (const char *c = at == 17 ? "0123456789X" : "0123456789"; *c; c++) {
				char wrong[19];
				str_copy(wrong, sizeof wrong, good[i]);
				if (wrong[at] == *c)
					continue;
				wrong[at] = *c;
				assert_int_not_equal(idnum_judge(wrong, 20260102), IDNUM_GOOD);
			}
		}
	}
}

static void reads_birth_and_sex(void **state)
{
	(void)state;
	assert_int_equal(idnum_birth("11010519491231002X"), 19491231);
	assert_false(idnum_male("11010519491231002X"));
	assert_true(idnum_male("310101199003070019"));
	assert_int_equal(idnum_check("61010419620927690"), '8');
	assert_true(idnum_other_permit("820000199512011015"));
	assert_false(idnum_other_permit("310101199003070019"));
	assert_false(idnum_other_permit("800000"));
	assert_false(idnum_other_permit("840000"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges),
		cmocka_unit_test(finds_every_wrong_character),
		cmocka_unit_test(reads_birth_and_sex),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
