#include <math.h>

#include "vision/measure.h"

/* Sums over pixels of a face. */
struct skin {
	struct histogram all;
	double left, right, a, b;
	unsigned left_n, right_n, colour_n, bright;
};

/* Between brows and chin, narrower below: an egg that stays inside of the face. */
static bool in_face(const struct marks *m, double x, double y)
{
	double wide = m->jaw[1].x - m->jaw[0].x, centre = (m->jaw[0].x + m->jaw[1].x) / 2;
	double down = (y - m->brow) / fmax(m->chin.y - m->brow, 1);
	if (down < 0 || down > 1)
		return false;
	double half = 0.46 * wide * (down < 0.45 ? 1 : sqrt(fmax(1 - pow((down - 0.45) / 0.55, 2), 0)));
	return fabs(x - centre) < half;
}

static struct skin look_at_skin(const struct picture *face, const struct marks *m)
{
	struct skin s = { .bright = 0 };
	double band = 0.08 * (m->jaw[1].x - m->jaw[0].x);
	for (unsigned y = 0; y < face->height; y++)
		for (unsigned x = 0; x < face->width; x++) {
			if (!in_face(m, x, y))
				continue;
			const unsigned char *p = pixel(face, x, y);
			unsigned v = luma(p);
			histogram_add(&s.all, v);
			s.bright += v >= 247;
			/* Where exactly the middle is must not decide. */
			s.left += x < m->nose.x - band ? v : 0;
			s.left_n += x < m->nose.x - band;
			s.right += x > m->nose.x + band ? v : 0;
			s.right_n += x > m->nose.x + band;
			if (((x ^ y) & 7) == 0) {
				struct lab lab = lab_of(p[0], p[1], p[2]);
				s.a += lab.a;
				s.b += lab.b;
				s.colour_n++;
			}
		}
	return s;
}

/*
 * How much of red and blue cannot be told from the luma by one straight line: grey, sepia and toned pictures have next to
 * nothing.
 */
static double colour_left(const struct picture *p)
{
	double n = 0, y1 = 0, yy = 0, one[2] = { 0, 0 }, two[2] = { 0, 0 }, with[2] = { 0, 0 };
	for (size_t k = 0; k < (size_t)p->width * p->height; k += 2) {
		const unsigned char *c = p->rgb + k * 3;
		double y = luma(c), v[2] = { c[0], c[2] };
		n++;
		y1 += y;
		yy += y * y;
		for (int j = 0; j < 2; j++) {
			one[j] += v[j];
			two[j] += v[j] * v[j];
			with[j] += v[j] * y;
		}
	}
	double spread = yy / n - y1 / n * (y1 / n), left = 0;
	for (int j = 0; j < 2 && spread > 0; j++) {
		double both = with[j] / n - one[j] / n * (y1 / n);
		left += fmax(two[j] / n - one[j] / n * (one[j] / n) - both * both / spread, 0);
	}
	return sqrt(left);
}

void measure_light(const struct picture *face, const struct marks *marks, struct photo_measures *m)
{
	struct skin s = look_at_skin(face, marks);
	measure_set(m, MEASURE_COLOUR, colour_left(face));
	if (s.all.n < 100 || !s.left_n || !s.right_n || !s.colour_n)
		return;
	double left = s.left / s.left_n, right = s.right / s.right_n;
	measure_set(m, MEASURE_SKIN_A, s.a / s.colour_n);
	measure_set(m, MEASURE_SKIN_B, s.b / s.colour_n);
	measure_set(m, MEASURE_FACE_LIGHT, histogram_at(&s.all, 0.5));
	measure_set(m, MEASURE_FACE_BRIGHT, (double)s.bright / s.all.n);
	measure_set(m, MEASURE_FACE_CONTRAST, histogram_at(&s.all, 0.95) - histogram_at(&s.all, 0.05));
	measure_set(m, MEASURE_FACE_SIDES, fmin(left, right) / fmax(fmax(left, right), 1));
}
