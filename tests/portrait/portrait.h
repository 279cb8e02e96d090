/*
 * Draws a person who does not exist, in front of a wall: enough of a face for a detector, and a fault on demand. No picture from
 * outside is needed. Included by the unit tests and by portrait.c.
 */
#ifndef TESTS_PORTRAIT_H
#define TESTS_PORTRAIT_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A good photo has size 1 and all else 0. */
struct portrait_wish {
	unsigned width, height; /* 0: 358x441 */
	double size;            /* of the head, of the right one; 0: 1 */
	double right, down;     /* moved, in parts of the picture's width and height */
	double tilt;            /* degrees */
	double skin;            /* darkness of the skin, 0-1 */
	unsigned wall;          /* colour of the wall, 0xrrggbb; 0: white */
	double light;           /* of everything, 0: 1 */
	double blur;            /* pixels */
	double side_light;      /* how much darker the left side is, 0-1 */
	double cupboard;        /* how much darker what stands before the wall at the right is, 0-1 */
	bool grey, frame, glasses, mask, stripes, shadow, second, no_face, raster;
};

struct portrait_canvas {
	unsigned width, height;
	double *rgb;             /* 0-255, linear in nothing: as in a file */
	double x, y, unit, c, s; /* place of the middle between the eyes, distance of the eyes, turn */
};

/* An ellipse around (x, y) in distances of the eyes; soft: over how much of its radius the edge goes. */
static void portrait_ellipse(struct portrait_canvas *k, double x, double y, double rx, double ry, double soft,
	double alpha, const double colour[3])
{
	double reach = (fmax(rx, ry) + 0.1) * k->unit, cx = k->x + (k->c * x - k->s * y) * k->unit;
	double cy = k->y + (k->s * x + k->c * y) * k->unit;
	for (int v = (int)fmax(cy - reach, 0); v < fmin(cy + reach + 1, k->height); v++)
		for (int u = (int)fmax(cx - reach, 0); u < fmin(cx + reach + 1, k->width); u++) {
			double du = (u - cx) / k->unit, dv = (v - cy) / k->unit;
			double ex = (k->c * du + k->s * dv) / rx, ey = (k->c * dv - k->s * du) / ry,
			       r = sqrt(ex * ex + ey * ey);
			double edge = fmax(soft, 1 / (fmin(rx, ry) * k->unit));
			double cover = fmin(fmax((1 - r) / edge + 0.5, 0), 1) * alpha;
			double *p = k->rgb + ((size_t)v * k->width + (size_t)u) * 3;
			for (int c = 0; c < 3; c++)
				p[c] += (colour[c] - p[c]) * cover;
		}
}

static void portrait_person(struct portrait_canvas *k, const struct portrait_wish *w)
{
	double dark = 1 - 0.72 * w->skin;
	const double skin[3] = { 222 * dark, 178 * dark, 152 * dark }, shade[3] = { 150 * dark, 104 * dark, 84 * dark };
	const double deep[3] = { 96 * dark, 60 * dark, 50 * dark }, lip[3] = { 176 * dark, 92 * dark, 88 * dark };
	const double hair[3] = { 38, 30, 28 }, white[3] = { 236, 232, 228 }, iris[3] = { 40, 26, 20 },
		     coat[3] = { 52, 62, 92 };
	const double glass[3] = { 14, 14, 16 }, cloth[3] = { 214, 226, 236 };
	portrait_ellipse(k, 0, 4.7, 3.1, 1.9, 0.02, 1, coat);
	portrait_ellipse(k, 0, 2.2, 0.72, 1.0, 0.03, 1, shade);
	portrait_ellipse(k, 0, -0.35, 1.36, 1.72, 0.03, 1, hair);
	for (int side = -1; side <= 1; side += 2)
		portrait_ellipse(k, side * 1.18, 0.2, 0.17, 0.38, 0.2, 1, skin);
	if (w->no_face)
		return;
	portrait_ellipse(k, 0, 0.28, 1.14, 1.58, 0.05, 1, skin);
	portrait_ellipse(k, 0, -0.75, 0.95, 0.55, 0.5, 0.6, skin);
	for (int side = -1; side <= 1; side += 2) {
		portrait_ellipse(k, side * 0.5, -0.06, 0.40, 0.28, 0.8, 0.45, shade);
		portrait_ellipse(k, side * 0.8, 0.7, 0.26, 0.6, 0.9, 0.4, shade);
		portrait_ellipse(k, side * 0.52, -0.36, 0.35, 0.07, 0.5, 0.95, hair);
		portrait_ellipse(k, side * 0.5, 0, 0.24, 0.105, 0.2, 1, white);
		portrait_ellipse(k, side * 0.5, 0, 0.115, 0.11, 0.2, 1, iris);
		portrait_ellipse(k, side * 0.5, -0.1, 0.27, 0.045, 0.5, 0.9, deep);
		portrait_ellipse(k, side * 0.2, 0.45, 0.08, 0.45, 0.9, 0.45, shade);
		portrait_ellipse(k, side * 0.26, 0.78, 0.12, 0.12, 0.8, 0.5, shade);
		portrait_ellipse(k, side * 0.13, 0.86, 0.085, 0.05, 0.5, 0.9, deep);
	}
	portrait_ellipse(k, 0, 0.92, 0.3, 0.07, 0.9, 0.5, shade);
	portrait_ellipse(k, 0, 1.25, 0.40, 0.13, 0.4, 1, lip);
	portrait_ellipse(k, 0, 1.24, 0.40, 0.025, 0.6, 1, deep);
	portrait_ellipse(k, 0, 1.47, 0.25, 0.06, 0.9, 0.5, shade);
	if (w->side_light > 0)
		portrait_ellipse(k, -0.7, 0.4, 0.7, 1.6, 0.06, w->side_light, deep);
	if (w->glasses)
		for (int side = -1; side <= 1; side += 2)
			portrait_ellipse(k, side * 0.5, 0.02, 0.46, 0.34, 0.05, 1, glass);
	if (w->mask)
		portrait_ellipse(k, 0, 1.36, 0.98, 0.48, 0.05, 1, cloth);
}

