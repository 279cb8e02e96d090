#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct err;

/*
 * Starts an outside program without a shell: own session and so no terminal, clean environment (PATH, LANG, OMP_THREAD_LIMIT), standard
 * error to nowhere, every other descriptor closed, folder "/". The caller reads its answer from a pipe and ends it.
 */
struct child {
	pid_t pid; /* 0: none */
	int out;   /* our end of its standard output, non-blocking, close-on-exec; -1: closed */
};

/* A name without a slash is looked for beside the running program. False: ERR_DEVICE, not there or cannot be run. */
bool child_find(const char *program, char *out, size_t size, struct err *e);
/* argv[0] is the absolute path. in_fd becomes its standard input and stays the caller's. */
bool child_start(struct child *ret, char *const argv[], int in_fd, struct err *e);
/*
 * What has come since, at most `size` bytes. 1: more may come; 0: its output has ended; -1: failed. *ret_n: bytes
 * written to `to`.
 */
int child_read(struct child *c, char *to, size_t size, size_t *ret_n);
/* Kills its whole group and takes its status: exit status, or -1 when a signal ended it. Can be called twice. */
int child_end(struct child *c);

#endif
