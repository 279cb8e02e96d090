#include <setjmp.h>
#include <stdio.h> /* jpeglib.h needs FILE */
#include <stdlib.h>

#include <jpeglib.h>

#include "vision/decode.h"
#include "vision/inspect.h"

enum { SCANS_MAX = 100 }; /* a progressive picture has about ten; thousands of scans are an attack on time */

struct state {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr errors;
	struct jpeg_progress_mgr progress;
	unsigned char *row;
	jmp_buf out;
};

static _Noreturn void leave(j_common_ptr common)
{
	struct state *s = common->client_data;
	longjmp(s->out, 1);
}

static void count_warning(j_common_ptr common, int level)
{
	if (level < 0)
		common->err->num_warnings++;
}

static void say_nothing(j_common_ptr common)
{
	(void)common;
}

static void watch_scans(j_common_ptr common)
{
	struct state *s = common->client_data;
	if (s->jpeg.input_scan_number > SCANS_MAX)
		leave(common);
}

static void decode_rows(struct state *s, struct inspection *i)
{
	struct jpeg_decompress_struct *jpeg = &s->jpeg;
	/* CMYK is colour to a printer but not an identity photo (GA 461-2004: 24-bit RGB); it is read through for
	 * `whole`. */
	bool colour = jpeg->num_components == 3;
	if (colour)
		jpeg->out_color_space = JCS_RGB;
	jpeg_start_decompress(jpeg);
	s->row = malloc((size_t)jpeg->output_width * (size_t)jpeg->output_components);
	if (!s->row)
		return;
	struct chroma chroma = { .width = i->width, .height = i->height };
	while (jpeg->output_scanline < jpeg->output_height) {
		unsigned y = jpeg->output_scanline;
		jpeg_read_scanlines(jpeg, &s->row, 1);
		if (colour)
			chroma_row(&chroma, y, s->row);
	}
	i->colour = colour && chroma_mean(&chroma) >= CHROMA_FLOOR;
	jpeg_finish_decompress(jpeg);
	i->whole = s->errors.num_warnings == 0;
}

void decode_jpeg(const unsigned char *bytes, size_t n, struct inspection *i)
{
	struct state *s = calloc(1, sizeof *s);
	if (!s)
		return;
	s->jpeg.err = jpeg_std_error(&s->errors);
	s->errors.error_exit = leave;
	s->errors.emit_message = count_warning;
	s->errors.output_message = say_nothing;
	s->jpeg.client_data = s;
	if (setjmp(s->out) == 0) {
		jpeg_create_decompress(&s->jpeg);
		s->progress.progress_monitor = watch_scans;
		s->jpeg.progress = &s->progress;
		jpeg_mem_src(&s->jpeg, bytes, (unsigned long)n);
		jpeg_read_header(&s->jpeg, TRUE);
		i->width = s->jpeg.image_width;
		i->height = s->jpeg.image_height;
		if (i->width <= DECODE_SIDE_MAX && i->height <= DECODE_SIDE_MAX &&
			(uint64_t)i->width * i->height <= DECODE_PIXELS_MAX)
			decode_rows(s, i);
	}
	free(s->row);
	jpeg_destroy_decompress(&s->jpeg);
	free(s);
}
