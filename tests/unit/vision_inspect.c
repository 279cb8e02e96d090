#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <jpeglib.h>
#include <spng.h>

#include "base/clock.h"
#include "base/err.h"
#include "vision/answer.h"
#include "vision/decode.h"
#include "vision/inspect.h"

static char folder[PATH_MAX];

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
			struct inspection i;
			size_t n = KINDS[k].make(358, 441, colour, &bytes);
			decode(bytes, n, &i);
			assert_int_equal(i.format, KINDS[k].format);
			assert_int_equal(i.width, 358);
			assert_int_equal(i.height, 441);
			assert_int_equal(i.colour, colour);
			assert_true(i.whole);
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
		struct inspection i;
		decode((const unsigned char *)CASES[k].bytes, strlen(CASES[k].bytes), &i);
		assert_int_equal(i.format, CASES[k].format);
		assert_int_equal(i.whole, CASES[k].whole);
	}
}

static void test_answers(void **state)
{
	static const struct {
		const char *line;
		bool good;
	} CASES[] = {
		{ "format=jpeg width=358 height=441 colour=1 whole=1\n", true },
		{ "format=pdf width=0 height=0 colour=0 whole=1\n", true },
		{ "format=other width=0 height=0 colour=0 whole=0\n", true },
		{ "format=png width=99999 height=99999 colour=0 whole=0\n", true },
		{ "format=png width=99999 height=99999 colour=0 whole=1\n", false },
		{ "format=jpeg width=358 height=441 colour=1 whole=1", false },
		{ "format=jpeg width=358 height=441 colour=1 whole=1\n\n", false },
		{ "format=jpeg width=358 height=441 colour=2 whole=1\n", false },
		{ "format=jpeg width=-1 height=441 colour=1 whole=1\n", false },
		{ "format=jpeg width=4294967654 height=441 colour=1 whole=1\n", false },
		{ "format=jpeg width= height=441 colour=1 whole=1\n", false },
		{ "format=jpeg  width=358 height=441 colour=1 whole=1\n", false },
		{ "format=jpeg width=0 height=0 colour=1 whole=1\n", false },
		{ "format=other width=0 height=0 colour=0 whole=1\n", false },
		{ "format=pdf width=1 height=0 colour=0 whole=1\n", false },
		{ "format=exe width=0 height=0 colour=0 whole=0\n", false },
		{ "", false },
	};
	struct inspection i;
	(void)state;
	for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++)
		if (inspect_read_answer(CASES[k].line, strlen(CASES[k].line), &i) != CASES[k].good)
			fail_msg("%s", CASES[k].line);
	assert_false(inspect_read_answer("format=jpeg\0width", 17, &i));
}

static void test_complaints(void **state)
{
	static const struct {
		struct inspection i;
		size_t bytes;
		size_t n;
		const char *says;
	} CASES[] = {
		{ { FILE_JPEG, 358, 441, true, true }, 20000, 0, NULL },
		{ { FILE_PNG, 3024, 3724, true, true }, 3000000, 0, NULL },
		{ { FILE_PDF, 0, 0, false, true }, 20000, 1, "PDF" },
		{ { FILE_OTHER, 0, 0, false, false }, 20000, 1, "JPG" },
		{ { FILE_JPEG, 358, 441, true, true }, 5000, 1, "5 KB" },
		{ { FILE_JPEG, 3580, 4410, true, true }, 6u << 20, 1, "6.0 MB" },
		{ { FILE_JPEG, 357, 441, true, true }, 20000, 1, "357×441" },
		{ { FILE_JPEG, 1000, 1000, true, true }, 20000, 1, "1000×1000" },
		{ { FILE_JPEG, 358, 441, false, true }, 20000, 1, "彩色" },
		{ { FILE_JPEG, 358, 441, true, false }, 20000, 1, "不完整" },
		{ { FILE_JPEG, 100, 100, false, true }, 20000, 3, "100×100" },
	};
	(void)state;
	for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
		char *out[9];
		size_t n = photo_complaints(&CASES[k].i, CASES[k].bytes, out, 9);
		assert_int_equal(n, CASES[k].n);
		if (n && !strstr(out[0], CASES[k].says))
			fail_msg("%s", out[0]);
		for (size_t i = 0; i < n; i++)
			free(out[i]);
	}
	char *one[1];
	assert_int_equal(photo_complaints(&CASES[10].i, 20000, one, 1), 1);
	free(one[0]);
	assert_int_equal(material_complaints(&CASES[2].i, 20000, one, 1), 0);
	assert_int_equal(material_complaints(&CASES[3].i, 20000, one, 1), 1);
	free(one[0]);
	assert_string_equal(inspection_mime(&CASES[0].i), "image/jpeg");
	assert_string_equal(inspection_mime(&CASES[3].i), "");
}

