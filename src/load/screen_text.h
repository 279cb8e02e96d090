#ifndef LOAD_SCREEN_TEXT_H
#define LOAD_SCREEN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct err;
struct item;

/* Entries for the gettext template, each text once, with all the files that use it. */
void texts_pot(struct item *const *items, size_t n, const char *screens_dir, FILE *out);

/*
 * One line for each text that the catalogue (a .po file) leaves untranslated or fuzzy. Returns how many; -1: e says
 * why.
 */
int texts_untranslated(struct item *const *items, size_t n, const char *screens_dir, const char *po_path, FILE *out,
	struct err *e);

#endif
