#include <math.h>
#include <stdlib.h>

#include "vision/measure.h"

/* Blurs rows and columns with [1 2 1] / 4 twice: a Gaussian of sigma 1 against the noise of a sensor. */
static void smooth(float *v, float *spare, int w, int h)
{
	for (int pass = 0; pass < 2; pass++) {
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				spare[y * w + x] = (v[y * w + (x ? x - 1 : 0)] + 2 * v[y * w + x] +
							   v[y * w + (x + 1 < w ? x + 1 : x)]) /
					4;
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				v[y * w + x] = (spare[(y ? y - 1 : 0) * w + x] + 2 * spare[y * w + x] +
						       spare[(y + 1 < h ? y + 1 : y) * w + x]) /
					4;
	}
}

/* Crete et al. 2007: how little a further blur takes away. 0 sharp, 1 blurred. */
static double blur_of(const float *v, int w, int h)
{
	enum { REACH = 4 };
	double slopes = 0, kept = 0;
	for (int y = 0; y < h; y++)
		for (int x = REACH + 1; x < w - REACH; x++) {
			const float *p = v + y * w + x;
			/* The means of two windows that lie one pixel apart differ by their ends. */
			double here = fabsf(p[0] - p[-1]), blurred = fabsf(p[REACH] - p[-REACH - 1]) / (2 * REACH + 1);
			slopes += here;
			kept += fmax(here - blurred, 0);
		}
	return slopes > 0 ? (slopes - kept) / slopes : 1;
}

bool measure_sharpness(const struct picture *face, const struct marks *marks, struct photo_measures *m)
{
	int left = (int)fmax(marks->brow_left, 2), right = (int)fmin(marks->brow_right, face->width - 3.0);
	int top = (int)fmax(marks->brow - 4, 2), bottom = (int)fmin(marks->mouth_bottom + 6, face->height - 3.0);
	int w = right - left + 1, h = bottom - top + 1;
	if (w < 20 || h < 20)
		return true;
	float *v = malloc((size_t)w * h * sizeof *v), *spare = malloc((size_t)w * h * sizeof *spare);
	bool good = v && spare;
	if (good) {
		double sum = 0, squares = 0, edges = 0;
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				float value = (float)luma(pixel(face, (unsigned)(left + x), (unsigned)(top + y)));
				v[y * w + x] = value;
				sum += value;
				squares += value * value;
			}
		double n = (double)w * h, spread = sqrt(fmax(squares / n - sum / n * (sum / n), 1));
		measure_set(m, MEASURE_BLUR, blur_of(v, w, h));
		smooth(v, spare, w, h);
		for (int y = 1; y < h - 1; y++)
			for (int x = 1; x < w - 1; x++) {
				const float *p = v + y * w + x;
				double edge = 4 * p[0] - p[-1] - p[1] - p[-w] - p[w];
				edges += edge * edge;
			}
		measure_set(m, MEASURE_SHARP, 100 * sqrt(edges / ((w - 2.0) * (h - 2.0))) / spread);
	}
	free(v);
	free(spare);
	return good;
}
