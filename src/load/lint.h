#ifndef LOAD_LINT_H
#define LOAD_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct item;
struct lint_context;
struct screen;

/* The parts of screen_lint.h, for its own files. */
struct lint {
	const struct lint_context *context;
	const struct item *item;
	const char *item_file;
	FILE *out;
	size_t n;
};

/* "file:line: ..."; the line is the first one of the file that holds `needle` (NULL: no line). */
void lint_say(struct lint *l, const char *file, const char *needle, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

void lint_screen(struct lint *l, const struct screen *s);                             /* one screen by itself */
void lint_text(struct lint *l, const char *file, const char *what, const char *text); /* NULL is fine */
void lint_names(struct lint *l); /* what has to be unique in an item */
void lint_guards(struct lint *l);
void lint_routes(struct lint *l);

/* Small letters, digits and `extra`, a letter first. */
bool lint_name_good(const char *s, const char *extra);

#endif
