#include "base/i18n.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/* glibc's gettext keeps what it found; raising this counter makes it look at LANGUAGE again (gettext manual 11.2.6). */
extern int _nl_msg_cat_cntr;

static const char *const language_names[] = { [LANG_ZH] = "zh", [LANG_EN] = "en" };
static enum lang current = LANG_ZH;

bool i18n_init(const char *dir, struct err *e)
{
	setlocale(LC_ALL, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0 && !setlocale(LC_ALL, "C.UTF-8"))
		return err_set(e, ERR_DEVICE, "locale: C.UTF-8 is missing; install the package libc-bin");
	/* under LC_MESSAGES=C gettext ignores LANGUAGE; under another LC_NUMERIC printf writes decimal commas */
	if (!setlocale(LC_MESSAGES, "C.UTF-8"))
		return err_set(e, ERR_DEVICE, "locale: C.UTF-8 is missing; install the package libc-bin");
	setlocale(LC_NUMERIC, "C");
	if (!bindtextdomain("juzhu", dir) || !bind_textdomain_codeset("juzhu", "UTF-8") || !textdomain("juzhu"))
		return err_set(e, ERR_BUG, "translations: out of memory");
	i18n_set(current);
	return true;
}

void i18n_set(enum lang lang)
{
	current = lang;
	setenv("LANGUAGE", language_names[lang], 1);
	_nl_msg_cat_cntr++;
}

enum lang i18n_get(void)
{
	return current;
}

const char *tr(const char *zh)
{
	/* the empty key is the catalogue's header */
	if (current == LANG_ZH || !zh || !*zh)
		return zh ? zh : "";
	return gettext(zh);
}
