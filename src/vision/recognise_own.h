#ifndef VISION_RECOGNISE_OWN_H
#define VISION_RECOGNISE_OWN_H

#include <stdbool.h>
#include <stddef.h>

#include <leptonica/allheaders.h>
#include <tesseract/capi.h>

#include "vision/recognise_rows.h"

/* Between recognise.c, which knows the library, and recognise_page.c, which knows papers. */
struct recogniser {
	TessBaseAPI *api;
	struct piece pieces[PIECES_MAX];
	size_t n;
	size_t han;    /* Chinese characters in them */
	double weight; /* sum over the characters of how sure the library is, 0-100 */
};

/* One way to read a picture. */
struct way {
	TessPageSegMode mode;
	const char *signs;     /* the only ones there can be; "": any */
	const char *threshold; /* thresholding_method of tesseract: 0 Otsu, 2 Sauvola */
	double sure;           /* lines below it, 0-100, are left out */
};

/* Adds what is found to r->pieces, moved by left and top. */
bool recogniser_add(struct recogniser *r, PIX *picture, const struct way *way, l_int32 left, l_int32 top);
void recogniser_clear(struct recogniser *r);

#endif
