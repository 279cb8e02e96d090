#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <jpeglib.h>
#include <spng.h>

#include "vision/answer.h"
#include "vision/decode.h"
#include "vision/inspect.h"
#include "vision/material.h"

/* A picture with a gradient: colourful or grey. Yours to free. */
static unsigned char *pixels(unsigned width, unsigned height, bool colour)
{
	unsigned char *rgb = malloc((size_t)width * height * 3);
	assert_non_null(rgb);
	for (size_t i = 0; i < (size_t)width * height; i++) {
		unsigned char v = (unsigned char)(i / width);
		rgb[i * 3] = v;
		rgb[i * 3 + 1] = rgb[i * 3 + 2] = colour ? (unsigned char)(255 - v) : v;
	}
	return rgb;
}

static size_t jpeg(unsigned width, unsigned height, bool colour, unsigned char **ret)
{
	struct jpeg_compress_struct out;
	struct jpeg_error_mgr errors;
	unsigned long size = 0;
	unsigned char *rgb = pixels(width, height, colour);
	*ret = NULL;
	out.err = jpeg_std_error(&errors);
	jpeg_create_compress(&out);
	jpeg_mem_dest(&out, ret, &size);
	out.image_width = width;
	out.image_height = height;
	out.input_components = 3;
	out.in_color_space = JCS_RGB;
	jpeg_set_defaults(&out);
	jpeg_start_compress(&out, TRUE);
	while (out.next_scanline < height) {
		JSAMPROW row = rgb + (size_t)out.next_scanline * width * 3;
		jpeg_write_scanlines(&out, &row, 1);
	}
	jpeg_finish_compress(&out);
	jpeg_destroy_compress(&out);
	free(rgb);
	return size;
}

static size_t png(unsigned width, unsigned height, bool colour, unsigned char **ret)
{
	unsigned char *rgb = pixels(width, height, colour);
	size_t size = 0;
	int error = 0;
	spng_ctx *out = spng_ctx_new(SPNG_CTX_ENCODER);
	struct spng_ihdr header = { .width = width,
		.height = height,
		.bit_depth = 8,
		.color_type = SPNG_COLOR_TYPE_TRUECOLOR };
	spng_set_option(out, SPNG_ENCODE_TO_BUFFER, 1);
	assert_int_equal(spng_set_ihdr(out, &header), 0);
	assert_int_equal(spng_encode_image(out, rgb, (size_t)width * height * 3, SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE),
		0);
	*ret = spng_get_png_buffer(out, &size, &error);
	assert_int_equal(error, 0);
	spng_ctx_free(out);
	free(rgb);
	return size;
}

static void test_pictures(void **state)
{
	static const struct {
		size_t (*make)(unsigned width, unsigned height, bool colour, unsigned char **ret);
		enum file_format format;
	} KINDS[] = { { jpeg, FILE_JPEG }, { png, FILE_PNG } };
	(void)state;
	for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++) {
		for (int colour = 0; colour < 2; colour++) {
			unsigned char *bytes;
			struct decoded i;
			size_t n = KINDS[k].make(358, 441, colour, &bytes);
			decode(bytes, n, &i);
			assert_int_equal(i.format, KINDS[k].format);
			assert_int_equal(i.width, 358);
			assert_int_equal(i.height, 441);
			assert_int_equal(i.colour, colour);
			assert_true(i.whole);
			assert_int_equal(i.picture.width, 358);
			decoded_finish(&i);
			for (size_t cut = 0; cut < n - 12;
				cut += 1 + n / 97) { /* what is missing before a PNG's empty end chunk is noticed */
				unsigned char *part = malloc(cut + 1);
				assert_non_null(part);
				memcpy(part, bytes, cut);
				decode(part, cut, &i);
				assert_false(i.whole);
				free(part);
			}
			bytes[n / 2] ^= 0x55;
			bytes[n / 2 + 1] ^= 0xaa;
			decode(bytes, n, &i); /* must not crash; a PNG says so by its sum */
			assert_false(i.whole && i.format == FILE_PNG);
			decoded_finish(&i);
			free(bytes);
		}
	}
}

static void test_others(void **state)
{
	static const struct {
		const char *bytes;
		enum file_format format;
		bool whole;
	} CASES[] = {
		{ "%PDF-1.7\n...\n%%EOF\n", FILE_PDF, true },
		{ "%PDF-1.7\n...", FILE_PDF, false },
		{ "", FILE_OTHER, false },
		{ "GIF89a", FILE_OTHER, false },
		{ "\xff\xd8\xff", FILE_JPEG, false },
		{ "\x89PNG\r\n\x1a\n", FILE_PNG, false },
	};
	(void)state;
	for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
		struct decoded i;
		decode((const unsigned char *)CASES[k].bytes, strlen(CASES[k].bytes), &i);
		assert_int_equal(i.format, CASES[k].format);
		assert_int_equal(i.whole, CASES[k].whole);
	}
}

