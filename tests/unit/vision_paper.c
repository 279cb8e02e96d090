/* Fields out of recognised text: numbers, labels, dates, certificate and filing numbers, likeness. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/str.h"
#include "vision/material.h"
#include "vision/paper.h"

enum { TODAY = 20260302 };

static void numbers(void **state)
{
	/* valid numbers of the province as a whole, where none is issued: 320000198412125012, 32000019730411723X */
	static const struct {
		const char *passes[3];
		const char *first;
		unsigned n, votes;
	} ROWS[] = {
		{ { "公民身份号码 320000198412125012" }, "320000198412125012", 1, 1 },
		{ { "公民身份B码32O0OO1984I2l25012", "320000198412125012" }, "320000198412125012", 1, 2 },
		{ { "3200 0019 7304 1172 3x", "码32000019730411723×" }, "32000019730411723X", 1, 2 },
		{ { "320000.19841212.5012" }, "320000198412125012", 1, 1 },
		{ { "３２００００１９８４１２１２５０１２" }, "320000198412125012", 1, 1 },
		{ { "320000198412125013" }, "", 0, 0 },   /* check character */
		{ { "320000198413125012" }, "", 0, 0 },   /* month 13 */
		{ { "32000019841212501" }, "", 0, 0 },    /* one is missing */
		{ { "3200001984\n12125012" }, "", 0, 0 }, /* two lines are no number */
		{ { "320000198412125012 320000198412125012" }, "320000198412125012", 1, 1 }, /* one pass, one vote */
		{ { "1320000198412125012" }, "320000198412125012", 1, 1 }, /* an edge taken for a digit */
		{ { "32000019730411723X", "320000198412125012", "320000198412125012" }, "320000198412125012", 2, 2 },
		{ { "" }, "", 0, 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		static struct material_reading r;
		struct paper_number found[PAPER_NUMBERS];
		r = (struct material_reading){ 0 };
		for (size_t k = 0; k < 3 && ROWS[i].passes[k]; k++)
			str_copy(r.text[r.n_passes++], MATERIAL_TEXT, ROWS[i].passes[k]);
		assert_int_equal(paper_numbers(&r, TODAY, found), ROWS[i].n);
		if (ROWS[i].n) {
			assert_string_equal(found[0].text, ROWS[i].first);
			assert_int_equal(found[0].votes, ROWS[i].votes);
		}
	}
}

