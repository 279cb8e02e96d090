#ifndef LOAD_SCREEN_LINT_H
#define LOAD_SCREEN_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct code_table;
struct item;

/* What the words of the screens are held against. */
struct lint_context {
	const char *screens_dir;         /* as given to items_load, for messages */
	const struct code_table *tables; /* from tables_load */
	size_t n_tables;
	bool structure_only; /* leave style out: what a kiosk asks before it starts */
};

/*
 * Writes one line "file:line: what is wrong, what to do" for each mistake that the loader cannot see: in words and
 * names (lint_words.c), in guards (lint_guards.c), in the routes that follow from them (lint_routes.c). Returns how
 * many. Missing translations are screen_text.h's.
 */
size_t items_lint(struct item *const *items, size_t n, const struct lint_context *c, FILE *out);

#endif
