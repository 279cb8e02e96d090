#include "vision/picture.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void picture_finish(struct picture *p)
{
	free(p->rgb);
	*p = (struct picture){ 0 };
}

bool picture_make(struct picture *ret, unsigned width, unsigned height)
{
	*ret = (struct picture){ 0 };
	if (width == 0 || height == 0 || (uint64_t)width * height > SIZE_MAX / 16)
		return false;
	ret->rgb = calloc((size_t)width * height, 3);
	if (!ret->rgb)
		return false;
	ret->width = width;
	ret->height = height;
	return true;
}

/* Where a new pixel comes from along one side: `n` old ones from `first`, with their shares. */
enum { TAPS_MAX = 64 };
struct tap {
	unsigned first, n;
	float share[TAPS_MAX];
};

static void find_taps(unsigned from, unsigned to, struct tap *taps)
{
	double step = (double)from / to;
	for (unsigned k = 0; k < to; k++) {
		struct tap *t = &taps[k];
		double begin = k * step, end = begin + step;
		if (step <= 1) { /* between two neighbours */
			double at = fmin(fmax((k + 0.5) * step - 0.5, 0), from - 1);
			t->first = (unsigned)at;
			t->n = t->first + 1 < from ? 2 : 1;
			t->share[1] = (float)(at - t->first);
			t->share[0] = t->n == 2 ? 1 - t->share[1] : 1;
			continue;
		}
		t->first = (unsigned)begin;
		t->n = 0;
		float sum = 0;
		for (unsigned x = t->first; x < from && x < end && t->n < TAPS_MAX; x++) {
			float share = (float)(fmin(end, x + 1) - fmax(begin, x));
			t->share[t->n++] = share;
			sum += share;
		}
		for (unsigned j = 0; j < t->n; j++)
			t->share[j] /= sum;
	}
}

static void resize_row(const unsigned char *row, const struct tap *taps, unsigned width, float *out)
{
	for (unsigned x = 0; x < width; x++, out += 3) {
		const unsigned char *p = row + (size_t)taps[x].first * 3;
		float r = 0, g = 0, b = 0;
		for (unsigned j = 0; j < taps[x].n; j++, p += 3) {
			float share = taps[x].share[j];
			r += share * p[0];
			g += share * p[1];
			b += share * p[2];
		}
		out[0] = r;
		out[1] = g;
		out[2] = b;
	}
}

/* Old rows are scaled once each: a new row that begins before the last one ended takes its row from the two kept ones. */
static void resize_rows(const struct picture *from, struct picture *to, const struct tap *across,
	const struct tap *down, float *rows)
{
	size_t line = (size_t)to->width * 3;
	float *kept[2] = { rows, rows + line }, *sum = rows + 2 * line;
	long held[2] = { -1, -1 };
	for (unsigned y = 0; y < to->height; y++) {
		memset(sum, 0, line * sizeof *sum);
		for (unsigned j = 0; j < down[y].n; j++) {
			long row = (long)down[y].first + j;
			int slot = (int)(row & 1);
			if (held[slot] != row)
				resize_row(from->rgb + (size_t)row * from->width * 3, across, to->width, kept[slot]);
			held[slot] = row;
			float share = down[y].share[j];
			for (size_t k = 0; k < line; k++)
				sum[k] += share * kept[slot][k];
		}
		unsigned char *out = to->rgb + y * line;
		for (size_t k = 0; k < line; k++)
			out[k] = (unsigned char)(sum[k] + 0.5f);
	}
}

bool picture_resize(const struct picture *from, struct picture *ret, unsigned width, unsigned height)
{
	*ret = (struct picture){ 0 };
	if (!from->rgb || from->width > (uint64_t)width * (TAPS_MAX - 2) ||
		from->height > (uint64_t)height * (TAPS_MAX - 2))
		return false;
	struct tap *across = calloc(width, sizeof *across), *down = calloc(height, sizeof *down);
	float *rows = malloc((size_t)width * 9 * sizeof *rows);
	bool good = across && down && rows && picture_make(ret, width, height);
	if (good) {
		find_taps(from->width, width, across);
		find_taps(from->height, height, down);
		resize_rows(from, ret, across, down, rows);
	}
	free(across);
	free(down);
	free(rows);
	return good;
}

