#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "store/db.h"
#include "store/upkeep.h"

static const char RESERVING[] = "making the disk reserve";

static char *ballast_path(const struct store *s)
{
	return xasprintf("%s.ballast", s->path);
}

/* Twice its size has to stay free: a reserve must not be what fills the disk. */
static bool make(int fd, uint64_t bytes, const char *path, struct err *e)
{
	struct stat st;
	struct statvfs v;

	if (fstat(fd, &st) != 0 || fstatvfs(fd, &v) != 0 || !S_ISREG(st.st_mode))
		return err_set(e, ERR_STORAGE, "%s: %s cannot be used: %s; remove it", RESERVING, path,
			strerror(errno));
	uint64_t there = (uint64_t)st.st_blocks * 512, available = (uint64_t)v.f_bavail * v.f_frsize;
	if (there >= bytes && (uint64_t)st.st_size == bytes)
		return true;
	uint64_t more = there < bytes ? bytes - there : 0;
	if (available < more + 2 * bytes)
		return err_set(e, ERR_NO,
			"%s: %llu MiB are free beside %s, %llu are needed; free some space, it is tried again later",
			RESERVING, (unsigned long long)available >> 20, path,
			(unsigned long long)(more + 2 * bytes) >> 20);
	int code = ftruncate(fd, (off_t)bytes) == 0 ? posix_fallocate(fd, 0, (off_t)bytes) : errno;
	return code == 0 || err_set(e, ERR_STORAGE, "%s: %s: %s; check the disk", RESERVING, path, strerror(code));
}

bool store_ballast_fill(struct store *s, uint64_t bytes, struct err *e)
{
	char *path = ballast_path(s);
	bool ok = true;

	if (bytes == 0) {
		if (unlink(path) != 0 && errno != ENOENT)
			ok = err_set(e, ERR_STORAGE, "removing the disk reserve %s: %s", path, strerror(errno));
		goto out;
	}
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	if (fd < 0) {
		ok = err_set(e, ERR_STORAGE, "%s: %s: %s; check the folder of the database", RESERVING, path,
			strerror(errno));
		goto out;
	}
	struct stat st;
	ok = make(fd, bytes, path, e);
	if (!ok && fstat(fd, &st) == 0 && st.st_size == 0)
		unlink(path);
	close(fd);
out:
	free(path);
	return ok;
}

bool store_ballast_give(struct store *s)
{
	char *path = ballast_path(s);
	bool given = unlink(path) == 0;
	free(path);
	return given;
}
