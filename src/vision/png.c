#include <stdint.h>
#include <stdlib.h>

#include <spng.h>

#include "vision/decode.h"

/* Memory for one text or profile chunk, and for all of them: compressed chunks are the other kind of bomb. */
enum { CHUNK_MAX = 1024 * 1024, CHUNKS_MAX = 4 * 1024 * 1024 };

/* What shines through is paper. */
static void over_white(const unsigned char *rgba, unsigned width, unsigned char *rgb)
{
	for (unsigned x = 0; x < width; x++, rgba += 4, rgb += 3) {
		unsigned alpha = rgba[3];
		for (int k = 0; k < 3; k++)
			rgb[k] = alpha == 255 ? rgba[k]
					      : (unsigned char)((rgba[k] * alpha + 255 * (255 - alpha) + 127) / 255);
	}
}

/* Row after row, so that a large picture is never held; one whose rows come interlaced has to be. */
static bool read_rows(spng_ctx *png, const struct spng_ihdr *header, struct shrink *shrink)
{
	size_t line = (size_t)header->width * 4;
	bool interlaced = header->interlace_method != SPNG_INTERLACE_NONE;
	unsigned char *rgba = malloc(interlaced ? line * header->height : line),
		      *rgb = malloc((size_t)header->width * 3);
	bool good = rgba && rgb;
	if (good && interlaced)
		good = spng_decode_image(png, rgba, line * header->height, SPNG_FMT_RGBA8, SPNG_DECODE_TRNS) == 0;
	else if (good)
		good = spng_decode_image(png, NULL, 0, SPNG_FMT_RGBA8, SPNG_DECODE_TRNS | SPNG_DECODE_PROGRESSIVE) == 0;
	for (unsigned y = 0; y < header->height && good; y++) {
		if (!interlaced) {
			int result = spng_decode_row(png, rgba, line);
			good = result == 0 || (result == SPNG_EOI && y + 1 == header->height);
		}
		if (good) {
			over_white(interlaced ? rgba + y * line : rgba, header->width, rgb);
			shrink_row(shrink, rgb);
		}
	}
	free(rgba);
	free(rgb);
	return good;
}

void decode_png(const unsigned char *bytes, size_t n, struct decoded *d)
{
	struct spng_ihdr header;
	struct shrink shrink;
	spng_ctx *png = spng_ctx_new(0);
	if (!png)
		return;
	if (spng_set_chunk_limits(png, CHUNK_MAX, CHUNKS_MAX) == 0 &&
		spng_set_crc_action(png, SPNG_CRC_ERROR, SPNG_CRC_ERROR) == 0 &&
		spng_set_png_buffer(png, bytes, n) == 0 && spng_get_ihdr(png, &header) == 0 &&
		decode_size(d, header.width, header.height)) {
		d->shrunk = decode_factor(d->width, d->height);
		if (shrink_begin(&shrink, d->width, d->height, d->shrunk)) {
			/* What follows the pixels must be there too: the end chunk tells a file that was cut short. */
			d->whole = read_rows(png, &header, &shrink) && spng_decode_chunks(png) == 0;
			shrink_end(&shrink, &d->picture);
		}
	}
	spng_ctx_free(png);
}
