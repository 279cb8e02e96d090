#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "address/import_codes.h"
#include "address/import_rejects.h"
#include "address/import_row.h"
#include "base/err.h"

enum { TODAY = 20260302 };
static struct csv_scan scan;
static struct import_columns columns;
static struct import_row row;

static void open_text(const char *text)
{
	int fd = memfd_create("csv", MFD_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	lseek(fd, 0, SEEK_SET);
	csv_scan_init(&scan, fd);
}

static void close_text(void)
{
	close(scan.fd);
	csv_scan_finish(&scan);
}

static bool header(const char *line, bool delta, struct err *e)
{
	open_text(line);
	assert_int_equal(csv_scan_next(&scan, e), CSV_ROW);
	bool ok = import_columns_read(&columns, &scan, delta, e);
	close_text();
	return ok;
}

/* Sets up the row of `line` (kept open until close_text). */
static enum import_verdict judge(const char *line)
{
	struct err e = { 0 };
	open_text(line);
	assert_int_equal(csv_scan_next(&scan, &e), CSV_ROW);
	enum import_verdict v = import_row_collect(&row, &columns, &scan);
	return v == ROW_TAKEN ? import_row_check(&row, &columns, TODAY) : v;
}

static void headers(void **unused)
{
	static const struct {
		const char *line;
		bool delta;
		const char *why; /* NULL: good */
	} CASES[] = {
		{ "addr_code,district_code,street,lane,number", false, NULL },
		{ "number,street,district_code,addr_code", false, NULL },
		{ "\"addr_code\", District_Code ,STREET,lane", false, NULL },
		{ "addr_code,district_code,street,lane,op", true, NULL },
		{ "addr_code,district_code,street,lane,remark", false, NULL },
		{ "addr_code,district_code,street", false, "lane or number" },
		{ "addr_code,street,lane", false, "missing: district_code" },
		{ "addr_code;district_code;street;lane", false,
			"missing: addr_code, district_code, street, lane or number" },
		{ "3101,310106,南京西路,1266", false, "missing" },
		{ "addr_code,district_code,street,lane,street", false, "column street is in the header twice" },
		{ "addr_code,district_code,street,lane,op", false, "give --delta" },
		{ "addr_code,district_code,street,lane", true, "missing: op" },
	};
	(void)unused;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct err e = { 0 };
		assert_int_equal(header(CASES[i].line, CASES[i].delta, &e), CASES[i].why == NULL);
		if (!CASES[i].why)
			continue;
		assert_int_equal(e.code, ERR_CONFIG);
		if (!strstr(e.text, CASES[i].why))
			fail_msg("%s: %s", CASES[i].line, e.text);
	}
	assert_true(header("addr_code,district_code,street,lane,remark", false, NULL));
	assert_string_equal(columns.unknown, "remark");
}

static void encodings(void **unused)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *why;
	} CASES[] = {
#define TEXT(t) t, sizeof t - 1
		{ TEXT("street\n南京西路\n"), NULL },
		{ TEXT("street\nplain\n"), NULL },
		{ TEXT(""), NULL },
		{ TEXT("street\n\xC4\xCF\xBE\xA9\xCE\xF7\xC2\xB7\n"), "GB18030" },
		{ TEXT("street\n\x81\x30\x81\x30\n"), "GB18030" },
		{ TEXT("street\n南京西路\n北京西路\n\xC4\xCF\xBE\xA9\n"), NULL }, /* one bad line is a bad line */
		{ TEXT("street\n\xFF\xFE\xFF\xFE\n"), "not in UTF-8" },
		{ TEXT("\xFF\xFEs\0t\0r\0\n\0"), "UTF-16" },
		{ TEXT("SQLite format 3\0aaaaaaaaaaaaaaaaaaaaa"), "no text" },
#undef TEXT
	};
	(void)unused;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct err e = { 0 };
		assert_int_equal(import_encoding(CASES[i].bytes, CASES[i].n, &e), CASES[i].why == NULL);
		if (CASES[i].why)
			assert_non_null(strstr(e.text, CASES[i].why));
	}
}

