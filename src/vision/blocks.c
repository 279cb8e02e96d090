#include <stdlib.h>

#include "vision/measure.h"

void measure_blocks(const struct picture *p, struct photo_measures *m)
{
	enum { EDGE = 24 }; /* a larger step is what the picture shows, not what the coder left */
	double at = 0, between = 0, at_n = 0, between_n = 0;
	for (unsigned y = 0; y < p->height; y++)
		for (unsigned x = 1; x + 1 < p->width; x++) {
			int step = abs((int)luma(pixel(p, x, y)) - (int)luma(pixel(p, x - 1, y)));
			if (step > EDGE)
				continue;
			if (x % 8 == 0) {
				at += step;
				at_n++;
			} else {
				between += step;
				between_n++;
			}
		}
	if (at_n > 0 && between_n > 0)
		measure_set(m, MEASURE_BLOCKS, (at / at_n) / (between / between_n + 0.05));
}
