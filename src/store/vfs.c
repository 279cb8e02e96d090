#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "store/db.h"

/*
 * A VFS that is the default one with some functions replaced. The default VFS keeps its own file object; only its table of
 * methods is swapped for a copy.
 *
 * xSync counts. The directory sync after a file is created happens inside xSync and is not counted; it occurs once per file,
 * not per transaction.
 *
 * xWrite to the log, at its very end, first writes zeros LOG_STEP further: a commit that then overwrites them changes no
 * size and no block map, so its fdatasync costs the file system one write instead of two. To SQLite zeros after the last
 * frame are what any old frame is there: a frame whose checksum does not fit ends the log.
 */
enum { TABLES_MAX = 8, LOG_STEP = 512 * 1024, FRAME_HEAD = 24, PAGE_MAX = 65536 };

static unsigned long syncs;
static sqlite3_vfs *below;
static sqlite3_vfs counting;
static struct {
	const sqlite3_io_methods *original;
	sqlite3_io_methods copy, log; /* of other files, of the write-ahead log */
} tables[TABLES_MAX];

static int count_sync(sqlite3_file *file, int flags)
{
	/* pMethods points at a table of one of our rows. */
	for (size_t i = 0; i < TABLES_MAX; i++) {
		if (file->pMethods == &tables[i].copy || file->pMethods == &tables[i].log) {
			syncs++;
			return tables[i].original->xSync(file, flags);
		}
	}
	return SQLITE_IOERR_FSYNC;
}

/* A full disk is no reason to fail here: SQLite's own write says what is to be said. */
static void grow(const sqlite3_io_methods *m, sqlite3_file *file, sqlite3_int64 end)
{
	static const char zeros[64 * 1024];
	static const sqlite3_file
		*known; /* whose end we know; another process can only have made that wrong harmlessly */
	static sqlite3_int64 known_end;
	sqlite3_int64 size = 0;

	if (known == file && end <= known_end && end > LOG_STEP / 8)
		return;
	if (m->xFileSize(file, &size) != SQLITE_OK)
		return;
	known = file;
	known_end = size;
	if (end <= size)
		return;
	for (sqlite3_int64 at = size; at < end + LOG_STEP; at += (sqlite3_int64)sizeof zeros) {
		if (m->xWrite(file, zeros, (int)sizeof zeros, at) != SQLITE_OK)
			return;
		known_end = at + (sqlite3_int64)sizeof zeros;
	}
}

/*
 * SQLite writes a frame of the log as two calls, 24 bytes of head and then the page. The head waits for its page, so that a
 * frame is one call of the system; whatever else happens to the file in between writes it first.
 */
static struct {
	sqlite3_file *file; /* NULL: nothing waits */
	sqlite3_int64 at;
	unsigned char frame[FRAME_HEAD + PAGE_MAX];
} held;

static int release(const sqlite3_io_methods *m, sqlite3_file *file)
{
	if (held.file != file)
		return SQLITE_OK;
	held.file = NULL;
	return m->xWrite(file, held.frame, FRAME_HEAD, held.at);
}

static const sqlite3_io_methods *below_log(const sqlite3_file *file)
{
	for (size_t i = 0; i < TABLES_MAX; i++) {
		if (file->pMethods == &tables[i].log)
			return tables[i].original;
	}
	abort(); /* only a table of ours leads here */
}

static int write_frame(const sqlite3_io_methods *m, sqlite3_file *file, const void *bytes, int n, sqlite3_int64 offset)
{
	if (held.file == file && offset == held.at + FRAME_HEAD && n <= PAGE_MAX) {
		held.file = NULL;
		memcpy(held.frame + FRAME_HEAD, bytes, (size_t)n);
		return m->xWrite(file, held.frame, FRAME_HEAD + n, held.at);
	}
	int code = release(m, file);
	if (code != SQLITE_OK)
		return code;
	if (n != FRAME_HEAD || held.file != NULL)
		return m->xWrite(file, bytes, n, offset);
	memcpy(held.frame, bytes, FRAME_HEAD);
	held.at = offset;
	held.file = file;
	return SQLITE_OK;
}

static int log_read(sqlite3_file *file, void *bytes, int n, sqlite3_int64 offset)
{
	const sqlite3_io_methods *m = below_log(file);
	int code = release(m, file);
	return code == SQLITE_OK ? m->xRead(file, bytes, n, offset) : code;
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	const sqlite3_io_methods *m = below_log(file);
	int code = release(m, file);
	return code == SQLITE_OK ? m->xTruncate(file, size) : code;
}

static int log_size(sqlite3_file *file, sqlite3_int64 *ret)
{
	const sqlite3_io_methods *m = below_log(file);
	int code = release(m, file);
	return code == SQLITE_OK ? m->xFileSize(file, ret) : code;
}

static int log_sync(sqlite3_file *file, int flags)
{
	const sqlite3_io_methods *m = below_log(file);
	int code = release(m, file);
	syncs++;
	return code == SQLITE_OK ? m->xSync(file, flags) : code;
}

static int log_close(sqlite3_file *file)
{
	const sqlite3_io_methods *m = below_log(file);
	int code = release(m, file), closed = m->xClose(file);
	return code == SQLITE_OK ? closed : code;
}

static int log_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 offset)
{
	const sqlite3_io_methods *m = below_log(file);
	/*
	 * Not together with the log's new head: SQLite syncs it by itself. Zeros in the middle of an old log whose truncation
	 * a power cut undid would leave half of it valid (found by tests/fault/crash).
	 */
	if (offset > 0)
		grow(m, file, offset + n);
	return write_frame(m, file, bytes, n, offset);
}

static int count_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
	(void)vfs;
	int code = below->xOpen(below, name, file, flags, ret_flags);
	if (code != SQLITE_OK || file->pMethods == NULL)
		return code;
	for (size_t i = 0; i < TABLES_MAX; i++) {
		if (tables[i].original == NULL) {
			tables[i].original = file->pMethods;
			tables[i].copy = *file->pMethods;
			tables[i].copy.xSync = count_sync;
			tables[i].log = tables[i].copy;
			tables[i].log.xClose = log_close;
			tables[i].log.xRead = log_read;
			tables[i].log.xWrite = log_write;
			tables[i].log.xTruncate = log_truncate;
			tables[i].log.xSync = log_sync;
			tables[i].log.xFileSize = log_size;
		}
		if (tables[i].original == file->pMethods) {
			file->pMethods = flags & SQLITE_OPEN_WAL ? &tables[i].log : &tables[i].copy;
			break;
		}
	}
	return SQLITE_OK; /* an unexpected ninth table stays uncounted */
}

const char *vfs_name(void)
{
	if (below == NULL) {
		below = sqlite3_vfs_find(NULL);
		if (below == NULL)
			return NULL;
		counting = *below;
		counting.zName = "juzhu";
		counting.pNext = NULL;
		counting.xOpen = count_open;
		if (sqlite3_vfs_register(&counting, 0) != SQLITE_OK) {
			below = NULL;
			return NULL;
		}
	}
	return counting.zName;
}

unsigned long store_sync_count(void)
{
	return syncs;
}
