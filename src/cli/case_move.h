#ifndef CLI_CASE_MOVE_H
#define CLI_CASE_MOVE_H

#include <stdbool.h>

#include "model/case_shortfall.h"

struct cli;
struct store;

/* The words of `juzhu case move`; texts are of the command line and can be changed. NULL and 0: not given. */
struct case_move_args {
	const char *number;
	int from, to;
	char *actor;
	const char *reason, *waybill;
	char *missing[SHORTFALLS_MAX];
	unsigned n_missing;
};

/* Exit status. */
int case_move_run(const struct cli *cli, struct store *s, const struct case_move_args *a);
int case_expire_run(struct store *s, bool dry_run);

#endif
