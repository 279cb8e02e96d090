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

#include "address/csv_scan.h"
#include "base/err.h"

static int file_of(const char *bytes, size_t n)
{
	int fd = memfd_create("csv", MFD_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), (ssize_t)n);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

/* What came out, in one line: fields as [text], rows ended by their line number; ! and the state's letter when refused. */
static void describe(const char *bytes, size_t n, char *out, size_t size)
{
	struct csv_scan s;
	struct err e = { 0 };
	enum csv_state state;
	size_t used = 0;
	int fd = file_of(bytes, n);
	csv_scan_init(&s, fd);
	while ((state = csv_scan_next(&s, &e)) != CSV_END) {
		assert_int_not_equal(state, CSV_FAILED);
		for (size_t i = 0; state == CSV_ROW && i < s.n; i++) {
			assert_int_equal(strlen(s.field[i]), s.size[i]);
			used += (size_t)snprintf(out + used, size - used, "[%s]", s.field[i]);
		}
		if (state != CSV_ROW)
			used += (size_t)snprintf(out + used, size - used, "!%c", state == CSV_LONG ? 'L' : 'Q');
		used += (size_t)snprintf(out + used, size - used, "%d ", (int)s.line);
		assert_true(used < size);
	}
	csv_scan_finish(&s);
	close(fd);
}

static void splits(void **unused)
{
	static const struct {
		const char *text, *want;
	} CASES[] = {
		{ "a,b,c\nd,e,f\n", "[a][b][c]1 [d][e][f]2 " },
		{ "a,b\r\nc,d\r\n", "[a][b]1 [c][d]2 " },
		{ "a,b\nc,d", "[a][b]1 [c][d]2 " },
		{ "a,b\r\nc,", "[a][b]1 [c][]2 " },
		{ "\xEF\xBB\xBF"
		  "a,b\n",
			"[a][b]1 " },
		{ "a\n\n\nb\n", "[a]1 []2 []3 [b]4 " },
		{ ",,\n", "[][][]1 " },
		{ "\"a\",\"b,c\"\n", "[a][b,c]1 " },
		{ "\"a\"\r\n\"b\"\r\n", "[a]1 [b]2 " },
		{ "x,\"b\"\r\ny,z\r\n", "[x][b]1 [y][z]2 " },
		{ "\"b\",x\r\ny,z\r\n", "[b][x]1 [y][z]2 " },
		{ "\"he said \"\"no\"\"\",x\n", "[he said \"no\"][x]1 " },
		{ "\"\",\"\"\n", "[][]1 " },
		{ "\"\"\"\"\n", "[\"]1 " },
		{ "\"a", "!Q1 " },
		{ "\"a\nb\",c\nd,e\n", "[a\nb][c]1 [d][e]3 " },
		{ "\"a\r\nb\",c\r\nd,e\r\n", "[a\r\nb][c]1 [d][e]3 " },
		/* refused: one line each, the rest is not swallowed */
		{ "a\"b,c\nd,e\n", "!Q1 [d][e]2 " },
		{ "\"a\"b,c\nd,e\n", "!Q1 [d][e]2 " },
		{ "x,\"open,c\nd,e\nf,g\n", "!Q1 [d][e]2 [f][g]3 " },
		{ "x,\"open,c\nd,\"e\"\nf,g\n", "!Q1 [d][e]2 [f][g]3 " },
		{ "a,\"b\"", "[a][b]1 " },
		{ "a,\"b\",", "[a][b][]1 " },
		{ "a;b\n", "[a;b]1 " },
		{ "", "" },
		{ "\n", "[]1 " },
		{ "\xEF\xBB\xBF", "" },
	};
	(void)unused;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		char got[400] = "";
		describe(CASES[i].text, strlen(CASES[i].text), got, sizeof got);
		assert_string_equal(got, CASES[i].want);
	}
}

/* A line of `n` bytes between two short ones. */
static void long_line(size_t n, bool quoted, bool ended, const char *want)
{
	char *text = malloc(n + 32), got[200] = "";
	assert_non_null(text);
	memcpy(text, "a,b\n", 4);
	memset(text + 4, 'x', n);
	if (quoted)
		text[4] = '"';
	size_t size = 4 + n;
	if (ended) {
		memcpy(text + size, "\nc,d\n", 5);
		size += 5;
	}
	describe(text, size, got, sizeof got);
	assert_string_equal(got, want);
	free(text);
}

static void long_lines(void **unused)
{
	(void)unused;
	long_line(CSV_LINE + 1, false, true, "[a][b]1 !L2 [c][d]3 ");
	long_line(CSV_LINE + 1, false, false, "[a][b]1 !L2 ");
	long_line(CSV_BLOCK, false, true, "[a][b]1 !L2 [c][d]3 ");
	long_line(10 * CSV_BLOCK, false, true, "[a][b]1 !L2 [c][d]3 ");
	long_line(10 * CSV_BLOCK, true, true, "[a][b]1 !L2 [c][d]3 ");
	long_line(10 * CSV_BLOCK, true, false, "[a][b]1 !L2 ");
	long_line(CSV_LINE - 10, true, true, "[a][b]1 !Q2 [c][d]3 ");
}

