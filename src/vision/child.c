#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "vision/decode.h"
#include "vision/inspect.h"

#if defined(__SANITIZE_ADDRESS__)
#define SHADOW_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SHADOW_MEMORY 1
#endif
#endif

/*
 * The decoder sees a stranger's bytes, so it can do little when it is taken over: no new files, processes or rights,
 * limited memory and time (reference: reliability 5, measured there).
 */
static bool lock_in(void)
{
	static const struct {
		int what;
		rlim_t limit;
	} LIMITS[] = {
#ifndef SHADOW_MEMORY /* the address sanitizer maps terabytes before main */
		{ RLIMIT_AS, 512u * 1024 * 1024 },
#endif
		{ RLIMIT_CPU, 5 },   /* seconds */
		{ RLIMIT_FSIZE, 0 }, /* a pipe is no file */
		{ RLIMIT_NPROC, 0 },
		{ RLIMIT_NOFILE, 3 }, /* what is open stays, nothing is added */
		{ RLIMIT_CORE, 0 },
	};
	for (size_t k = 0; k < sizeof LIMITS / sizeof *LIMITS; k++) {
		struct rlimit limit = { .rlim_cur = LIMITS[k].limit, .rlim_max = LIMITS[k].limit };
		if (setrlimit(LIMITS[k].what, &limit) != 0)
			return false;
	}
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
		prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0;
}

/* Reads standard input to its end. NULL: no memory, an error, or more than the maximum. */
static unsigned char *read_input(size_t *ret_n)
{
	unsigned char *bytes = malloc(DECODE_BYTES_MAX + 1);
	size_t n = 0;
	while (bytes && n <= DECODE_BYTES_MAX) {
		ssize_t got = read(STDIN_FILENO, bytes + n, DECODE_BYTES_MAX + 1 - n);
		if (got == 0) {
			*ret_n = n;
			return bytes;
		}
		if (got < 0 && errno != EINTR)
			break;
		if (got > 0)
			n += (size_t)got;
	}
	free(bytes);
	return NULL;
}

int inspect_child(void)
{
	static const char *const
		FORMATS[] = { [FILE_OTHER] = "other", [FILE_JPEG] = "jpeg", [FILE_PNG] = "png", [FILE_PDF] = "pdf" };
	if (!lock_in()) {
		perror("juzhu-inspect: cannot limit itself");
		return 5;
	}
	size_t n = 0;
	unsigned char *bytes = read_input(&n);
	if (!bytes) {
		fprintf(stderr, "juzhu-inspect: cannot read standard input, or it is too large\n");
		return 5;
	}
	struct inspection found;
	decode(bytes, n, &found);
	free(bytes);
	printf("format=%s width=%u height=%u colour=%d whole=%d\n", FORMATS[found.format], found.width, found.height,
		found.colour, found.whole);
	return fflush(stdout) == 0 ? 0 : 5;
}