static void labels(void **state)
{
	static const char *const PLACE[] = { "房屋坐落", "坐落", NULL };
	static const char *const STOPS[] = { "建筑面积", "性别", NULL };
	static const struct {
		const char *text, *value;
	} ROWS[] = {
		{ "房屋坐落 : 云锦路128弄", "云锦路128弄" },
		{ "丽屋坐落：云锦路 128 弄", "云锦路128弄" }, /* one sign of four is wrong */
		{ "坐落\n云锦路128弄\n其他", "云锦路128弄" }, /* the value is below */
		{ "坐 落 ”云锦路128弄建筑面积60", "云锦路128弄" },
		{ "坐 落 ”云锦路128弄建巩面积60", "云锦路128弄" },
		{ "坐洛云锦路", "" }, /* of two signs none may be wrong */
		{ "坐落", "" },
		{ "坐落\n", "" },
		{ "", "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		static struct paper p;
		const uint32_t *value = NULL;
		char out[100] = "";
		paper_fold(&p, ROWS[i].text, true);
		size_t n = paper_labelled(&p, PLACE, STOPS, &value);
		if (n)
			assert_true(paper_utf8(value, n, out, sizeof out));
		assert_string_equal(out, ROWS[i].value);
	}
}

static void periods(void **state)
{
	static const char *const LABELS[] = { "租赁期限", NULL };
	static const struct {
		const char *text;
		int from, to;
	} ROWS[] = {
		{ "有效期限 2020.01.12-2040.01.12", 20200112, 20400112 },
		{ "有效期限。” 2020.01.12 - 长期", 20200112, PAPER_FOREVER },
		{ "20200112-20400112", 20200112, 20400112 },
		{ "2020112-20400112", 0, 0 }, /* 1 January 12? November 2? */
		{ "租赁期限：2025年6月1日起至2027年5月31日止", 20250601, 20270531 },
		{ "签订 2024年1月1日 至 2024年2月1日\n租赁期限 2025年06月11日至2027年05月27日", 20250611, 20270527 },
		{ "2025-06-11至2027/05/27", 20250611, 20270527 },
		{ "2027年05月27日至2025年06月11日", 0, 0 },             /* ends before it begins */
		{ "2025年02月30日至2027年05月27日", 0, 0 },             /* no such day */
		{ "2025年06月11日，经审核同意，2027年05月27日", 0, 0 }, /* two dates, no period */
		{ "12025.06.11-2027.05.27", 0, 0 },
		{ "2025年06月11日", 0, 0 },
		{ "2025年06月", 0, 0 },
		{ "2025", 0, 0 },
		{ "", 0, 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		static struct paper p;
		int from = 0, to = 0;
		paper_fold(&p, ROWS[i].text, true);
		assert_int_equal(paper_period(&p, LABELS, &from, &to), ROWS[i].from != 0);
		assert_int_equal(from, ROWS[i].from);
		assert_int_equal(to, ROWS[i].to);
	}
}

static void certificates(void **state)
{
	/* forms: domain file 5.6; numbers made up */
	static const struct {
		const char *text, *value;
	} ROWS[] = {
		{ "沪(2018)徐字不动产权第015979号", "沪(2018)徐字不动产权第015979号" },
		{ "编号 沪（2018） 徐 字 不动产权 第 015979 号", "沪(2018)徐字不动产权第015979号" },
		{ "污〔2018〕徐字不动产权第015979", "沪(2018)徐字不动产权第015979号" },
		{ "沪(2018)浦东字不动产权第0159791号", "沪(2018)浦东字不动产权第0159791号" },
		{ "沪房地徐字(2008)第012345号", "沪房地徐字(2008)第012345号" },
		{ "沪(2018)徐字不动产权第1597号", "" },
		{ "沪(2018)徐字不动产权第159791234号", "" },
		{ "沪(201)徐字不动产权第015979号", "" },
		{ "沪(2018)字不动产权第015979号", "" },
		{ "沪(2018)", "" },
		{ "沪", "" },
		{ "D31003610514", "" }, /* the serial in the corner of the book */
		{ "苏(2018)徐字不动产权第015979号", "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		static struct paper p;
		char out[100] = "";
		paper_fold(&p, ROWS[i].text, true);
		assert_int_equal(paper_certificate(&p, out, sizeof out), *ROWS[i].value != 0);
		assert_string_equal(out, ROWS[i].value);
	}
}

static void filings(void **state)
{
	static const char *const LABELS[] = { "备案编号", "备案号", NULL };
	static const struct {
		const char *text, *value;
	} ROWS[] = {
		{ "备案编号：3108202587103890", "3108202587103890" },
		{ "备案编号\n3108-2025-A7103890", "3108-2025-A7103890" },
		{ "备案号 3108202587103890号", "3108202587103890" },
		{ "备案编号：3108", "" },
		{ "备案编号：1234567890123456789012345678901", "" },
		{ "备案编号：", "" },
		{ "3108202587103890", "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		static struct paper p;
		char out[64] = "";
		paper_fold(&p, ROWS[i].text, true);
		assert_int_equal(paper_filing(&p, LABELS, out, sizeof out), *ROWS[i].value != 0);
		assert_string_equal(out, ROWS[i].value);
	}
}

static void likeness(void **state)
{
	static const struct {
		const char *text, *wanted, *found;
		unsigned alike;
		bool numbers;
	} ROWS[] = {
		{ "坐落徐汇区云锦路128弄5号1203室用途", "云锦路128弄5号1203室", "云锦路128弄5号1203室", 100, true },
		{ "坐落徐汇区云绵路128弄5号1203室用途", "云锦路128弄5号1203室", "云绵路128弄5号1203室", 92, true },
		{ "坐落徐汇区云锦路128弄5号1204室用途", "云锦路128弄5号1203室", "云锦路128弄5号1204室", 92, false },
		{ "云锦路128弄5号12031", "云锦路128弄5号1203", "云锦路128弄5号12031", 100, false },
		{ "云锦路l28弄5号12O3室", "云锦路128弄5号1203室", "云锦路l28弄5号12O3室", 85, true },
		{ "", "云锦路", "", 0, true },
	};
	(void)state;
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		static struct paper text, wanted;
		size_t at = 0, n = 0;
		char out[100] = "";
		paper_fold(&text, ROWS[i].text, false);
		paper_fold(&wanted, ROWS[i].wanted, false);
		assert_int_equal(paper_find(&text, wanted.points, wanted.n, &at, &n), ROWS[i].alike);
		assert_true(paper_utf8(text.points + at, n, out, sizeof out));
		assert_string_equal(out, ROWS[i].found);
		assert_int_equal(paper_same_numbers(text.points + at, n, wanted.points, wanted.n), ROWS[i].numbers);
	}
	static const uint32_t A[] = { 1, 2, 3 }, B[] = { 1, 3 };
	assert_int_equal(paper_alike(A, 3, A, 3), 100);
	assert_int_equal(paper_alike(A, 3, B, 2), 66);
	assert_int_equal(paper_alike(A, 3, B, 0), 0);
	assert_int_equal(paper_alike(A, 0, B, 0), 0);
}

static void folding(void **state)
{
	static struct paper p;
	static char text[4 * PAPER_POINTS];
	char out[64];
	(void)state;
	paper_fold(&p, "姓 名”张\xE3\x80\x80伟\n ａ\xff\t-–", true);
	assert_true(paper_utf8(p.points, p.n, out, sizeof out));
	assert_string_equal(out, "姓名张伟a--"); /* the line end is no character of a value */
	assert_false(paper_utf8(p.points, p.n, out, 5));
	assert_string_equal(out, "姓");
	memset(text, 'a', sizeof text - 1);
	paper_fold(&p, text, true);
	assert_int_equal(p.n, PAPER_POINTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(numbers), cmocka_unit_test(labels),
		cmocka_unit_test(periods), cmocka_unit_test(certificates), cmocka_unit_test(filings),
		cmocka_unit_test(likeness), cmocka_unit_test(folding) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
