#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/center.h"
#include "model/item.h"
#include "model/promise.h"
#include "receipt/receipt.h"

static struct material materials[] = {
	{ .code = "id-card", .title = "身份证", .text = "两面都要。", .licence = "id-card", .holder = "applicant" },
	{ .code = "lease", .title = "租赁合同登记备案证明", .text = "备案要在有效期内。" },
	{ .code = "dorm", .title = "集体宿舍证明" },
};
static struct screen screens[] = {
	{ .kind = SCREEN_ADDRESS, .name = "address", .title = "在沪居住地址" },
	{ .kind = SCREEN_PHOTO, .name = "photo", .title = "本人照片" },
	{ .kind = SCREEN_MATERIALS, .title = "证明材料" },
};
static struct step steps[] = {
	{ .screen_name = "address", .screen = &screens[0] },
	{ .screen_name = "photo", .screen = &screens[1] },
	{ .screen_name = "materials", .screen = &screens[2] },
};
static const struct item item = { .code = "residence-registration",
	.number = "01",
	.title = "居住登记",
	.steps = steps,
	.n_steps = 3,
	.materials = materials,
	.n_materials = 3 };
static const struct promise_rule promise = { .days = 15 };
static const struct receipt_words words = { .center = "测试中心",
	.hotline = "12345",
	.promise = &promise,
	.code = "R01004220231115123456ABCDEFGHJK1234567",
	.query = "ABCDE FGHJK" };

static void fill(struct case_record *c)
{
	static const char *const ANSWERS[][2] = {
		{ "name", "测试甲" },
		{ "id_number", "11010519491231002X" },
		{ "mobile", "13800001234" },
		{ "address.district", "静安区" },
		{ "address.street", "南京西路" },
		{ "address.lane", "1266" },
		{ "address.room", "502" },
		{ "address.text", "上海市静安区南京西路1266弄3号502室" },
		{ "household_address", "测试省测试市测试路99号" },
		{ "photo", "file" },
		{ "material.id-card", "licence" },
		{ "material.lease", "counter" },
	};
	*c = (struct case_record){ .item = "residence-registration", .station = "0042", .submitted_at = 1700000000 };
	memcpy(c->number, "01004220231115123456", 21);
	c->answers = answers_create();
	for (size_t i = 0; i < sizeof ANSWERS / sizeof *ANSWERS; i++)
		answers_set(c->answers, ANSWERS[i][0], ANSWERS[i][1]);
}

static char *text_of(const struct case_record *c, unsigned columns)
{
	struct err e = { 0 };
	struct receipt *r = receipt_create(c, &item, &words);
	char *text = receipt_text(r, columns, &e);
	receipt_destroy(r);
	return text;
}

static void test_masks(void **state)
{
	static const struct {
		void (*mask)(const char *in, char *out, size_t size);
		const char *in, *out;
	} CASES[] = {
		{ mask_name, "张明", "张*" },
		{ mask_name, "张小明", "张*明" },
		{ mask_name, "欧阳小明", "欧**明" },
		{ mask_name, "张", "*" },
		{ mask_name, "", "" },
		{ mask_name, "𬎆小明", "𬎆*明" },
		{ mask_id_number, "11010519491231002X", "110***********002X" },
		{ mask_id_number, "1234", "****" },
	};
	char out[64];
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		CASES[i].mask(CASES[i].in, out, sizeof out);
		assert_string_equal(out, CASES[i].out);
	}
	mask_name("张小明", out, 5);
	assert_string_equal(out, "张*");
}

