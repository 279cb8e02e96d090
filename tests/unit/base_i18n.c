#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <langinfo.h>
#include <locale.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"

extern char **environ;

static char top[64], en[96], messages[128], po[160], mo[160];

static int make_catalogue(void **state)
{
	(void)state;
	snprintf(top, sizeof top, "%s", P_tmpdir "/juzhu-i18n-XXXXXX");
	if (!mkdtemp(top))
		return -1;
	snprintf(en, sizeof en, "%s/en", top);
	snprintf(messages, sizeof messages, "%s/LC_MESSAGES", en);
	snprintf(po, sizeof po, "%s/juzhu.po", messages);
	snprintf(mo, sizeof mo, "%s/juzhu.mo", messages);
	mkdir(en, 0700);
	mkdir(messages, 0700);
	FILE *f = fopen(po, "w");
	if (!f)
		return -1;
	fputs("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\nmsgid \"居住登记\"\n"
	      "msgstr \"Residence registration\"\n",
		f);
	fclose(f);
	char *argv[] = { "msgfmt", "-o", mo, po, NULL };
	pid_t pid;
	int status = -1;
	if (posix_spawnp(&pid, "msgfmt", NULL, NULL, argv, environ) != 0)
		return -1;
	waitpid(pid, &status, 0);
	return status;
}

static int remove_catalogue(void **state)
{
	(void)state;
	unlink(po);
	unlink(mo);
	rmdir(messages);
	rmdir(en);
	return rmdir(top);
}

static void translates_in_every_environment(void **state)
{
	(void)state;
	static const char *const locales[] = { "C", "POSIX", "", "C.UTF-8", "zh_CN.UTF-8", "no_SUCH" };
	for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
		struct err e = { 0 };
		setenv("LC_ALL", locales[i], 1);
		unsetenv("LANGUAGE");
		assert_true(i18n_init(top, &e));
		assert_string_equal(nl_langinfo(CODESET), "UTF-8");
		assert_string_equal(setlocale(LC_NUMERIC, NULL), "C");
		/* there and back again on the same screen */
		for (int round = 0; round < 3; round++) {
			i18n_set(LANG_EN);
			assert_int_equal(i18n_get(), LANG_EN);
			assert_string_equal(tr("居住登记"), "Residence registration");
			assert_string_equal(tr("没有译文"), "没有译文");
			assert_string_equal(tr(""), "");
			i18n_set(LANG_ZH);
			assert_string_equal(tr("居住登记"), "居住登记");
			assert_string_equal(tr(""), "");
		}
	}
}

static void lives_without_a_catalogue(void **state)
{
	(void)state;
	assert_true(i18n_init("/nonexistent", NULL));
	i18n_set(LANG_EN);
	assert_string_equal(tr("别的"), "别的");
	i18n_set(LANG_ZH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(translates_in_every_environment),
		cmocka_unit_test(lives_without_a_catalogue),
	};
	return cmocka_run_group_tests(tests, make_catalogue, remove_catalogue);
}
