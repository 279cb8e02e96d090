#ifndef APP_OPEN_H
#define APP_OPEN_H

#include <stdbool.h>
#include <stddef.h>

struct app;
struct case_record;
struct err;

/*
 * A stored case opened with the query code of its receipt, or with the key of the filing that became it. ERR_NO: no such
 * case, or the code does not open it; ERR_STORAGE: it cannot be read. *ret is the caller's (case_record_destroy); ret_key,
 * 32 bytes and the caller's to wipe, opens its files.
 */
bool open_by_code(struct app *app, const char *number, const char *query, struct case_record **ret,
	unsigned char ret_key[static 32], struct err *e);
bool open_by_key(struct app *app, const char *number, const unsigned char key[static 32], struct case_record **ret,
	struct err *e);
/* File `i` of a case that was opened: *ret_size bytes, the caller's to wipe and free. */
bool open_file(struct app *app, const struct case_record *c, const unsigned char key[static 32], unsigned i,
	unsigned char **ret, size_t *ret_size, struct err *e);

#endif
