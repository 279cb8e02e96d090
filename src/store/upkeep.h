#ifndef STORE_UPKEEP_H
#define STORE_UPKEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/retention.h"

struct center_public;
struct err;
struct store;

/*
 * What keeps a database in order: is everything in it as it was written, deleting what is old, copies. Reports go through
 * `say`, one line of English text each.
 */
typedef void say_fn(void *ctx, const char *line);

struct verify_counts {
	uint64_t cases, parts, events, audit_rows, problems;
};
/*
 * SQLite's own check; every envelope's structure, signature and certificate, its columns and its parts; the chain and the
 * state of every case's events; the audit log; that every submitted case which was not purged is there. Needs no secret.
 * `say` gets a line for each stage and one for each problem, which begins with "problem: ". False with ERR_NO: there are
 * problems; ERR_STORAGE: it could not be read at all. n 0: certificates are not judged, only the signatures made with them.
 */
bool store_verify(struct store *s, const struct center_public *centers, unsigned n, say_fn *say, void *ctx,
	struct verify_counts *ret, struct err *e);

struct purge_counts {
	uint64_t drafts, paused, cases, audit_rows;
};
/*
 * Has this station worked under about this clock for a day? A clock that jumped years ahead must not make everything old at
 * once: who purges by himself asks first.
 */
bool store_clock_steady(struct store *s, bool *ret_steady, struct err *e);
/* Deletes what is older than its time; with dry_run says only what it would do. Each case in a transaction of its own. */
bool store_purge(struct store *s, const struct retention *r, bool dry_run, say_fn *say, void *ctx,
	struct purge_counts *ret, struct err *e);

/* A consistent copy (VACUUM INTO), written beside `to`, verified, synced and renamed. ERR_USAGE: `to` exists. */
bool store_backup(struct store *s, const char *to, const struct center_public *centers, unsigned n, struct err *e);
/*
 * Puts a backup in place of a database that no program has open. The backup is verified first; a database that is there is
 * kept as PATH.before-restore (with `replace`, else ERR_USAGE). Returns with the database closed.
 */
bool store_restore(const char *backup, const char *path, const char *schema_dir, const char *station, bool replace,
	const struct center_public *centers, unsigned n, struct err *e);

/*
 * Ballast: `bytes` of disk beside the database (PATH.ballast), given up when a filing that is under way finds the disk full.
 * Makes it when it is missing and there is room; 0 removes it.
 */
bool store_ballast_fill(struct store *s, uint64_t bytes, struct err *e);

#endif
