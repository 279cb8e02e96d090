#include "vision/even.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vision/measure.h"

enum {
	TERMS = 6,
	ROUNDS = 3,   /* of laying the surface anew */
	STEP = 3,     /* pixels between those that the surface is laid through */
	INSIDE = 6,   /* pixels from the person, where the wall is measured */
	REACH = 4,    /* pixels around the background in which its light still shows through hair */
	WHITE = 246,  /* L* 97 */
	SURE = 12,    /* grey levels darker than the wall: still the wall */
	HARDLY = 50,  /* so much darker: not the wall at all */
	OUTLIER = 14, /* from the first surface: no wall, when the second is laid */
};

/* Own limit, grey levels; tests/bench/photo_wall.c says what passes it and what does not. */
static const double ROUGH_MAX = 3.5;

struct surface {
	double c[3][TERMS];
};

static void terms(const struct picture *f, unsigned x, unsigned y, double out[TERMS])
{
	double u = 2.0 * x / f->width - 1, v = 2.0 * y / f->height - 1;
	memcpy(out, (const double[TERMS]){ 1, u, v, u * u, u * v, v * v }, sizeof(double[TERMS]));
}

static double height_at(const struct surface *s, int channel, const double t[TERMS])
{
	double sum = 0;
	for (int k = 0; k < TERMS; k++)
		sum += s->c[channel][k] * t[k];
	return sum;
}

/* Gauss-Jordan with the largest pivot; the last columns are the right sides. False: the wall is seen in too few places. */
static bool solve(double m[TERMS][TERMS + 3], struct surface *ret)
{
	for (int k = 0; k < TERMS; k++) {
		int best = k;
		for (int r = k + 1; r < TERMS; r++)
			best = fabs(m[r][k]) > fabs(m[best][k]) ? r : best;
		if (fabs(m[best][k]) < 1e-6)
			return false;
		for (int c = 0; c < TERMS + 3; c++) {
			double t = m[k][c];
			m[k][c] = m[best][c];
			m[best][c] = t;
		}
		for (int r = 0; r < TERMS; r++) {
			double by = m[r][k] / m[k][k];
			for (int c = 0; r != k && c < TERMS + 3; c++)
				m[r][c] -= by * m[k][c];
		}
	}
	for (int k = 0; k < TERMS; k++)
		for (int c = 0; c < 3; c++)
			ret->c[c][k] = m[k][TERMS + c] / m[k][k];
	return true;
}

/* Background all around, so that no hair is in it. */
static bool deep(const struct picture *f, const unsigned char *mask, unsigned x, unsigned y)
{
	const unsigned char *p = mask + (size_t)y * f->width + x;
	size_t row = (size_t)INSIDE * f->width;
	return *p && x >= INSIDE && x + INSIDE < f->width && y >= INSIDE && y + INSIDE < f->height && p[INSIDE] &&
		*(p - INSIDE) && p[row] && *(p - row);
}

/*
 * Least squares through the background; `before`: what is far from it is left out; NULL: nothing is. *ret_rough is how far the
 * wall is from it above row `chin`: below, the background may go over into pale clothes.
 */
static bool lay(const struct picture *f, const unsigned char *mask, const struct surface *before, double chin,
	struct surface *ret, double *ret_rough)
{
	double m[TERMS][TERMS + 3] = { { 0 } }, t[TERMS], squares = 0, n = 0;
	for (unsigned y = 0; y < f->height; y += STEP)
		for (unsigned x = 0; x < f->width; x += STEP) {
			const unsigned char *p = pixel(f, x, y);
			if (!deep(f, mask, x, y))
				continue;
			terms(f, x, y, t);
			double off = before ? p[1] - height_at(before, 1, t) : 0;
			squares += y < chin ? off * off : 0;
			n += y < chin;
			if (fabs(off) > OUTLIER)
				continue;
			for (int r = 0; r < TERMS; r++) {
				for (int c = 0; c < TERMS; c++)
					m[r][c] += t[r] * t[c];
				for (int c = 0; c < 3; c++)
					m[r][TERMS + c] += t[r] * p[c];
			}
		}
	*ret_rough = n > 0 ? sqrt(squares / n) : 0;
	return solve(m, ret);
}

/* Within REACH of the background, along rows and then along columns. */
static void widen(unsigned char *mask, unsigned width, unsigned height)
{
	for (int pass = 0; pass < 2; pass++) {
		size_t step = pass ? width : 1, lines = pass ? width : height, length = pass ? height : width;
		for (size_t line = 0; line < lines; line++) {
			unsigned char *row = mask + (pass ? line : line * width);
			for (int way = 0; way < 2; way++) {
				unsigned left = 0;
				for (size_t k = 0; k < length; k++) {
					unsigned char *p = row + (way ? length - 1 - k : k) * step;
					left = *p == 1 ? REACH + 1 : left;
					*p = *p == 1 ? 1 : left || *p == 2 ? 2 : 0;
					left -= left > 0;
				}
			}
			for (size_t k = 0; k < length; k++)
				row[k * step] = row[k * step] != 0;
		}
	}
}

static void whiten(struct picture *f, const unsigned char *mask, const struct surface *s)
{
	double t[TERMS];
	for (unsigned y = 0; y < f->height; y++)
		for (unsigned x = 0; x < f->width; x++) {
			if (!mask[(size_t)y * f->width + x])
				continue;
			unsigned char *p = f->rgb + ((size_t)y * f->width + x) * 3;
			double wall[3], darker = 0;
			terms(f, x, y, t);
			for (int c = 0; c < 3; c++) {
				wall[c] = height_at(s, c, t);
				darker = fmax(darker, wall[c] - p[c]);
			}
			double share = fmin(fmax((HARDLY - darker) / (HARDLY - SURE), 0), 1);
			for (int c = 0; c < 3; c++)
				p[c] = (unsigned char)fmin(fmax(p[c] + share * (WHITE - wall[c]), 0), 255);
		}
}

bool even_wall(struct picture *frame, double chin, bool *ret_done)
{
	unsigned char *mask = NULL;
	struct surface wall;
	double rough = 0;
	*ret_done = false;
	if (!background_mask(frame, &mask))
		return frame->width < 100;
	/* Each time without what was far from it before: clothes and skin that look like the wall. */
	bool good = lay(frame, mask, NULL, chin, &wall, &rough);
	for (int k = 0; k < ROUNDS && good; k++) {
		const struct surface before = wall;
		good = lay(frame, mask, &before, chin, &wall, &rough);
	}
	*ret_done = good && rough <= ROUGH_MAX;
	if (*ret_done) {
		widen(mask, frame->width, frame->height);
		whiten(frame, mask, &wall);
	}
	free(mask);
	return true;
}
