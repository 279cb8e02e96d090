#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "load/center_load.h"
#include "model/center.h"

#define HEAD "# centers\ntown\tname\taddress\thours\tphone\n"

static bool load(const char *text, struct centers *ret, struct err *e)
{
	char path[512];
	const char *base = getenv("TMPDIR");
	snprintf(path, sizeof path, "%s/centers-XXXXXX", base ? base : P_tmpdir);
	int fd = mkstemp(path);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	bool good = centers_load(path, ret, e);
	unlink(path);
	return good;
}

static void rows(void **state)
{
	(void)state;
	struct centers c = { 0 };
	struct center one;
	struct err e = { 0 };

	assert_true(load(HEAD "310106012\t\t示例路1号\t周一\t\n310106013\t别名\t\t\t\n", &c, &e));
	assert_int_equal(c.n, 2);
	center_of(&c, "310106012", "南京西路街道", &one);
	assert_string_equal(one.name, "南京西路街道社区事务受理服务中心");
	assert_string_equal(one.address, "示例路1号");
	assert_string_equal(one.phone, "");
	center_of(&c, "310106013", "x", &one);
	assert_string_equal(one.name, "别名");
	center_of(&c, "", "", &one);
	assert_string_equal(one.name, "");
	centers_finish(&c);
	assert_true(centers_load("data/centers/centers.tsv", &c, &e)); /* the one that is shipped */
	centers_finish(&c);
}

static void mistakes(void **state)
{
	(void)state;
	static const struct {
		const char *text, *said;
	} CASES[] = {
		{ "town\tname\n", ":1: the header" },
		{ HEAD "31010601\t\t\t\t\n", ":3: \"31010601\" is no town's code" },
		{ HEAD "310106012\t\t\t\n", ":3: 4 columns" },
		{ HEAD "310106012\t\t\t\t\n310106012\t\t\t\t\n", ":4: town 310106012 is there already" },
		{ HEAD "310106012\t\033[2J\t\t\t\n", ":3: column 2" },
	};
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct centers c = { 0 };
		struct err e = { 0 };
		assert_false(load(CASES[i].text, &c, &e));
		assert_int_equal(e.code, ERR_CONFIG);
		if (!strstr(e.text, CASES[i].said))
			fail_msg("%s: %s", CASES[i].said, e.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(rows), cmocka_unit_test(mistakes) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
