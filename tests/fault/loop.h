#ifndef TESTS_FAULT_LOOP_H
#define TESTS_FAULT_LOOP_H

#include <stdbool.h>
#include <stddef.h>

/* A real file system in a file, mounted in this process's own name space. Needs root and loop devices. */
struct loop_fs {
	char image[600], device[64], mount[600];
	const char *type; /* ext4, xfs */
};

/* Why this machine cannot do it; NULL: it can. */
const char *loop_missing(const char *type, const char *dir);
void loop_private(void); /* mounts of this process are its own from now on */
bool loop_make(struct loop_fs *f, const char *dir, const char *type); /* not mounted yet */
bool loop_mount(const struct loop_fs *f);
bool loop_unmount(const struct loop_fs *f);
void loop_finish(struct loop_fs *f);
/* What is not on the disk is gone: no flush of the log, every later call fails. */
bool loop_cut(const struct loop_fs *f);
/* The file system finds an error and turns read-only (ext4). */
bool loop_trigger_error(const struct loop_fs *f);

#endif
