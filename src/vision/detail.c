#include <math.h>

#include "vision/measure.h"

/* How much darker the pupil is than what surrounds it; glass as dark as a pupil leaves nothing. */
static void look_at_eyes(const struct picture *face, const struct marks *marks, double light, double contrast,
	struct photo_measures *m)
{
	double least = 255, darkest = 255, open = 0, w = marks->eye_width;
	for (int k = 0; k < 2; k++) {
		struct point e = marks->eye[k];
		struct histogram around =
			histogram_box(face, e.x - 0.75 * w, e.y - 0.55 * w, e.x + 0.75 * w, e.y + 0.55 * w);
		struct histogram in = histogram_box(face, e.x - 0.5 * w, e.y - 0.32 * w, e.x + 0.5 * w, e.y + 0.32 * w);
		if (around.n < 10 || in.n < 20)
			return;
		least = fmin(least, histogram_at(&around, 0.5) - histogram_at(&around, 0.03));
		darkest = fmin(darkest, histogram_at(&around, 0.75));
		double low = histogram_at(&in, 0.04), limit = low + 0.45 * (histogram_at(&in, 0.60) - low);
		int best = 0;
		for (int x = (int)(e.x - 0.3 * w); x <= e.x + 0.3 * w; x++) {
			int run = 0;
			for (int y = (int)(e.y - 0.32 * w); y <= e.y + 0.32 * w; y++) {
				bool in_picture = x >= 0 && y >= 0 && x < (int)face->width && y < (int)face->height;
				run = in_picture && luma(pixel(face, (unsigned)x, (unsigned)y)) < limit ? run + 1 : 0;
				best = run > best ? run : best;
			}
		}
		open += best / fmax(w, 1) / 2;
	}
	measure_set(m, MEASURE_EYE_CONTRAST, least / fmax(contrast, 8));
	measure_set(m, MEASURE_EYE_LIGHT, darkest / fmax(light, 1));
	measure_set(m, MEASURE_EYES_OPEN, open);
}

static struct lab mean_lab(const struct picture *p, double x, double y, double reach)
{
	struct lab sum = { 0, 0, 0 };
	double n = 0;
	for (int v = (int)(y - reach); v <= y + reach; v++)
		for (int u = (int)(x - reach); u <= x + reach; u++)
			if (u >= 0 && v >= 0 && u < (int)p->width && v < (int)p->height) {
				const unsigned char *c = pixel(p, (unsigned)u, (unsigned)v);
				struct lab lab = lab_of(c[0], c[1], c[2]);
				sum.l += lab.l;
				sum.a += lab.a;
				sum.b += lab.b;
				n++;
			}
	n = fmax(n, 1);
	return (struct lab){ sum.l / n, sum.a / n, sum.b / n };
}

/* Rows of skin above the brows, in heights of a face: none under a hat, none under a fringe either. */
static void look_at_forehead(const struct picture *face, const struct marks *marks, struct photo_measures *m)
{
	struct lab cheek[2];
	for (int k = 0; k < 2; k++)
		cheek[k] = mean_lab(face, 0.45 * marks->jaw[k].x + 0.55 * marks->nose.x + (k ? 6 : -6),
			0.5 * (marks->eye[k].y + marks->nose.y) + 10, 8);
	double l = (cheek[0].l + cheek[1].l) / 2, a = (cheek[0].a + cheek[1].a) / 2, b = (cheek[0].b + cheek[1].b) / 2;
	double wide = marks->brow_right - marks->brow_left;
	int left = (int)fmax(marks->brow_left + 0.06 * wide, 0), rows = 0;
	int right = (int)fmin(marks->brow_right - 0.06 * wide, face->width - 1.0);
	for (int y = (int)fmin(marks->brow - 6, face->height - 1.0); y > 2 && right > left; y--, rows++) {
		int skin = 0;
		for (int x = left; x <= right; x++) {
			const unsigned char *c = pixel(face, (unsigned)x, (unsigned)y);
			struct lab at = lab_of(c[0], c[1], c[2]);
			skin += sqrt((at.l - l) * (at.l - l) / 4 + (at.a - a) * (at.a - a) + (at.b - b) * (at.b - b)) <
				17;
		}
		if (skin < 0.35 * (right - left + 1))
			break;
	}
	measure_set(m, MEASURE_FOREHEAD, rows / 207.0);
}

void measure_details(const struct picture *face, const struct marks *marks, struct photo_measures *m)
{
	double contrast = m->value[MEASURE_FACE_CONTRAST], light = m->value[MEASURE_FACE_LIGHT];
	if (!(m->known >> MEASURE_FACE_CONTRAST & 1))
		return;
	look_at_eyes(face, marks, light, contrast, m);
	look_at_forehead(face, marks, m);
	struct histogram mouth = histogram_box(face, marks->mouth_left, marks->mouth_top - 2, marks->mouth_right,
		marks->mouth_bottom + 3);
	if (mouth.n > 10)
		measure_set(m, MEASURE_MOUTH_CONTRAST,
			(histogram_at(&mouth, 0.95) - histogram_at(&mouth, 0.05)) / fmax(contrast, 8));
	if (marks->landmarks)
		measure_set(m, MEASURE_MOUTH_OPEN, marks->mouth_open);
}
