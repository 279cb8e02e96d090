/* A material of several files: each was read alone, they are judged together. Persons and papers are made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/str.h"
#include "vision/material.h"

enum { TODAY = 20260302, FILES = 3 };

#define GOOD "320000198412125012"
#define OTHER "32000019730411723X" /* valid, of somebody else */
#define HOME "江苏省海安市青松镇河东村三组18号"
#define FLAT "上海市徐汇区云锦路128弄5号1203室"
#define FRONT_OF(name, number) "姓名 " name "\n住址 " HOME "\n公民身份号码 " number "\n"
#define FRONT FRONT_OF("张伟", GOOD)
#define BACK_OF(from, to) "中华人民共和国\n居民身份证\n签发机关 海安市公安局\n有效期限 " from "-" to "\n"
#define BACK BACK_OF("2016.01.12", "2036.01.12")
#define LEASE "承租人：张伟\n证件号码：" GOOD "\n房屋坐落：" FLAT "\n租赁期限：2025年6月1日至2027年5月31日\n"
#define OWNER_PAGE "出租人 陈志远\n乙方应当按时支付租金\n房屋地址：江苏省南通市人民路1号\n"

/* What files say of one field together. */
static const struct row {
	const char *what;
	enum paper_kind paper;
	enum material_field field;
	const char *files[FILES]; /* "-": could not be read at all */
	enum material_verdict verdict;
	const char *read;
	bool contradict; /* the sentence says so */
} ROWS[] = {
	{ "front and back", PAPER_ID_CARD, MATERIAL_EXPIRY, { FRONT, BACK }, MATERIAL_AGREES, "2016-01-12 - 2036-01-12",
		false },
	{ "back and front", PAPER_ID_CARD, MATERIAL_ID_NUMBER, { BACK, FRONT }, MATERIAL_AGREES, GOOD, false },
	{ "the name of the front", PAPER_ID_CARD, MATERIAL_NAME, { FRONT, BACK }, MATERIAL_AGREES, "张伟", false },
	{ "the home of the front", PAPER_ID_CARD, MATERIAL_ADDRESS, { BACK, FRONT }, MATERIAL_AGREES, HOME, false },
	{ "a back that is over", PAPER_ID_CARD, MATERIAL_EXPIRY, { FRONT, BACK_OF("2006.01.12", "2026.01.12") },
		MATERIAL_DIFFERS, "2006-01-12 - 2026-01-12", false },
	{ "the front twice", PAPER_ID_CARD, MATERIAL_EXPIRY, { FRONT, FRONT }, MATERIAL_UNREAD, "", false },
	{ "two cards: the second's number", PAPER_ID_CARD, MATERIAL_ID_NUMBER, { FRONT, FRONT_OF("李强", OTHER) },
		MATERIAL_DIFFERS, OTHER, true },
	{ "two cards: the first's number", PAPER_ID_CARD, MATERIAL_ID_NUMBER, { FRONT_OF("李强", OTHER), FRONT },
		MATERIAL_DIFFERS, OTHER, true },
	{ "two cards: the name", PAPER_ID_CARD, MATERIAL_NAME, { FRONT, FRONT_OF("李强", OTHER), BACK },
		MATERIAL_DIFFERS, "李强", true },
	{ "both of somebody else", PAPER_ID_CARD, MATERIAL_ID_NUMBER,
		{ FRONT_OF("李强", OTHER), FRONT_OF("李强", OTHER) }, MATERIAL_DIFFERS, OTHER, false },
	{ "two validities", PAPER_ID_CARD, MATERIAL_EXPIRY, { BACK, BACK_OF("2016.01.12", "2039.01.12"), BACK },
		MATERIAL_DIFFERS, "2016-01-12 - 2036-01-12 / 2016-01-12 - 2039-01-12", true },
	{ "the same validity", PAPER_ID_CARD, MATERIAL_EXPIRY, { BACK, FRONT, BACK }, MATERIAL_AGREES,
		"2016-01-12 - 2036-01-12", false },
	{ "a page that cannot be read", PAPER_ID_CARD, MATERIAL_ID_NUMBER, { "-", FRONT }, MATERIAL_AGREES, GOOD,
		false },
	{ "no page can be read", PAPER_ID_CARD, MATERIAL_ID_NUMBER, { "-", "-" }, MATERIAL_UNREAD, "", false },

	{ "two pages of a lease", PAPER_LEASE_CONTRACT, MATERIAL_NAME, { LEASE, OWNER_PAGE }, MATERIAL_AGREES, "张伟",
		false },
	{ "in the other order", PAPER_LEASE_CONTRACT, MATERIAL_NAME, { OWNER_PAGE, LEASE }, MATERIAL_AGREES, "张伟",
		false },
	{ "the owner's home", PAPER_LEASE_CONTRACT, MATERIAL_ADDRESS, { OWNER_PAGE, LEASE }, MATERIAL_AGREES,
		"云锦路128弄5号1203室", false },
	{ "another number on the second page", PAPER_LEASE_CONTRACT, MATERIAL_ID_NUMBER,
		{ LEASE, "证件号码：" OTHER "\n" }, MATERIAL_DIFFERS, OTHER, true },
	{ "no tenant on any", PAPER_LEASE_CONTRACT, MATERIAL_NAME, { OWNER_PAGE, "承租人：李强\n" }, MATERIAL_DIFFERS,
		"应当按时支付租金", false },
	{ "two certificates", PAPER_PROPERTY, MATERIAL_CERTIFICATE,
		{ "沪(2017)徐字不动产权第123060号", "沪(2018)徐字不动产权第123061号" }, MATERIAL_DIFFERS,
		"沪(2017)徐字不动产权第123060号 / 沪(2018)徐字不动产权第123061号", true },
	{ "one of two pages is empty", PAPER_OTHER, MATERIAL_LEGIBLE,
		{ "兹证明张伟同志居住在我单位集体宿舍三号楼，特此证明。人事部", "三" }, MATERIAL_UNREAD, "", false },
};

