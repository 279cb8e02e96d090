#include "disk.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "seams.h"

const char *const disk_ends[DISK_NAMES] = { "", "-wal", "-journal" };

struct disk_file {
	sqlite3_file base;
	int node;       /* -1: not written down */
	bool new_entry; /* SQLite syncs the folder with the first sync of a new log or journal */
};

static sqlite3_vfs *below;
static struct disk_log *log_now;
static struct random noise = { 1 };

static struct {
	enum disk_fault fault;
	long nth, calls;
	bool for_ever, hit;
} failing;

enum call { CALL_READ, CALL_WRITE, CALL_TRUNCATE, CALL_SYNC, CALL_SIZE, CALL_SHARED, CALL_OPEN, CALL_DELETE };

/* Does this call fail? A full disk hurts only what needs room. */
static bool fails(enum call c)
{
	bool counts = failing.fault == DISK_EIO ||
		(failing.fault == DISK_FULL && (c == CALL_WRITE || c == CALL_SHARED || c == CALL_OPEN)) ||
		(failing.fault == DISK_SHORT && c == CALL_WRITE) ||
		(failing.fault == DISK_SYNC_FAILS && c == CALL_SYNC);
	if (!counts)
		return false;
	failing.calls++;
	bool now =
		failing.nth > 0 && (failing.calls == failing.nth || (failing.for_ever && failing.calls > failing.nth));
	failing.hit = failing.hit || now;
	return now;
}

void disk_fail(enum disk_fault fault, long nth, bool for_ever)
{
	failing.fault = fault;
	failing.nth = nth;
	failing.for_ever = for_ever;
	failing.calls = 0;
	failing.hit = false;
}

long disk_heal(bool *ret_hit)
{
	if (ret_hit != NULL)
		*ret_hit = failing.hit;
	failing.nth = 0;
	return failing.calls;
}

static void add(struct disk_op op)
{
	struct disk_log *l = log_now;
	if (l->n == l->room) {
		l->room = l->room > 0 ? l->room * 2 : 1024;
		l->ops = realloc(l->ops, (size_t)l->room * sizeof *l->ops);
		if (l->ops == NULL)
			harness_die("out of memory");
	}
	l->ops[l->n++] = op;
}

static int name_of(const char *path)
{
	size_t n = log_now == NULL ? 0 : strlen(log_now->path);
	if (path == NULL || log_now == NULL || strncmp(path, log_now->path, n) != 0)
		return -1;
	for (int i = 0; i < DISK_NAMES; i++)
		if (strcmp(path + n, disk_ends[i]) == 0)
			return i;
	return -1;
}

static int new_node(struct disk_log *l, int name)
{
	if (l->n_nodes == DISK_NODES)
		harness_die("too many files in one recording");
	l->nodes[l->n_nodes] = (struct disk_node){ .name = name };
	l->now[name] = l->n_nodes;
	return l->n_nodes++;
}

static sqlite3_file *real(sqlite3_file *file)
{
	return (sqlite3_file *)((struct disk_file *)(void *)file + 1);
}

static int node_of(sqlite3_file *file)
{
	return log_now == NULL ? -1 : ((struct disk_file *)(void *)file)->node;
}

static int disk_close(sqlite3_file *f)
{
	return real(f)->pMethods->xClose(real(f));
}

static int disk_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return fails(CALL_READ) ? SQLITE_IOERR_READ : real(f)->pMethods->xRead(real(f), to, n, at);
}

static int disk_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at)
{
	bool failed = fails(CALL_WRITE);
	int node = node_of(f);

	if (failed && failing.fault != DISK_SHORT)
		return failing.fault == DISK_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
	if (failed)
		n /= 2;
	int code = n == 0 ? SQLITE_OK : real(f)->pMethods->xWrite(real(f), bytes, n, at);
	if (code == SQLITE_OK && node >= 0) {
		unsigned char *copy = malloc((size_t)n + 1);
		if (copy == NULL)
			harness_die("out of memory");
		memcpy(copy, bytes, (size_t)n);
		add((struct disk_op){ DISK_WRITE, node, at, n, copy });
	}
	return failed ? SQLITE_IOERR_WRITE : code;
}

static int disk_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	if (fails(CALL_TRUNCATE))
		return SQLITE_IOERR_TRUNCATE;
	if (node_of(f) >= 0)
		add((struct disk_op){ DISK_TRUNCATE, node_of(f), size, 0, NULL });
	return real(f)->pMethods->xTruncate(real(f), size);
}

static int disk_sync(sqlite3_file *file, int flags)
{
	struct disk_file *f = (struct disk_file *)(void *)file;

	if (fails(CALL_SYNC))
		return SQLITE_IOERR_FSYNC;
	if (node_of(file) >= 0) {
		add((struct disk_op){ DISK_SYNC, f->node, 0, 0, NULL });
		if (f->new_entry)
			add((struct disk_op){ DISK_FOLDER_SYNC, -1, 0, 0, NULL });
		f->new_entry = false;
		return SQLITE_OK; /* the replay knows what is safe; the file itself lies in memory */
	}
	return real(file)->pMethods->xSync(real(file), flags);
}

static int disk_size(sqlite3_file *f, sqlite3_int64 *ret)
{
	return fails(CALL_SIZE) ? SQLITE_IOERR_FSTAT : real(f)->pMethods->xFileSize(real(f), ret);
}

static int disk_lock(sqlite3_file *f, int lock)
{
	return real(f)->pMethods->xLock(real(f), lock);
}

static int disk_unlock(sqlite3_file *f, int lock)
{
	return real(f)->pMethods->xUnlock(real(f), lock);
}

