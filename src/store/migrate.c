#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "store/db.h"

enum { SCHEMA_MAX = 64 * 1024 };

static char *read_schema(const char *dir, unsigned version, struct err *e)
{
	char *path = xasprintf("%s/%03u.sql", dir, version);
	char *text = NULL;
	FILE *f = fopen(path, "re");

	if (f == NULL) {
		err_set(e, ERR_CONFIG,
			"%s: %s; install the program's data files again, or name their folder with --data", path,
			strerror(errno));
		goto out;
	}
	text = xcalloc(SCHEMA_MAX + 1, 1);
	size_t n = fread(text, 1, SCHEMA_MAX + 1, f);
	if (ferror(f) || n == 0 || n > SCHEMA_MAX || memchr(text, '\0', n) != NULL) {
		err_set(e, ERR_CONFIG,
			"%s: cannot be read, is empty or too long; install the program's data files again", path);
		free(text);
		text = NULL;
	}
out:
	if (f != NULL)
		fclose(f);
	free(path);
	return text;
}

static bool version_of(struct store *s, unsigned *ret, struct err *e)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(s->db, "PRAGMA user_version", -1, &statement, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*ret = (unsigned)sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return code == SQLITE_ROW || db_fail_code(s, code, "updating the database", e);
}

static bool run_schema(struct store *s, unsigned to, struct err *e)
{
	unsigned now = 0;
	char *sql = read_schema(s->schema_dir, to, e);
	if (sql == NULL)
		return false;
	bool ok = sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK || db_fail(s, "updating the database", e);
	free(sql);
	if (!ok || !version_of(s, &now, e))
		return false;
	return now == to ||
		err_set(e, ERR_CONFIG,
			"%s/%03u.sql does not set user_version %u; install the program's data files again",
			s->schema_dir, to, to);
}

static bool steps(struct store *s, struct err *e)
{
	unsigned from = 0;

	/* Another process may have done it while we waited for the lock. */
	if (!version_of(s, &from, e))
		return false;
	for (unsigned to = from + 1; to <= DB_VERSION; to++)
		if (!run_schema(s, to, e))
			return false;
	/* What SQL cannot do, with the statements of the newest tables: the last step. */
	return from >= 2 || db_migrate_seal(s, e);
}

/* One transaction: after a power cut the file is of the old version or of the newest. */
static bool migrate(struct store *s, struct err *e)
{
	if (sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
		return db_fail(s, "updating the database", e);
	if (!steps(s, e)) {
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
		return false;
	}
	if (sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
		db_fail(s, "updating the database", e);
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
		return false;
	}
	return true;
}

/* SQLite syncs the folder for the log, not for the database file itself. */
static bool sync_folder(struct store *s, struct err *e)
{
	char *copy = xstrdup(s->path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(copy);
	bool ok = fd >= 0 && fsync(fd) == 0;
	int why = errno;
	if (fd >= 0)
		close(fd);
	return ok ||
		err_set(e, ERR_STORAGE, "making the database: folder of %s: %s; check the disk", s->path,
			strerror(why));
}

bool db_migrate(struct store *s, unsigned version, struct err *e)
{
	return migrate(s, e) && (version != 0 || sync_folder(s, e));
}
