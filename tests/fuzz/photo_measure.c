/* The measures: any small picture, and a face whose marks lie anywhere. Every value is in its range. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vision/measure.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static double number(const uint8_t **at, const uint8_t *end)
{
	int16_t v = 0;
	if (end - *at >= 2)
		memcpy(&v, *at, 2);
	*at += end - *at >= 2 ? 2 : 0;
	return v / 16.0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *at = data, *end = data + n;
	struct picture p;
	struct photo_measures m = { .known = 0 };
	struct marks k = { .landmarks = n & 1 };
	double *places[] = { &k.eye[0].x, &k.eye[0].y, &k.eye[1].x, &k.eye[1].y, &k.jaw[0].x, &k.jaw[0].y, &k.jaw[1].x,
		&k.jaw[1].y, &k.chin.x, &k.chin.y, &k.nose.x, &k.nose.y, &k.brow, &k.brow_left, &k.brow_right,
		&k.mouth_left, &k.mouth_top, &k.mouth_right, &k.mouth_bottom, &k.mouth_open, &k.eye_width };
	double crown = 0;
	if (n < 4 || !picture_make(&p, 1 + data[0] % 200, 1 + data[1] % 200))
		return 0;
	at += 2;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		*places[i] = number(&at, end);
	for (size_t i = 0; i < (size_t)p.width * p.height * 3 && at < end; i++)
		p.rgb[i] = at[i % (size_t)(end - at)];
	if (p.width >= 100 && p.height >= 40)
		measure_background(&p, &k, &m, &crown);
	measure_light(&p, &k, &m);
	measure_details(&p, &k, &m);
	measure_sharpness(&p, &k, &m);
	measure_blocks(&p, &m);
	for (int i = 0; i < PHOTO_MEASURES; i++)
		if ((m.known >> i & 1) &&
			!(m.value[i] >= photo_measure_table[i].least && m.value[i] <= photo_measure_table[i].most))
			__builtin_trap();
	picture_finish(&p);
	return 0;
}
