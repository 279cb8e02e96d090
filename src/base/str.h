#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A growing buffer that is born with a maximum. Adding past the maximum sets `full` and drops the rest, cut at a
 * character border, so that a caller checks once at the end. Always NUL-terminated. Wiped when finished.
 */
struct str {
	char *text;
	size_t len, cap, max;
	bool full;
};

void str_init(struct str *s, size_t max);
void str_finish(struct str *s);
void str_clear(struct str *s);
void str_add(struct str *s, const char *text);
void str_add_n(struct str *s, const char *bytes, size_t n);
void str_addf(struct str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* snprintf for a fixed buffer that never cuts a UTF-8 character; returns false when it had to cut. */
bool str_copy(char *to, size_t size, const char *from);
bool str_eq(const char *a, const char *b); /* NULL equals only NULL */

#endif
