#ifndef TESTS_FAULT_REPLAY_H
#define TESTS_FAULT_REPLAY_H

#include "disk.h"

/*
 * What a disk may hold after a power cut behind operation `cut` of a recording. Synced is safe. Of the rest nothing
 * survives, or all but the last write, which is torn, or any part of it, torn or not, or all of it torn. Torn: of each
 * sector of 512 bytes the new content, the old one, or garbage, which takes what else lies in the sector with it. Of the
 * folder's changes that were not synced the first few survive, in order.
 */
struct replay {
	struct disk_image nodes[DISK_NODES];
};

/* Writes database, log and journal to PATH; its index (-shm) is taken away. */
void replay_write(struct replay *r, const struct disk_log *l, long cut, struct random *rnd, const char *path);
void replay_finish(struct replay *r);

#endif
