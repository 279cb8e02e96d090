#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "store/audit.h"
#include "store/copy.h"
#include "store/db.h"
#include "store/upkeep.h"

static const char RESTORING[] = "restoring the database";

/* The database and what SQLite keeps beside it: a log that stayed behind would be played into the restored file. */
static const char *const ends[] = { "-wal", "-shm", "-journal", "" };
enum { N_ENDS = sizeof ends / sizeof ends[0] };

static bool failed(const char *path, struct err *e)
{
	return err_set(e, ERR_STORAGE, "%s: %s: %s", RESTORING, path, strerror(errno));
}

static bool is_backup(const char *backup, const char *path, struct err *e)
{
	struct stat b, p;
	char *log = xasprintf("%s-wal", backup);
	bool in_use = stat(log, &p) == 0 && p.st_size > 0;
	free(log);
	if (stat(backup, &b) != 0)
		return err_set(e, ERR_STORAGE, "%s: the backup %s: %s; check its name", RESTORING, backup,
			strerror(errno));
	if (in_use || (stat(path, &p) == 0 && p.st_dev == b.st_dev && p.st_ino == b.st_ino))
		return err_set(e, ERR_USAGE, "%s: %s is a database in use; a backup is made with juzhu backup",
			RESTORING, backup);
	return true;
}

/* May what lies at `path` be put aside? A first try that was cut off can have left a second name of the same file. */
static bool room_beside(const char *path, bool replace, struct err *e)
{
	struct stat p, before;
	char *aside = xasprintf("%s.before-restore", path);
	bool ok = true;

	if (stat(path, &p) == 0 && stat(aside, &before) == 0 && p.st_dev == before.st_dev && p.st_ino == before.st_ino)
		unlink(aside);
	if (access(path, F_OK) == 0 && !replace)
		ok = err_set(e, ERR_USAGE,
			"%s: %s is there already; with --replace it is kept as %s.before-restore and the backup takes"
			" its place",
			RESTORING, path, path);
	free(aside);
	for (size_t i = 0; ok && i < N_ENDS; i++) {
		char *from = xasprintf("%s%s", path, ends[i]), *to = xasprintf("%s.before-restore%s", path, ends[i]);
		if (access(from, F_OK) == 0 && access(to, F_OK) == 0)
			ok = err_set(e, ERR_USAGE, "%s: %s is there from an earlier time; move it away, then try again",
				RESTORING, to);
		free(from);
		free(to);
	}
	return ok;
}

/*
 * Takes every lock that SQLite uses on a file, so that nobody has it open and nobody can open it until *ret_fd is closed. A
 * connection in WAL mode holds a shared lock as long as it lives. Does not read the file: it may be damaged.
 */
static bool lock_out(const char *path, int *ret_fd, struct err *e)
{
	enum { PENDING = 0x40000000, LENGTH = 512 }; /* sqlite.org/fileformat2.html 1.4, os.h of SQLite */
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = PENDING, .l_len = LENGTH };

	int fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) {
		*ret_fd = -1;
		return true;
	}
	if (fd < 0)
		return failed(path, e);
	if (fcntl(fd, F_OFD_SETLK, &lock) != 0) {
		close(fd);
		return err_set(e, ERR_STORAGE,
			"%s: %s is in use; end every program that has it open (fuser shows them), then try again",
			RESTORING, path);
	}
	*ret_fd = fd;
	return true;
}

/* Moves the log into the old database, when both are sound: then it is one file that says everything. */
static void settle(const char *path)
{
	sqlite3 *db = NULL;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
		sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_close(db);
}

/* Run by the administrator, the file still has to be the kiosk's. */
static bool give_owner(int fd, const char *path)
{
	struct stat st;
	char *copy = xstrdup(path);
	bool ok = geteuid() != 0 ||
		((stat(path, &st) == 0 || stat(dirname(copy), &st) == 0) && fchown(fd, st.st_uid, st.st_gid) == 0);
	free(copy);
	return ok;
}

static bool copy_file(const char *from, const char *to, const char *owner_of, struct err *e)
{
	static char block[64 * 1024];
	ssize_t n = -1;
	bool ok = false;

	unlink(to); /* of a try that was cut off */
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (in < 0 || out < 0) {
		failed(in < 0 ? from : to, e);
		goto out;
	}
	while ((n = read(in, block, sizeof block)) > 0) {
		for (ssize_t at = 0, done; at < n; at += done) {
			done = write(out, block + at, (size_t)(n - at));
			if (done < 0) {
				failed(to, e);
				goto out;
			}
		}
	}
	ok = n == 0 || failed(from, e);
	ok = ok && ((give_owner(out, owner_of) && fsync(out) == 0) || failed(to, e));
out:
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return ok;
}

/*
 * What lies beside the database first, the database last, and its name is never free: a kiosk that starts in between shall
 * not make an empty one.
 */
static bool swap(const char *fresh, const char *path, struct err *e)
{
	bool ok = true;

	for (size_t i = 0; ok && i < N_ENDS; i++) {
		char *from = xasprintf("%s%s", path, ends[i]), *to = xasprintf("%s.before-restore%s", path, ends[i]);
		bool last = ends[i][0] == '\0';
		/* A file system without second names: then there is a gap after all. */
		int result = last ? link(from, to) : rename(from, to);
		if (last && result != 0 && (errno == EPERM || errno == EOPNOTSUPP))
			result = rename(from, to);
		ok = result == 0 || errno == ENOENT || failed(to, e);
		free(from);
		free(to);
	}
	if (ok && rename(fresh, path) != 0)
		ok = failed(path, e);
	return ok && copy_sync(path, e);
}

static void remove_copy(const char *fresh)
{
	for (size_t i = 0; i < N_ENDS; i++) {
		char *name = xasprintf("%s%s", fresh, ends[i]);
		unlink(name);
		free(name);
	}
}

static bool tell(const char *path, const char *schema_dir, const char *station, uint64_t cases, struct err *e)
{
	struct store *s = NULL;
	char detail[40];

	snprintf(detail, sizeof detail, "%llu cases", (unsigned long long)cases);
	bool ok = store_open(&s, &(struct store_options){ .path = path, .schema_dir = schema_dir, .station = station },
			  e) &&
		store_audit(s, AUDIT_RESTORED, "", detail, e);
	store_close(s);
	return ok || err_add(e, "the backup is in place, but the audit log does not tell of it");
}

bool store_restore(const char *backup, const char *path, const char *schema_dir, const char *station, bool replace,
	const struct center_public *centers, unsigned n, struct err *e)
{
	struct verify_counts counts = { 0 };
	char *fresh = xasprintf("%s.restore", path);
	int lock = -1;
	bool ok = false;

	if (!is_backup(backup, path, e) || !room_beside(path, replace, e))
		goto out;
	if (access(path, F_OK) == 0)
		settle(path);
	if (!lock_out(path, &lock, e))
		goto out;
	/* The copy is verified, not the backup: it is what will be used. */
	if (!copy_file(backup, fresh, path, e))
		goto remove;
	if (!copy_verify(fresh, schema_dir, station, centers, n, &counts, e)) {
		err_add(e, "%s: nothing was changed, the backup %s is not good; take another one. Its first problem",
			RESTORING, backup);
		goto remove;
	}
	if (!swap(fresh, path, e))
		goto remove;
	if (lock >= 0)
		close(lock);
	lock = -1;
	ok = tell(path, schema_dir, station, counts.cases, e);
remove:
	remove_copy(fresh);
out:
	if (lock >= 0)
		close(lock);
	free(fresh);
	return ok;
}
