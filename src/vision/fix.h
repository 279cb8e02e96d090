#ifndef VISION_FIX_H
#define VISION_FIX_H

#include <stdbool.h>
#include <stddef.h>

struct decoded;
struct inspection;

/*
 * Measures the decoded picture, makes the preview, and, where the photo is refused only for what turning, cropping, scaling
 * and evening the wall (even.h) can put right, the fixed picture with its own measures. `bytes`: size of the file. False: no
 * memory.
 */
bool photo_inspect(const struct decoded *d, size_t bytes, struct inspection *ret);

#endif
