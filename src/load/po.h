#ifndef LOAD_PO_H
#define LOAD_PO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct err;

/*
 * As much of a gettext catalogue's source (.po) as is needed to ask whether a text is translated. The running programs
 * read the compiled catalogue through base/i18n.h, this is for the lint.
 */
struct po;

bool po_load(const char *path, struct po **ret, struct err *e);
/* From memory that ends with a NUL; `path` is for messages. */
bool po_parse(const char *data, const char *path, struct po **ret, struct err *e);
void po_destroy(struct po *po);                      /* accepts NULL */
bool po_has(const struct po *po, const char *msgid); /* with a translation that is not marked fuzzy */

/* Writes a text as PO strings, quoted, one line a paragraph line, with the line end. */
void po_write(FILE *out, const char *text);

#endif
