#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vision/measure.h"

/*
 * The background is what can be reached from the upper corners in small steps (photo file 4). All numbers are pixels of a
 * frame of 441 rows.
 */
enum {
	MARGIN = 3,       /* pixels at the edge belong to scanners and resizers */
	SEED_NEAR = 14,   /* to the median of the corners, each channel */
	STEP_NEAR = 9,    /* from pixel to pixel */
	MEDIAN_FAR = 150, /* a person is not reached over many small steps */
	EVEN_FAR = 50,    /* the same, for what will be changed: all that a wall may differ (photo_rules.c) */
	HAIR_FAR = 34,    /* from the background's colour */
	CELL = 10,        /* a shadow is a darker cell of the background */
};

struct ground {
	const struct picture *frame;
	unsigned corner_width, corner_height;
	int median[3];
	unsigned char *mask; /* 1: background */
	unsigned lowest;     /* row where it is no longer looked for */
	int far;             /* how far from the corners' median it goes */
};

static bool in_corner(const struct ground *g, unsigned x, unsigned y)
{
	return y >= MARGIN && y < g->corner_height && x >= MARGIN && x < g->frame->width - MARGIN &&
		(x < g->corner_width || x >= g->frame->width - g->corner_width);
}

static int far_from(const unsigned char *p, const int median[3])
{
	int most = 0;
	for (int k = 0; k < 3; k++) {
		int away = abs(p[k] - median[k]);
		most = away > most ? away : most;
	}
	return most;
}

static void look_at_corners(struct ground *g, struct photo_measures *m)
{
	struct histogram channel[3] = { { 0 } };
	double slopes = 0;
	unsigned n = 0;
	for (unsigned y = MARGIN; y < g->corner_height; y++)
		for (unsigned x = MARGIN; x < g->frame->width - MARGIN; x++) {
			if (!in_corner(g, x, y))
				continue;
			const unsigned char *p = pixel(g->frame, x, y);
			size_t line = (size_t)g->frame->width * 3;
			for (unsigned k = 0; k < 3; k++)
				histogram_add(&channel[k], p[k]);
			slopes += hypot(p[4] - *(p - 2), p[line + 1] - *(p - line + 1));
			n++;
		}
	for (int k = 0; k < 3; k++)
		g->median[k] = (int)histogram_at(&channel[k], 0.5);
	struct lab lab = lab_of(g->median[0], g->median[1], g->median[2]);
	measure_set(m, MEASURE_BACK_LIGHT, lab.l);
	measure_set(m, MEASURE_BACK_CHROMA, hypot(lab.a, lab.b));
	measure_set(m, MEASURE_BACK_TEXTURE, n ? slopes / n : 0);
}

static bool grow(struct ground *g)
{
	static const int DX[] = { 1, -1, 0, 0 }, DY[] = { 0, 0, 1, -1 };
	unsigned width = g->frame->width;
	unsigned *todo = malloc((size_t)width * g->frame->height * sizeof *todo);
	size_t n = 0;
	if (!todo)
		return false;
	for (unsigned y = MARGIN; y < g->corner_height; y++)
		for (unsigned x = MARGIN; x < width - MARGIN; x++)
			if (in_corner(g, x, y) && far_from(pixel(g->frame, x, y), g->median) < SEED_NEAR) {
				g->mask[(size_t)y * width + x] = 1;
				todo[n++] = y * width + x;
			}
	while (n) {
		unsigned at = todo[--n];
		const unsigned char *p = g->frame->rgb + (size_t)at * 3;
		int here[3] = { p[0], p[1], p[2] };
		for (int k = 0; k < 4; k++) {
			int x = (int)(at % width) + DX[k], y = (int)(at / width) + DY[k];
			if (x < MARGIN || y < MARGIN || x >= (int)width - MARGIN || y >= (int)g->lowest)
				continue;
			size_t next = (size_t)y * width + (size_t)x;
			const unsigned char *q = g->frame->rgb + next * 3;
			if (!g->mask[next] && far_from(q, here) <= STEP_NEAR && far_from(q, g->median) < g->far) {
				g->mask[next] = 1;
				todo[n++] = (unsigned)next;
			}
		}
	}
	free(todo);
	return true;
}

/* How much of the corners, and of these and the strips at the sides down to the eyes, is background. */
static void cover(const struct ground *g, unsigned eyes, struct photo_measures *m)
{
	unsigned width = g->frame->width, strip = width / 20 > 4 ? width / 20 : 4;
	unsigned corner = 0, corner_in = 0, all = 0, all_in = 0;
	for (unsigned y = MARGIN; y < eyes; y++)
		for (unsigned x = MARGIN; x < width - MARGIN; x++) {
			bool in = g->mask[(size_t)y * width + x], at_corner = in_corner(g, x, y);
			bool at_side = x < MARGIN + strip || x >= width - MARGIN - strip;
			corner += at_corner;
			corner_in += at_corner && in;
			all += at_corner || at_side;
			all_in += (at_corner || at_side) && in;
		}
	measure_set(m, MEASURE_BACK_SIDES, (double)all_in / (all ? all : 1));
	measure_set(m, MEASURE_BACK_CORNERS, (double)corner_in / (corner ? corner : 1));
}