static void portrait_blur(struct portrait_canvas *k, double pixels)
{
	size_t n = (size_t)k->width * k->height * 3;
	double *to = malloc(n * sizeof *to);
	int reach = (int)ceil(pixels);
	for (int pass = 0; to && pass < 4; pass++) {
		int step = pass % 2 ? (int)k->width * 3 : 3, across = pass % 2 ? (int)k->height : (int)k->width;
		for (size_t i = 0; i < n; i++) {
			int at = pass % 2 ? (int)(i / 3 / k->width) : (int)(i / 3 % k->width);
			double sum = 0;
			for (int d = -reach; d <= reach; d++) {
				int other = at + d < 0 ? 0 : at + d >= across ? across - 1 : at + d;
				sum += k->rgb[(long)i + (long)(other - at) * step];
			}
			to[i] = sum / (2 * reach + 1);
		}
		memcpy(k->rgb, to, n * sizeof *to);
	}
	free(to);
}

/* RGB, width * height * 3 bytes, yours to free; the same for the same wish. */
static unsigned char *portrait_draw(const struct portrait_wish *w)
{
	struct portrait_canvas k = { .width = w->width ? w->width : 358, .height = w->height ? w->height : 441 };
	size_t n = (size_t)k.width * k.height * 3;
	unsigned wall = w->wall ? w->wall : 0xfcfcfc;
	double size = w->size > 0 ? w->size : 1, angle = w->tilt * 3.14159265358979 / 180;
	unsigned char *out = malloc(n);
	uint32_t noise = 12345;
	k.rgb = malloc(n * sizeof *k.rgb);
	if (!out || !k.rgb)
		abort();
	k.c = cos(angle);
	k.s = sin(angle);
	/* GA 461-2004: the eyes 207 px and more above the lower edge of 441, the hair 7-21 px below the upper one. */
	k.unit = 0.172 * k.height * size;
	k.x = k.width * (0.5 + w->right);
	k.y = k.height * (0.40 + w->down);
	for (size_t i = 0; i < n; i++) {
		double x = (double)(i / 3 % k.width) / k.width, y = (double)(i / 3 / k.width) / k.height;
		k.rgb[i] = (wall >> (16 - 8 * (i % 3))) & 255;
		if (w->stripes && ((int)(x * 24) + (int)(y * 30)) % 2)
			k.rgb[i] *= 0.7;
		if (w->shadow)
			k.rgb[i] -= 85 * fmax(0, x - 0.35);
		if (x > 0.8 && y > 0.05)
			k.rgb[i] *= 1 - w->cupboard;
	}
	portrait_person(&k, w);
	if (w->second) {
		struct portrait_canvas other = k;
		other.unit *= 0.5;
		other.x = 0.2 * k.width;
		other.y = 0.75 * k.height;
		portrait_person(&other, w);
	}
	if (w->blur > 0)
		portrait_blur(&k, w->blur);
	for (size_t i = 0; i < n; i += 3) {
		double x = (double)(i / 3 % k.width) / k.width, y = (double)(i / 3 / k.width) / k.height;
		double light = (w->light > 0 ? w->light : 1);
		bool edge = w->frame && (x < 0.02 || x > 0.98 || y < 0.016 || y > 0.984);
		for (size_t c = 0; c < 3; c++) {
			noise = noise * 1664525 + 1013904223; /* what a sensor adds */
			double lines = w->raster ? 2.5 * sin(2.1 * (x * k.width) + 0.9 * (y * k.height)) : 0;
			double v = k.rgb[i + c] * light + lines + ((noise >> 24) / 255.0 - 0.5) * 6;
			out[i + c] = (unsigned char)fmin(fmax(edge ? 20 : v, 0), 255);
		}
		if (w->grey)
			out[i] = out[i + 2] = out[i + 1];
	}
	free(k.rgb);
	return out;
}

#endif
