#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "device/printer.h"

static char folder[PATH_MAX];

static void test_known(void **state)
{
	struct err e = { 0 };
	(void)state;
	assert_false(printer_print("laser", folder, "1", "x", &e));
	assert_int_equal(e.code, ERR_CONFIG);
	assert_false(printer_print("none", NULL, "1", "x", &e));
	assert_int_equal(e.code, ERR_DEVICE);
	assert_false(printer_ready("none", NULL, &e));
}

static void test_file(void **state)
{
	char place[PATH_MAX + 16], path[PATH_MAX + 64], text[64] = "";
	struct err e = { 0 };
	struct stat st;
	(void)state;
	snprintf(place, sizeof place, "%s/new", folder); /* made when it is not there */
	assert_true(printer_ready("file", place, &e));
	for (int again = 0; again < 2; again++)
		assert_true(printer_print("file", place, "01004220231115123456", "回执\n", &e));
	snprintf(path, sizeof path, "%s/receipt-01004220231115123456.txt", place);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(text, sizeof text, f));
	fclose(f);
	assert_string_equal(text, "回执\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	remove(path);
	assert_int_equal(rmdir(place), 0); /* nothing was left aside */
}

static void test_refuses(void **state)
{
	static const char *const JOBS[] = { "", "../x", "a/b", ".", "a b", "居",
		"0123456789012345678901234567890123456789x" };
	struct err e = { 0 };
	(void)state;
	for (size_t i = 0; i < sizeof JOBS / sizeof *JOBS; i++)
		assert_false(printer_print("file", folder, JOBS[i], "x", &e));
	assert_int_equal(e.code, ERR_BUG);
	assert_false(printer_print("file", "/proc/nowhere", "1", "x", &e));
	assert_int_equal(e.code, ERR_DEVICE);
	assert_false(printer_print("file", "", "1", "x", &e));
	assert_false(printer_ready("file", "/proc/nowhere", &e));
	assert_false(printer_ready("file", NULL, &e));
}

static int make(void **state)
{
	(void)state;
	const char *tmp = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%s/printer-XXXXXX", tmp ? tmp : "/tmp");
	return mkdtemp(folder) ? 0 : -1;
}

static int unmake(void **state)
{
	(void)state;
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_known), cmocka_unit_test(test_file),
		cmocka_unit_test(test_refuses) };
	return cmocka_run_group_tests(tests, make, unmake);
}