/* The mean luma of a cell; -1: not all of it is background. */
static double cell(const struct ground *g, unsigned left, unsigned top)
{
	unsigned sum = 0;
	for (unsigned y = top; y < top + CELL; y++)
		for (unsigned x = left; x < left + CELL; x++) {
			if (!g->mask[(size_t)y * g->frame->width + x])
				return -1;
			sum += luma(pixel(g->frame, x, y));
		}
	return sum / (double)(CELL * CELL);
}

/* Between the lightest and the second darkest cell: one may be hair. Beside ears and above the crown hair frays out. */
static void shadow(const struct ground *g, const struct marks *marks, struct photo_measures *m)
{
	double low = 255, second = 255, high = -1, wide = marks->jaw[1].x - marks->jaw[0].x;
	double eyes = (marks->eye[0].y + marks->eye[1].y) / 2, width = g->frame->width;
	double left = marks->jaw[0].x - 0.28 * wide, right = marks->jaw[1].x + 0.28 * wide;
	double above = eyes - 1.75 * (marks->chin.y - eyes), mouth = fmin(fmax(marks->mouth_top, 40), g->lowest);
	unsigned n = 0;
	for (unsigned y = MARGIN; y + CELL <= mouth; y += 3)
		for (unsigned x = MARGIN; x + CELL <= width - MARGIN; x += 3) {
			bool near_head = y + CELL > above && x + CELL > left && x < right;
			if (near_head && x + CELL >= width * 0.11 && x <= width * 0.89)
				continue;
			double mean = cell(g, x, y);
			if (mean < 0)
				continue;
			n++;
			high = fmax(high, mean);
			if (mean < low) {
				second = low;
				low = mean;
			} else {
				second = fmin(second, mean);
			}
		}
	if (n > 1)
		measure_set(m, MEASURE_BACK_RANGE, high - second);
}

/* The first row of the head's columns that departs from the background. */
static double find_crown(const struct ground *g, const struct marks *marks)
{
	double eyes = (marks->eye[0].y + marks->eye[1].y) / 2;
	unsigned left = (unsigned)fmax(marks->brow_left, 0), right = (unsigned)fmax(marks->brow_right, 0);
	right = right >= g->frame->width ? g->frame->width - 1 : right;
	for (unsigned y = MARGIN; y < eyes && y < g->frame->height && left < right; y++) {
		unsigned n = 0;
		for (unsigned x = left; x <= right; x++)
			n += far_from(pixel(g->frame, x, y), g->median) > HAIR_FAR;
		if (n > 0.12 * (right - left + 1))
			return y;
	}
	return eyes - 1.15 * (marks->chin.y - eyes);
}

/* A line along one side that is even in itself and unlike the background, and ends inside: a frame. */
static bool side_has_line(const struct picture *f, int side, double back)
{
	unsigned deepest = f->height * 45 / 1000, hits = 0;
	for (unsigned deep = 0; deep < deepest; deep++) {
		unsigned from = side == 0 ? f->width / 20 : f->height * 6 / 100, n = 0;
		unsigned to = side == 0 ? f->width - f->width / 20 : f->height * 42 / 100;
		double sum = 0, squares = 0;
		for (unsigned k = from; k < to; k++) {
			if (side == 0 && k > f->width / 4 && k < f->width - f->width / 4)
				continue; /* hair may reach the top */
			double v = luma(
				side == 0 ? pixel(f, k, deep) : pixel(f, side == 1 ? deep : f->width - 1 - deep, k));
			sum += v;
			squares += v * v;
			n++;
		}
		double mean = n ? sum / n : 0, spread = n ? sqrt(fmax(squares / n - mean * mean, 0)) : 0;
		if (n && fabs(mean - back) > 16 && spread < 14)
			hits++;
		else if (hits)
			break;
	}
	return hits > 0 && hits + 1 < deepest;
}

/* All of the frame, or down to row `lowest`. False: no memory, or no room for a background. */
static bool ground_find(struct ground *g, const struct picture *frame, unsigned lowest, int far,
	struct photo_measures *m)
{
	*g = (struct ground){ .frame = frame,
		.corner_width = frame->width * 12 / 100,
		.corner_height = frame->height / 10,
		.lowest = lowest,
		.far = far,
		.mask = calloc((size_t)frame->width * frame->height, 1) };
	if (!g->mask || frame->width < 100)
		return false;
	look_at_corners(g, m);
	return grow(g);
}

bool background_mask(const struct picture *frame, unsigned char **ret_mask)
{
	struct photo_measures unused = { 0 };
	struct ground g;
	bool good = ground_find(&g, frame, frame->height, EVEN_FAR, &unused);
	if (good)
		*ret_mask = g.mask;
	else
		free(g.mask);
	return good;
}

bool measure_background(const struct picture *frame, const struct marks *marks, struct photo_measures *m,
	double *ret_crown)
{
	struct ground g;
	double eyes = fmin(fmax((marks->eye[0].y + marks->eye[1].y) / 2, 20), frame->height - 1);
	bool good = ground_find(&g, frame, (unsigned)fmin(fmax(marks->chin.y, 30), frame->height - 1), MEDIAN_FAR, m);
	if (good) {
		cover(&g, (unsigned)eyes, m);
		shadow(&g, marks, m);
		*ret_crown = find_crown(&g, marks);
		int sides = 0;
		for (int side = 0; side < 3; side++)
			sides += side_has_line(frame, side,
				(77 * g.median[0] + 150 * g.median[1] + 29 * g.median[2]) / 256.0);
		measure_set(m, MEASURE_BORDER, sides);
	}
	free(g.mask);
	return good;
}
