#ifndef VISION_PICTURE_H
#define VISION_PICTURE_H

/* 8-bit RGB, rows from the top, no padding. Empty: all zero. */
struct picture {
	unsigned width, height;
	unsigned char *rgb; /* width * height * 3 bytes, from malloc; NULL when empty */
};

#endif
