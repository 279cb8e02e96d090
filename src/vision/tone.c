#include <math.h>

#include "vision/measure.h"

static double linear(double v)
{
	double u = fmin(fmax(v, 0), 255) / 255;
	return u <= 0.04045 ? u / 12.92 : pow((u + 0.055) / 1.055, 2.4); /* IEC 61966-2-1 */
}

static double compress(double t)
{
	return t > 0.008856 ? cbrt(t) : 7.787 * t + 16 / 116.0; /* CIE 15 */
}

struct lab lab_of(double r, double g, double b)
{
	double x = (0.4124 * linear(r) + 0.3576 * linear(g) + 0.1805 * linear(b)) / 0.95047;
	double y = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
	double z = (0.0193 * linear(r) + 0.1192 * linear(g) + 0.9505 * linear(b)) / 1.08883;
	double fx = compress(x), fy = compress(y), fz = compress(z);
	return (struct lab){ 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz) };
}

void histogram_add(struct histogram *h, unsigned value)
{
	h->count[value & 255]++;
	h->n++;
}

double histogram_at(const struct histogram *h, double share)
{
	double sum = 0;
	for (unsigned k = 0; k < 256; k++) {
		sum += h->count[k];
		if (sum > share * h->n)
			return k;
	}
	return h->n ? 255 : 0;
}

struct histogram histogram_box(const struct picture *p, double left, double top, double right, double bottom)
{
	struct histogram h = { 0 };
	for (int y = (int)fmax(top, 0); y <= bottom && y < (int)p->height; y++)
		for (int x = (int)fmax(left, 0); x <= right && x < (int)p->width; x++)
			histogram_add(&h, luma(pixel(p, (unsigned)x, (unsigned)y)));
	return h;
}
