/* The settings file: defaults stay, good values come in, wrong ones are told with file and line and change nothing. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/config.h"
#include "base/err.h"
#include "load/config_load.h"

static bool parse(struct config *c, const char *text, struct err *e)
{
	return config_parse(c, text, strlen(text), "juzhu.yaml", e);
}

static void shipped_file_is_the_defaults(void **state)
{
	(void)state;
	struct config a, b;
	struct err e = { .code = ERR_NONE };
	config_init(&a);
	config_init(&b);
	if (!config_load(&b, "packaging/juzhu.yaml", &e))
		fail_msg("%s", e.text);
	const char *const texts[][2] = {
		{ a.database, b.database },
		{ a.data, b.data },
		{ a.screens, b.screens },
		{ a.station, b.station },
		{ a.center, b.center },
		{ a.hotline, b.hotline },
		{ a.language, b.language },
		{ a.rules, b.rules },
		{ a.closes, b.closes },
		{ a.promise_unit, b.promise_unit },
		{ a.printer, b.printer },
		{ a.printer_dir, b.printer_dir },
		{ a.inspector, b.inspector },
		{ a.landmarks, b.landmarks },
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_string_equal(texts[i][0], texts[i][1]);
	assert_int_equal(a.idle_warn, b.idle_warn);
	assert_int_equal(a.idle_wipe, b.idle_wipe);
	assert_int_equal(a.promise_days, b.promise_days);
	assert_int_equal(a.supplement_days, b.supplement_days);
	assert_int_equal(a.verify_timeout, b.verify_timeout);
	assert_int_equal(a.verify, b.verify);
	assert_int_equal(a.licences, b.licences);
	assert_int_equal(a.licence_timeout, b.licence_timeout);
	assert_null(b.licence_program);
	assert_int_equal(a.ballast_mb, b.ballast_mb);
	assert_int_equal(a.space_mb, b.space_mb);
	assert_null(b.keys); /* named, it would keep systemd's credentials from being used */
	config_finish(&a);
	config_finish(&b);
}

static void values_come_in(void **state)
{
	(void)state;
	struct config c;
	struct err e = { .code = ERR_NONE };
	config_init(&c);
	assert_true(parse(&c, "station: \"0042\"\nidle_warn: 60\ndemo: true\nverify: off\nmedia: [/a, /b]\n", &e));
	assert_string_equal(c.station, "0042");
	assert_int_equal(c.idle_warn, 60);
	assert_int_equal(c.idle_wipe, 30);
	assert_true(c.demo);
	assert_int_equal(c.verify, VERIFY_OFF);
	assert_int_equal(c.n_media, 2);
	assert_true(parse(&c, "media: [/c]\n", &e));
	assert_true(parse(&c, "# all defaults\n\n", &e));
	assert_true(parse(&c, "", &e));
	assert_int_equal(c.n_media, 1);
	assert_string_equal(c.media[0], "/c");
	config_finish(&c);
}

/* The setting, else what systemd supplies, else the usual folder. */
static void keys_are_found(void **state)
{
	(void)state;
	struct config c;
	struct err e = { .code = ERR_NONE };
	config_init(&c);
	assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
	assert_string_equal(config_keys(&c), "/etc/juzhu/keys");
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", "", 1), 0);
	assert_string_equal(config_keys(&c), "/etc/juzhu/keys");
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", "/run/credentials/juzhu", 1), 0);
	assert_string_equal(config_keys(&c), "/run/credentials/juzhu");
	assert_true(parse(&c, "keys: /srv/keys\nballast_mb: 0\nspace_mb: 65536\n", &e));
	assert_string_equal(config_keys(&c), "/srv/keys");
	assert_int_equal(c.ballast_mb, 0);
	assert_int_equal(c.space_mb, 65536);
	assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
	config_finish(&c);
}

