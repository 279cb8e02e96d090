#ifndef VISION_INSPECTOR_H
#define VISION_INSPECTOR_H

#include <stdbool.h>

#include "vision/inspect.h"

/*
 * The kiosk's side of juzhu-inspect: the program is started once, loads its models and waits for files. One file at a time.
 * A program that died, hangs or answers nonsense is ended and started again with the next file.
 */
struct inspector_options {
	const char *program;   /* absolute, or a plain name that is looked for beside the running program */
	const char *landmarks; /* file of dlib's 68-point model; NULL: work without it */
};

/*
 * The model that a setting stands for, borrowed: "auto" is that of Debian's libdlib-data when it can be read, "none" is none, anything
 * else is a path. NULL: work without. The model is optional: its licence is in doubt (photo file 2.3).
 */
const char *inspector_landmarks(const char *setting);

enum inspector_state {
	INSPECTOR_IDLE,    /* nothing was asked */
	INSPECTOR_WAITING, /* poll again when inspector_fd is readable, or soon */
	INSPECTOR_DONE,    /* told once, then idle */
	INSPECTOR_FAILED,  /* told once, then idle */
};

struct inspector;

/* Starts nothing yet. The options' strings are copied. */
struct inspector *inspector_create(const struct inspector_options *options);
/* Ends the program and what it is at. Accepts NULL. */
void inspector_destroy(struct inspector *i);

/*
 * Starts the program unless it runs: called early, the first file need not wait for the models. False: e holds a translated
 * sentence for the applicant.
 */
bool inspector_start(struct inspector *i, struct err *e);
/*
 * Begins to inspect the file (read from its start, wherever the offset is; the descriptor stays yours and may be closed at
 * once), which is given up after timeout_ms. What was being inspected before is given up. False as above.
 */
bool inspector_ask(struct inspector *i, enum inspect_what what, int fd, unsigned timeout_ms, struct err *e);
/* Never blocks. DONE: *ret is the answer, yours to finish. FAILED: e holds a translated sentence for the applicant. */
enum inspector_state inspector_poll(struct inspector *i, struct inspection *ret, struct err *e);
/* What to wait for while WAITING; it may be another one after each poll. -1: nothing. */
int inspector_fd(const struct inspector *i);
/* Gives up what was asked; the program goes on with the next file. */
void inspector_cancel(struct inspector *i);
/* Waits for the end of what was asked: DONE is true, anything else false. */
bool inspector_wait(struct inspector *i, struct inspection *ret, struct err *e);

#endif
