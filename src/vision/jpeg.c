#include <setjmp.h>
#include <stdio.h> /* jpeglib.h needs FILE */
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "vision/decode.h"

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

/* Quality as the widely used encoders count it: how much coarser the luma table is than the one of ITU-T T.81 K.1. */
static unsigned quality_of(const struct jpeg_decompress_struct *jpeg)
{
	static const unsigned char COARSE[DCTSIZE2] = { 16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
		14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24,
		35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99 };
	const JQUANT_TBL *table = jpeg->quant_tbl_ptrs[0];
	double percent = 0;
	if (!table)
		return 50;
	for (int k = 0; k < DCTSIZE2; k++)
		percent += 100.0 * table->quantval[k] / COARSE[k] / DCTSIZE2;
	double quality = percent <= 100 ? (200 - percent) / 2 : 5000 / percent;
	return quality < 1 ? 1 : quality > 100 ? 100 : (unsigned)quality;
}

static void read_orientation(const struct jpeg_decompress_struct *jpeg, struct decoded *d)
{
	for (jpeg_saved_marker_ptr m = jpeg->marker_list; m; m = m->next)
		if (m->data_length > 6 && memcmp(m->data, "Exif\0", 6) == 0)
			d->orientation = exif_orientation(m->data, m->data_length);
}

static void read_rows(struct state *s, struct decoded *d)
{
	struct jpeg_decompress_struct *jpeg = &s->jpeg;
	/* CMYK is colour to a printer but no identity photo (GA 461-2004: 24-bit RGB); it is read through for `whole`. */
	bool kept = jpeg->jpeg_color_space != JCS_CMYK && jpeg->jpeg_color_space != JCS_YCCK;
	if (kept)
		jpeg->out_color_space = JCS_RGB;
	d->shrunk = decode_factor(d->width, d->height);
	jpeg->scale_num = 1;
	jpeg->scale_denom = d->shrunk;
	jpeg_start_decompress(jpeg);
	s->row = malloc((size_t)jpeg->output_width * (size_t)jpeg->output_components);
	if (!s->row || (kept && !picture_make(&d->picture, jpeg->output_width, jpeg->output_height)))
		return;
	while (jpeg->output_scanline < jpeg->output_height) {
		JSAMPROW row = kept ? d->picture.rgb + (size_t)jpeg->output_scanline * jpeg->output_width * 3 : s->row;
		jpeg_read_scanlines(jpeg, &row, 1);
	}
	jpeg_finish_decompress(jpeg);
	d->whole = s->errors.num_warnings == 0;
}

void decode_jpeg(const unsigned char *bytes, size_t n, struct decoded *d)
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
		jpeg_save_markers(&s->jpeg, JPEG_APP0 + 1, 0xffff);
		jpeg_read_header(&s->jpeg, TRUE);
		if (decode_size(d, s->jpeg.image_width, s->jpeg.image_height)) {
			d->quality = quality_of(&s->jpeg);
			read_orientation(&s->jpeg, d);
			read_rows(s, d);
		}
	}
	free(s->row);
	jpeg_destroy_decompress(&s->jpeg);
	free(s);
}
