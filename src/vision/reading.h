#ifndef VISION_READING_H
#define VISION_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "vision/material.h"

/*
 * A material_reading as it lies in the inspector's answer: numbers of fixed layout, then the text of each pass. As untrusted as
 * the file that was read.
 */
enum { READING_BYTES_MAX = 64 + MATERIAL_PASSES * MATERIAL_TEXT };

/* Writes at most READING_BYTES_MAX bytes, returns how many. */
size_t reading_pack(const struct material_reading *r, unsigned char out[static READING_BYTES_MAX]);
/* Every number in its range, every text plain UTF-8 lines. False: *ret is untouched. */
bool reading_unpack(const unsigned char *bytes, size_t n, struct material_reading *ret);
/* Lines without what may not be shown or stored, at most MATERIAL_TEXT bytes of them. */
void reading_clean(char out[static MATERIAL_TEXT], const char *text, size_t n);

#endif