static const struct {
	const char *text, *expect;
} wrong[] = {
	{ "center: x\ncentre: y\n", "juzhu.yaml:2: unknown key: centre" },
	{ "idle_warn: soon\n", "juzhu.yaml:1: " },
	{ "demo: perhaps\n", "juzhu.yaml:1: unknown word: perhaps" },
	{ "verify: face\n", "juzhu.yaml:1: unknown word: face" },
	{ "# x\nidle_warn: 59\n", "juzhu.yaml:2: idle_warn has to be a number from 60 to 600" },
	{ "idle_warn: 601\n", "juzhu.yaml:1: idle_warn has to be" },
	{ "idle_wipe: 19\n", "juzhu.yaml:1: idle_wipe has to be a number from 20 to 300" },
	{ "promise_days: 0\n", "juzhu.yaml:1: promise_days has to be" },
	{ "promise_unit: weeks\n", "juzhu.yaml:1: promise_unit has to be calendar or working" },
	{ "supplement_days: 366\n", "juzhu.yaml:1: supplement_days has to be" },
	{ "station: \"123\"\n", "juzhu.yaml:1: station has to be four digits" },
	{ "station: abcd\n", "juzhu.yaml:1: station has to be four digits" },
	{ "language: fr\n", "juzhu.yaml:1: language has to be zh or en" },
	{ "rules: \"1999\"\n", "juzhu.yaml:1: rules has to be 2017 or 2025" },
	{ "clock: \"2025-02-30T09:00:00\"\n", "juzhu.yaml:1: clock has to be" },
	{ "printer: laser\n", "juzhu.yaml:1: printer has to be file or none" },
	{ "media: [tmp]\n", "juzhu.yaml:1: media has to be a list of absolute paths" },
	{ "verify: program\n", "juzhu.yaml:1: verify has to be" },
	{ "licences: program\n", "juzhu.yaml:1: licences has to be local or none" },
	{ "licences: program\nlicence_program: bin/true\n",
		"juzhu.yaml:2: licence_program has to be an absolute path" },
	{ "licence_timeout: 61\n", "juzhu.yaml:1: licence_timeout has to be a number from 1 to 60" },
	{ "verify: program\nverify_program: bin/true\n", "juzhu.yaml:2: verify_program has to be an absolute path" },
	{ "verify: off\n", "juzhu.yaml:1: verify has to be counter or program, unless demo is true" },
	{ "center: \"a\\u202Eb\"\n", "juzhu.yaml:1: center has to be" },
	{ "- a\n- b\n", "juzhu.yaml: Expecting MAPPING" },
	{ "idle_warn: 120s\n", "juzhu.yaml:1: idle_warn has to be a number" },
	{ "idle_warn: 0120\n", "juzhu.yaml:1: idle_warn has to be a number" },
	{ "idle_warn: -1\n", "juzhu.yaml:1: " },
	{ "idle_warn: 4294967416\n", "juzhu.yaml:1: " },
	{ "center: a\ncenter: b\n", "juzhu.yaml" },
	{ "ballast_mb: 4097\n", "juzhu.yaml:1: ballast_mb has to be a number from 0 to 4096" },
	{ "space_mb: 0\n", "juzhu.yaml:1: space_mb has to be a number from 1 to 65536" },
	{ "keys: \"a\\u202Eb\"\n", "juzhu.yaml:1: keys has to be a folder" },
};

static void wrong_values_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct config c;
		struct err e = { .code = ERR_NONE };
		config_init(&c);
		if (parse(&c, wrong[i].text, &e))
			fail_msg("taken: %s", wrong[i].text);
		assert_int_equal(e.code, ERR_CONFIG);
		if (!strstr(e.text, wrong[i].expect))
			fail_msg("expected %s\ngot %s", wrong[i].expect, e.text);
		assert_string_equal(c.station, "0001");
		assert_int_equal(c.idle_warn, 180);
		config_finish(&c);
	}
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_file_is_the_defaults),
		cmocka_unit_test(values_come_in),
		cmocka_unit_test(keys_are_found),
		cmocka_unit_test(wrong_values_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
