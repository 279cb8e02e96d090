/* Every way a picture can be written comes out the same; every way a file can be broken is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../portrait/encode.h"
#include "vision/decode.h"

enum { WIDTH = 90, HEIGHT = 120 };

/* Red, green, blue and grey quarters, so that every turn and mirror image is another one. */
static unsigned char *quarters(unsigned width, unsigned height)
{
	static const unsigned char COLOURS[4][3] = { { 200, 40, 40 }, { 40, 180, 40 }, { 40, 40, 200 },
		{ 250, 250, 250 } };
	unsigned char *rgb = malloc((size_t)width * height * 3);
	assert_non_null(rgb);
	for (unsigned y = 0; y < height; y++)
		for (unsigned x = 0; x < width; x++)
			memcpy(rgb + ((size_t)y * width + x) * 3, COLOURS[(y >= height / 2) * 2 + (x >= width / 2)], 3);
	return rgb;
}

/* Which quarter's colour is at this corner: 0-3; -1: none. */
static int colour_at(const struct picture *p, unsigned right, unsigned lower)
{
	const unsigned char *c =
		p->rgb + ((size_t)(lower ? p->height - 10 : 10) * p->width + (right ? p->width - 10 : 10)) * 3;
	int strong[3] = { c[0] > 140, c[1] > 140, c[2] > 140 };
	if (strong[0] && strong[1] && strong[2])
		return 3;
	return strong[0] + strong[1] + strong[2] != 1 ? -1 : strong[0] ? 0 : strong[1] ? 1 : 2;
}

static void test_ways(void **state)
{
	static const struct {
		const char *name;
		size_t (*encode)(const unsigned char *rgb, unsigned width, unsigned height, const struct encode_wish *w,
			unsigned char **ret);
		struct encode_wish wish;
		enum file_format format;
		int corners[4]; /* upper left, upper right, lower left, lower right */
	} WAYS[] = {
		{ "jpeg", encode_jpeg, { .quality = 95 }, FILE_JPEG, { 0, 1, 2, 3 } },
		{ "progressive", encode_jpeg, { .progressive = true }, FILE_JPEG, { 0, 1, 2, 3 } },
		{ "exif 1", encode_jpeg, { .orientation = 1 }, FILE_JPEG, { 0, 1, 2, 3 } },
		{ "exif 2", encode_jpeg, { .orientation = 2 }, FILE_JPEG, { 1, 0, 3, 2 } },
		{ "exif 3", encode_jpeg, { .orientation = 3 }, FILE_JPEG, { 3, 2, 1, 0 } },
		{ "exif 4", encode_jpeg, { .orientation = 4 }, FILE_JPEG, { 2, 3, 0, 1 } },
		{ "exif 5", encode_jpeg, { .orientation = 5 }, FILE_JPEG, { 0, 2, 1, 3 } },
		{ "exif 6", encode_jpeg, { .orientation = 6 }, FILE_JPEG, { 2, 0, 3, 1 } },
		{ "exif 7", encode_jpeg, { .orientation = 7 }, FILE_JPEG, { 3, 1, 2, 0 } },
		{ "exif 8", encode_jpeg, { .orientation = 8 }, FILE_JPEG, { 1, 3, 0, 2 } },
		{ "exif 99", encode_jpeg, { .orientation = 99 }, FILE_JPEG, { 0, 1, 2, 3 } },
		{ "png", encode_png, { .quality = 0 }, FILE_PNG, { 0, 1, 2, 3 } },
		{ "png with alpha", encode_png, { .alpha = true }, FILE_PNG, { 0, 1, 2, 3 } },
		{ "png of 16 bit", encode_png, { .deep = true }, FILE_PNG, { 0, 1, 2, 3 } },
		{ "heic", encode_heic, { .quality = 90 }, FILE_HEIC, { 0, 1, 2, 3 } },
	};
	unsigned char *rgb = quarters(WIDTH, HEIGHT);
	(void)state;
	for (size_t k = 0; k < sizeof WAYS / sizeof *WAYS; k++) {
		unsigned char *bytes;
		struct decoded d;
		size_t n = WAYS[k].encode(rgb, WIDTH, HEIGHT, &WAYS[k].wish, &bytes);
		bool turned = WAYS[k].wish.orientation >= 5 && WAYS[k].wish.orientation <= 8;
		if (n == 0 && WAYS[k].format == FILE_HEIC)
			continue; /* no encoder here */
		decode(bytes, n, &d);
		if (d.format != WAYS[k].format || !d.whole || !d.colour || d.width != (turned ? HEIGHT : WIDTH) ||
			d.height != (turned ? WIDTH : HEIGHT) || d.picture.width != d.width)
			fail_msg("%s: %ux%u whole %d colour %d", WAYS[k].name, d.width, d.height, d.whole, d.colour);
		for (unsigned c = 0; c < 4; c++)
			if (colour_at(&d.picture, c & 1, c >> 1) != WAYS[k].corners[c])
				fail_msg("%s: corner %u", WAYS[k].name, c);
		decoded_finish(&d);
		/* Cut anywhere, it is not whole; and nothing of it is given out. */
		for (size_t cut = 0; cut + 12 < n; cut += 1 + n / 41) {
			unsigned char *part = malloc(cut + 1);
			memcpy(part, bytes, cut);
			decode(part, cut, &d);
			if (d.whole || d.picture.rgb)
				fail_msg("%s: whole when cut at %zu of %zu", WAYS[k].name, cut, n);
			free(part);
		}
		free(bytes);
	}
	free(rgb);
}

