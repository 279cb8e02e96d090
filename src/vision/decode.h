#ifndef VISION_DECODE_H
#define VISION_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "vision/inspect.h"
#include "vision/picture.h"

/*
 * The decoders; they run in the inspector's child only. Limits are there so that a bomb is refused from its header (photo
 * file 4: more than 64 MP or a side of more than 12000 is no telephone's picture).
 */
enum {
	DECODE_BYTES_MAX = 16 * 1024 * 1024,
	DECODE_SIDE_MAX = 12000,
	DECODE_PIXELS_MAX = 64 * 1000 * 1000,
	DECODE_KEPT = 1500, /* the longer side is halved as long as it does not become shorter than this */
};

enum file_kind { KIND_OTHER, KIND_JPEG, KIND_PNG, KIND_PDF, KIND_HEIC };

struct decoded {
	enum file_format format;
	unsigned width, height; /* as the file says, upright */
	bool colour;            /* three components and more than a trace of colour in the middle */
	bool whole;             /* decoded to its end without an error */
	struct picture picture; /* upright, smaller where the file's is large; empty: none, or not RGB */
	unsigned shrunk;        /* pixels of the file to one of the picture, each way: 1, 2, 4... */
	unsigned quality;       /* of a JPEG, 1-100 by its first quantization table; 0: not a JPEG */
	int orientation;        /* 1-8 as in EXIF; has been applied */
};

/* Judged by the first bytes, never by a name. */
enum file_kind decode_kind(const unsigned char *bytes, size_t n);
/* Fills *ret as far as it comes, never fails otherwise. */
void decode(const unsigned char *bytes, size_t n, struct decoded *ret);
void decoded_finish(struct decoded *d);

/* One each, called by decode: everything but the colour and the orientation's effect. */
void decode_jpeg(const unsigned char *bytes, size_t n, struct decoded *d);
void decode_png(const unsigned char *bytes, size_t n, struct decoded *d);
void decode_heic(const unsigned char *bytes, size_t n, struct decoded *d);

/* Sets width and height. False: larger than allowed, or nothing. */
bool decode_size(struct decoded *d, unsigned long width, unsigned long height);
/* How often the size can be halved. */
unsigned decode_factor(unsigned width, unsigned height);
/* 1-8 from an APP1 segment that begins with "Exif"; 1 when it says nothing. */
int exif_orientation(const unsigned char *segment, unsigned n);

#endif
