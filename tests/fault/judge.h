#ifndef TESTS_FAULT_JUDGE_H
#define TESTS_FAULT_JUDGE_H

#include "harness.h"
#include "world.h"

/*
 * Is in the file what was promised? Through SQLite's own VFS, without the store: its check, every told case, and every case that is
 * there whole and just as it was sealed, with its history, its printing job, its row in the log. Counts into t->lost and
 * t->partial, `what` says in which situation. False: something is bad.
 */
bool judge_file(const char *path, const struct filed *filed, unsigned n, struct tally *t, const char *what);
/* The same by the store's own means: store_verify, store_case_load, and each envelope opened and compared with the filing. */
bool judge_store(const char *path, const struct filed *filed, unsigned n, struct tally *t, const char *what);
/* Is case c of an open store what was filed? Refuses, *ret_told, or opens to the same. */
bool judge_case(struct store *s, const struct filed *c, bool *ret_told, char *why, size_t size);

#endif
