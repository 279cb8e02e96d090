#include <stddef.h>

#include "store/db.h"

/*
 * A VFS that is the default one with one function replaced: xSync counts. The default VFS keeps its own file object;
 * only its table of methods is swapped for a copy. The directory sync after a file is created happens inside xSync and
 * is not counted; it occurs once per file, not per transaction.
 */
enum { TABLES_MAX = 8 };

static unsigned long syncs;
static sqlite3_vfs *below;
static sqlite3_vfs counting;
static struct {
	const sqlite3_io_methods *original;
	sqlite3_io_methods copy;
} tables[TABLES_MAX];

static int count_sync(sqlite3_file *file, int flags)
{
	/* pMethods points at the `copy` of one of our rows. */
	for (size_t i = 0; i < TABLES_MAX; i++) {
		if (file->pMethods == &tables[i].copy) {
			syncs++;
			return tables[i].original->xSync(file, flags);
		}
	}
	return SQLITE_IOERR_FSYNC;
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
		}
		if (tables[i].original == file->pMethods) {
			file->pMethods = &tables[i].copy;
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
