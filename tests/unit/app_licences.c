/* The provider of licences that is an outside program: what it answers, and what it does instead of answering. */
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

#include "app/licence_program.h"
#include "app/licences.h"
#include "base/clock.h"
#include "base/err.h"

#define OWN "32000019880512001X"
#define FOUND \
	"{\"result\":\"found\",\"number\":\"N-1\",\"holder_id\":\"" OWN \
	"\",\"issuer\":\"x\",\"valid_from\":\"20200101\""

enum { TODAY = 20260302 };

static char folder[PATH_MAX], script[PATH_MAX + 16];
static const struct licence_request OWN_CARD = { "id-card", "applicant", "张伟", OWN, "" };

static void test_answers(void **state)
{
	static const struct {
		const char *line;
		enum licence_state want; /* LICENCE_STATES: not an answer */
	} CASES[] = {
		{ FOUND "}\n", LICENCE_VALID },
		{ FOUND ",\"valid_to\":\"2026-03-02\",\"holder_name\":\"张伟\",\"kind\":\"id-card\"}", LICENCE_VALID },
		{ FOUND ",\"valid_to\":\"20260301\"}", LICENCE_EXPIRED },
		{ FOUND ",\"holder_name\":\"张玮\"}", LICENCE_OTHER },
		{ FOUND ",\"kind\":\"property\"}", LICENCE_STATES },
		{ FOUND ",\"valid_to\":20260301}", LICENCE_STATES }, /* strings only, as documented */
		{ FOUND ",\"holder_name\":\"\\u202e\"}", LICENCE_STATES },
		{ FOUND ",\"number\":\"N-2\"}", LICENCE_STATES },
		{ "{\"result\":\"found\"}", LICENCE_STATES },
		{ "{\"result\":\"none\",\"note\":\"-\"}", LICENCE_NONE },
		{ "{\"result\":\"unknown\"}", LICENCE_UNANSWERED },
		{ "{\"result\":\"FOUND\"}", LICENCE_STATES },
		{ "{\"result\":\"none\"}{\"result\":\"none\"}", LICENCE_STATES },
		{ "{\"result\":\"none\"}\n{\"result\":\"none\"}\n", LICENCE_STATES },
		{ "{}", LICENCE_STATES },
		{ "no", LICENCE_STATES },
		{ "", LICENCE_STATES },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		enum licence_state got = LICENCE_STATES;
		struct licence l = { .number = "untouched" };
		struct err e = { 0 };
		bool good =
			licence_program_answer(CASES[i].line, strlen(CASES[i].line), &OWN_CARD, TODAY, &got, &l, &e);
		if (good != (CASES[i].want != LICENCE_STATES) || got != CASES[i].want)
			fail_msg("%s: %d %s", CASES[i].line, (int)got, e.text);
		if (!good)
			assert_int_equal(e.code, ERR_DEVICE);
		assert_null(strstr(e.text, OWN));
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

static enum licence_state wait_for(struct licences *l, const struct licence_request *r, struct licence *ret)
{
	int64_t end = clock_monotonic_ms() + 20000;
	enum licence_state state;
	while ((state = licences_ask(l, r, TODAY, ret)) == LICENCE_ASKING) {
		struct pollfd wait = { .fd = licences_fd(l), .events = POLLIN };
		assert_true(clock_monotonic_ms() < end);
		poll(&wait, 1, 50);
		licences_poll(l, TODAY);
	}
	return state;
}

static struct config program_config(void)
{
	struct config c;
	config_init(&c);
	c.licences = LICENCES_PROGRAM;
	c.licence_program = script;
	c.licence_timeout = 2;
	return c;
}

static void test_program(void **state)
{
	static const struct {
		const char *body;
		enum licence_state want;
	} CASES[] = {
		{ "read -r line; test \"$line\" = "
		  "'{\"version\":1,\"request\":\"licence\",\"kind\":\"id-card\",\"subject\":\"applicant\",\"name\":\"张伟\","
		  "\"id_number\":\"" OWN "\"}' && echo '" FOUND "}'",
			LICENCE_VALID },
		{ "echo '" FOUND "}'; exit 1", LICENCE_VALID }, /* the status is not looked at */
		{ "exit 1", LICENCE_UNANSWERED },
		{ "kill -9 $$", LICENCE_UNANSWERED },
		{ "echo no", LICENCE_UNANSWERED },
		{ "sleep 100", LICENCE_UNANSWERED },                                      /* hangs: time limit */
		{ "while :; do echo '{\"result\":\"none\"}'; done", LICENCE_UNANSWERED }, /* floods */
		{ "echo '{\"result\":\"none\"}'; sleep 100", LICENCE_NONE },              /* does not end */
		{ "head -c 100000 /dev/zero", LICENCE_UNANSWERED },
	};
	struct config c = program_config();
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct licences *l = licences_create(&c, NULL);
		struct licence found;
		write_script(CASES[i].body);
		int64_t begun = clock_monotonic_ms();
		enum licence_state first = licences_ask(l, &OWN_CARD, TODAY, &found);
		assert_true(clock_monotonic_ms() - begun < 1000); /* the screen goes on */
		assert_int_equal(first, LICENCE_ASKING);
		enum licence_state got = wait_for(l, &OWN_CARD, &found);
		if (got != CASES[i].want)
			fail_msg("%s: %d", CASES[i].body, (int)got);
		assert_string_equal(found.number, got == LICENCE_VALID ? "N-1" : "");
		assert_int_equal(licences_fd(l), -1);
		licences_destroy(l);
	}
	c.licence_program = NULL;
	config_finish(&c);
}

/* Lines that the programs have written. */
static int times_asked(void)
{
	char path[PATH_MAX + 16];
	int lines = 0, c;
	snprintf(path, sizeof path, "%s/asked", folder);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	while ((c = getc(f)) != EOF)
		lines += c == '\n';
	fclose(f);
	return lines;
}

/* Each question is asked once; more than can run wait for their turn; what was not answered can be asked again. */
static void test_remembers(void **state)
{
	struct config c = program_config();
	struct licences *l = licences_create(&c, NULL);
	struct licence found;
	char body[2 * PATH_MAX];
	(void)state;
	snprintf(body, sizeof body, "echo x >>%s/asked; echo '{\"result\":\"none\"}'", folder);
	write_script(body);
	for (int twice = 0; twice < 2; twice++) {
		for (char kind = 'a'; kind < 'a' + 7; kind++) {
			const char name[] = { kind, '\0' };
			struct licence_request r = { name, "relative", "张建国", "350000196501010053", "paper" };
			licences_ask(l, &r, TODAY, &found);
		}
	}
	while (licences_poll(l, TODAY))
		poll(NULL, 0, 10);
	assert_int_equal(times_asked(), 7);
	licences_again(l); /* an answer is not asked again */
	assert_int_equal(licences_ask(l,
				 &(struct licence_request){ "a", "relative", "张建国", "350000196501010053", "paper" },
				 TODAY, &found),
		LICENCE_NONE);

	write_script("exit 1");
	assert_int_equal(wait_for(l, &OWN_CARD, &found), LICENCE_UNANSWERED);
	write_script("echo '" FOUND "}'");
	assert_int_equal(licences_ask(l, &OWN_CARD, TODAY, &found), LICENCE_UNANSWERED);
	licences_again(l);
	assert_int_equal(wait_for(l, &OWN_CARD, &found), LICENCE_VALID);
	write_script("sleep 100");
	licences_forget(l);
	assert_int_equal(licences_ask(l, &OWN_CARD, TODAY, &found), LICENCE_ASKING);
	licences_destroy(l); /* ends what runs */
	snprintf(body, sizeof body, "%s/asked", folder);
	unlink(body);
	c.licence_program = NULL;
	config_finish(&c);
}

static void test_nobody_to_ask(void **state)
{
	static char missing[] = "/nonexistent/licence";
	struct licence_request nobody = { "property", "relative", "张建国", "", "" };
	struct config c = program_config();
	struct licence found;
	(void)state;
	struct licences *l = licences_create(&c, NULL);
	assert_int_equal(licences_ask(l, &nobody, TODAY, &found), LICENCE_NONE); /* has not agreed: nothing is asked */
	assert_int_equal(licences_fd(l), -1);
	c.licence_program = missing;
	assert_int_equal(licences_ask(l, &OWN_CARD, TODAY, &found), LICENCE_UNANSWERED);
	c.licences = LICENCES_NONE;
	assert_int_equal(licences_ask(l, &OWN_CARD, TODAY, &found), LICENCE_OFF);
	assert_int_equal(licences_ask(l, &nobody, TODAY, &found), LICENCE_OFF);
	licences_destroy(l);
	licences_destroy(NULL);
	c.licence_program = NULL;
	config_finish(&c);
}

static int make(void **state)
{
	(void)state;
	const char *tmp = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%s/licence-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(folder))
		return -1;
	snprintf(script, sizeof script, "%s/licence", folder);
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
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_answers), cmocka_unit_test(test_program),
		cmocka_unit_test(test_remembers), cmocka_unit_test(test_nobody_to_ask) };
	return cmocka_run_group_tests(tests, make, unmake);
}
