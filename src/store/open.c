#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "store/db.h"

/*
 * What every connection sets (reliability.md 1). The automatic checkpoint is only a safety net at 64 MiB of log: a
 * submission shall cost one fdatasync; the program moves the log over in quiet moments (store_tidy). Temporary data
 * stays in memory, because it can hold what a person typed.
 */
static const char *const settings[] = {
	"PRAGMA foreign_keys = ON",
	"PRAGMA cell_size_check = ON",
	"PRAGMA secure_delete = ON",
	"PRAGMA temp_store = MEMORY",
	"PRAGMA wal_autocheckpoint = 16384",
	"PRAGMA synchronous = FULL",
};

static const struct {
	int option, on;
} options[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
	{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_DQS_DML, 0 },
	{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
};

static const struct {
	int id, value;
} limits[] = {
	{ SQLITE_LIMIT_LENGTH, 32 * 1024 * 1024 },
	{ SQLITE_LIMIT_SQL_LENGTH, 100 * 1000 },
	{ SQLITE_LIMIT_ATTACHED, 0 },
};

/* "file:PATH?psow=0": one torn sector must not damage its neighbours unnoticed. */
static char *uri(const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
	char *text = xcalloc(strlen(path) * 3 + sizeof "file:?psow=0", 1), *to = text;

	to = stpcpy(to, "file:");
	for (const char *p = path; *p != '\0'; p++) {
		if (strchr(plain, *p) != NULL)
			*to++ = *p;
		else
			to += snprintf(to, 4, "%%%02X", (unsigned char)*p);
	}
	stpcpy(to, "?psow=0");
	return text;
}

/* The file is made here, readable by its owner alone; its log and index inherit that. */
static bool make_file(struct store *s, struct err *e)
{
	int fd = open(s->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0) {
		close(fd);
		return true;
	}
	if (errno == EEXIST)
		return true;
	const char *remedy = errno == ENOENT        ? "make its folder, or change database in the configuration"
		: errno == EACCES || errno == EPERM ? "give this user the right to write in its folder"
		: errno == EROFS                    ? "the file system is read-only; mount it writable"
		: errno == ENOSPC                   ? "the disk is full; free some space"
						    : "check the folder";
	return err_set(e, ERR_STORAGE, "opening the database: %s cannot be made: %s; %s", s->path, strerror(errno),
		remedy);
}

static bool number_of(struct store *s, const char *sql, int64_t *ret, struct err *e)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	int64_t value = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
	sqlite3_finalize(statement);
	if (code != SQLITE_ROW)
		return db_fail_code(s, code, "opening the database", e);
	*ret = value;
	return true;
}

/* Whose file is it, and how old? Looked at before anything is written, so that nothing of others is changed. */
static bool identify(struct store *s, unsigned *ret_version, struct err *e)
{
	int64_t application = 0, version = 0, tables = 0;

	/* One snapshot: another kiosk may be bringing a new file up to date in the same moment. */
	if (sqlite3_exec(s->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
		return db_fail(s, "opening the database", e);
	bool read = number_of(s, "SELECT count(*) FROM sqlite_schema", &tables, e) &&
		number_of(s, "PRAGMA application_id", &application, e) &&
		number_of(s, "PRAGMA user_version", &version, e);
	if (sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK && read)
		return db_fail(s, "opening the database", e);
	if (!read)
		return false;
	if (application != DB_APPLICATION && (application != 0 || version != 0 || tables != 0))
		return err_set(e, ERR_STORAGE,
			"opening the database: %s belongs to another application (id %lld); check database in the"
			" configuration",
			s->path, (long long)application);
	if (version < 0 || version > DB_VERSION)
		return err_set(e, ERR_STORAGE,
			"opening the database: %s has version %lld, this program knows up to %d; install the"
			" newer program, the file was not changed",
			s->path, (long long)version, DB_VERSION);
	if (version < DB_VERSION && s->readonly)
		return err_set(e, ERR_STORAGE,
			"opening the database: %s has version %lld, needed is %d; start juzhu-kiosk once, it"
			" brings the file up to date",
			s->path, (long long)version, DB_VERSION);
	*ret_version = (unsigned)version;
	return true;
}

static bool set_wal(struct store *s, struct err *e)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(s->db, "PRAGMA journal_mode = WAL", -1, &statement, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	bool wal = code == SQLITE_ROW && strcmp(db_text(statement, 0), "wal") == 0;
	sqlite3_finalize(statement);
	if (code != SQLITE_ROW)
		return db_fail_code(s, code, "opening the database", e);
	return wal ||
		err_set(e, ERR_STORAGE,
			"opening the database: %s lies on a file system that cannot hold it (no shared memory);"
			" use a local disk",
			s->path);
}

static bool configure(struct store *s, struct err *e)
{
	sqlite3_busy_timeout(s->db, DB_BUSY_MS);
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
		int now = -1;
		if (sqlite3_db_config(s->db, options[i].option, options[i].on, &now) != SQLITE_OK ||
			now != options[i].on)
			return err_set(e, ERR_BUG, "opening the database: SQLite refused option %d", options[i].option);
	}
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
		sqlite3_limit(s->db, limits[i].id, limits[i].value);
	for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
		if (sqlite3_exec(s->db, settings[i], NULL, NULL, NULL) != SQLITE_OK)
			return db_fail(s, "opening the database", e);
	}
	return true;
}