static const struct {
	const char *head, *line;
	enum import_verdict want;
} ROWS[] = {
#define BASE "addr_code,district_code,street,lane,number"
	{ BASE, "31A-1,310106,南京西路,1266,3", ROW_TAKEN },
	{ BASE, "1,310106,南京西路,,1788", ROW_TAKEN },
	{ BASE, "1,310106,南京西路,1266,", ROW_TAKEN },
	{ BASE, " 1 , 310106 , 南京西路 , 1266 , 3 ", ROW_TAKEN },
	{ BASE, "1,３１０１０６,南京西路,１２６６,３", ROW_TAKEN },
	{ BASE, "1,310106,南京西路,1266", ROW_FIELDS },
	{ BASE, "1,310106,南京西路,1266,3,", ROW_FIELDS },
	{ BASE, "1,310106,\xC4\xCF\xBE\xA9,1266,3", ROW_NOT_UTF8 },
	{ BASE, "1,310106,南京\xE2\x80\xAE西路,1266,3", ROW_CONTROL },
	{ BASE, "1,310106,南京\t西路,1266,3", ROW_CONTROL },
	{ BASE, "1,310106,\"南京\n西路\",1266,3", ROW_CONTROL },
	{ BASE, ",310106,南京西路,1266,3", ROW_NO_CODE },
	{ BASE, "1.5,310106,南京西路,1266,3", ROW_BAD_CODE },
	{ BASE, "1234567890123456789012345678901234567890,310106,南京西路,1266,3", ROW_BAD_CODE },
	{ BASE, "1,31010,南京西路,1266,3", ROW_DISTRICT_CODE },
	{ BASE, "1,31010A,南京西路,1266,3", ROW_DISTRICT_CODE },
	{ BASE, "1,,南京西路,1266,3", ROW_DISTRICT_CODE },
	{ BASE, "1,310106,,1266,3", ROW_STREET },
	{ BASE, "1,310106,南京西路,,", ROW_NO_PLACE },
	{ BASE, "1,310106,南京西路,0,3", ROW_LANE },
	{ BASE, "1,310106,南京西路,-1,3", ROW_LANE },
	{ BASE, "1,310106,南京西路,100000,3", ROW_LANE },
	{ BASE, "1,310106,南京西路,99999999999999999999,3", ROW_LANE },
	{ BASE, "1,310106,南京西路,1266弄,3", ROW_LANE },
	{ BASE, "1,310106,南京西路,1266,26甲", ROW_NUMBER },
	{ BASE, "1,310106,南京西路,1266,1-5", ROW_NUMBER },
	{ BASE ",sub_lane", "1,310106,南京西路,98,11,51", ROW_TAKEN },
	{ BASE ",sub_lane", "1,310106,南京西路,,11,51", ROW_SUB },
	{ BASE ",number_suffix", "1,310106,南京西路,,26,甲", ROW_TAKEN },
	{ BASE ",number_suffix", "1,310106,南京西路,26,,甲", ROW_SUFFIX },
	{ BASE ",number_suffix", "1,310106,南京西路,,26,甲甲甲甲", ROW_SUFFIX },
	{ BASE ",city", "1,310106,南京西路,1266,3,上海市", ROW_TAKEN },
	{ BASE ",city", "1,310106,南京西路,1266,3,苏州市", ROW_CITY },
	{ BASE ",town_code", "1,310106,南京西路,1266,3,310106012", ROW_TAKEN },
	{ BASE ",town_code", "1,310106,南京西路,1266,3,310107012", ROW_TOWN_CODE },
	{ BASE ",town_code", "1,310106,南京西路,1266,3,310106", ROW_TOWN_CODE },
	{ BASE ",street_kind", "1,310106,曹杨九村,,3,new_village", ROW_TAKEN },
	{ BASE ",street_kind", "1,310106,曹杨九村,,3,4", ROW_TAKEN },
	{ BASE ",street_kind", "1,310106,曹杨九村,,3,avenue", ROW_KIND },
	{ BASE ",room", "1,310106,南京西路,1266,3,地下室", ROW_TAKEN },
	{ BASE ",room", "1,310106,南京西路,1266,3,123456789012345678901234", ROW_PART_LONG },
	{ BASE ",building", "1,310106,南京西路,1266,3,1234567890123456", ROW_PART_LONG },
	{ BASE ",postcode", "1,310106,南京西路,1266,3,200040", ROW_TAKEN },
	{ BASE ",postcode", "1,310106,南京西路,1266,3,20004", ROW_POSTCODE },
	{ BASE ",lon,lat", "1,310106,南京西路,1266,3,121.45,31.22", ROW_TAKEN },
	{ BASE ",lon,lat", "1,310106,南京西路,1266,3,-121.45,-31", ROW_TAKEN },
	{ BASE ",lon,lat", "1,310106,南京西路,1266,3,121.45,", ROW_POSITION },
	{ BASE ",lon,lat", "1,310106,南京西路,1266,3,31.22,121.45", ROW_POSITION },
	{ BASE ",lon,lat", "1,310106,南京西路,1266,3,1e2,31", ROW_POSITION },
	{ BASE ",status", "1,310106,南京西路,1266,3,1", ROW_TAKEN },
	{ BASE ",status", "1,310106,南京西路,1266,3,0", ROW_CANCELLED },
	{ BASE ",status", "1,310106,南京西路,1266,3,2", ROW_STATUS },
	{ BASE ",status", "1,310106,南京西路,1266,3,10", ROW_STATUS },
	{ BASE ",valid_from,valid_to", "1,310106,南京西路,1266,3,2019-05-01,", ROW_TAKEN },
	{ BASE ",valid_from,valid_to", "1,310106,南京西路,1266,3,20190501,9999-12-31", ROW_TAKEN },
	{ BASE ",valid_from,valid_to", "1,310106,南京西路,1266,3,2019/05/01,2026/03/02", ROW_TAKEN },
	{ BASE ",valid_from,valid_to", "1,310106,南京西路,1266,3,2019-05-01,2026-03-01", ROW_CANCELLED },
	{ BASE ",valid_from,valid_to", "1,310106,南京西路,1266,3,2019-02-29,", ROW_DATE },
	{ BASE ",valid_from,valid_to", "1,310106,南京西路,1266,3,2019-5-1,", ROW_DATE },
	{ BASE ",valid_from,valid_to", "1,310106,南京西路,1266,3,2030-01-01,2029-01-01", ROW_DATES },
#undef BASE
#define FULL \
	"addr_code,district_code,district,town,street,lane,sub_lane,number,number_suffix,building,unit,floor,room,standard_text"
	{ FULL, "1,310106,静安区,,南京西路,1266,,3,,,,,502,上海市静安区南京西路1266弄3号502室", ROW_TAKEN },
	{ FULL, "1,310106,静安区,,南京西路,1266,,3,,,,5,502,上海市静安区南京西路1266弄3号5层502室", ROW_TAKEN },
	{ FULL, "1,310106,静安区,某街道,南京西路,1266,,3,,,,5,502,上海市静安区某街道南京西路１２６６弄3号502室",
		ROW_TAKEN },
	{ FULL, "1,310106,静安区,某街道,南京西路,1266,,3,,,,,502,南京西路1266弄3号502室", ROW_TAKEN },
	{ FULL, "1,310106,静安区,,南京西路,,,27,,3,2,,502,静安区南京西路27号3幢2单元502室", ROW_TAKEN },
	{ FULL, "1,310106,静安区,,武定路,98,51,11,,,,,,静安区武定路98弄51支弄11号", ROW_TAKEN },
	{ FULL, "1,310106,静安区,,武定路,,,26,甲,,,,,静安区武定路26甲号", ROW_TAKEN },
	{ FULL, "1,310106,静安区,,武定路,,,26,甲,,,,,静安区武定路26号甲", ROW_TAKEN },
	{ FULL, "1,310106,静安区,,武定路,,,1207,临,,,,,静安区武定路临1207号", ROW_TAKEN },
	{ FULL, "1,310106,静安区,,武定路,,,207,-1,,,,,静安区武定路207-1号", ROW_TAKEN },
	{ FULL, "1,310106,静安区,,武定路,,,3,,,,,地下室,武定路3号地下室", ROW_TAKEN },
	{ FULL, "1,310106,静安区,,武定路,,,3,,,,,,", ROW_TAKEN },
	{ FULL, "1,310106,静安区,,南京西路,1266,,3,,,,,502,上海市静安区南京西路1266弄3号503室", ROW_STANDARD },
	{ FULL, "1,310106,静安区,,南京西路,1266,,3,,,,,502,上海市静安区南京西路1266弄3号502室旁", ROW_STANDARD },
	{ FULL, "1,310106,静安区,,南京西路,1266,,3,,,,,502,上海市徐汇区南京西路1266弄3号502室", ROW_STANDARD },
	{ FULL, "1,310106,静安区,,南京西路,1266,,3,,,,,502,静安区南京西路126弄3号502室", ROW_STANDARD },
	{ FULL, "1,310106,静安区,,武定路,,,26,甲,,,,,静安区武定路26号", ROW_STANDARD },
	{ FULL, "1,310106,静安区,,武定路,,,26,,,,,,静安区武定路26甲号", ROW_STANDARD },
#undef FULL
};

