#include "seams.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"
#include "seal/envelope.h"
#include "store/db.h"

static bool on[SEAM_COUNT];
static const char *const names[SEAM_COUNT] = { "sync-off", "sync-normal", "two-transactions", "ack-early", "psow",
	"no-checkpoint", "ignore-errors", "never-found", "believe", "wait-not", "no-reserve" };

void (*seam_folder_synced)(void);

bool seam_on(enum seam which)
{
	return on[which];
}

void seam_set(const char *name, bool value)
{
	for (unsigned i = 0; i < SEAM_COUNT; i++) {
		if (strcmp(names[i], name) == 0) {
			on[i] = value;
			return;
		}
	}
	harness_die("no seeded bug is called %s", name);
}

/* What the linker makes of --wrap=NAME. */
int __real_sqlite3_exec(sqlite3 *db, const char *sql, int (*each)(void *, int, char **, char **), void *ctx,
	char **say);
int __wrap_sqlite3_exec(sqlite3 *db, const char *sql, int (*each)(void *, int, char **, char **), void *ctx,
	char **say);
int __real_sqlite3_open_v2(const char *name, sqlite3 **ret, int flags, const char *vfs);
int __wrap_sqlite3_open_v2(const char *name, sqlite3 **ret, int flags, const char *vfs);
int __real_sqlite3_wal_checkpoint_v2(sqlite3 *db, const char *name, int mode, int *log, int *done);
int __wrap_sqlite3_wal_checkpoint_v2(sqlite3 *db, const char *name, int mode, int *log, int *done);
int __real_sqlite3_step(sqlite3_stmt *q);
int __wrap_sqlite3_step(sqlite3_stmt *q);
bool __real_envelope_verify(const struct envelope *v, const struct center_public *c, unsigned n, struct err *e);
bool __wrap_envelope_verify(const struct envelope *v, const struct center_public *c, unsigned n, struct err *e);
void __real_db_event_sum(const unsigned char before[16], const char *station, const char *number, int64_t seq,
	int64_t at, int64_t from, int64_t to, const char *actor, const char *reason, unsigned char ret[16]);
void __wrap_db_event_sum(const unsigned char before[16], const char *station, const char *number, int64_t seq,
	int64_t at, int64_t from, int64_t to, const char *actor, const char *reason, unsigned char ret[16]);
bool __real_store_ballast_give(struct store *s);
bool __wrap_store_ballast_give(struct store *s);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__wrap_realloc(void *p, size_t size);
char *__real_strdup(const char *s);
char *__wrap_strdup(const char *s);

int __wrap_sqlite3_exec(sqlite3 *db, const char *sql, int (*each)(void *, int, char **, char **), void *ctx, char **say)
{
	if (strcmp(sql, "PRAGMA synchronous = FULL") == 0 && (on[SEAM_SYNC_OFF] || on[SEAM_SYNC_NORMAL]))
		sql = on[SEAM_SYNC_OFF] ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = NORMAL";
	if (on[SEAM_TWO_TRANSACTIONS] && strncmp(sql, "DROP TABLE old_", 15) == 0) {
		__real_sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
		__real_sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	}
	return __real_sqlite3_exec(db, sql, each, ctx, say);
}

int __wrap_sqlite3_open_v2(const char *name, sqlite3 **ret, int flags, const char *vfs)
{
	static const char psow[] = "?psow=0";
	char changed[800];
	size_t n = strlen(name);

	if (on[SEAM_PSOW] && n >= sizeof psow - 1 && strcmp(name + n - (sizeof psow - 1), psow) == 0) {
		snprintf(changed, sizeof changed, "%.*s1", (int)n - 1, name);
		name = changed;
	}
	return __real_sqlite3_open_v2(name, ret, flags, vfs);
}

int __wrap_sqlite3_wal_checkpoint_v2(sqlite3 *db, const char *name, int mode, int *log, int *done)
{
	return on[SEAM_NO_CHECKPOINT] ? SQLITE_OK : __real_sqlite3_wal_checkpoint_v2(db, name, mode, log, done);
}

static bool begins(sqlite3_stmt *q, const char *text)
{
	const char *sql = sqlite3_sql(q);
	return sql != NULL && strncmp(sql, text, strlen(text)) == 0;
}

int __wrap_sqlite3_step(sqlite3_stmt *q)
{
	if (on[SEAM_TWO_TRANSACTIONS] && begins(q, "INSERT INTO case_envelope")) {
		__real_sqlite3_exec(sqlite3_db_handle(q), "COMMIT", NULL, NULL, NULL);
		__real_sqlite3_exec(sqlite3_db_handle(q), "BEGIN IMMEDIATE", NULL, NULL, NULL);
	}
	if (on[SEAM_NEVER_FOUND] && begins(q, "SELECT number FROM cases WHERE token"))
		return SQLITE_DONE;
	if (on[SEAM_WAIT_NOT] && begins(q, "INSERT INTO station_lock"))
		return SQLITE_DONE;
	int code = __real_sqlite3_step(q);
	if (on[SEAM_IGNORE_ERRORS] && code != SQLITE_ROW && (begins(q, "INSERT") || begins(q, "COMMIT")))
		return SQLITE_DONE;
	return code;
}

bool __wrap_envelope_verify(const struct envelope *v, const struct center_public *c, unsigned n, struct err *e)
{
	return on[SEAM_BELIEVE] || __real_envelope_verify(v, c, n, e);
}

/* A database that is written and read with this has sums that say nothing. */
void __wrap_db_event_sum(const unsigned char before[16], const char *station, const char *number, int64_t seq,
	int64_t at, int64_t from, int64_t to, const char *actor, const char *reason, unsigned char ret[16])
{
	if (on[SEAM_BELIEVE])
		memset(ret, 0, 16);
	else
		__real_db_event_sum(before, station, number, seq, at, from, to, actor, reason, ret);
}

bool __wrap_store_ballast_give(struct store *s)
{
	return !on[SEAM_NO_RESERVE] && __real_store_ballast_give(s);
}

int __wrap_fsync(int fd)
{
	int result = __real_fsync(fd);
	if (result == 0 && seam_folder_synced != NULL)
		seam_folder_synced();
	return result;
}

static unsigned long mallocs, malloc_nth;
static bool malloc_for_ever;

unsigned long seam_fail_malloc(unsigned long nth, bool for_ever)
{
	unsigned long n = mallocs;
	mallocs = 0;
	malloc_nth = nth;
	malloc_for_ever = for_ever;
	return n;
}

static bool malloc_fails(void)
{
	mallocs++;
	return malloc_nth > 0 && (mallocs == malloc_nth || (malloc_for_ever && mallocs > malloc_nth));
}

void *__wrap_malloc(size_t size)
{
	return malloc_fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return malloc_fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
	return malloc_fails() ? NULL : __real_realloc(p, size);
}

char *__wrap_strdup(const char *s)
{
	return malloc_fails() ? NULL : __real_strdup(s);
}
