#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "model/licence.h"

#define OWN "32000019880512001X"
#define KIN "350000196501010053"
#define AGENT "410000196608300057"

static struct material card = { .code = "id-card", .licence = "id-card", .holder = "applicant" };
static struct material agent_card = { .code = "agent-id", .licence = "id-card", .holder = "agent" };
static struct material home = { .code = "kin-property", .licence = "property", .holder = "relative" };

static void test_judge(void **state)
{
	static const struct {
		const char *holder_id, *holder_name;
		int from, to;
		const char *name, *id;
		enum licence_state want;
	} CASES[] = {
		{ OWN, "张伟", 20200101, 20251231, "张伟", OWN, LICENCE_VALID },
		{ OWN, "", 20200101, 0, "张伟", OWN, LICENCE_VALID },
		{ OWN, "张伟", 20200101, 0, "", OWN, LICENCE_VALID },
		{ OWN, "张玮", 20200101, 0, "张伟", OWN, LICENCE_OTHER },
		{ KIN, "张伟", 20200101, 0, "张伟", OWN, LICENCE_OTHER },
		{ KIN, "", 20200101, 20201231, "张伟", OWN, LICENCE_OTHER }, /* expired, but nobody's business */
		{ OWN, "", 20200101, 20250630, "张伟", OWN, LICENCE_VALID }, /* the last day counts */
		{ OWN, "", 20200101, 20250629, "张伟", OWN, LICENCE_EXPIRED },
		{ OWN, "", 20250630, 0, "张伟", OWN, LICENCE_VALID },
		{ OWN, "", 20250701, 0, "张伟", OWN, LICENCE_EARLY },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct licence l = { .valid_from = CASES[i].from, .valid_to = CASES[i].to };
		str_copy(l.holder_id, sizeof l.holder_id, CASES[i].holder_id);
		str_copy(l.holder_name, sizeof l.holder_name, CASES[i].holder_name);
		enum licence_state got = licence_judge(&l, CASES[i].name, CASES[i].id, 20250630);
		if (got != CASES[i].want)
			fail_msg("case %zu: %d", i, (int)got);
	}
}

static void test_fill(void **state)
{
	static const struct {
		enum licence_field field;
		const char *text, *words; /* NULL: taken */
	} CASES[] = {
		{ LICENCE_KIND, "id-card", NULL },
		{ LICENCE_KIND, "ID", "kind is" },
		{ LICENCE_KIND, "", "kind is" },
		{ LICENCE_NUMBER, "沪(2018)徐字不动产权第015979号", NULL },
		{ LICENCE_NUMBER, "", "number is" },
		{ LICENCE_NUMBER, "a\x1b[31m", "number is" },
		{ LICENCE_HOLDER_ID, "320000198805120010", "holder_id" },
		{ LICENCE_ISSUER, "", "issuer is" },
		{ LICENCE_VALID_FROM, "2020-02-29", NULL },
		{ LICENCE_VALID_FROM, "2021-02-29", "days" },
		{ LICENCE_VALID_FROM, "", "days" },
		{ LICENCE_VALID_FROM, "0", "days" },
		{ LICENCE_VALID_TO, "0", NULL },
		{ LICENCE_VALID_TO, "2020-0101", NULL },
		{ LICENCE_VALID_TO, "20191231", "before" },
		{ LICENCE_VALID_TO, "forever", "days" },
		{ LICENCE_HOLDER_NAME, "", NULL },
		{ LICENCE_HOLDER_NAME, "\xE2\x80\xAE", "holder_name" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		const char *texts[LICENCE_FIELDS] = { "property", "N-1", OWN, "x", "20200101", "", "张伟" };
		struct licence l = { .number = "untouched" };
		texts[CASES[i].field] = CASES[i].text;
		const char *wrong = licence_fill(texts, 20260101, &l);
		if ((wrong == NULL) != (CASES[i].words == NULL) || (wrong && !strstr(wrong, CASES[i].words)))
			fail_msg("case %zu: %s", i, wrong ? wrong : "taken");
		if (wrong)
			assert_string_equal(l.number, "untouched");
	}
}

static void check_holder(const struct filing *f, const struct material *m, const char *subject, const char *id)
{
	struct licence_holder h;
	licence_holder(f, m, &h);
	assert_string_equal(h.subject, subject);
	assert_string_equal(h.id_number, id);
}

static void test_holders(void **state)
{
	static const struct item item = { .n_steps = 0 };
	static const char token[33] = "0123456789abcdef0123456789abcdef";
	struct licence l = { .number = "N-1",
		.issuer = "x",
		.holder_id = KIN,
		.valid_from = 20200101,
		.valid_to = 20260630 };
	struct filing f;
	(void)state;
	filing_init(&f, &item, token);
	answers_set(f.answers, "id_number", OWN);
	answers_set(f.answers, "agent_id_number", AGENT);
	answers_set(f.answers, "kin_name", "张建国");
	check_holder(&f, &card, "applicant", OWN);
	check_holder(&f, &agent_card, "agent", AGENT);
	check_holder(&f, &home, "relative", ""); /* has not agreed */

	licence_consent(&f, &home, KIN, "phone", "王窗口", "2026-01-01T09:00:00+08:00");
	check_holder(&f, &home, "relative", KIN);
	assert_false(licence_stands(&f, &home, 20260101));
	answers_set(f.answers, "material.kin-property.about", "a file of before");
	licence_give(&f, &home, &l);
	assert_true(licence_stands(&f, &home, 20260630));
	assert_false(licence_stands(&f, &home, 20260701));
	assert_string_equal(answers_text(f.answers, "material.kin-property.consent"), "phone");
	assert_string_equal(answers_text(f.answers, "material.kin-property.consent_by"), "王窗口");
	assert_string_equal(answers_text(f.answers, "material.kin-property.issuer"), "x");
	assert_string_equal(answers_text(f.answers, "material.kin-property.about"), "");

	answers_set(f.answers, "kin_name", "张建民"); /* another one, who has not agreed */
	check_holder(&f, &home, "relative", "");
	assert_false(licence_stands(&f, &home, 20260101));
	answers_set(f.answers, "kin_name", "张建国");
	assert_true(licence_stands(&f, &home, 20260101));
	answers_set(f.answers, "material.kin-property.consent", NULL);
	assert_false(licence_stands(&f, &home, 20260101));
	str_copy(l.holder_id, sizeof l.holder_id, OWN);
	str_copy(l.holder_name, sizeof l.holder_name, "张伟");
	answers_set(f.answers, "name", "张伟");
	licence_give(&f, &card, &l);
	assert_true(licence_stands(&f, &card, 20260101));
	answers_set(f.answers, "name", "张玮");
	assert_false(licence_stands(&f, &card, 20260101));
	filing_finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_judge), cmocka_unit_test(test_fill),
		cmocka_unit_test(test_holders) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
