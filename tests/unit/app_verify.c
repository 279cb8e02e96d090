#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/verify.h"
#include "app/verify_reply.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"

static char folder[PATH_MAX], script[PATH_MAX + 16];

static void test_reply(void **state)
{
	static const struct {
		const char *line;
		bool good;
		const char *by, *zh;
	} CASES[] = {
		{ "{\"result\":\"pass\"}\n", true, "", "" },
		{ " { \"result\" : \"fail\" , \"by\" : \"reader\" , \"message_zh\" : \"\\u8bc1\\u4ef6\" } \r\n", true,
			"reader", "证件" },
		{ "{\"result\":\"manual\",\"message_zh\":\"\\ud840\\udc00\"}", true, "", "𠀀" },
		{ "{\"result\":\"pass\",\"by\":\"a\\u001b[31m\xe2\x80\xae"
		  "b\"}",
			true, "a[31mb", "" },
		{ "{\"result\":\"pass\",\"more\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", true, "", "" },
		{ "{\"result\":\"PASS\"}", false, NULL, NULL },
		{ "{}", false, NULL, NULL },
		{ "", false, NULL, NULL },
		{ "{\"result\":\"pass\"", false, NULL, NULL },
		{ "{\"result\":\"pass\",}", false, NULL, NULL },
		{ "{\"result\":\"pass\"}{\"result\":\"fail\"}", false, NULL, NULL },
		{ "{\"result\":\"pass\"}\n{\"result\":\"fail\"}\n", false, NULL, NULL },
		{ "{\"result\":\"fail\",\"result\":\"pass\"}", false, NULL, NULL },
		{ "{\"result\":7}", false, NULL, NULL },
		{ "{\"result\":true}", false, NULL, NULL },
		{ "{\"result\":{\"a\":\"b\"}}", false, NULL, NULL },
		{ "[\"pass\"]", false, NULL, NULL },
		{ "{\"result\":\"pass\",\"by\":\"\\ud800\"}", false, NULL, NULL },
		{ "{\"result\":\"pass\",\"by\":\"\\udc00\"}", false, NULL, NULL },
		{ "{\"result\":\"pass\",\"by\":\"\\u0000\"}", false, NULL, NULL },
		{ "{\"result\":\"pass\",\"by\":\"\\x\"}", false, NULL, NULL },
		{ "{\"result\":\"pass\",\"by\":\"\\u12", false, NULL, NULL },
		{ "{\"result\":\"pass\",\"by\":\"\xff\"}", false, NULL, NULL },
		{ "{\"result\":\"pass\",\"by\":\"a\nb\"}", false, NULL, NULL },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct verify_reply reply;
		struct err e = { 0 };
		if (verify_reply_read(CASES[i].line, strlen(CASES[i].line), &reply, &e) != CASES[i].good)
			fail_msg("%s: %s", CASES[i].line, e.text);
		if (!CASES[i].good)
			continue;
		assert_string_equal(reply.by, CASES[i].by);
		assert_string_equal(reply.message_zh, CASES[i].zh);
	}
}

static void write_script(const char *body)
{
	FILE *f = fopen(script, "w");
	assert_non_null(f);
	fprintf(f, "#!/bin/sh\n%s\n", body);
	fclose(f);
	assert_int_equal(chmod(script, 0700), 0);
}

static void ask(struct config *c, struct verify_result *ret)
{
	struct verify_request request = { .subject = "applicant",
		.name = "测试\"甲",
		.id_number = "11010519491231002X" };
	struct verify *v = NULL;
	struct err e = { 0 };
	if (!verify_start(&v, c, NULL, &request, &e))
		fail_msg("%s", e.text);
	int64_t end = clock_monotonic_ms() + 10000;
	while (!verify_poll(v, ret)) {
		struct pollfd wait = { .fd = verify_fd(v), .events = POLLIN };
		assert_true(clock_monotonic_ms() < end);
		poll(&wait, 1, 50);
	}
	verify_cancel(v);
}

