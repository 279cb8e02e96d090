#ifndef SEAL_SECRET_H
#define SEAL_SECRET_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/*
 * One page of memory for keys that must never reach a disk: memfd_secret(2) where the kernel has it (not even the kernel's
 * own maps show it), else a locked memfd. It is shared with the processes that inherit its descriptor, so that the key of the
 * drafts outlives a crash of the program but not of its supervisor.
 */
struct secret {
	unsigned char *bytes; /* NULL: none */
	size_t size;
	int fd;
	bool hidden; /* memfd_secret, not just locked */
	bool made;   /* by this struct's owner, who wipes it for everybody */
};

/* `size` random bytes, at most a page. ERR_STORAGE: memory cannot be locked (RLIMIT_MEMLOCK). */
bool secret_make(struct secret *ret, size_t size, struct err *e);
/*
 * Maps the secret that another process made; the descriptor is ours from then on, and no program that we start gets it
 * (close-on-exec, as with secret_make: who wants to hand it on clears that in the child). On failure it stays the caller's.
 */
bool secret_attach(struct secret *ret, int fd, size_t size, struct err *e);
void secret_renew(struct secret *s, size_t n); /* other random bytes for the first n */
void secret_finish(struct secret *s);          /* unmaps and closes; its maker wipes; accepts a zeroed one */

#endif
