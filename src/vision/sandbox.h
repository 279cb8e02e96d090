#ifndef VISION_SANDBOX_H
#define VISION_SANDBOX_H

#include <stdbool.h>

/*
 * What the child that reads a stranger's bytes may still do: one row of a table in sandbox.c for each kind of work. All
 * profiles share: no new rights, no core, no new files, a limit on memory and processor time, nothing on the disk by
 * Landlock (as far as the kernel has it), only the listed system calls (reference: photo file 5, reliability 5).
 */
enum sandbox_profile {
	SANDBOX_PICTURE, /* JPEG, PNG and arithmetic */
	SANDBOX_HEIC,    /* libde265 starts threads */
	SANDBOX_PROFILES,
};

/*
 * Locks the calling process in for good. Every descriptor other than `keep` is closed; `keep` stays open for writing.
 * False: something that the kernel has could not be set up; the caller must end at once without reading anything.
 */
bool sandbox_enter(enum sandbox_profile profile, int keep);

#endif
