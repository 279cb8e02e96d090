#ifndef VISION_SANDBOX_H
#define VISION_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* The address sanitizer is there: its shadow needs terabytes of address space, and it makes calls of its own. */
#if defined(__SANITIZE_ADDRESS__)
#define SHADOW_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SHADOW_MEMORY 1
#endif
#endif

/*
 * What the child that reads a stranger's bytes may still do: one row of a table in sandbox.c for each kind of work. All
 * profiles share: no new rights, no core, no new files, a limit on memory and processor time, nothing on the disk by
 * Landlock (as far as the kernel has it), only the listed system calls (reference: photo file 5, reliability 5).
 */
enum sandbox_profile {
	SANDBOX_PICTURE, /* JPEG, PNG and arithmetic */
	SANDBOX_HEIC,    /* libde265 starts threads */
	SANDBOX_WORDS,   /* the recogniser takes memory and time */
	SANDBOX_PDF,     /* the same, and reads what two programs write that run locked in by themselves */
	SANDBOX_PROFILES,
};

/*
 * Locks the calling process in for good. Every descriptor is closed other than those of `keep` (n of them), which are brought into
 * order. False: something that the kernel has could not be set up; the caller must end at once without reading anything.
 */
bool sandbox_enter(enum sandbox_profile profile, int *keep, size_t n);
/* The version of Landlock in this kernel; 0: none, files are then kept away by the list of calls alone. */
int sandbox_landlock(void);
/*
 * The same for a process that is about to become this program (absolute path): it may start and read what a program needs to run,
 * fonts and character maps, and nothing else; it writes to the descriptors it has. No process, no socket, no file is made.
 */
bool sandbox_program(const char *program);

#endif