static void test_says_what_is_needed(void **state)
{
	static const char *const THERE[] = { "申报提交确认单", "居住登记", "0100 4220 2311 1512 3456", "ABCDE FGHJK",
		"测*甲", "110***********002X", "2023-11-15 06:13", "测试中心", "0042", "静安区南京西路", "15 日内",
		"12345", "电子证照", "到窗口出示原件", "一次告知", "备案要在有效期内" };
	static const char *const ABSENT[] = { "测试甲", "11010519491231002X", "13800001234", "502", "1266", "99号",
		"集体宿舍", "演示" };
	struct case_record c;
	(void)state;
	fill(&c);
	char *text = text_of(&c, 80);
	assert_non_null(text);
	for (size_t i = 0; i < sizeof THERE / sizeof *THERE; i++)
		if (!strstr(text, THERE[i]))
			fail_msg("missing: %s in\n%s", THERE[i], text);
	for (size_t i = 0; i < sizeof ABSENT / sizeof *ABSENT; i++)
		if (strstr(text, ABSENT[i]))
			fail_msg("must not be there: %s in\n%s", ABSENT[i], text);
	free(text);
	c.demo = true;
	text = text_of(&c, 80);
	assert_non_null(strstr(text, "演示"));
	free(text);
	answers_destroy(c.answers);
}

/* The counter of the residence: its name follows from the town's, the rest is the operator's. */
static void test_center(void **state)
{
	static struct center_row rows[] = {
		{ "310106012", "", "示例路1号", "周一至周五", "12345678" },
		{ "310106013", "另一个名字的中心", "", "", "" },
	};
	static const struct centers table = { rows, 2 };
	static const struct {
		const char *town, *name, *there[2], *absent;
	} CASES[] = {
		{ "310106012", "南京西路街道", { "南京西路街道社区事务受理服务中心", "示例路1号" }, "另一个" },
		{ "310106013", "曹家渡街道", { "另一个名字的中心", "" }, "窗口地址" },
		{ "310106014", "无名镇", { "无名镇社区事务受理服务中心", "" }, "窗口时间" },
		{ "", "", { "", "" }, "受理服务中心" },
	};
	struct case_record c;
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct receipt_words with = words;
		struct err e = { 0 };
		with.centers = &table;
		fill(&c);
		answers_set(c.answers, "address.town_code", CASES[i].town);
		answers_set(c.answers, "address.town", CASES[i].name);
		struct receipt *r = receipt_create(&c, &item, &with);
		char *text = receipt_text(r, 80, &e);
		assert_non_null(strstr(text, CASES[i].there[0]));
		assert_non_null(strstr(text, CASES[i].there[1]));
		assert_null(strstr(text, CASES[i].absent));
		free(text);
		receipt_destroy(r);
		answers_destroy(c.answers);
	}
}

