/* Pictures as files, in the ways that telephones and programs write them. Included by tests and benches. */
#ifndef TESTS_ENCODE_H
#define TESTS_ENCODE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <libheif/heif.h>
#include <spng.h>

struct encode_wish {
	int orientation; /* EXIF, 1-8; 0: no EXIF */
	int quality;     /* 0: 92 */
	bool progressive, cmyk, grey;
	bool alpha;      /* PNG: the wall (what is nearly white) is transparent over black */
	bool deep;       /* PNG: 16 bit */
	bool interlaced; /* PNG: Adam7 */
};

/* All return the size; *ret is yours to free. */
static size_t encode_jpeg(const unsigned char *rgb, unsigned width, unsigned height, const struct encode_wish *w,
	unsigned char **ret)
{
	struct jpeg_compress_struct out;
	struct jpeg_error_mgr errors;
	unsigned long size = 0;
	int components = w->cmyk ? 4 : w->grey ? 1 : 3;
	unsigned char *row = malloc((size_t)width * 4);
	*ret = NULL;
	out.err = jpeg_std_error(&errors);
	jpeg_create_compress(&out);
	jpeg_mem_dest(&out, ret, &size);
	out.image_width = width;
	out.image_height = height;
	out.input_components = components;
	out.in_color_space = w->cmyk ? JCS_CMYK : w->grey ? JCS_GRAYSCALE : JCS_RGB;
	jpeg_set_defaults(&out);
	jpeg_set_quality(&out, w->quality ? w->quality : 92, TRUE);
	if (w->progressive)
		jpeg_simple_progression(&out);
	jpeg_start_compress(&out, TRUE);
	if (w->orientation) {
		/* TIFF 6.0: little-endian, one directory at 8 with one entry: orientation, SHORT, one value */
		unsigned char exif[] = "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x01\0\0\0\0\0\0\0";
		exif[24] = (unsigned char)w->orientation;
		jpeg_write_marker(&out, JPEG_APP0 + 1, exif, sizeof exif - 1);
	}
	while (out.next_scanline < height) {
		const unsigned char *from = rgb + (size_t)out.next_scanline * width * 3;
		for (unsigned x = 0; x < width; x++, from += 3)
			for (int k = 0; k < components; k++)
				row[x * (unsigned)components + (unsigned)k] = k == 3 ? 255 : from[w->grey ? 1 : k];
		jpeg_write_scanlines(&out, &row, 1);
	}
	jpeg_finish_compress(&out);
	jpeg_destroy_compress(&out);
	free(row);
	return size;
}

static size_t encode_png(const unsigned char *rgb, unsigned width, unsigned height, const struct encode_wish *w,
	unsigned char **ret)
{
	size_t n = (size_t)width * height, channels = w->alpha ? 4 : 3, bytes = w->deep ? 2 : 1, size = 0;
	unsigned char *pixels = malloc(n * channels * bytes);
	int error = 0;
	spng_ctx *out = spng_ctx_new(SPNG_CTX_ENCODER);
	struct spng_ihdr header = { .width = width,
		.height = height,
		.bit_depth = w->deep ? 16 : 8,
		.interlace_method = w->interlaced ? SPNG_INTERLACE_ADAM7 : SPNG_INTERLACE_NONE,
		.color_type = w->alpha ? SPNG_COLOR_TYPE_TRUECOLOR_ALPHA : SPNG_COLOR_TYPE_TRUECOLOR };
	for (size_t i = 0; i < n; i++) {
		bool wall = w->alpha && rgb[i * 3] > 240 && rgb[i * 3 + 1] > 240 && rgb[i * 3 + 2] > 240;
		for (size_t k = 0; k < channels * bytes; k++)
			pixels[i * channels * bytes + k] = k / bytes == 3 ? (wall ? 0 : 255)
				: wall                                    ? 0
									  : rgb[i * 3 + k / bytes];
	}
	spng_set_option(out, SPNG_ENCODE_TO_BUFFER, 1);
	spng_set_option(out, SPNG_IMG_COMPRESSION_LEVEL, 3);
	spng_set_ihdr(out, &header);
	spng_encode_image(out, pixels, n * channels * bytes, SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE);
	*ret = spng_get_png_buffer(out, &size, &error);
	spng_ctx_free(out);
	free(pixels);
	return size;
}

struct encode_bytes {
	unsigned char *bytes;
	size_t n;
};

static struct heif_error encode_keep(struct heif_context *heif, const void *data, size_t n, void *p)
{
	struct encode_bytes *to = p;
	(void)heif;
	to->bytes = realloc(to->bytes, to->n + n);
	memcpy(to->bytes + to->n, data, n);
	to->n += n;
	return (struct heif_error){ heif_error_Ok, heif_suberror_Unspecified, "" };
}

/* 0: this libheif has no encoder. */
static size_t encode_heic(const unsigned char *rgb, unsigned width, unsigned height, const struct encode_wish *w,
	unsigned char **ret)
{
	struct heif_context *heif = heif_context_alloc();
	struct heif_encoder *encoder = NULL;
	struct heif_image *image = NULL;
	struct heif_writer writer = { .writer_api_version = 1, .write = encode_keep };
	struct encode_bytes to = { NULL, 0 };
	int stride = 0;
	if (heif_context_get_encoder_for_format(heif, heif_compression_HEVC, &encoder).code == 0 &&
		heif_image_create((int)width, (int)height, heif_colorspace_RGB, heif_chroma_interleaved_RGB, &image)
				.code == 0 &&
		heif_image_add_plane(image, heif_channel_interleaved, (int)width, (int)height, 8).code == 0) {
		unsigned char *rows = heif_image_get_plane(image, heif_channel_interleaved, &stride);
		for (unsigned y = 0; y < height; y++)
			memcpy(rows + (size_t)y * (size_t)stride, rgb + (size_t)y * width * 3, (size_t)width * 3);
		heif_encoder_set_lossy_quality(encoder, w->quality ? w->quality : 60);
		heif_encoder_set_parameter(encoder, "preset", "ultrafast");
		if (heif_context_encode_image(heif, image, encoder, NULL, NULL).code == 0)
			heif_context_write(heif, &writer, &to);
	}
	if (image)
		heif_image_release(image);
	if (encoder)
		heif_encoder_release(encoder);
	heif_context_free(heif);
	*ret = to.bytes;
	return to.n;
}

#endif