static void disconnect(struct store *s)
{
	db_finalize(s);
	sqlite3_close_v2(s->db);
	s->db = NULL;
	s->transaction = NULL;
}

static bool open_once(struct store *s, struct err *e)
{
	char *name = NULL;
	const char *vfs = vfs_name();
	unsigned version = 0;

	s->suspect = s->busy = false;
	if (s->readonly && access(s->path, F_OK) != 0 && errno == ENOENT) {
		err_set(e, ERR_STORAGE,
			"opening the database: there is none at %s; check database in the configuration, or start"
			" juzhu-kiosk once, it makes one",
			s->path);
		goto fail;
	}
	if (!s->readonly && !make_file(s, e))
		goto fail;
	name = uri(s->path);
	int flags = (s->readonly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_URI |
		SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	if (vfs == NULL || sqlite3_open_v2(name, &s->db, flags, vfs) != SQLITE_OK) {
		db_fail(s, "opening the database", e);
		goto fail;
	}
	if (!configure(s, e) || !identify(s, &version, e))
		goto fail;
	if (!s->readonly) {
		if (!set_wal(s, e))
			goto fail;
		/*
		 * Before the first write: after a power cut the next log frame would start in the sector that holds the end of
		 * the last acknowledged case, and a second cut could tear both (found by the crash harness: 14 of 8,000).
		 */
		if (sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) != SQLITE_OK) {
			db_fail(s, "opening the database", e);
			goto fail;
		}
		if (!db_migrate(s, version, e))
			goto fail;
	}
	if (!db_prepare(s, e))
		goto fail;
	free(name);
	return true;
fail:
	free(name);
	disconnect(s);
	return false;
}

/*
 * Another process may be opening, checkpointing or closing in the same moment. For some of these locks SQLite does not
 * ask its busy handler (the switch to WAL, the checkpoint lock), so the waiting is done here.
 */
static bool connect(struct store *s, struct err *e)
{
	int64_t start = clock_monotonic_ms();

	while (!open_once(s, e)) {
		if (!s->busy || clock_monotonic_ms() - start >= DB_BUSY_MS)
			return false;
		sqlite3_sleep(20);
	}
	return true;
}

bool db_ready(struct store *s, struct err *e)
{
	if (s->db != NULL && !s->suspect)
		return true;
	disconnect(s);
	return connect(s, e);
}

bool store_open(struct store **ret, const struct store_options *o, struct err *e)
{
	if (sodium_init() < 0)
		return err_set(e, ERR_BUG, "libsodium cannot be initialised");
	if (strlen(o->station) != 4 || strspn(o->station, "0123456789") != 4)
		return err_set(e, ERR_CONFIG, "station \"%s\" is not four digits; correct station in the configuration",
			o->station);
	struct store *s = xcalloc(1, sizeof *s);
	s->path = xstrdup(o->path);
	s->schema_dir = xstrdup(o->schema_dir);
	s->station = xstrdup(o->station);
	s->readonly = o->readonly;
	s->keys = o->keys;
	s->draft_key = o->draft_key;
	if (!connect(s, e)) {
		store_close(s);
		return false;
	}
	*ret = s;
	return true;
}

void store_close(struct store *s)
{
	if (s == NULL)
		return;
	disconnect(s);
	free(s->path);
	free(s->schema_dir);
	free(s->station);
	free(s);
}

void store_tidy(struct store *s)
{
	if (s->db == NULL || s->suspect || s->readonly || s->transaction != NULL)
		return;
	/* Nobody waits for this: when another process is busy, the next quiet moment does it. */
	sqlite3_busy_timeout(s->db, 0);
	int code = sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_busy_timeout(s->db, DB_BUSY_MS);
	if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY && (code & 0xff) != SQLITE_LOCKED)
		s->suspect = true;
}

bool store_space(struct store *s, uint64_t *ret_free, struct err *e)
{
	char *copy = xstrdup(s->path);
	struct statvfs v;
	int result = statvfs(dirname(copy), &v);
	free(copy);
	if (result != 0)
		return err_set(e, ERR_STORAGE, "free space of the folder of %s: %s", s->path, strerror(errno));
	*ret_free = (uint64_t)v.f_bavail * v.f_frsize;
	return true;
}