static void rows(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		assert_true(header(ROWS[i].head, false, NULL));
		enum import_verdict v = judge(ROWS[i].line);
		close_text();
		if (v != ROWS[i].want)
			fail_msg("%s\n%s\nwas %d (%s), not %d (%s)", ROWS[i].head, ROWS[i].line, v, import_reason(v),
				ROWS[i].want, import_reason(ROWS[i].want));
	}
	for (int v = ROW_LONG; v < IMPORT_VERDICTS; v++)
		assert_true(*import_reason((enum import_verdict)v));
}

static void values(void **unused)
{
	(void)unused;
	assert_true(header(
		"room,lon,lat,number_suffix,valid_to,valid_from,street_kind,number,lane,street,district_code,addr_code",
		false, NULL));
	assert_int_equal(judge("１２Ａ,121.45,31.2,-1,2030/01/02,2019-05-01,村,３,1266, 南京西路 ,310106,c-1\r\n"),
		ROW_TAKEN);
	assert_string_equal(row.row.room, "12A");
	assert_string_equal(row.row.place, "121.45,31.2");
	assert_string_equal(row.row.suffix, "-1");
	assert_int_equal(row.row.valid_from, 20190501);
	assert_int_equal(row.row.valid_to, 20300102);
	assert_int_equal(row.row.kind, STREET_VILLAGE);
	assert_int_equal(row.row.no, 3);
	assert_int_equal(row.row.lane, 1266);
	assert_string_equal(row.row.street, "南京西路");
	assert_string_equal(row.row.code, "c-1");
	assert_string_equal(row.row.compound, "");
	close_text();
}

