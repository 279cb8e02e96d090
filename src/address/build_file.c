/* The file beside the path: begun, put in place when complete; what a stopped build left is cleared away. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "address/build_own.h"
#include "address/filter.h"
#include "base/err.h"
#include "base/xalloc.h"

/* The folder of a path, and the name in it; the caller's to free. */
static char *folder_of(const char *path, const char **ret_name)
{
	const char *slash = strrchr(path, '/');
	*ret_name = slash ? slash + 1 : path;
	return slash == path ? xstrdup("/") : slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup(".");
}

/* "library.db.new-1234" of a process that is no more */
static bool is_left_over(const char *file, const char *name)
{
	size_t n = strlen(name);
	if (strncmp(file, name, n) != 0 || strncmp(file + n, ".new-", 5) != 0)
		return false;
	char *end;
	long pid = strtol(file + n + 5, &end, 10);
	return pid > 0 && !*end && (pid == getpid() || (kill((pid_t)pid, 0) != 0 && errno == ESRCH));
}

static void clear_left_over(const char *path)
{
	const char *name;
	char *folder = folder_of(path, &name);
	DIR *d = opendir(folder);
	for (const struct dirent *f; d && (f = readdir(d));) {
		if (is_left_over(f->d_name, name))
			unlinkat(dirfd(d), f->d_name, 0);
	}
	if (d)
		closedir(d);
	free(folder);
}

bool build_begin(struct library_writer *w, struct err *e)
{
	static const char setup[] = "PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
				    " PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-16384;";
	char marks[120];
	snprintf(marks, sizeof marks, "PRAGMA application_id=%d; PRAGMA user_version=%d; BEGIN;", LIBRARY_APPLICATION,
		LIBRARY_VERSION);
	clear_left_over(w->path);
	if (sqlite3_open_v2(w->temporary, &w->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) == SQLITE_OK &&
		sqlite3_exec(w->db, setup, NULL, NULL, NULL) == SQLITE_OK &&
		sqlite3_exec(w->db, marks, NULL, NULL, NULL) == SQLITE_OK &&
		sqlite3_exec(w->db, LIBRARY_SCHEMA, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	return err_set(e, ERR_STORAGE, "%s: cannot be made: %s", w->temporary,
		w->db ? sqlite3_errmsg(w->db) : "out of memory");
}

static bool sync_path(const char *path, int flags)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	bool ok = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool put_in_place(struct library_writer *w, struct err *e)
{
	const char *name;
	if (!sync_path(w->temporary, 0))
		return err_set(e, ERR_STORAGE, "%s: cannot be brought to the disk: %s; nothing was changed",
			w->temporary, strerror(errno));
	if (rename(w->temporary, w->path) != 0)
		return err_set(e, ERR_STORAGE, "%s: cannot be put in place: %s; the old library stays", w->path,
			strerror(errno));
	char *folder = folder_of(w->path, &name);
	bool ok = sync_path(folder, O_DIRECTORY);
	if (!ok)
		err_set(e, ERR_STORAGE,
			"%s: cannot be brought to the disk: %s; the new library is in place, but may not"
			" survive a power cut",
			folder, strerror(errno));
	free(folder);
	return ok;
}

static bool copy_all(int from, int to)
{
	ssize_t n;
	while ((n = copy_file_range(from, NULL, to, NULL, SSIZE_MAX / 2, 0)) > 0)
		;
	return n == 0 && fsync(to) == 0;
}

void library_keep_copy(const char *path)
{
	char *temporary = xasprintf("%s.new-%ld", path, (long)getpid()), *last = xasprintf("%s.last", path);
	int from = open(path, O_RDONLY | O_CLOEXEC),
	    to = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (from < 0 || to < 0 || !copy_all(from, to) || rename(temporary, last) != 0)
		unlink(temporary);
	if (from >= 0)
		close(from);
	if (to >= 0)
		close(to);
	free(temporary);
	free(last);
}

bool library_writer_finish(struct library_writer *w, build_progress *progress, void *ctx, struct err *e)
{
	if (!w->db)
		return err_set(e, ERR_BUG, "a library is finished twice");
	build_close_door(w);
	bool ok = build_write(w, progress, ctx, e) && filter_write(w->db, e);
	if (ok && sqlite3_exec(w->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		ok = err_set(e, ERR_STORAGE, "%s: writing failed: %s; nothing was changed", w->temporary,
			sqlite3_errmsg(w->db));
	if (ok && sqlite3_close(w->db) != SQLITE_OK)
		ok = err_set(e, ERR_BUG, "%s: cannot be closed", w->temporary);
	else if (!ok)
		sqlite3_close(w->db);
	w->db = NULL;
	ok = ok && put_in_place(w, e);
	unlink(w->temporary); /* gone when it was renamed */
	if (ok && progress)
		progress(ctx, 1000);
	return ok;
}
