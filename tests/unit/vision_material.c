/* Verdicts: what was read beside what was typed. Persons and papers are made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/str.h"
#include "vision/material.h"

enum { TODAY = 20260302 };

#define CARD "姓名 张伟\n性别 男 民族 汉\n出生 1984年12月12日\n住址 江苏省海安市青松镇河\n东村三组18号\n公民身份号码 "
#define GOOD "320000198412125012"
#define OTHER "32000019730411723X" /* valid, of somebody else */
#define HOME "江苏省海安市青松镇河东村三组18号"
#define FLAT "上海市徐汇区云锦路128弄5号1203室"
#define LEASE(from, to) \
	"上海市住房租赁合同备案通知书\n备案编号：3108202587103890\n出租人：陈志远\n证件号码：" OTHER \
	"\n承租人：张伟\n证件号码：" GOOD "\n房屋坐落：" FLAT "\n租赁期限：" from "至" to "\n"
#define BOOK "不动产权证书\n沪(2017)徐字不动产权第123060号\n权利人 张伟、李秀英\n坐落 徐汇区云锦路128弄5号1203室\n"

/* One field of one material: passes, what was typed, the verdict and what is shown as read. */
static const struct row {
	const char *what;
	enum paper_kind paper;
	enum material_field field;
	const char *typed;
	const char *passes[3];
	bool exact;
	enum material_verdict verdict;
	const char *read;
} ROWS[] = {
	{ "name", PAPER_ID_CARD, MATERIAL_NAME, "张伟", { CARD GOOD }, false, MATERIAL_AGREES, "张伟" },
	{ "word in front of it lost", PAPER_ID_CARD, MATERIAL_NAME, "张伟", { "张伟\n男 汉\n" GOOD }, false,
		MATERIAL_AGREES, "张伟" },
	{ "second pass has it", PAPER_ID_CARD, MATERIAL_NAME, "张伟", { "姓名 张佛\n", CARD GOOD }, false,
		MATERIAL_AGREES, "张伟" },
	{ "another one", PAPER_ID_CARD, MATERIAL_NAME, "张炜", { CARD GOOD }, false, MATERIAL_DIFFERS, "张伟" },
	{ "longer one", PAPER_ID_CARD, MATERIAL_NAME, "张伟", { "姓名 张伟民\n" }, false, MATERIAL_DIFFERS, "张伟民" },
	{ "nothing", PAPER_ID_CARD, MATERIAL_NAME, "张伟", { "中华人民共和国居民身份证" }, false, MATERIAL_UNREAD, "" },
	{ "tenant", PAPER_LEASE_FILING, MATERIAL_NAME, "张伟", { LEASE("2025年6月1日", "2027年5月31日") }, false,
		MATERIAL_AGREES, "张伟" },
	{ "landlord is no tenant", PAPER_LEASE_FILING, MATERIAL_NAME, "陈志远",
		{ LEASE("2025年6月1日", "2027年5月31日") }, false, MATERIAL_DIFFERS, "张伟" },
	{ "one of two owners", PAPER_PROPERTY, MATERIAL_NAME, "李秀英", { BOOK }, false, MATERIAL_AGREES, "李秀英" },
	{ "no owner", PAPER_PROPERTY, MATERIAL_NAME, "王建国", { BOOK }, false, MATERIAL_DIFFERS, "张伟" },

	{ "number", PAPER_ID_CARD, MATERIAL_ID_NUMBER, GOOD, { CARD GOOD }, false, MATERIAL_AGREES, GOOD },
	{ "valid, but not the typed one", PAPER_ID_CARD, MATERIAL_ID_NUMBER, OTHER, { CARD GOOD, GOOD }, false,
		MATERIAL_DIFFERS, GOOD },
	{ "one pass is not enough", PAPER_ID_CARD, MATERIAL_ID_NUMBER, OTHER, { CARD GOOD, "" }, false, MATERIAL_UNREAD,
		"" },
	{ "unless it is the file's own text", PAPER_ID_CARD, MATERIAL_ID_NUMBER, OTHER, { CARD GOOD }, true,
		MATERIAL_DIFFERS, GOOD },
	{ "typed one misread once, other twice", PAPER_ID_CARD, MATERIAL_ID_NUMBER, GOOD, { GOOD, OTHER, OTHER }, false,
		MATERIAL_DIFFERS, OTHER },
	{ "other misread once", PAPER_ID_CARD, MATERIAL_ID_NUMBER, GOOD, { GOOD, OTHER, GOOD }, false, MATERIAL_AGREES,
		GOOD },
	{ "invalid", PAPER_ID_CARD, MATERIAL_ID_NUMBER, GOOD, { "320000198412125013", "320000198412125013" }, false,
		MATERIAL_UNREAD, "" },
	{ "tenant's beside landlord's", PAPER_LEASE_FILING, MATERIAL_ID_NUMBER, GOOD,
		{ LEASE("2025年6月1日", "2027年5月31日") }, true, MATERIAL_AGREES, GOOD },

	{ "home over two lines", PAPER_ID_CARD, MATERIAL_ADDRESS, HOME, { CARD GOOD }, false, MATERIAL_AGREES, HOME },
	{ "one sign wrong", PAPER_ID_CARD, MATERIAL_ADDRESS, HOME, { "住址 江苏省海女市青松镇河\n东村三组18号\n" },
		false, MATERIAL_AGREES, "江苏省海女市青松镇河东村三组18号" },
	{ "number wrong", PAPER_ID_CARD, MATERIAL_ADDRESS, HOME, { "住址 江苏省海安市青松镇河\n东村三组19号\n" }, false,
		MATERIAL_DIFFERS, "江苏省海安市青松镇河东村三组19号" },
	{ "another home", PAPER_ID_CARD, MATERIAL_ADDRESS, "安徽省桐城市范岗镇合安路105号", { CARD GOOD }, false,
		MATERIAL_DIFFERS, "江苏省海安市青松镇河" },
	{ "nothing", PAPER_ID_CARD, MATERIAL_ADDRESS, HOME, { "居民身份证" }, false, MATERIAL_UNREAD, "" },
	{ "city left out", PAPER_PROPERTY, MATERIAL_ADDRESS, FLAT, { BOOK }, false, MATERIAL_AGREES,
		"云锦路128弄5号1203室" },
	{ "other room", PAPER_PROPERTY, MATERIAL_ADDRESS, "上海市徐汇区云锦路128弄5号1204室", { BOOK }, false,
		MATERIAL_DIFFERS, "云锦路128弄5号1203室" },

	{ "in force", PAPER_ID_CARD, MATERIAL_EXPIRY, "", { "有效期限 2020.01.12-2040.01.12" }, false, MATERIAL_AGREES,
		"2020-01-12 - 2040-01-12" },
	{ "without end", PAPER_ID_CARD, MATERIAL_EXPIRY, "", { "有效期限 2020.01.12-长期" }, false, MATERIAL_AGREES,
		"2020-01-12 - 长期" },
	{ "last day", PAPER_ID_CARD, MATERIAL_EXPIRY, "", { "有效期限 2006.03.02-2026.03.02" }, false, MATERIAL_NOTED,
		"2006-03-02 - 2026-03-02" },
	{ "the day after", PAPER_ID_CARD, MATERIAL_EXPIRY, "", { "有效期限 2006.03.01-2026.03.01" }, false,
		MATERIAL_DIFFERS, "2006-03-01 - 2026-03-01" },
	{ "one month left", PAPER_ID_CARD, MATERIAL_EXPIRY, "", { "有效期限 2006.04.02-2026.04.02" }, false,
		MATERIAL_NOTED, "2006-04-02 - 2026-04-02" },
	{ "a month and a day", PAPER_ID_CARD, MATERIAL_EXPIRY, "", { "有效期限 2006.04.03-2026.04.03" }, false,
		MATERIAL_AGREES, "2006-04-03 - 2026-04-03" },
	{ "passes contradict", PAPER_ID_CARD, MATERIAL_EXPIRY, "", { "2006.04.03-2026.04.03", "2006.04.03-2028.04.03" },
		false, MATERIAL_UNREAD, "" },
	{ "two of three", PAPER_ID_CARD, MATERIAL_EXPIRY, "",
		{ "2006.04.03-2026.04.03", "2006.04.03-2028.04.03", "2006.04.03-2028.04.03" }, false, MATERIAL_AGREES,
		"2006-04-03 - 2028-04-03" },
	{ "only the front", PAPER_ID_CARD, MATERIAL_EXPIRY, "", { CARD GOOD }, false, MATERIAL_UNREAD, "" },

	{ "lease in force", PAPER_LEASE_FILING, MATERIAL_PERIOD, "", { LEASE("2025年6月1日", "2027年5月31日") }, false,
		MATERIAL_AGREES, "2025-06-01 - 2027-05-31" },
	{ "lease over", PAPER_LEASE_FILING, MATERIAL_PERIOD, "", { LEASE("2024年6月1日", "2026年1月31日") }, false,
		MATERIAL_DIFFERS, "2024-06-01 - 2026-01-31" },
	{ "three years", PAPER_LEASE_FILING, MATERIAL_PERIOD, "", { LEASE("2025年6月1日", "2028年6月1日") }, false,
		MATERIAL_AGREES, "2025-06-01 - 2028-06-01" },
	{ "more than three", PAPER_LEASE_FILING, MATERIAL_PERIOD, "", { LEASE("2025年6月1日", "2028年6月2日") }, false,
		MATERIAL_DIFFERS, "2025-06-01 - 2028-06-02" },
	{ "ends soon", PAPER_LEASE_CONTRACT, MATERIAL_PERIOD, "", { LEASE("2025年6月1日", "2026年3月31日") }, false,
		MATERIAL_NOTED, "2025-06-01 - 2026-03-31" },
	{ "filing number", PAPER_LEASE_FILING, MATERIAL_FILING, "", { LEASE("2025年6月1日", "2027年5月31日") }, false,
		MATERIAL_NOTED, "3108202587103890" },
	{ "certificate", PAPER_PROPERTY, MATERIAL_CERTIFICATE, "", { BOOK }, false, MATERIAL_NOTED,
		"沪(2017)徐字不动产权第123060号" },
	{ "two numbers", PAPER_PROPERTY, MATERIAL_CERTIFICATE, "", { BOOK, "沪(2017)徐字不动产权第123068号" }, false,
		MATERIAL_UNREAD, "沪(2017)徐字不动产权第123060号" },
	{ "a page", PAPER_OTHER, MATERIAL_LEGIBLE, "", { "兹证明张伟同志居住在我单位集体宿舍三号楼，特此证明。人事部" },
		false, MATERIAL_AGREES, "" },
	{ "an empty page", PAPER_OTHER, MATERIAL_LEGIBLE, "", { "三" }, false, MATERIAL_UNREAD, "" },
};

