#include <stdlib.h>
#include <string.h>

#include <libheif/heif.h>

#include "vision/decode.h"

static bool good(struct heif_error error)
{
	return error.code == heif_error_Ok;
}

/* libheif turns and mirrors as the file's boxes say; EXIF is then only a memory of the camera (ISO/IEC 23008-12 6.5.10). */
static bool keep_rows(const struct heif_image *image, struct decoded *d)
{
	struct shrink shrink;
	int stride = 0;
	const uint8_t *rows = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
	int width = heif_image_get_width(image, heif_channel_interleaved);
	int height = heif_image_get_height(image, heif_channel_interleaved);
	if (!rows || width <= 0 || height <= 0 || stride < width * 3 ||
		!decode_size(d, (unsigned)width, (unsigned)height))
		return false;
	d->shrunk = decode_factor(d->width, d->height);
	if (!shrink_begin(&shrink, d->width, d->height, d->shrunk))
		return false;
	for (unsigned y = 0; y < d->height; y++)
		shrink_row(&shrink, rows + (size_t)y * (size_t)stride);
	shrink_end(&shrink, &d->picture);
	return true;
}

void decode_heic(const unsigned char *bytes, size_t n, struct decoded *d)
{
	struct heif_context *heif = heif_context_alloc();
	struct heif_decoding_options *options = heif_decoding_options_alloc();
	struct heif_image_handle *handle = NULL;
	struct heif_image *image = NULL;
	if (heif && options) {
		heif_context_set_max_decoding_threads(heif, 0);
		heif_context_set_maximum_image_size_limit(heif, DECODE_SIDE_MAX);
		options->strict_decoding = 1;
		if (good(heif_context_read_from_memory_without_copy(heif, bytes, n, NULL)) &&
			good(heif_context_get_primary_image_handle(heif, &handle)) &&
			decode_size(d, (unsigned)heif_image_handle_get_width(handle),
				(unsigned)heif_image_handle_get_height(handle)) &&
			good(heif_decode_image(handle, &image, heif_colorspace_RGB, heif_chroma_interleaved_RGB,
				options)))
			d->whole = keep_rows(image, d);
	}
	if (image)
		heif_image_release(image);
	if (handle)
		heif_image_handle_release(handle);
	if (options)
		heif_decoding_options_free(options);
	if (heif)
		heif_context_free(heif);
}
