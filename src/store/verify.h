#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include "store/db.h"
#include "store/upkeep.h"

/* One run of store_verify; between verify.c and verify_case.c. */
struct verify {
	struct store *store;
	const struct center_public *centers;
	unsigned n_centers;
	say_fn *say;
	void *ctx;
	struct verify_counts counts;
};

/* Counts a problem and says it. */
void verify_problem(struct verify *v, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Everything about the case of this row of SQL_VERIFY_CASES. False: it could not be read. */
bool verify_case(struct verify *v, sqlite3_stmt *row, struct err *e);

#endif