static void verdicts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		static struct material_reading r;
		struct material_finding found[MATERIAL_FINDINGS];
		const struct row *row = &ROWS[i];
		struct material_expected e = { .paper = row->paper, .today = TODAY };
		r = (struct material_reading){ .exact = row->exact, .pages = 1, .certainty = 90 };
		for (size_t k = 0; k < 3 && row->passes[k]; k++)
			str_copy(r.text[r.n_passes++], MATERIAL_TEXT, row->passes[k]);
		*(row->field == MATERIAL_NAME                      ? &e.name
				: row->field == MATERIAL_ID_NUMBER ? &e.id_number
								   : &e.address) = row->typed;
		size_t n = material_findings(&r, &e, found, MATERIAL_FINDINGS), k = 0;
		while (k < n && found[k].field != row->field)
			k++;
		if (k == n || found[k].verdict != row->verdict || !str_eq(found[k].read, row->read) ||
			!*found[k].text || !str_eq(found[k].typed, row->typed))
			fail_msg("%s %s: %s \"%s\" %s", paper_kind_word(row->paper), row->what,
				k == n ? "not judged" : material_verdict_word(found[k].verdict),
				k == n ? "" : found[k].read, k == n ? "" : found[k].text);
	}
}

static void what_is_judged(void **state)
{
	struct material_finding found[MATERIAL_FINDINGS];
	struct material_expected e = { .paper = PAPER_LEASE_FILING,
		.name = "张伟",
		.id_number = GOOD,
		.address = FLAT,
		.today = TODAY };
	(void)state;
	assert_int_equal(material_findings(NULL, &e, found, MATERIAL_FINDINGS), 5);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(found[i].verdict, MATERIAL_UNREAD); /* no recogniser: could not read, never agrees */
	assert_int_equal(material_findings(NULL, &e, found, 2), 2);
	e.address = e.name = e.id_number = "";
	assert_int_equal(material_findings(NULL, &e, found, MATERIAL_FINDINGS),
		2); /* nothing typed: dates and marks alone */
	e.paper = PAPER_UNREAD;
	assert_int_equal(material_findings(NULL, &e, found, MATERIAL_FINDINGS), 0);
	for (int k = PAPER_UNREAD + 1; k < PAPER_KINDS; k++) {
		e.paper = (enum paper_kind)k;
		assert_true(material_findings(NULL, &e, found, MATERIAL_FINDINGS) > 0);
	}
	for (int f = 0; f < MATERIAL_FIELDS; f++)
		assert_true(*material_field_name(f) && *material_field_word(f));
}

static void illegible(void **state)
{
	static struct material_reading r;
	struct material_finding found[MATERIAL_FINDINGS];
	struct material_expected e = { .paper = PAPER_OTHER, .today = TODAY };
	(void)state;
	r.n_passes = 1;
	r.certainty = 30; /* the recogniser guessed */
	str_copy(r.text[0], MATERIAL_TEXT, "兹证明张伟同志居住在我单位集体宿舍三号楼，特此证明。人事部");
	assert_int_equal(material_findings(&r, &e, found, MATERIAL_FINDINGS), 1);
	assert_int_equal(found[0].verdict, MATERIAL_UNREAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(verdicts), cmocka_unit_test(what_is_judged),
		cmocka_unit_test(illegible) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
