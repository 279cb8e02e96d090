#ifndef ADDRESS_IMPORT_REJECTS_H
#define ADDRESS_IMPORT_REJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct err;

/*
 * The file of refused rows: line number, reason and the line itself, separated by tabs. What a terminal would obey is written
 * as \xNN, a long line is cut, and after REJECTS_MOST rows only the count goes on: a wrong file fills no disk.
 */
enum { REJECTS_MOST = 100000, REJECTS_TEXT = 4096 };
struct rejects {
	FILE *file; /* NULL: none is wanted */
	const char *path;
	uint64_t written, left_out;
};

bool rejects_open(struct rejects *r, const char *path, struct err *e); /* path NULL: none */
void rejects_add(struct rejects *r, uint64_t line, const char *reason, const char *raw, size_t size);
bool rejects_close(struct rejects *r, struct err *e); /* ERR_STORAGE: not everything could be written */

#endif
