#ifndef APP_TAKE_H
#define APP_TAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "vision/inspect.h"

struct app;
struct err;

/*
 * A file from outside: read once into memory; everything after looks at this copy, so that a medium that changes underneath
 * cannot show one file to the inspector and give another to the case. Nothing here decodes; juzhu-inspect does.
 */
/* The whole file, yours to wipe and free. NULL: it cannot be read or is larger than allowed, ret_why says it translated. */
unsigned char *take_copy(int fd, size_t *ret_size, char *ret_why, size_t why_size);
/* Has the inspector begin to look at a copy. False: e holds a translated sentence. */
bool take_ask(struct app *app, enum inspect_what what, const unsigned char *bytes, size_t size, struct err *e);
/* "JPEG 358x441, 18 KB" */
void take_about(const struct inspection *i, size_t size, char *out, size_t out_size);

#endif
