#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/err.h"
#include "base/log.h"

static void writes_one_line_an_event(void **state)
{
	(void)state;
	char path[] = P_tmpdir "/juzhu-log-XXXXXX", text[4096] = "", big[3000];
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_true(clock_fix("2026-01-02T03:04:05"));
	assert_true(log_open(path, NULL));
	log_info("step", "name=%s", "notice");
	log_warn("printer", "error=%s", "two\nlines\x1B");
	log_info("start", "%s", "");
	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = '\0';
	log_info("long", "%s", big);
	assert_true(log_fd() > 2);
	log_close();
	assert_true(log_fd() > 2); /* then nothing is kept, and nothing reaches the screen */
	assert_true(pread(fd, text, sizeof text - 1, 0) > 0);
	static const char want[] = "2026-01-02T03:04:05+08:00 info step name=notice\n"
				   "2026-01-02T03:04:05+08:00 warn printer error=two lines \n"
				   "2026-01-02T03:04:05+08:00 info start\n";
	assert_memory_equal(text, want, sizeof want - 1);
	assert_int_equal(text[strlen(text) - 1], '\n');
	close(fd);
	unlink(path);
	clock_fix(NULL);
}

static void says_why_it_cannot_open(void **state)
{
	(void)state;
	struct err e = { 0 };
	assert_false(log_open("/nonexistent/juzhu.log", &e));
	assert_int_equal(e.code, ERR_CONFIG);
	assert_non_null(strstr(e.text, "/nonexistent/juzhu.log"));
}

static void defaults_are_complete(void **state)
{
	(void)state;
	struct config c;
	config_init(&c);
	assert_string_equal(c.station, "0001");
	assert_string_equal(c.rules, "2017");
	assert_int_equal(c.idle_warn, 180);
	assert_int_equal(c.verify, VERIFY_COUNTER);
	assert_null(c.log);
	assert_null(c.clock);
	assert_int_equal(c.n_media, 0);
	config_finish(&c);
	assert_null(c.database);
	config_finish(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_one_line_an_event),
		cmocka_unit_test(says_why_it_cannot_open),
		cmocka_unit_test(defaults_are_complete),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
