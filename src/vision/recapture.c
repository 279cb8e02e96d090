#include <complex.h>
#include <math.h>
#include <stdlib.h>

#include "vision/measure.h"

/*
 * A picture of a screen shows the screen's raster: regular lines in what should be smooth. Looked for in bright smooth tiles
 * only (photo file 4: whole pictures are not separable), in luma and in red less blue, as one strong frequency.
 */
enum { SIDE = 128, TILES_MAX = 6, RADIUS_MIN = 5, BLOCK = SIDE / 8 };

static void transform(float complex *v, size_t step, const float complex *roots)
{
	for (unsigned i = 1, j = 0; i < SIDE; i++) {
		unsigned bit = SIDE / 2;
		for (; j & bit; bit /= 2)
			j ^= bit;
		j ^= bit;
		if (i < j) {
			float complex t = v[i * step];
			v[i * step] = v[j * step];
			v[j * step] = t;
		}
	}
	for (unsigned length = 2; length <= SIDE; length *= 2)
		for (unsigned i = 0; i < SIDE; i += length)
			for (unsigned k = 0; k < length / 2; k++) {
				float complex *a = &v[(i + k) * step], *b = &v[(i + k + length / 2) * step];
				float complex t = *b * roots[k * (SIDE / length)];
				*b = *a - t;
				*a += t;
			}
}

/* Mean and spread of a tile's luma. */
static void look_at_tile(const struct picture *p, unsigned left, unsigned top, double *ret_mean, double *ret_spread)
{
	double sum = 0, squares = 0, n = 0;
	for (unsigned y = top; y < top + SIDE; y += 2)
		for (unsigned x = left; x < left + SIDE; x += 2, n++) {
			double v = luma(pixel(p, x, y));
			sum += v;
			squares += v * v;
		}
	*ret_mean = sum / n;
	*ret_spread = sqrt(fmax(squares / n - sum / n * (sum / n), 0));
}

static void add_tile(const struct picture *p, unsigned left, unsigned top, bool colour, const float complex *roots,
	float complex *spare, float *sums)
{
	double mean = 0;
	for (unsigned k = 0; k < SIDE * SIDE; k++) {
		const unsigned char *c = pixel(p, left + k % SIDE, top + k / SIDE);
		float v = (float)(colour ? c[0] - c[2] : (int)luma(c));
		spare[k] = v;
		mean += v;
	}
	for (unsigned y = 0; y < SIDE; y++)
		for (unsigned x = 0; x < SIDE; x++) {
			double window = sin(M_PI * x / SIDE) * sin(M_PI * y / SIDE);
			float complex *v = &spare[y * SIDE + x];
			*v = (float)((crealf(*v) - mean / (SIDE * SIDE)) * window * window);
		}
	for (unsigned k = 0; k < SIDE; k++)
		transform(spare + (size_t)k * SIDE, 1, roots);
	for (unsigned k = 0; k < SIDE; k++)
		transform(spare + k, SIDE, roots);
	for (unsigned k = 0; k < SIDE * SIDE; k++)
		sums[k] += cabsf(spare[k]);
}

/* The strongest frequency by the mean of its ring; the axes belong to edges, the multiples of 1/8 to the JPEG coder. */
static double highest_peak(const float *sums, unsigned tiles)
{
	double ring[SIDE] = { 0 }, most = 0;
	unsigned n[SIDE] = { 0 };
	for (int pass = 0; pass < 2; pass++)
		for (int y = -SIDE / 2 + 1; y < SIDE / 2; y++)
			for (int x = 0; x < SIDE / 2; x++) {
				int radius = (int)(hypot(x, y) + 0.5);
				double v = sums[(size_t)((y + SIDE) % SIDE) * SIDE + (size_t)x] / (double)tiles + 20;
				bool coder = (x + 1) % BLOCK <= 2 || (y + SIDE + 1) % BLOCK <= 2;
				if (radius < RADIUS_MIN || radius >= SIDE / 2 || coder)
					continue;
				if (pass == 0) {
					ring[radius] += v;
					n[radius]++;
				} else if (n[radius] > 8) {
					most = fmax(most, v * n[radius] / ring[radius]);
				}
			}
	return most;
}

bool measure_recapture(const struct picture *p, struct photo_measures *m)
{
	float complex roots[SIDE / 2];
	float complex *spare = malloc(SIDE * SIDE * sizeof *spare);
	float *sums = calloc(2 * SIDE * SIDE, sizeof *sums);
	unsigned tiles = 0;
	bool good = spare && sums;
	for (unsigned k = 0; k < SIDE / 2; k++)
		roots[k] = cexpf(-2 * (float)M_PI * I * (float)k / SIDE);
	for (unsigned y = 0; good && y + SIDE <= p->height && tiles < TILES_MAX; y += SIDE / 2)
		for (unsigned x = 0; x + SIDE <= p->width && tiles < TILES_MAX; x += SIDE / 2) {
			double mean, spread;
			look_at_tile(p, x, y, &mean, &spread);
			if (mean < 110 || spread > 25)
				continue;
			add_tile(p, x, y, false, roots, spare, sums);
			add_tile(p, x, y, true, roots, spare, sums + SIDE * SIDE);
			tiles++;
		}
	if (good && tiles)
		measure_set(m, MEASURE_RASTER,
			fmax(highest_peak(sums, tiles), highest_peak(sums + SIDE * SIDE, tiles)));
	free(spare);
	free(sums);
	return good;
}
