#include <stdbool.h>
#include <stdlib.h>

#include <spng.h>

#include "vision/decode.h"
#include "vision/inspect.h"

/* Memory for one text or profile chunk, and for all of them: compressed chunks are the other kind of bomb. */
enum { CHUNK_MAX = 1024 * 1024, CHUNKS_MAX = 4 * 1024 * 1024 };

static bool read_picture(spng_ctx *png, struct inspection *i)
{
	size_t size = 0;
	if (spng_decoded_image_size(png, SPNG_FMT_RGB8, &size) != 0 || size != (size_t)i->width * i->height * 3)
		return false;
	unsigned char *picture = malloc(size);
	if (!picture)
		return false;
	bool whole = spng_decode_image(png, picture, size, SPNG_FMT_RGB8, 0) == 0;
	if (whole) {
		struct chroma chroma = { .width = i->width, .height = i->height };
		for (unsigned y = 0; y < i->height; y++)
			chroma_row(&chroma, y, picture + (size_t)y * i->width * 3);
		i->colour = chroma_mean(&chroma) >= CHROMA_FLOOR;
	}
	free(picture);
	return whole;
}

void decode_png(const unsigned char *bytes, size_t n, struct inspection *i)
{
	spng_ctx *png = spng_ctx_new(0);
	if (!png)
		return;
	struct spng_ihdr header;
	if (spng_set_image_limits(png, DECODE_SIDE_MAX, DECODE_SIDE_MAX) == 0 &&
		spng_set_chunk_limits(png, CHUNK_MAX, CHUNKS_MAX) == 0 &&
		spng_set_crc_action(png, SPNG_CRC_ERROR, SPNG_CRC_ERROR) == 0 &&
		spng_set_png_buffer(png, bytes, n) == 0 && spng_get_ihdr(png, &header) == 0) {
		i->width = header.width;
		i->height = header.height;
		if ((uint64_t)i->width * i->height <= DECODE_PIXELS_MAX) {
			bool complete = read_picture(png, i);
			/* What follows the pixels must be there too: the end chunk tells a file that was cut short. */
			i->whole = complete && spng_decode_chunks(png) == 0;
		}
		if (header.color_type == SPNG_COLOR_TYPE_GRAYSCALE ||
			header.color_type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA)
			i->colour = false;
	}
	spng_ctx_free(png);
}
