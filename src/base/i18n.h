#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <stdbool.h>

struct err;

/*
 * Chinese text is the key; English comes from data/po/en.po through gettext. The language may change on any screen.
 */
enum lang { LANG_ZH, LANG_EN };

/* Forces a UTF-8 locale (C.UTF-8) and binds the catalogue found in `dir`/LANG/LC_MESSAGES/juzhu.mo. */
bool i18n_init(const char *dir, struct err *e);
void i18n_set(enum lang lang);
enum lang i18n_get(void);
/* The text in the current language; borrowed, valid for the program's life. Empty text stays empty. */
const char *tr(const char *zh) __attribute__((format_arg(1)));

#define N_(text) text /* marks a text in a table for the template */

#endif
