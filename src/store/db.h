#ifndef STORE_DB_H
#define STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/statements.h"
#include "store/store.h"

struct err;

/*
 * Inside of the store, for the files of this folder only. A connection that saw an I/O error is `suspect` and is
 * replaced before its next use: what it believes about the file may be wrong (reliability: a failed COMMIT is unknown).
 */
struct store {
	sqlite3 *db; /* NULL: closed, opened again at the next use */
	sqlite3_stmt *statements[SQL_COUNT];
	char *path, *schema_dir, *station;
	bool readonly, suspect;
	bool busy;               /* the last failure was somebody else's lock */
	const char *transaction; /* who began it; NULL: none */
};

enum { DB_APPLICATION = 0x4A555A55, DB_VERSION = 1, DB_BUSY_MS = 5000 };

/* open.c: connects, checks whose file it is, checkpoints, migrates, prepares. */
bool db_open(struct store *s, struct err *e);
void db_close(struct store *s);
/* Opens again when that is needed. Every public function starts here or with db_begin. */
bool db_ready(struct store *s, struct err *e);

/* migrate.c: brings the file from `version` to DB_VERSION. */
bool db_migrate(struct store *s, unsigned version, struct err *e);

/* error.c: the connection's last error as a sentence: what was being done, cause, remedy. Returns false. */
bool db_fail(struct store *s, const char *doing, struct err *e);
bool db_fail_code(struct store *s, int code, const char *doing, struct err *e);

/* statements.c */
bool db_prepare(struct store *s, struct err *e);
void db_finalize(struct store *s);
/*
 * Parameters by a string of types: t text (const char *), i int64_t, b blob (const void *, size_t). They are borrowed
 * until db_done, which also takes them out of the statement again, so that no personal value stays behind.
 */
sqlite3_stmt *db_query(struct store *s, enum sql which, const char *types, ...);
void db_done(sqlite3_stmt *statement);
/* A statement without rows to read. Returns SQLITE_DONE or the extended error code. */
int db_exec(struct store *s, enum sql which, const char *types, ...);

/* BEGIN IMMEDIATE; transactions do not nest, db_begin by a second one is a bug and ends the program. */
bool db_begin(struct store *s, const char *who, struct err *e);
bool db_commit(struct store *s, struct err *e); /* on failure the connection is suspect */
void db_rollback(struct store *s);
/* Commits when `ok`, else rolls back; returns whether it is in the file. */
bool db_end(struct store *s, bool ok, struct err *e);

/* Column as text, "" for NULL; borrowed until the next step. */
const char *db_text(sqlite3_stmt *statement, int column);

/* vfs_count.c: registers the counting VFS over the default one, once; its name. NULL: out of memory. */
const char *vfs_count_name(void);

#endif