static void operations(void **unused)
{
	static const struct {
		const char *line;
		enum import_verdict want;
		enum import_op op;
	} CASES[] = {
		{ "1,310106,南京西路,1266,A", ROW_TAKEN, OP_ADD },
		{ "1,310106,南京西路,1266,u", ROW_TAKEN, OP_CHANGE },
		{ "1,,,,D", ROW_TAKEN, OP_DELETE },
		{ ",,,,D", ROW_NO_CODE, OP_ADD },
		{ "1,310106,南京西路,1266,", ROW_OP, OP_ADD },
		{ "1,310106,南京西路,1266,X", ROW_OP, OP_ADD },
		{ "1,310106,南京西路,1266,AD", ROW_OP, OP_ADD },
	};
	(void)unused;
	assert_true(header("addr_code,district_code,street,lane,op", true, NULL));
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		assert_int_equal(judge(CASES[i].line), CASES[i].want);
		if (CASES[i].want == ROW_TAKEN)
			assert_int_equal(row.op, CASES[i].op);
		close_text();
	}
}

static void codes(void **unused)
{
	enum { CODES = 200000 };
	struct code_set s;
	(void)unused;
	code_set_init(&s, 0);
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < CODES; i++) {
			char code[40];
			int n = snprintf(code, sizeof code, "3101060120%09d", i);
			uint64_t print = code_fingerprint(code, (size_t)n);
			assert_int_equal(code_set_has(&s, print), round);
			assert_int_equal(code_set_add(&s, print), !round);
		}
	}
	assert_int_equal(s.n, CODES);
	code_set_finish(&s);
	assert_int_not_equal(code_fingerprint("12345678", 8), code_fingerprint("12345678\0", 9));
	assert_int_not_equal(code_fingerprint("1", 1), code_fingerprint("01", 2));
}

static void rejects(void **unused)
{
	char path[] = "/tmp/juzhu-rejects-XXXXXX", got[600] = "";
	struct rejects r;
	struct err e = { 0 };
	(void)unused;
	close(mkstemp(path));
	assert_true(rejects_open(&r, path, &e));
	rejects_add(&r, 7, "why", "南京,\x1b[2J\xff", 12);
	assert_true(rejects_close(&r, &e));
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	assert_true(fread(got, 1, sizeof got - 1, f) > 0);
	fclose(f);
	unlink(path);
	assert_string_equal(got, "line\treason\ttext\n7\twhy\t南京,\\x1b[2J\\xff\n");
	assert_false(rejects_open(&r, "/nowhere/at/all", &e));
	assert_int_equal(e.code, ERR_STORAGE);
	assert_true(rejects_open(&r, NULL, &e));
	rejects_add(&r, 1, "why", "x", 1);
	assert_true(rejects_close(&r, &e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers),
		cmocka_unit_test(encodings),
		cmocka_unit_test(rows),
		cmocka_unit_test(values),
		cmocka_unit_test(operations),
		cmocka_unit_test(codes),
		cmocka_unit_test(rejects),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
