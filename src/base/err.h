#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

/*
 * The one way to fail. What can fail returns false (or NULL) and takes a `struct err *` last; the message is complete:
 * what failed, where, and what to do. The code is also the exit status of the programs.
 */
enum err_code {
	ERR_NONE = 0,
	ERR_NO = 1,      /* the answer is no: a check failed, nothing found */
	ERR_USAGE = 2,   /* wrong command line */
	ERR_CONFIG = 3,  /* configuration, screens or data files */
	ERR_STORAGE = 4, /* database, disk */
	ERR_DEVICE = 5,  /* printer, terminal, outside program */
	ERR_EXISTS = 6,  /* it is there already, and there may be only one */
	ERR_BUG = 70,    /* a bug in this program */
};

struct err {
	enum err_code code;
	char text[512]; /* UTF-8, one or more lines, never holds a personal value */
};

/* Writes code and text, returns false, so that failing is one statement. `e` may be NULL. */
bool err_set(struct err *e, enum err_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Puts "format: " before the text that is already there (where it happened); keeps the code. Returns false. */
bool err_add(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