/* The one-time notice on the receipt: all that is left, numbered, in order, and where to go with it. */
static void test_outstanding(void **state)
{
	static struct center_row rows[] = { { "310106012", "", "示例路1号", "", "" } };
	static const struct centers table = { rows, 1 };
	static const struct {
		const char *answers[4][2], *there[5]; /* in this order */
		const char *absent;
	} CASES[] = {
		{ { { "material.lease", "licence" } },
			{ "用电子证照，不用再交", "一次告知：没有缺少的内容", "居住地受理窗口", "示例路1号", "" },
			"1. " },
		{ { { "material.lease", "counter" } },
			{ "本人照片：已交文件", "共 1 项",
				"1. 租赁合同登记备案证明：到窗口出示原件。备案要在有效期内。", "居住地受理窗口", "" },
			"2. " },
		{ { { "material.lease", "counter" }, { "photo", "counter" }, { "address.match", "manual" } },
			{ "共 3 项", "1. 在沪居住地址：地址是自己填写的，不在标准地址库里。工作人员会核对。",
				"2. 本人照片：到窗口拍照", "3. 租赁", "居住地受理窗口" },
			"再查找" },
		{ { { "material.lease", "file" }, { "material.lease.doubt", "differs" } },
			{ "租赁合同登记备案证明：已交文件", "没有要带到窗口的材料。下面 1 项", "1. 租赁",
				"请带原件到窗口核对。", "居住地受理窗口" },
			"2. " },
		{ { { "material.id-card.valid_to", "20231201" }, { "material.lease", "file" } },
			{ "身份证：用电子证照", "下面 1 项", "1. 身份证：电子证照 2023-12-01 到期。换了新的", "", "" },
			"2. " },
		{ { { "material.id-card.valid_to", "20231215" }, { "material.lease", "file" } },
			{ "身份证：用电子证照", "没有缺少的内容", "", "", "" }, "到期" },
	};
	struct case_record c;
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct receipt_words with = words;
		struct err e = { 0 };
		with.centers = &table;
		fill(&c);
		answers_set(c.answers, "address.town_code", "310106012");
		answers_set(c.answers, "address.town", "南京西路街道");
		for (size_t k = 0; k < 4 && CASES[i].answers[k][0]; k++)
			answers_set(c.answers, CASES[i].answers[k][0], CASES[i].answers[k][1]);
		struct receipt *r = receipt_create(&c, &item, &with);
		struct str all;
		str_init(&all, 20000);
		for (size_t k = 0; k < r->n_lines; k++)
			str_addf(&all, "%s：%s\n", r->lines[k].label, r->lines[k].text);
		const char *at = all.text;
		for (size_t k = 0; k < 5; k++) {
			const char *next = strstr(at, CASES[i].there[k]);
			if (!next)
				fail_msg("case %zu: %s is missing or too early in\n%s", i, CASES[i].there[k], all.text);
			at = next + strlen(CASES[i].there[k]);
		}
		if (strstr(all.text, CASES[i].absent))
			fail_msg("case %zu: %s in\n%s", i, CASES[i].absent, all.text);
		char *text = receipt_text(r, 32, &e);
		assert_non_null(text);
		free(text);
		str_finish(&all);
		receipt_destroy(r);
		answers_destroy(c.answers);
	}
}

static void test_every_width_fits(void **state)
{
	struct case_record c;
	(void)state;
	fill(&c);
	for (unsigned columns = 32; columns <= 80; columns++) {
		char *text = text_of(&c, columns);
		assert_non_null(text);
		for (char *line = text; *line;) {
			char *end = strchr(line, '\n');
			assert_non_null(end);
			*end = 0;
			assert_true(utf8_width(line) <= (int)columns);
			line = end + 1;
		}
		free(text);
	}
	assert_null(text_of(&c, 31));
	assert_null(text_of(&c, 81));
	answers_destroy(c.answers);
}

static void test_qr(void **state)
{
	static struct qr qr;
	struct err e = { 0 };
	(void)state;
	assert_true(qr_encode("01004220231115123456", &qr, &e));
	assert_int_equal(qr.size, 21); /* version 1 */
	assert_true(qr_encode(words.code, &qr, &e));
	assert_int_equal(qr.size, 25); /* version 2: alone it fits 40x15 */
	assert_true(qr_encode("01004220231115123456", &qr, &e));
	for (int i = 0; i < 7; i++) {
		assert_true(qr_dark(&qr, 0, i)); /* finder pattern */
		assert_true(qr_dark(&qr, i, 0));
	}
	assert_false(qr_dark(&qr, 1, 1));
	assert_false(qr_dark(&qr, -1, 0));
	assert_false(qr_dark(&qr, 0, 21));
	/* Format information: level M is 00, masked with 10 (ISO/IEC 18004 7.9): the first two modules read 1, 0. */
	assert_true(qr_dark(&qr, 8, 0));
	assert_false(qr_dark(&qr, 8, 1));
	assert_false(qr_encode("", &qr, &e));
	assert_int_equal(e.code, ERR_BUG);
	assert_false(qr_encode("小", &qr, &e));
}

static int utf8_locale(void **state)
{
	(void)state;
	return i18n_init(".", NULL) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_masks), cmocka_unit_test(test_says_what_is_needed),
		cmocka_unit_test(test_center), cmocka_unit_test(test_outstanding),
		cmocka_unit_test(test_every_width_fits), cmocka_unit_test(test_qr) };
	return cmocka_run_group_tests(tests, utf8_locale, NULL);
}
