#ifndef VISION_PICTURE_H
#define VISION_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 8-bit RGB, rows from the top, no padding. Empty: all zero. */
struct picture {
	unsigned width, height;
	unsigned char *rgb; /* width * height * 3 bytes, from malloc; NULL when empty */
};

/* All of these but the first are false when there is no memory; *ret is then empty. What *ret owns is the caller's. */
void picture_finish(struct picture *p);
bool picture_make(struct picture *ret, unsigned width, unsigned height);
/* Mean over the area of each new pixel where it gets smaller, between the neighbours where it gets larger. */
bool picture_resize(const struct picture *from, struct picture *ret, unsigned width, unsigned height);
/* As large as fits into width x height, in the same proportions. `from` is not empty. */
bool picture_fit(const struct picture *from, struct picture *ret, unsigned width, unsigned height);
/* Turns it upright in place. Orientation: 1-8 as in EXIF (TIFF 6.0 tag 274); anything else changes nothing. */
bool picture_orient(struct picture *p, int orientation);
/*
 * Mean of max(R,G,B) - min(R,G,B), 0-255, in the middle (half of the width, half of the height). Own measurement on 184
 * portraits: those in colour have 14 and more (sepia 25), grey ones 0.
 */
enum { CHROMA_FLOOR = 5 };
unsigned picture_chroma(const struct picture *p);

/*
 * Makes a picture out of rows that are too many to keep: means over squares of `factor` (1-8) by `factor` pixels; what does not fill
 * a square at the right and lower edge is left away. Rows are RGB, from the top.
 */
struct shrink {
	unsigned factor, rows;
	uint16_t *sums; /* of a column of `factor` pixels */
	struct picture to;
};

bool shrink_begin(struct shrink *s, unsigned width, unsigned height, unsigned factor);
void shrink_row(struct shrink *s, const unsigned char *rgb);
/* Gives the picture away. */
void shrink_end(struct shrink *s, struct picture *ret);

#endif