static void longest_line_fits(void **unused)
{
	static char text[CSV_LINE + 1];
	struct csv_scan s;
	struct err e = { 0 };
	(void)unused;
	memset(text, 'x', CSV_LINE);
	text[10] = ',';
	text[CSV_LINE] = '\n';
	int fd = file_of(text, sizeof text);
	csv_scan_init(&s, fd);
	assert_int_equal(csv_scan_next(&s, &e), CSV_ROW);
	assert_int_equal(s.n, 2);
	assert_int_equal(s.size[1], CSV_LINE - 11);
	csv_scan_finish(&s);
	close(fd);
}

static void too_many_fields(void **unused)
{
	char text[CSV_FIELDS + 8], got[1000] = "";
	(void)unused;
	memset(text, ',', CSV_FIELDS);
	memcpy(text + CSV_FIELDS, "\nx\n", 4);
	describe(text, CSV_FIELDS + 3, got, sizeof got);
	assert_string_equal(got, "!L1 [x]2 ");
	got[0] = '\0';
	text[0] = '"';
	text[1] = '"';
	memset(text + 2, ',', CSV_FIELDS);
	memcpy(text + 2 + CSV_FIELDS, "\nx\n", 4);
	describe(text, CSV_FIELDS + 5, got, sizeof got);
	assert_string_equal(got, "!Q1 [x]2 ");
}

/* Rows of all lengths across many blocks, every third with quotes: nothing is lost or torn, and the raw line is as it was. */
static void blocks(void **unused)
{
	enum { ROWS = 60000 };
	int fd = memfd_create("csv", MFD_CLOEXEC);
	FILE *f = fdopen(dup(fd), "w");
	struct csv_scan s;
	struct err e = { 0 };
	(void)unused;
	assert_non_null(f);
	for (int i = 0; i < ROWS; i++)
		fprintf(f, i % 3 ? "%d,%0*d,end\n" : "%d,\"%0*d\",end\n", i, i % 97 + 1, i);
	fclose(f);
	lseek(fd, 0, SEEK_SET);
	csv_scan_init(&s, fd);
	for (int i = 0; i < ROWS; i++) {
		char first[16], second[120], raw[160];
		size_t n;
		assert_int_equal(csv_scan_next(&s, &e), CSV_ROW);
		assert_int_equal(s.line, i + 1);
		assert_int_equal(s.n, 3);
		snprintf(first, sizeof first, "%d", i);
		snprintf(second, sizeof second, "%0*d", i % 97 + 1, i);
		assert_string_equal(s.field[0], first);
		assert_string_equal(s.field[1], second);
		assert_string_equal(s.field[2], "end");
		snprintf(raw, sizeof raw, i % 3 ? "%s,%s,end" : "%s,\"%s\",end", first, second);
		const char *got = csv_scan_raw(&s, &n);
		assert_int_equal(n, strlen(raw));
		assert_memory_equal(got, raw, n);
	}
	assert_int_equal(csv_scan_next(&s, &e), CSV_END);
	csv_scan_finish(&s);
	close(fd);
}

static void marks(void **unused)
{
	static const struct {
		const char *text;
		unsigned want;
	} CASES[] = {
		{ "", 0 },
		{ "plain text of more than eight bytes", 0 },
		{ "南京西路1266弄3号502室", 0 },
		{ "鼓浪屿路", 0 },
		{ "tab\there", CSV_CONTROL },
		{ "1234567\x7f", CSV_CONTROL },
		{ "12345678\x01", CSV_CONTROL },
		{ "12345\x01 78", CSV_CONTROL },
		{ "南\xE2\x80\xAE京", CSV_CONTROL }, /* U+202E */
		{ "南\xE2\x80\x8B京", CSV_CONTROL }, /* U+200B */
		{ "\xC2\x85", CSV_CONTROL },         /* C1 */
		{ "１２", CSV_WIDE },
		{ "　", CSV_WIDE },
		{ "\xC4\xCF\xBE\xA9", CSV_NOT_UTF8 }, /* GBK */
		{ "\xC0\xAF", CSV_NOT_UTF8 },
		{ "\xED\xA0\x80", CSV_NOT_UTF8 },
		{ "\xE5\x8D", CSV_NOT_UTF8 },
		{ "\xF4\x90\x80\x80", CSV_NOT_UTF8 },
		{ "\xE5\x8D\x97\xE4", CSV_NOT_UTF8 },
	};
	(void)unused;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
		assert_int_equal(csv_marks(CASES[i].text, strlen(CASES[i].text)), CASES[i].want);
	assert_int_equal(csv_marks("ab\0cd", 5), CSV_CONTROL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits),
		cmocka_unit_test(long_lines),
		cmocka_unit_test(longest_line_fits),
		cmocka_unit_test(too_many_fields),
		cmocka_unit_test(blocks),
		cmocka_unit_test(marks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