static void test_program(void **state)
{
	static const struct {
		const char *body;
		enum verify_verdict verdict;
		const char *message; /* NULL: our own sentence */
	} CASES[] = {
		{ "read -r line; test \"$line\" = "
		  "'{\"version\":1,\"request\":\"verify\",\"subject\":\"applicant\",\"name\":\"测试\\\"甲\","
		  "\"id_number\":\"11010519491231002X\"}' && echo '{\"result\":\"pass\",\"by\":\"reader-2\"}'",
			VERDICT_PASS, "" },
		{ "echo '{\"result\":\"fail\",\"message_zh\":\"证件已过期。\"}'; exit 3", VERDICT_FAIL,
			"证件已过期。" },
		{ "echo '{\"result\":\"fail\"}'", VERDICT_FAIL, NULL },
		{ "echo '{\"result\":\"manual\"}'; sleep 100", VERDICT_MANUAL, NULL }, /* does not end */
		{ "printf '{\"result\":\"pass\"}'", VERDICT_PASS, "" },                /* without line feed */
		{ "echo no", VERDICT_ERROR, NULL },
		{ "exit 0", VERDICT_ERROR, NULL },
		{ "kill -9 $$", VERDICT_ERROR, NULL },
		{ "sleep 100", VERDICT_ERROR, NULL },                             /* time limit */
		{ "sleep 100 & echo '{\"result\":\"pass\"}'", VERDICT_PASS, "" }, /* leaves a child behind: killed */
		{ "while :; do echo '{\"result\":\"pass\"}'; done", VERDICT_ERROR, NULL },
		{ "test -t 0 -o -t 1 -o -t 2 || (exec 3>/dev/tty) 2>/dev/null || echo '{\"result\":\"pass\"}'",
			VERDICT_PASS, "" },
		{ "test \"$PWD$HOME$TERM\" = / && test ! -e /proc/$$/fd/3 && echo '{\"result\":\"pass\"}'",
			VERDICT_PASS, "" },
	};
	struct config c;
	(void)state;
	config_init(&c);
	c.verify = VERIFY_PROGRAM;
	c.verify_timeout = 2;
	c.verify_program = script;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct verify_result result;
		write_script(CASES[i].body);
		ask(&c, &result);
		if (result.verdict != CASES[i].verdict)
			fail_msg("%s: %d", CASES[i].body, result.verdict);
		if (CASES[i].message)
			assert_string_equal(result.message, CASES[i].message);
		else
			assert_true(*result.message);
		if (i == 0)
			assert_string_equal(result.by, "reader-2");
	}
	c.verify_program = NULL;
	config_finish(&c);
}

static void test_cannot_begin(void **state)
{
	static char missing[] = "/nonexistent/verifier", relative[] = "verifier";
	char *programs[] = { missing, relative, NULL };
	struct verify_request request = { .subject = "agent", .name = "测试", .id_number = "11010519491231002X" };
	struct verify *v = NULL;
	struct config c;
	(void)state;
	config_init(&c);
	c.verify = VERIFY_PROGRAM;
	for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
		struct err e = { 0 };
		c.verify_program = programs[i];
		assert_false(verify_start(&v, &c, NULL, &request, &e));
		assert_int_equal(e.code, ERR_DEVICE);
		assert_null(v);
	}
	c.verify_program = NULL;
	config_finish(&c);
	verify_cancel(NULL);
}

static void test_off(void **state)
{
	struct verify_request request = { .subject = "applicant", .name = "测试", .id_number = "11010519491231002X" };
	struct verify_result result;
	struct verify *v = NULL;
	struct err e = { 0 };
	struct config c;
	(void)state;
	config_init(&c);
	c.verify = VERIFY_OFF;
	assert_false(verify_start(&v, &c, NULL, &request, &e)); /* only in the demonstration */
	c.demo = true;
	assert_true(verify_start(&v, &c, NULL, &request, &e));
	assert_int_equal(verify_fd(v), -1);
	assert_true(verify_poll(v, &result));
	assert_int_equal(result.verdict, VERDICT_PASS);
	assert_string_equal(result.by, "off");
	verify_cancel(v);
	c.verify = VERIFY_COUNTER;
	assert_false(verify_start(&v, &c, NULL, &request, &e)); /* no code */
	assert_int_equal(e.code, ERR_NO);
	c.verify = VERIFY_PROGRAM;
	request.code = ""; /* staff vouch for a consent, also where a program verifies: no program is started for it */
	e = (struct err){ 0 };
	assert_false(verify_start(&v, &c, NULL, &request, &e));
	assert_int_equal(e.code, ERR_NO);
	config_finish(&c);
}

static int make(void **state)
{
	(void)state;
	const char *tmp = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%s/verify-XXXXXX", tmp ? tmp : "/tmp");
	if (!i18n_init(".", NULL) || !mkdtemp(folder))
		return -1;
	snprintf(script, sizeof script, "%s/verifier", folder);
	return 0;
}

static int unmake(void **state)
{
	(void)state;
	unlink(script);
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_reply), cmocka_unit_test(test_program),
		cmocka_unit_test(test_cannot_begin), cmocka_unit_test(test_off) };
	return cmocka_run_group_tests(tests, make, unmake);
}
