#ifndef VISION_REQUEST_H
#define VISION_REQUEST_H

#include <stdint.h>

#include "vision/inspect.h"

/*
 * Between the kiosk and juzhu-inspect, on one machine and of one build: packets on a SOCK_SEQPACKET socket that is the
 * inspector's standard input. A request carries two descriptors (SCM_RIGHTS): the file, and the end of a pipe into which the
 * child writes its answer (answer.h); the parent of the children never looks at either. A notice comes back when the
 * models are loaded and when a child has ended.
 */
enum { REQUEST_VERSION = 1, REQUEST_FILES = 2 };

enum request_word { REQUEST_INSPECT = 1, REQUEST_CANCEL };

struct request {
	uint32_t version, word;
	uint32_t what;        /* enum inspect_what */
	uint32_t deadline_ms; /* from when the parent reads it until it kills the child */
	uint32_t number;      /* repeated in the notice */
};

enum notice_word { NOTICE_READY = 1, NOTICE_ENDED };

struct notice {
	uint32_t version, word;
	uint32_t number;
	int32_t status; /* as of waitpid; a child that was killed by the clock has ended by SIGKILL */
};

#endif
