#ifndef BASE_XALLOC_H
#define BASE_XALLOC_H

#include <stddef.h>

/* Allocation that never returns NULL: out of memory ends the program with a message and status 70. */
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n, size_t size); /* n * size checked for overflow */
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Overwrites a string that may hold personal data, then frees it. Accepts NULL. */
void str_wipe_free(char *s);

#endif
