#ifndef STORE_DB_H
#define STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/statements.h"
#include "store/store.h"

struct err;
struct sealed_case;
struct station_keys;

/*
 * Inside of the store, for the files of this folder only. A connection that saw an I/O error is `suspect` and is
 * replaced before its next use: what it believes about the file may be wrong (reliability: a failed COMMIT is unknown).
 */
struct store {
	sqlite3 *db; /* NULL: closed, opened again at the next use */
	sqlite3_stmt *statements[SQL_COUNT];
	char *path, *schema_dir, *station;
	const struct station_keys *keys; /* NULL: none */
	const unsigned char *draft_key;  /* NULL: none */
	bool readonly, suspect;
	bool busy;               /* the last failure was somebody else's lock */
	bool full;               /* the last failure was a full disk */
	const char *transaction; /* who began it; NULL: none */
};

enum { DB_APPLICATION = 0x4A555A55, DB_VERSION = 4, DB_BUSY_MS = 5000 };

/* open.c: opens again when that is needed. Every public function starts here or with db_begin. */
bool db_ready(struct store *s, struct err *e);

/* migrate.c: brings the file to DB_VERSION, in one transaction. */
bool db_migrate(struct store *s, unsigned version, struct err *e);

/* migrate_seal.c: the cases and licences of version 1 in the tables old_*, into the sealed ones; drops the old. */
bool db_migrate_seal(struct store *s, struct err *e);

/* submit.c: envelope, parts and person of a case whose row is there; the parts alone. */
bool db_add_parts(struct store *s, const struct sealed_case *c, const char *doing, struct err *e);
bool db_add_sealed(struct store *s, const struct sealed_case *c, const char *doing, struct err *e);
/*
 * event.c: the next event of a case made by `station`, chained to the one before. The history is read in the order of time,
 * station, sequence: `at` must not lie before the case's last event, whatever the clock says.
 */
bool db_add_event(struct store *s, const char *station, const char *number, int64_t at, int from, int to,
	const char *actor, const char *reason, struct err *e);
/* The time of an event that this station adds now: it will stand behind all others, whatever the clock says. */
bool db_event_time(struct store *s, const char *number, int64_t *ret_at, struct err *e);
/* What all events of a case come to, by whichever station. */
struct event_history {
	size_t n;
	int until; /* last day for supplementing, YYYYMMDD, of the newest list; 0: there is none */
};
bool db_event_history(struct store *s, const char *number, struct event_history *ret, struct err *e);
/* This station's last event of a case, to look for after a COMMIT that failed. seq 0: none yet. */
struct event_mark {
	int64_t seq;
	unsigned char sum[16];
};
bool db_event_mark(struct store *s, const char *station, const char *number, struct event_mark *ret, struct err *e);

/* licence.c: adds or replaces one, in the transaction that is open. */
bool db_put_licence(struct store *s, const struct licence *l, struct err *e);

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

/*
 * event_sum.c: links of the chains. The first event of a (case, station) and the first row of a station's audit log have only
 * zeros `before`.
 */
void db_event_sum(const unsigned char before[16], const char *station, const char *number, int64_t seq, int64_t at,
	int64_t from, int64_t to, const char *actor, const char *reason, unsigned char ret[16]);
void db_audit_hash(const unsigned char before[32], const char *station, int64_t seq, int64_t at, int64_t type,
	const char *subject, const char *detail, unsigned char ret[32]);
/* What a station signs of its audit log; returns how many bytes. */
enum { DB_HEAD_SIZE = 13 + 4 + 8 + 8 + 32 };
size_t db_head_bytes(const char *station, int64_t seq, int64_t at, const unsigned char hash[32], bool purged,
	unsigned char ret[DB_HEAD_SIZE]);

/* Signs row `seq`; `purged`: as the new beginning. */
bool db_audit_head(struct store *s, int64_t seq, const unsigned char hash[32], bool purged, struct err *e);

/* verify.c: a transaction that only reads: one snapshot, nobody is kept from writing. Ended by db_rollback. */
bool db_begin_reading(struct store *s, const char *who, struct err *e);

/* ballast.c: gives the reserve up; true when there was one. */
bool store_ballast_give(struct store *s);

/* vfs.c: registers the VFS that every connection uses (it counts syncs, grows the log), once; its name. NULL: out of memory. */
const char *vfs_name(void);

#endif