/* CMYK and grey are read to their end, but are not colour. */
static void test_no_photo(void **state)
{
	static const struct encode_wish WISHES[] = { { .cmyk = true }, { .grey = true } };
	unsigned char *rgb = quarters(WIDTH, HEIGHT);
	(void)state;
	for (size_t k = 0; k < 2; k++) {
		unsigned char *bytes;
		struct decoded d;
		size_t n = encode_jpeg(rgb, WIDTH, HEIGHT, &WISHES[k], &bytes);
		decode(bytes, n, &d);
		assert_true(d.whole);
		assert_false(d.colour);
		decoded_finish(&d);
		free(bytes);
	}
	free(rgb);
}

/* Larger than is kept: the picture gets smaller, the file's size is told. */
static void test_large(void **state)
{
	enum { LARGE_WIDTH = 3200, LARGE_HEIGHT = 4000 };
	static const struct encode_wish PLAIN = { .quality = 80 };
	unsigned char *rgb = quarters(LARGE_WIDTH, LARGE_HEIGHT);
	(void)state;
	for (int k = 0; k < 2; k++) {
		unsigned char *bytes;
		struct decoded d;
		size_t n = k ? encode_png(rgb, LARGE_WIDTH, LARGE_HEIGHT, &PLAIN, &bytes)
			     : encode_jpeg(rgb, LARGE_WIDTH, LARGE_HEIGHT, &PLAIN, &bytes);
		decode(bytes, n, &d);
		assert_true(d.whole);
		assert_int_equal(d.width, LARGE_WIDTH);
		assert_int_equal(d.shrunk, 2);
		assert_int_equal(d.picture.width, LARGE_WIDTH / 2);
		assert_int_equal(d.picture.height, LARGE_HEIGHT / 2);
		for (unsigned c = 0; c < 4; c++)
			assert_int_equal(colour_at(&d.picture, c & 1, c >> 1), (int)c);
		decoded_finish(&d);
		free(bytes);
	}
	free(rgb);
}

/* PNG (W3C) annex D. */
static uint32_t crc_of(const unsigned char *bytes, size_t n)
{
	uint32_t crc = 0xffffffff;
	for (size_t i = 0; i < n; i++) {
		crc ^= bytes[i];
		for (int k = 0; k < 8; k++)
			crc = crc & 1 ? 0xedb88320 ^ crc >> 1 : crc >> 1;
	}
	return ~crc;
}

static void put32(unsigned char *to, unsigned v)
{
	for (int k = 0; k < 4; k++)
		to[k] = (unsigned char)(v >> (24 - 8 * k));
}

/* Headers that claim more than there may be: refused before memory is asked for, at their word about the size. */
static void test_bombs(void **state)
{
	static const struct {
		unsigned width, height;
	} SIZES[] = { { 12001, 10 }, { 10, 12001 }, { 12000, 12000 }, { 0x7fffffff, 0x7fffffff }, { 0, 10 } };
	static const struct encode_wish PLAIN = { .quality = 0 };
	unsigned char *rgb = quarters(WIDTH, HEIGHT), *png, *jpeg;
	struct decoded d;
	(void)state;
	size_t n = encode_png(rgb, WIDTH, HEIGHT, &PLAIN, &png), m = encode_jpeg(rgb, WIDTH, HEIGHT, &PLAIN, &jpeg);
	unsigned char *frame = memmem(jpeg, m, "\xff\xc0", 2);
	assert_non_null(frame);
	for (size_t k = 0; k < sizeof SIZES / sizeof *SIZES; k++) {
		put32(png + 16, SIZES[k].width);
		put32(png + 20, SIZES[k].height);
		put32(png + 29, crc_of(png + 12, 17));
		decode(png, n, &d);
		assert_false(d.whole);
		assert_null(d.picture.rgb);
		if (k < 3) /* libspng itself reads no larger ones */
			assert_int_equal(d.width, SIZES[k].width);
		frame[5] = (unsigned char)(SIZES[k].height >> 8);
		frame[6] = (unsigned char)SIZES[k].height;
		frame[7] = (unsigned char)(SIZES[k].width >> 8);
		frame[8] = (unsigned char)SIZES[k].width;
		decode(jpeg, m, &d);
		assert_false(d.whole);
		assert_null(d.picture.rgb);
	}
	free(png);
	free(jpeg);
	free(rgb);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_ways), cmocka_unit_test(test_no_photo),
		cmocka_unit_test(test_large), cmocka_unit_test(test_bombs) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