bool picture_fit(const struct picture *from, struct picture *ret, unsigned width, unsigned height)
{
	double scale = fmin((double)width / from->width, (double)height / from->height);
	unsigned w = (unsigned)(from->width * scale), h = (unsigned)(from->height * scale);
	return picture_resize(from, ret, w ? w : 1, h ? h : 1);
}

bool picture_orient(struct picture *p, int orientation)
{
	struct picture to;
	bool turned = orientation >= 5;
	if (orientation <= 1 || orientation > 8)
		return true;
	if (!picture_make(&to, turned ? p->height : p->width, turned ? p->width : p->height))
		return false;
	for (unsigned y = 0; y < to.height; y++)
		for (unsigned x = 0; x < to.width; x++) {
			unsigned u = turned ? y : x, v = turned ? x : y; /* in the old picture, before mirroring */
			if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
				u = p->width - 1 - u;
			if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
				v = p->height - 1 - v;
			memcpy(to.rgb + ((size_t)y * to.width + x) * 3, p->rgb + ((size_t)v * p->width + u) * 3, 3);
		}
	picture_finish(p);
	*p = to;
	return true;
}

unsigned picture_chroma(const struct picture *p)
{
	uint64_t sum = 0, n = 0;
	for (unsigned y = p->height / 4; y < p->height - p->height / 4; y++)
		for (unsigned x = p->width / 4; x < p->width - p->width / 4; x++, n++) {
			const unsigned char *c = p->rgb + ((size_t)y * p->width + x) * 3;
			unsigned char high = c[0] > c[1] ? c[0] : c[1], low = c[0] < c[1] ? c[0] : c[1];
			sum += (unsigned)((c[2] > high ? c[2] : high) - (c[2] < low ? c[2] : low));
		}
	return n ? (unsigned)(sum / n) : 0;
}

bool shrink_begin(struct shrink *s, unsigned width, unsigned height, unsigned factor)
{
	*s = (struct shrink){ .factor = factor ? factor : 1 };
	if (!picture_make(&s->to, width / s->factor, height / s->factor))
		return false;
	s->sums = calloc((size_t)s->to.width * s->factor * 3, sizeof *s->sums);
	if (!s->sums)
		picture_finish(&s->to);
	return s->sums != NULL;
}

void shrink_row(struct shrink *s, const unsigned char *rgb)
{
	unsigned y = s->rows++ / s->factor, area = s->factor * s->factor;
	size_t line = (size_t)s->to.width * 3, wide = line * s->factor;
	if (y >= s->to.height)
		return;
	unsigned char *out = s->to.rgb + y * line;
	if (s->factor == 1) {
		memcpy(out, rgb, line);
		return;
	}
	for (size_t k = 0; k < wide; k++)
		s->sums[k] = (uint16_t)(s->sums[k] + rgb[k]);
	if (s->rows % s->factor != 0)
		return;
	const uint16_t *sums = s->sums;
	for (unsigned x = 0; x < s->to.width; x++, out += 3) {
		unsigned sum[3] = { area / 2, area / 2, area / 2 };
		for (unsigned k = 0; k < s->factor; k++, sums += 3)
			for (unsigned c = 0; c < 3; c++)
				sum[c] += sums[c];
		for (unsigned c = 0; c < 3; c++)
			out[c] = (unsigned char)(sum[c] / area);
	}
	memset(s->sums, 0, wide * sizeof *s->sums);
}

void shrink_end(struct shrink *s, struct picture *ret)
{
	free(s->sums);
	*ret = s->to;
	*s = (struct shrink){ 0 };
}