/* What a good answer looks like on the wire: of a photo with both pictures. */
static size_t written(enum inspect_what what, const struct inspection *i, unsigned char **ret)
{
	size_t n = 0;
	ssize_t got;
	int fd = memfd_create("answer", MFD_CLOEXEC);
	assert_true(answer_write(fd, what, i));
	*ret = malloc(ANSWER_BYTES_MAX);
	assert_non_null(*ret);
	while ((got = pread(fd, *ret + n, ANSWER_BYTES_MAX - n, (off_t)n)) > 0)
		n += (size_t)got;
	close(fd);
	return n;
}

static size_t sample(unsigned char **ret)
{
	static unsigned char preview[100 * 120 * 3], fixed[358 * 441 * 3], file[] = "\xff\xd8\xff... \xff\xd9";
	const struct inspection i = { .format = FILE_JPEG,
		.width = 1000,
		.height = 1200,
		.colour = true,
		.whole = true,
		.preview = { 100, 120, preview },
		.head = { true, 10, 11, 60, 90 },
		.fixed = { 358, 441, fixed },
		.fixed_jpeg = file,
		.fixed_size = sizeof file - 1,
		.fixes = FIX_CROP | FIX_WALL,
		.measures = { .known = 1, .value = { 1 } },
		.after = { .known = 1, .value = { 1 } } };
	return written(INSPECT_PHOTO, &i, ret);
}

static bool holds(const struct inspection *i)
{
	for (unsigned k = 0; k < PHOTO_MEASURES; k++)
		if (!isfinite(i->measures.value[k]) || !isfinite(i->after.value[k]))
			return false;
	const struct photo_head *h = &i->head;
	return i->format <= FILE_HEIC && i->width <= DECODE_SIDE_MAX && i->height <= DECODE_SIDE_MAX &&
		i->preview.width <= PREVIEW_WIDTH && i->preview.height <= PREVIEW_HEIGHT &&
		i->fixed_size <= FIXED_JPEG_MAX && i->fixes <= FIX_ALL && !i->fixes == !i->fixed.rgb && h->left >= 0 &&
		h->top >= 0 &&
		(!h->known || (h->right <= (int)i->preview.width && h->bottom <= (int)i->preview.height));
}

static void test_answers(void **state)
{
	static const uint32_t WORDS[] = { 0, 1, 2, 99, 358, 441, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fc00000,
		0x7f800000, 0xff800000, 0xbf800000, 12001 };
	unsigned char *bytes;
	struct inspection i = { .width = 7 };
	size_t n = sample(&bytes), refused = 0, tried = 0;
	(void)state;
	assert_false(answer_read(bytes, n, INSPECT_MATERIAL, &i)); /* not what was asked */
	assert_false(answer_read(bytes, n - 1, INSPECT_PHOTO, &i));
	assert_false(answer_read(bytes, n + 1, INSPECT_PHOTO, &i));
	assert_false(answer_read(bytes, 0, INSPECT_PHOTO, &i));
	assert_false(answer_read(bytes, 7, INSPECT_PHOTO, &i));
	assert_int_equal(i.width, 7); /* untouched */
	assert_true(answer_read(bytes, n, INSPECT_PHOTO, &i));
	assert_int_equal(i.width, 1000);
	assert_int_equal(i.head.bottom, 90);
	assert_memory_equal(i.fixed_jpeg, "\xff\xd8\xff", 3);
	assert_int_equal(i.fixes, FIX_CROP | FIX_WALL);
	assert_true(holds(&i));
	inspection_finish(&i);
	assert_null(i.preview.rgb);
	/* Every word of the struct in turn, and the beginning of the first picture. */
	size_t pictures = (100 * 120 + 358 * 441) * 3 + strlen("\xff\xd8\xff... \xff\xd9");
	for (size_t at = 0; at + 4 <= n - pictures + 8; at += 4) {
		for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++, tried++) {
			uint32_t old;
			memcpy(&old, bytes + at, 4);
			memcpy(bytes + at, &WORDS[k], 4);
			if (!answer_read(bytes, n, INSPECT_PHOTO, &i)) {
				refused++;
			} else {
				if (!holds(&i))
					fail_msg("word %zu of %x was taken", at / 4, WORDS[k]);
				inspection_finish(&i);
			}
			memcpy(bytes + at, &old, 4);
		}
	}
	assert_true(refused > tried / 2);
	bytes[n - 1] = 0; /* the JPEG does not end */
	assert_false(answer_read(bytes, n, INSPECT_PHOTO, &i));
	free(bytes);
}