/* Each text in two passes, as a picture is read. */
static void read_file(struct material_reading *r, const char *text)
{
	*r = (struct material_reading){ .state = READING_DONE, .pages = 1, .certainty = 90, .n_passes = 2 };
	str_copy(r->text[0], sizeof r->text[0], text);
	str_copy(r->text[1], sizeof r->text[1], text);
}

static size_t judge(const struct row *row, struct material_finding all[static MATERIAL_FINDINGS])
{
	static struct material_reading reading;
	struct material_expected e = { row->paper, "张伟", GOOD, row->paper == PAPER_ID_CARD ? HOME : FLAT, TODAY };
	struct material_finding more[MATERIAL_FINDINGS];
	size_t n = 0;
	for (unsigned i = 0; i < FILES && row->files[i]; i++) {
		bool unread = strcmp(row->files[i], "-") == 0;
		read_file(&reading, row->files[i]);
		n = material_findings(unread ? NULL : &reading, &e, i ? more : all, MATERIAL_FINDINGS);
		if (i)
			material_merge(all, more, n, row->paper);
	}
	return n;
}

static void they_are_judged_together(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		struct material_finding all[MATERIAL_FINDINGS];
		const struct material_finding *f = NULL;
		size_t n = judge(&ROWS[i], all);
		for (size_t k = 0; k < n; k++)
			if (all[k].field == ROWS[i].field)
				f = &all[k];
		assert_non_null(f);
		if (f->verdict != ROWS[i].verdict || strcmp(f->read, ROWS[i].read) != 0 ||
			!strstr(f->text, "几个文件") == ROWS[i].contradict)
			fail_msg("%s: %s \"%s\" \"%s\"", ROWS[i].what, material_verdict_word(f->verdict), f->read,
				f->text);
	}
}

static void the_other_side_is_asked_for_until_it_is_there(void **state)
{
	(void)state;
	static const struct {
		const char *files[FILES];
		bool asked;
	} CASES[] = {
		{ { FRONT }, true },
		{ { FRONT, FRONT }, true },
		{ { "-", FRONT }, true },
		{ { BACK }, false },
		{ { FRONT, BACK }, false },
		{ { BACK, FRONT }, false },
	};
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct row row = { .paper = PAPER_ID_CARD };
		struct material_finding all[MATERIAL_FINDINGS];
		bool asked = false;
		memcpy(row.files, CASES[i].files, sizeof row.files);
		size_t n = judge(&row, all);
		assert_int_equal(n, 4);
		for (size_t k = 0; k < n; k++)
			asked |= strstr(all[k].text, "国徽面") != NULL;
		assert_int_equal(asked, CASES[i].asked);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(they_are_judged_together),
		cmocka_unit_test(the_other_side_is_asked_for_until_it_is_there) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
