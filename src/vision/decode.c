#include "vision/decode.h"

#include <stdint.h>
#include <string.h>

enum file_kind decode_kind(const unsigned char *bytes, size_t n)
{
	static const struct {
		enum file_kind kind;
		size_t at, n;
		const char *magic;
	} KINDS[] = {
		{ KIND_JPEG, 0, 3, "\xff\xd8\xff" },     /* ISO/IEC 10918-1 B.1.1.3: SOI and the next marker */
		{ KIND_PNG, 0, 8, "\x89PNG\r\n\x1a\n" }, /* PNG (W3C) 5.2 */
		{ KIND_PDF, 0, 5, "%PDF-" },             /* ISO 32000-1 7.5.2 */
		{ KIND_HEIC, 4, 7, "ftyphei" },          /* ISO/IEC 23008-12 annex B.4: heic, heix, heim, heis */
		{ KIND_HEIC, 4, 7, "ftyphev" },          /* hevc, hevx, hevm, hevs */
		{ KIND_HEIC, 4, 8, "ftypmif1" },         /* 10.2.2: any coding; libheif refuses what it does not know */
	};
	for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++)
		if (n >= KINDS[k].at + KINDS[k].n && memcmp(bytes + KINDS[k].at, KINDS[k].magic, KINDS[k].n) == 0)
			return KINDS[k].kind;
	return KIND_OTHER;
}

static void decode_pdf(const unsigned char *bytes, size_t n, struct decoded *d)
{
	/* ISO 32000-1 annex H 3.4.4: readers look for the end mark in the last 1024 bytes. A file cut short has none. */
	size_t tail = n < 1024 ? n : 1024;
	d->whole = memmem(bytes + (n - tail), tail, "%%EOF", 5) != NULL;
}

bool decode_size(struct decoded *d, unsigned long width, unsigned long height)
{
	d->width = width > INT32_MAX ? INT32_MAX : (unsigned)width;
	d->height = height > INT32_MAX ? INT32_MAX : (unsigned)height;
	return d->width > 0 && d->height > 0 && d->width <= DECODE_SIDE_MAX && d->height <= DECODE_SIDE_MAX &&
		(uint64_t)d->width * d->height <= DECODE_PIXELS_MAX;
}

unsigned decode_factor(unsigned width, unsigned height)
{
	unsigned longer = width > height ? width : height, factor = 1;
	while (factor < 8 && longer / (factor * 2) >= DECODE_KEPT)
		factor *= 2;
	return factor;
}

void decode(const unsigned char *bytes, size_t n, struct decoded *ret)
{
	static const struct {
		enum file_format format;
		void (*decode)(const unsigned char *bytes, size_t n, struct decoded *d);
	} DECODERS[] = { [KIND_OTHER] = { FILE_OTHER, NULL },
		[KIND_JPEG] = { FILE_JPEG, decode_jpeg },
		[KIND_PNG] = { FILE_PNG, decode_png },
		[KIND_PDF] = { FILE_PDF, decode_pdf },
		[KIND_HEIC] = { FILE_HEIC, decode_heic } };
	enum file_kind kind = decode_kind(bytes, n);
	*ret = (struct decoded){ .format = DECODERS[kind].format, .orientation = 1, .shrunk = 1 };
	if (DECODERS[kind].decode)
		DECODERS[kind].decode(bytes, n, ret);
	if (!ret->whole)
		picture_finish(&ret->picture);
	if (ret->picture.rgb) {
		ret->colour = picture_chroma(&ret->picture) >= CHROMA_FLOOR;
		if (!picture_orient(&ret->picture, ret->orientation))
			picture_finish(&ret->picture);
	}
	if (ret->orientation >= 5) {
		unsigned width = ret->width;
		ret->width = ret->height;
		ret->height = width;
	}
}

void decoded_finish(struct decoded *d)
{
	picture_finish(&d->picture);
}
