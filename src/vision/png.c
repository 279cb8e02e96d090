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
	struct spng_trns transparent;
	bool interlaced = header->interlace_method != SPNG_INTERLACE_NONE;
	bool alpha = header->color_type == SPNG_COLOR_TYPE_TRUECOLOR_ALPHA ||
		header->color_type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA || spng_get_trns(png, &transparent) == 0;
	int format = alpha ? SPNG_FMT_RGBA8 : SPNG_FMT_RGB8, flags = alpha ? SPNG_DECODE_TRNS : 0;
	size_t line = (size_t)header->width * (alpha ? 4 : 3), all = interlaced ? line * header->height : line;
	unsigned char *rows = malloc(all), *rgb = malloc((size_t)header->width * 3);
	bool good = rows && rgb &&
		spng_decode_image(png, interlaced ? rows : NULL, interlaced ? all : 0, format,
			interlaced ? flags : flags | SPNG_DECODE_PROGRESSIVE) == 0;
	for (unsigned y = 0; y < header->height && good; y++) {
		const unsigned char *row = interlaced ? rows + y * line : rows;
		if (!interlaced) {
			int result = spng_decode_row(png, rows, line);
			good = result == 0 || (result == SPNG_EOI && y + 1 == header->height);
		}
		if (good && alpha)
			over_white(row, header->width, rgb);
		if (good)
			shrink_row(shrink, alpha ? rgb : row);
	}
	free(rows);
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
