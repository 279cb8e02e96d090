#ifndef VISION_JPEG_WRITE_H
#define VISION_JPEG_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "vision/picture.h"

/* As a JFIF file: quality 1-100, dots per inch. *ret_bytes is from malloc, the caller's. False: no memory. */
bool jpeg_write(const struct picture *p, int quality, unsigned dpi, unsigned char **ret_bytes, size_t *ret_n);

#endif
