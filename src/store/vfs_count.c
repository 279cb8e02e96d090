#include <stddef.h>

#include "store/db.h"

/*
 * A VFS that is the default one with two functions replaced. The default VFS keeps its own file object; only its table of
 * methods is swapped for a copy.
 *
 * xSync counts. The directory sync after a file is created happens inside xSync and is not counted; it occurs once per file,
 * not per transaction.
 *
 * xWrite to the log, at its very end, first writes zeros LOG_STEP further: a commit that then overwrites them changes no
 * size and no block map, so its fdatasync costs the file system one write instead of two. To SQLite zeros after the last
 * frame are what any old frame is there: a frame whose checksum does not fit ends the log.
 */
enum { TABLES_MAX = 8, LOG_STEP = 512 * 1024 };

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
	sqlite3_int64 size = 0;

	if (m->xFileSize(file, &size) != SQLITE_OK || end <= size)
		return;
	for (sqlite3_int64 at = size; at < end + LOG_STEP; at += (sqlite3_int64)sizeof zeros)
		if (m->xWrite(file, zeros, (int)sizeof zeros, at) != SQLITE_OK)
			return;
}

static int log_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 offset)
{
	for (size_t i = 0; i < TABLES_MAX; i++) {
		if (file->pMethods == &tables[i].log) {
			/*
			 * Not before the log's new header is safe: SQLite syncs it by itself. Zeros in the middle of an old log
			 * whose truncation a power cut undid would leave half of it valid (found by tests/fault/crash).
			 */
			if (offset > 0)
				grow(tables[i].original, file, offset + n);
			return tables[i].original->xWrite(file, bytes, n, offset);
		}
	}
	return SQLITE_IOERR_WRITE;
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
			tables[i].log.xWrite = log_write;
		}
		if (tables[i].original == file->pMethods) {
			file->pMethods = flags & SQLITE_OPEN_WAL ? &tables[i].log : &tables[i].copy;
			break;
		}
	}
	return SQLITE_OK; /* an unexpected ninth table stays uncounted */
}

const char *vfs_count_name(void)
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
