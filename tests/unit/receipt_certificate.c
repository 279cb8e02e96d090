#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/item.h"
#include "receipt/certificate.h"
#include "receipt/receipt.h"

enum { FEB_29_2024 = 1709136000 /* 2024-02-29T00:00:00+08:00 */ };

static struct case_event event(int64_t at, int from, int to)
{
	return (struct case_event){ .at = at, .from = from, .to = to };
}

/* Valid for a year, clamped to the month's end; masked as the receipt is. */
static void test_lines(void **state)
{
	(void)state;
	struct case_event events[] = { event(FEB_29_2024, CASE_REVIEW, CASE_APPROVED) };
	struct case_record c = { .number = "01004220231115123456",
		.state = CASE_APPROVED,
		.answers = answers_create(),
		.events = events,
		.n_events = 1 };
	struct item item = { .certificate = (char[]){ "居住登记凭证" } };
	const struct receipt_words words = { .center = "测试中心", .hotline = "12345" };
	answers_set(c.answers, "name", "测试甲");
	answers_set(c.answers, "id_number", "11010519491231002X");
	answers_set(c.answers, "address.district", "静安区");
	answers_set(c.answers, "address.street", "南京西路");
	answers_set(c.answers, "address.text", "上海市静安区南京西路1266弄3号502室");
	struct receipt *r = certificate_create(&c, &item, &words);
	char *text = receipt_text(r, 80, NULL);
	static const char *const said[] = { "居住登记凭证", "0100 4220 2311 1512 3456", "测*甲", "110***********002X",
		"南京西路", "登记日期：2024-02-29", "有效期至：2025-02-28", "测试中心", "12345" };
	static const char *const unsaid[] = { "测试甲", "19491231", "502", "演示" };
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (!strstr(text, said[i]))
			fail_msg("not said: %s", said[i]);
	for (size_t i = 0; i < sizeof unsaid / sizeof *unsaid; i++)
		if (strstr(text, unsaid[i]))
			fail_msg("said: %s", unsaid[i]);
	str_wipe_free(text);
	receipt_destroy(r);
	answers_destroy(c.answers);
}

static void test_masked_answers(void **state)
{
	(void)state;
	static const struct {
		const char *name, *value, *masked;
	} rows[] = {
		{ "name", "测试甲", "测*甲" },
		{ "agent_name", "李娜", "李*" },
		{ "family.2.name", "张建国", "张*国" },
		{ "filename", "测试甲", "测试甲" }, /* ends so, but is another word */
		{ "id_number", "11010519491231002X", "110***********002X" },
		{ "family.1.id_number", "11010519491231002X", "110***********002X" },
		{ "verified.id", "11010519491231002X", "110***********002X" },
		{ "mobile", "13800001234", "138****1234" },
		{ "mobile", "1380000", "*******" }, /* nothing is kept of what is none */
		{ "address.text", "上海市静安区南京西路1266弄3号502室", "上海市静安区南京西路***********" },
		{ "household_address", "玄武大道一百号三单元", "玄武大道一百****" },
		{ "delivery_address.text", "3号", "**" },
		{ "ethnic_group", "01", "01" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct answers *a = answers_create();
		assert_true(answers_set(a, rows[i].name, rows[i].value));
		struct answers *masked = mask_answers(a);
		assert_int_equal(answers_count(masked), 1);
		assert_string_equal(answers_text(masked, rows[i].name), rows[i].masked);
		answers_destroy(masked);
		answers_destroy(a);
	}
}

static int utf8_locale(void **state)
{
	(void)state;
	return i18n_init(".", NULL) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_lines), cmocka_unit_test(test_masked_answers) };
	return cmocka_run_group_tests(tests, utf8_locale, NULL);
}
