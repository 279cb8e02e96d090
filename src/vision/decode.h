#ifndef VISION_DECODE_H
#define VISION_DECODE_H

#include <stddef.h>
#include <stdint.h>

struct inspection;

/*
 * The decoders; they run in the inspector only. Each fills width, height, colour and whole as far as it came; never
 * fails otherwise. Limits are there so that a bomb is refused from its header.
 */
enum {
	DECODE_BYTES_MAX = 16 * 1024 * 1024,
	DECODE_SIDE_MAX = 12000,
	DECODE_PIXELS_MAX = 64 * 1000 * 1000,
};

enum file_kind { KIND_OTHER, KIND_JPEG, KIND_PNG, KIND_PDF, KIND_HEIC };

/* Judged by the first bytes, never by a name. */
enum file_kind decode_kind(const unsigned char *bytes, size_t n);
void decode_jpeg(const unsigned char *bytes, size_t n, struct inspection *i);
void decode_png(const unsigned char *bytes, size_t n, struct inspection *i);
void decode_pdf(const unsigned char *bytes, size_t n, struct inspection *i);
/* All of it: kind, then the decoder. */
void decode(const unsigned char *bytes, size_t n, struct inspection *i);

/* Colour of the middle of the picture (half of the width, half of the height), from 8-bit RGB rows. */
struct chroma {
	unsigned width, height;
	uint64_t sum, count;
};

/*
 * Mean of max(R,G,B) - min(R,G,B), 0-255. Own measurement on 184 portraits: those in colour have 14 and
 * more (sepia 25), grey ones 0.
 */
enum { CHROMA_FLOOR = 5 };

void chroma_row(struct chroma *c, unsigned y, const unsigned char *rgb);
unsigned chroma_mean(const struct chroma *c);

#endif