static int disk_reserved(sqlite3_file *f, int *ret)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), ret);
}

static int disk_control(sqlite3_file *f, int what, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), what, arg);
}

static int disk_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int disk_traits(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int disk_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **ret)
{
	if (fails(CALL_SHARED))
		return failing.fault == DISK_FULL ? SQLITE_FULL : SQLITE_IOERR_SHMMAP;
	return real(f)->pMethods->xShmMap(real(f), page, size, extend, ret);
}

static int disk_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return real(f)->pMethods->xShmLock(real(f), at, n, flags);
}

static void disk_shm_barrier(sqlite3_file *f)
{
	real(f)->pMethods->xShmBarrier(real(f));
}

static int disk_shm_unmap(sqlite3_file *f, int remove)
{
	return real(f)->pMethods->xShmUnmap(real(f), remove);
}

static const sqlite3_io_methods methods = { 2, disk_close, disk_read, disk_write, disk_truncate, disk_sync, disk_size,
	disk_lock, disk_unlock, disk_reserved, disk_control, disk_sector, disk_traits, disk_shm_map, disk_shm_lock,
	disk_shm_barrier, disk_shm_unmap, NULL, NULL };

static int disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *ret_flags)
{
	struct disk_file *f = (struct disk_file *)(void *)file;
	int name = name_of(path);
	bool there = path != NULL && access(path, F_OK) == 0;

	(void)vfs;
	f->base.pMethods = NULL;
	if (fails(CALL_OPEN))
		return SQLITE_CANTOPEN;
	memset(real(file), 0, (size_t)below->szOsFile);
	int code = below->xOpen(below, path, real(file), flags, ret_flags);
	if (code != SQLITE_OK) {
		if (real(file)->pMethods != NULL)
			real(file)->pMethods->xClose(real(file));
		return code;
	}
	f->node = -1;
	f->new_entry = name > 0 && !there;
	if (name >= 0) {
		f->node = log_now->now[name];
		/* The store makes the database itself, empty, before SQLite opens it. */
		if (f->node < 0 || !there) {
			f->node = new_node(log_now, name);
			add((struct disk_op){ DISK_CREATE, f->node, 0, 0, NULL });
		}
	}
	f->base.pMethods = &methods;
	return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	int name = name_of(path);

	(void)vfs;
	if (fails(CALL_DELETE))
		return SQLITE_IOERR_DELETE;
	if (name >= 0 && log_now->now[name] >= 0) {
		add((struct disk_op){ DISK_DELETE, log_now->now[name], 0, 0, NULL });
		log_now->now[name] = -1;
		if (sync_folder)
			add((struct disk_op){ DISK_FOLDER_SYNC, -1, 0, 0, NULL });
	}
	return below->xDelete(below, path, sync_folder);
}

static int disk_access(sqlite3_vfs *vfs, const char *path, int flags, int *ret)
{
	(void)vfs;
	return below->xAccess(below, path, flags, ret);
}

static int disk_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
	(void)vfs;
	return below->xFullPathname(below, path, size, out);
}

static int disk_random(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs;
	for (int i = 0; i < n; i++)
		out[i] = (char)random_next(&noise);
	return n;
}

void disk_seed(uint64_t seed)
{
	noise = random_from(seed);
	sqlite3_randomness(0, NULL);
}

static void folder_synced(void)
{
	if (log_now != NULL)
		add((struct disk_op){ DISK_FOLDER_SYNC, -1, 0, 0, NULL });
}

void disk_register(void)
{
	static sqlite3_vfs vfs;

	if (below != NULL)
		return;
	below = sqlite3_vfs_find(NULL);
	if (below == NULL)
		harness_die("SQLite has no file system");
	vfs = *below;
	vfs.zName = "fault";
	vfs.pNext = NULL;
	vfs.szOsFile = below->szOsFile + (int)sizeof(struct disk_file);
	vfs.xOpen = disk_open;
	vfs.xDelete = disk_delete;
	vfs.xAccess = disk_access;
	vfs.xFullPathname = disk_full_path;
	vfs.xRandomness = disk_random;
	if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
		harness_die("the fault VFS cannot be registered");
	seam_folder_synced = folder_synced;
}

static void load(struct disk_image *i, const char *path)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0)
		harness_die("%s cannot be read", path);
	i->size = i->room = st.st_size;
	i->bytes = malloc((size_t)i->size + 1);
	if (i->bytes == NULL || read(fd, i->bytes, (size_t)i->size) != i->size)
		harness_die("%s cannot be read", path);
	close(fd);
}

void disk_record(struct disk_log *l, const char *path)
{
	*l = (struct disk_log){ 0 };
	snprintf(l->path, sizeof l->path, "%s", path);
	log_now = l;
	for (int i = 0; i < DISK_NAMES; i++) {
		char name[620];
		snprintf(name, sizeof name, "%s%s", path, disk_ends[i]);
		l->begin[i] = l->now[i] = -1;
		if (access(name, F_OK) == 0)
			load(&l->nodes[l->begin[i] = new_node(l, i)].base, name);
	}
}

void disk_ack(long which)
{
	if (log_now != NULL)
		add((struct disk_op){ DISK_ACK, -1, which, 0, NULL });
}

void disk_stop(void)
{
	log_now = NULL;
}

void disk_log_finish(struct disk_log *l)
{
	for (long i = 0; i < l->n; i++)
		free(l->ops[i].bytes);
	for (int i = 0; i < l->n_nodes; i++)
		free(l->nodes[i].base.bytes);
	free(l->ops);
	*l = (struct disk_log){ 0 };
}
