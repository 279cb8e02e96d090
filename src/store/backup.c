#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "store/audit.h"
#include "store/copy.h"
#include "store/db.h"
#include "store/upkeep.h"

static const char BACKING_UP[] = "making the backup";

bool copy_sync(const char *path, struct err *e)
{
	char *copy = xstrdup(path);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0 && folder >= 0 && fsync(folder) == 0;
	int why = errno;
	if (fd >= 0)
		close(fd);
	if (folder >= 0)
		close(folder);
	free(copy);
	return ok ||
		err_set(e, ERR_STORAGE, "%s cannot be brought to the disk: %s; check the disk", path, strerror(why));
}

static void first_problem(void *ctx, const char *line)
{
	char *problem = ctx;
	static const char mark[] = "problem: ";
	if (problem[0] == '\0' && strncmp(line, mark, sizeof mark - 1) == 0)
		str_copy(problem, COPY_PROBLEM_MAX, line + sizeof mark - 1);
}

bool copy_verify(const char *path, const char *schema_dir, const char *station, const struct center_public *centers,
	unsigned n, struct verify_counts *ret, struct err *e)
{
	struct store *s = NULL;
	struct err why = { 0 };
	char problem[COPY_PROBLEM_MAX] = "";

	if (!store_open(&s,
		    &(struct store_options){ .path = path,
			    .schema_dir = schema_dir,
			    .station = station,
			    .readonly = true },
		    e))
		return false;
	bool ok = store_verify(s, centers, n, first_problem, problem, ret, &why);
	store_close(s);
	return ok || err_set(e, why.code, "%s", problem[0] == '\0' ? why.text : problem);
}

/* The copy's file is made first, so that nobody else can read it at any moment. */
static bool make_file(const char *path, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0) {
		close(fd);
		return true;
	}
	if (errno == EEXIST)
		return err_set(e, ERR_USAGE, "%s: %s is there, left by a backup that was interrupted; remove it",
			BACKING_UP, path);
	return err_set(e, ERR_STORAGE, "%s: %s: %s; check the folder", BACKING_UP, path, strerror(errno));
}

/* Errors of the copy are not those of the database: the store's own messages would name the wrong disk. */
static bool vacuum_into(struct store *s, const char *path, struct err *e)
{
	sqlite3_stmt *q = NULL;
	/* A name that begins with "file:" would be read as a URI. */
	char *name = xasprintf("%s%s", path[0] == '/' ? "" : "./", path);
	int limit = sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 1);
	int code = sqlite3_prepare_v2(s->db, "VACUUM INTO ?1", -1, &q, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = sqlite3_step(q);
	sqlite3_finalize(q);
	sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, limit);
	free(name);
	return code == SQLITE_DONE ||
		err_set(e, ERR_STORAGE, "%s: %s: %s (SQLite %d); check the free space there, then try again",
			BACKING_UP, path, sqlite3_errstr(code), code);
}

/*
 * Paused filings are not for a backup: put back later, a code that was used would work again, and who keeps old backups could
 * try codes for years. The copy is a file of its own that nobody has open; secure_delete leaves nothing behind.
 */
static bool leave_out_paused(const char *path, struct err *e)
{
	sqlite3 *db = NULL;
	int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(db,
			"PRAGMA journal_mode = MEMORY; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;"
			" DELETE FROM paused; DELETE FROM code_lock WHERE kind = 'pause'",
			NULL, NULL, NULL);
	sqlite3_close(db);
	return code == SQLITE_OK ||
		err_set(e, ERR_STORAGE, "%s: %s: %s (SQLite %d); check the disk, then try again", BACKING_UP, path,
			sqlite3_errstr(code), code);
}

/* The name is taken only when nobody has it; a file system that cannot promise that (FAT) is asked before. */
static bool publish(const char *from, const char *to, struct err *e)
{
	int result = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
	if (result != 0 && (errno == EINVAL || errno == ENOSYS) && access(to, F_OK) != 0)
		result = rename(from, to);
	return (result == 0 || err_set(e, ERR_STORAGE, "%s: %s: %s", BACKING_UP, to, strerror(errno))) &&
		copy_sync(to, e);
}

bool store_backup(struct store *s, const char *to, const struct center_public *centers, unsigned n, struct err *e)
{
	struct verify_counts counts;
	char detail[40];
	bool ok = false;

	if (access(to, F_OK) == 0)
		return err_set(e, ERR_USAGE, "%s: %s is there already; choose another name", BACKING_UP, to);
	/* The copy ends with a signed head: nothing can be cut off its log unnoticed. */
	if (!db_ready(s, e) || (s->keys != NULL && !s->readonly && !store_audit_sign(s, e)))
		return false;
	char *path = xasprintf("%s.new", to);
	if (!make_file(path, e))
		goto out;
	if (!vacuum_into(s, path, e) || !leave_out_paused(path, e))
		goto remove;
	if (!copy_verify(path, s->schema_dir, s->station, centers, n, &counts, e)) {
		err_add(e,
			"%s: the copy is not good, so it was deleted; juzhu verify tells whether the database is. Its first"
			" problem",
			BACKING_UP);
		goto remove;
	}
	if (!copy_sync(path, e) || !publish(path, to, e))
		goto remove;
	snprintf(detail, sizeof detail, "%llu cases", (unsigned long long)counts.cases);
	ok = s->readonly || store_audit(s, AUDIT_BACKUP, "", detail, e) ||
		err_add(e, "the backup %s is good, but the audit log does not tell of it", to);
	goto out;
remove:
	unlink(path);
out:
	free(path);
	return ok;
}