/* This test plays the inspector itself, under names that say how it behaves. */
static int play(const char *name)
{
	if (strcmp(name, "play-inspect") == 0)
		_exit(inspect_child());
	if (strcmp(name, "play-hang") == 0)
		pause();
	if (strcmp(name, "play-flood") == 0)
		for (;;)
			puts("format=jpeg width=358 height=441 colour=1 whole=1");
	if (strcmp(name, "play-die") == 0)
		abort();
	if (strcmp(name, "play-lie") == 0)
		puts("format=jpeg width=358 height=441 colour=1 whole=1; rm");
	return 0;
}

static bool run(const char *name, int fd, unsigned seconds, struct inspection *ret, struct err *e)
{
	char path[PATH_MAX + 32], own[PATH_MAX];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	ssize_t n = readlink("/proc/self/exe", own, sizeof own - 1);
	assert_true(n > 0);
	own[n] = 0;
	assert_int_equal(symlink(own, path), 0);
	bool ok = inspect_run(path, fd, seconds, ret, e);
	unlink(path);
	return ok;
}

static void test_run(void **state)
{
	static const char *const BAD[] = { "play-hang", "play-flood", "play-die", "play-lie", "play-silent" };
	unsigned char *bytes;
	struct inspection i = { .width = 7 };
	struct err e = { 0 };
	(void)state;
	size_t n = jpeg(358, 441, true, &bytes);
	int fd = memfd_create("photo", MFD_CLOEXEC);
	assert_int_equal(write(fd, bytes, n), n);
	free(bytes);
	for (size_t k = 0; k < sizeof BAD / sizeof *BAD; k++) {
		int64_t begin = clock_monotonic_ms();
		e = (struct err){ 0 };
		assert_false(run(BAD[k], fd, 1, &i, &e));
		assert_int_equal(e.code, ERR_NO);
		assert_int_equal(i.width, 7); /* untouched */
		assert_true(clock_monotonic_ms() - begin < 5000);
	}
	assert_true(run("play-inspect", fd, 10, &i, &e)); /* from its start, wherever the offset was */
	assert_true(run("play-inspect", fd, 10, &i, &e));
	assert_int_equal(i.width, 358);
	assert_true(i.whole && i.colour);
	assert_false(inspect_run("/nonexistent/inspect", fd, 1, &i, &e));
	assert_int_equal(e.code, ERR_DEVICE);
	assert_false(inspect_run("some/inspect", fd, 1, &i, &e));
	close(fd);
}

static int make(void **state)
{
	(void)state;
	const char *tmp = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%s/inspect-XXXXXX", tmp ? tmp : "/tmp");
	return mkdtemp(folder) ? 0 : -1;
}

static int unmake(void **state)
{
	(void)state;
	return rmdir(folder);
}

int main(int argc, char **argv)
{
	const char *name = argc > 0 && strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : "";
	if (strncmp(name, "play-", 5) == 0)
		return play(name);
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_pictures), cmocka_unit_test(test_others),
		cmocka_unit_test(test_answers), cmocka_unit_test(test_complaints), cmocka_unit_test(test_run) };
	return cmocka_run_group_tests(tests, make, unmake);
}
