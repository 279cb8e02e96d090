#ifndef VISION_ANSWER_H
#define VISION_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "vision/inspect.h"

/*
 * The child's answer, as untrusted as the file it read: a struct of fixed layout and version, then the bytes of the pictures
 * whose sizes it names, and nothing after. Both halves are here so that they cannot differ.
 */
enum {
	ANSWER_BYTES_MAX = 2 * 1024 * 1024,
	PREVIEW_WIDTH = 358,
	PREVIEW_HEIGHT = 441,
	FIXED_JPEG_MAX = 512 * 1024, /* 358x441 at quality 95 is about 60 KB */
};

/* Every number in its range and fitting the others. False: *ret is untouched. What *ret owns is the caller's. */
bool answer_read(const unsigned char *bytes, size_t n, enum inspect_what what, struct inspection *ret);
/* Writes it to a pipe. False: the reader is gone. */
bool answer_write(int out, enum inspect_what what, const struct inspection *i);

#endif
