#ifndef ADDRESS_IMPORT_DELTA_H
#define ADDRESS_IMPORT_DELTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address/import_codes.h"

struct err;
struct library_writer;

/* What an import has to know of the library that a delta is applied to. */
struct delta {
	struct code_set old; /* codes of the library */
	uint64_t print[2];   /* of the rows so far */
	const char *path;
};

bool delta_open(struct delta *d, const char *library_path, struct err *e);
void delta_close(struct delta *d);
void delta_row(struct delta *d, const char *raw, size_t n);
/* ERR_NO: the library has had this delta. Else the writer is told of this one and of those before. */
bool delta_record(const struct delta *d, struct library_writer *w, const char *label, struct err *e);

#endif
