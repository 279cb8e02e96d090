#include "vision/jpeg_write.h"

#include <setjmp.h>
#include <stdio.h> /* jpeglib.h needs FILE */
#include <stdlib.h>

#include <jpeglib.h>

struct state {
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	unsigned char *bytes;
	unsigned long n;
	jmp_buf out;
};

static _Noreturn void leave(j_common_ptr common)
{
	struct state *s = common->client_data;
	longjmp(s->out, 1);
}

static void write_all(struct state *s, const struct picture *p, int quality, unsigned dpi)
{
	jpeg_create_compress(&s->jpeg);
	jpeg_mem_dest(&s->jpeg, &s->bytes, &s->n);
	s->jpeg.image_width = p->width;
	s->jpeg.image_height = p->height;
	s->jpeg.input_components = 3;
	s->jpeg.in_color_space = JCS_RGB;
	jpeg_set_defaults(&s->jpeg);
	jpeg_set_quality(&s->jpeg, quality, TRUE);
	s->jpeg.density_unit = 1;
	s->jpeg.X_density = s->jpeg.Y_density = (UINT16)dpi;
	jpeg_start_compress(&s->jpeg, TRUE);
	while (s->jpeg.next_scanline < p->height) {
		JSAMPROW row = p->rgb + (size_t)s->jpeg.next_scanline * p->width * 3;
		jpeg_write_scanlines(&s->jpeg, &row, 1);
	}
	jpeg_finish_compress(&s->jpeg);
}

bool jpeg_write(const struct picture *p, int quality, unsigned dpi, unsigned char **ret_bytes, size_t *ret_n)
{
	struct state *s = calloc(1, sizeof *s);
	if (!s)
		return false;
	s->jpeg.err = jpeg_std_error(&s->errors);
	s->errors.error_exit = leave;
	s->jpeg.client_data = s;
	bool good = setjmp(s->out) == 0;
	if (good)
		write_all(s, p, quality, dpi);
	jpeg_destroy_compress(&s->jpeg);
	if (good) {
		*ret_bytes = s->bytes;
		*ret_n = s->n;
	} else {
		free(s->bytes);
	}
	free(s);
	return good;
}