/* A material is shown small, and there is nothing else to be seen: no head, no measure, nothing of a file that is not whole. */
static void test_material_preview(void **state)
{
	static unsigned char pixels[(PREVIEW_WIDTH + 1) * PREVIEW_HEIGHT * 3];
	static struct material_reading reading;
	static const struct {
		bool good;
		struct inspection i;
	} CASES[] = {
#define SEEN(f, w, whole_, p_w, p_h) \
	.format = (f), .width = (w), .height = (w), .whole = (whole_), .preview = { (p_w), (p_h), pixels }
		{ true, { SEEN(FILE_JPEG, 2000, true, PREVIEW_WIDTH, PREVIEW_HEIGHT) } },
		{ true, { SEEN(FILE_PDF, 0, true, 311, 440) } },
		{ true, { SEEN(FILE_JPEG, 2000, true, 0, 0) } },
		{ false, { SEEN(FILE_JPEG, 2000, false, 300, 300) } },
		{ false, { SEEN(FILE_OTHER, 0, false, 300, 300) } },
		{ false, { SEEN(FILE_PDF, 0, false, 311, 440) } },
		{ false, { SEEN(FILE_JPEG, 2000, true, PREVIEW_WIDTH + 1, 10) } },
		{ false, { SEEN(FILE_JPEG, 2000, true, 10, PREVIEW_HEIGHT + 1) } },
		{ false, { SEEN(FILE_JPEG, 2000, true, 0, 10) } },
		{ false, { SEEN(FILE_JPEG, 2000, true, 300, 300), .head = { true, 10, 10, 60, 90 } } },
		{ false, { SEEN(FILE_JPEG, 2000, true, 300, 300), .measures = { .known = 1, .value = { 1 } } } },
	};
	(void)state;
	for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
		unsigned char *bytes;
		struct inspection i = CASES[k].i, found = { .width = 7 };
		i.reading = &reading;
		size_t n = written(INSPECT_PAPER, &i, &bytes);
		bool good = answer_read(bytes, n, INSPECT_PAPER, &found);
		if (good != CASES[k].good)
			fail_msg("case %zu: %d", k, good);
		assert_false(answer_read(bytes, n - 1, INSPECT_PAPER, &found));
		if (good) {
			assert_int_equal(found.preview.width, i.preview.width);
			inspection_finish(&found);
		}
		free(bytes);
	}
}

static void test_findings(void **state)
{
	static const struct {
		struct inspection i;
		size_t bytes;
		size_t n;
		const char *code, *says;
	} CASES[] = {
#define FILE_IS(f, w, h, c, g) .i = { .format = (f), .width = (w), .height = (h), .colour = (c), .whole = (g) }
		{ FILE_IS(FILE_JPEG, 358, 441, true, true), 20000, 0, NULL, NULL },
		{ FILE_IS(FILE_PNG, 3024, 3724, true, true), 3000000, 0, NULL, NULL },
		{ FILE_IS(FILE_PDF, 0, 0, false, true), 20000, 1, "unsupported", "PDF" },
		{ FILE_IS(FILE_OTHER, 0, 0, false, false), 20000, 1, "unsupported", "JPG" },
		{ FILE_IS(FILE_JPEG, 358, 441, true, true), 5000, 1, "bytes_small", "5 KB" },
		{ FILE_IS(FILE_JPEG, 3580, 4410, true, true), 6u << 20, 1, "bytes_large", "6.0 MB" },
		{ FILE_IS(FILE_JPEG, 357, 441, true, true), 20000, 1, "lowres", "357×441" },
		{ FILE_IS(FILE_JPEG, 1000, 1000, true, true), 20000, 1, "aspect", "1000×1000" },
		{ FILE_IS(FILE_JPEG, 358, 441, false, true), 20000, 1, "grayscale", "彩色" },
		{ FILE_IS(FILE_JPEG, 358, 441, true, false), 20000, 1, "broken", "不完整" },
		{ FILE_IS(FILE_JPEG, 100, 100, false, true), 20000, 2, "lowres", "100×100" },
	};
	(void)state;
	for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
		struct photo_finding out[9];
		size_t n = photo_findings(&CASES[k].i, CASES[k].bytes, out, 9);
		assert_int_equal(n, CASES[k].n);
		if (n && (strcmp(out[0].code, CASES[k].code) != 0 || !strstr(out[0].text, CASES[k].says)))
			fail_msg("%s: %s", out[0].code, out[0].text);
		assert_int_equal(photo_verdict(&CASES[k].i, CASES[k].bytes), n ? PHOTO_FAIL : PHOTO_PASS);
		photo_findings_finish(out, n);
	}
	struct photo_finding one[1];
	char *text[1];
	assert_int_equal(photo_findings(&CASES[10].i, 20000, one, 1), 1);
	photo_findings_finish(one, 1);
	assert_int_equal(material_complaints(&CASES[2].i, 20000, text, 1), 0);
	assert_int_equal(material_complaints(&CASES[3].i, 20000, text, 1), 1);
	free(text[0]);
	assert_string_equal(inspection_mime(&CASES[0].i), "image/jpeg");
	assert_string_equal(inspection_mime(&CASES[3].i), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_pictures), cmocka_unit_test(test_others),
		cmocka_unit_test(test_answers), cmocka_unit_test(test_material_preview),
		cmocka_unit_test(test_findings) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
