#ifndef TESTS_FAULT_DISK_H
#define TESTS_FAULT_DISK_H

#include <stdbool.h>
#include <stdint.h>

#include "harness.h"

/*
 * A VFS between the store and the real file system. It can write down everything that would change a disk, from which
 * replay.h makes what a power cut leaves, and it can let calls fail. It is the default VFS, so the store's own one, which
 * counts, lies above it.
 */
enum disk_kind { DISK_WRITE, DISK_TRUNCATE, DISK_SYNC, DISK_CREATE, DISK_DELETE, DISK_FOLDER_SYNC, DISK_ACK };

struct disk_op {
	enum disk_kind kind;
	int node;
	int64_t at; /* DISK_TRUNCATE: size; DISK_ACK: which case */
	int size;
	unsigned char *bytes;
};

enum { DISK_NAMES = 3, DISK_NODES = 64 }; /* database, log, journal */
extern const char *const disk_ends[DISK_NAMES];

struct disk_image {
	unsigned char *bytes;
	int64_t size, room;
};

struct disk_node { /* a file; a name can lead to one after another */
	int name;
	struct disk_image base; /* what it held when recording began */
};

struct disk_log {
	char path[600];
	struct disk_op *ops;
	long n, room;
	struct disk_node nodes[DISK_NODES];
	int n_nodes;
	int begin[DISK_NAMES], now[DISK_NAMES]; /* node of each name, -1: none */
};

void disk_register(void);      /* once, before the store is opened */
void disk_seed(uint64_t seed); /* SQLite's random numbers */

/* Begins to write down what happens to PATH and its log; the files that are there are the disk's safe contents. */
void disk_record(struct disk_log *log, const char *path);
void disk_ack(long which);
void disk_stop(void);
void disk_log_finish(struct disk_log *log);

/* --- failing calls --- */
enum disk_fault { DISK_EIO, DISK_FULL, DISK_SHORT, DISK_SYNC_FAILS };
/* The nth call from now that can fail in this way does (0: none), with `for_ever` all after it, too. */
void disk_fail(enum disk_fault fault, long nth, bool for_ever);
/* Ends it. Calls that could have failed; *ret_hit: did one? */
long disk_heal(bool *ret_hit);

#endif
