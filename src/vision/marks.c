#include "vision/marks.h"

#include <math.h>
#include <stddef.h>

#include "vision/face.h"

/* Where the parts lie in the box of dlib's detector, in widths of the box: means over 150 portraits, own measurement. */
static const struct {
	struct point eye[2], jaw[2], chin, nose;
	double brow, brow_left, brow_right, mouth_left, mouth_top, mouth_right, mouth_bottom;
} BOX = { .eye = { { 0.29, 0.275 }, { 0.71, 0.275 } },
	.jaw = { { 0.02, 0.29 }, { 0.97, 0.29 } },
	.chin = { 0.50, 1.06 },
	.nose = { 0.50, 0.53 },
	.brow = 0.14,
	.brow_left = 0.12,
	.brow_right = 0.88,
	.mouth_left = 0.32,
	.mouth_top = 0.68,
	.mouth_right = 0.68,
	.mouth_bottom = 0.82 };

static const double EYE_WIDTH = 0.40; /* of the distance of the eyes */

static struct point middle(float points[][2], int first, int n)
{
	struct point sum = { 0, 0 };
	for (int k = first; k < first + n; k++) {
		sum.x += points[k][0] / (float)n;
		sum.y += points[k][1] / (float)n;
	}
	return sum;
}

static struct point at(float points[][2], int k)
{
	return (struct point){ points[k][0], points[k][1] };
}

static double far(struct point a, struct point b)
{
	return hypot(a.x - b.x, a.y - b.y);
}

/* The numbering of the 68 points: iBUG 300-W. */
static void from_landmarks(float p[FACE_POINTS][2], struct marks *ret)
{
	*ret = (struct marks){ .landmarks = true,
		.eye = { middle(p, 36, 6), middle(p, 42, 6) },
		.jaw = { at(p, 0), at(p, 16) },
		.chin = at(p, 8),
		.nose = at(p, 30),
		.brow = fminf(p[19][1], p[24][1]),
		.brow_left = p[17][0],
		.brow_right = p[26][0],
		.mouth_left = p[48][0],
		.mouth_top = fminf(p[50][1], p[52][1]),
		.mouth_right = p[54][0],
		.mouth_bottom = p[57][1],
		.eye_width = (far(at(p, 36), at(p, 39)) + far(at(p, 42), at(p, 45))) / 2 };
	double gap = far(at(p, 61), at(p, 67)) + far(at(p, 62), at(p, 66)) + far(at(p, 63), at(p, 65));
	ret->mouth_open = gap / (3 * fmax(far(at(p, 60), at(p, 64)), 1));
}

/*
 * The middle of what is darkest around `near`: weights grow with darkness, so that neither a brow at the rim nor a reflection
 * in the pupil decides.
 */
static struct point dark_middle(const struct grey *g, struct point near, double reach)
{
	int left = (int)fmax(near.x - reach, 1), right = (int)fmin(near.x + reach, g->width - 2.0);
	int top = (int)fmax(near.y - 0.75 * reach, 1), bottom = (int)fmin(near.y + 0.75 * reach, g->height - 2.0);
	unsigned darkest = 255, brightest = 0;
	double sum = 0, x_sum = 0, y_sum = 0;
	for (int y = top; y <= bottom; y++)
		for (int x = left; x <= right; x++) {
			unsigned v = g->pixels[(size_t)y * g->width + (size_t)x];
			darkest = v < darkest ? v : darkest;
			brightest = v > brightest ? v : brightest;
		}
	double limit = darkest + 0.35 * (brightest - darkest);
	for (int y = top; y <= bottom; y++)
		for (int x = left; x <= right; x++) {
			double v = g->pixels[(size_t)y * g->width + (size_t)x];
			double away = hypot(x - near.x, y - near.y) / reach;
			double weight = v < limit && away < 1 ? (limit - v) * (1 - away) : 0;
			sum += weight;
			x_sum += weight * x;
			y_sum += weight * y;
		}
	return sum > 0 ? (struct point){ x_sum / sum, y_sum / sum } : near;
}

static struct point in_box(const struct face *f, struct point p)
{
	return (struct point){ f->left + p.x * f->width, f->top + p.y * f->width };
}

/* Where the eyes are looked for is turned by what was found, until a tilted head's are within reach. */
static void find_eyes(const struct grey *g, const struct face *f, struct point eye[2])
{
	/* Own measurement: upright heads are below -1.5; there a second round only finds brows and hair. */
	float tilt = fmaxf(f->filter[FACE_TILTED_LEFT], f->filter[FACE_TILTED_RIGHT]) - f->filter[FACE_FRONT];
	bool left = f->filter[FACE_TILTED_LEFT] > f->filter[FACE_TILTED_RIGHT];
	int rounds = tilt > -1.0f ? 5 : 1;
	double apart = (BOX.eye[1].x - BOX.eye[0].x) * f->width, angle = tilt > -0.6f ? (left ? -0.2 : 0.2) : 0;
	struct point between = in_box(f, (struct point){ (BOX.eye[0].x + BOX.eye[1].x) / 2, BOX.eye[0].y });
	for (int round = 0; round < rounds; round++) {
		double dx = cos(angle) * apart / 2, dy = sin(angle) * apart / 2;
		eye[0] = dark_middle(g, (struct point){ between.x - dx, between.y - dy }, 0.14 * f->width);
		eye[1] = dark_middle(g, (struct point){ between.x + dx, between.y + dy }, 0.14 * f->width);
		double found = atan2(eye[1].y - eye[0].y, eye[1].x - eye[0].x);
		if (fabs(found - angle) < 0.03)
			break;
		angle = found;
	}
}

static void from_box(const struct grey *g, const struct face *f, struct marks *ret)
{
	*ret = (struct marks){ .landmarks = false };
	find_eyes(g, f, ret->eye);
	ret->eye_width = EYE_WIDTH * far(ret->eye[0], ret->eye[1]);
	double dx = 0, dy = 0;
	for (int k = 0; k < 2; k++) {
		struct point guess = in_box(f, BOX.eye[k]);
		dx += (ret->eye[k].x - guess.x) / 2;
		dy += (ret->eye[k].y - guess.y) / 2;
	}
	/* The box is placed in coarse steps; the eyes say how far it is off. */
	struct face moved = *f;
	moved.left += (float)dx;
	moved.top += (float)dy;
	for (int k = 0; k < 2; k++)
		ret->jaw[k] = in_box(&moved, BOX.jaw[k]);
	ret->chin = in_box(&moved, BOX.chin);
	ret->nose = in_box(&moved, BOX.nose);
	ret->brow = moved.top + BOX.brow * f->width;
	ret->brow_left = moved.left + BOX.brow_left * f->width;
	ret->brow_right = moved.left + BOX.brow_right * f->width;
	ret->mouth_left = moved.left + BOX.mouth_left * f->width;
	ret->mouth_right = moved.left + BOX.mouth_right * f->width;
	ret->mouth_top = moved.top + BOX.mouth_top * f->width;
	ret->mouth_bottom = moved.top + BOX.mouth_bottom * f->width;
}

void marks_find(const struct grey *grey, const struct face *face, double scale, struct marks *ret)
{
	float points[FACE_POINTS][2];
	if (face_landmarks(grey, face, points))
		from_landmarks(points, ret);
	else
		from_box(grey, face, ret);
	marks_scale(ret, scale, scale);
}

double marks_roll(const struct marks *m)
{
	return atan2(m->eye[1].y - m->eye[0].y, m->eye[1].x - m->eye[0].x) * 180 / M_PI;
}

static void scale_point(struct point *p, double across, double down)
{
	p->x *= across;
	p->y *= down;
}

void marks_scale(struct marks *m, double across, double down)
{
	struct point *points[] = { &m->eye[0], &m->eye[1], &m->jaw[0], &m->jaw[1], &m->chin, &m->nose };
	for (size_t k = 0; k < sizeof points / sizeof *points; k++)
		scale_point(points[k], across, down);
	m->brow *= down;
	m->mouth_top *= down;
	m->mouth_bottom *= down;
	m->brow_left *= across;
	m->brow_right *= across;
	m->mouth_left *= across;
	m->mouth_right *= across;
	m->eye_width *= across;
}

struct point turn_point(const struct turn *t, struct point p)
{
	return (struct point){ t->c * p.x - t->s * p.y + t->x0, t->s * p.x + t->c * p.y + t->y0 };
}

void marks_turn(struct marks *m, const struct turn *t)
{
	/* A row or column alone has no place; it gets that of the part which it belongs to. */
	struct point brow[2] = { turn_point(t, (struct point){ m->brow_left, m->brow }),
		turn_point(t, (struct point){ m->brow_right, m->brow }) };
	struct point mouth[2] = { turn_point(t, (struct point){ m->mouth_left, m->mouth_top }),
		turn_point(t, (struct point){ m->mouth_right, m->mouth_bottom }) };
	struct point *points[] = { &m->eye[0], &m->eye[1], &m->jaw[0], &m->jaw[1], &m->chin, &m->nose };
	for (size_t k = 0; k < sizeof points / sizeof *points; k++)
		*points[k] = turn_point(t, *points[k]);
	m->brow = (brow[0].y + brow[1].y) / 2;
	m->brow_left = brow[0].x;
	m->brow_right = brow[1].x;
	m->mouth_left = mouth[0].x;
	m->mouth_top = mouth[0].y;
	m->mouth_right = mouth[1].x;
	m->mouth_bottom = mouth[1].y;
	m->eye_width *= hypot(t->c, t->s);
}

static float within(float v, float most)
{
	return v < 0 ? 0 : v > most ? most : v;
}

/* Adds the colour at a place between four pixels. */
static void add_at(const struct picture *p, float x, float y, float sum[3])
{
	float fx = within(x, (float)p->width - 1.001f), fy = within(y, (float)p->height - 1.001f);
	unsigned left = (unsigned)fx, top = (unsigned)fy;
	float right = fx - (float)left, lower = fy - (float)top;
	const unsigned char *a = p->rgb + ((size_t)top * p->width + left) * 3, *b = a + (size_t)p->width * 3;
	for (int c = 0; c < 3; c++) {
		float upper = a[c] + (a[c + 3] - a[c]) * right, under = b[c] + (b[c + 3] - b[c]) * right;
		sum[c] += upper + (under - upper) * lower;
	}
}

/* Where the picture gets smaller, the mean of places two pixels apart: each already is one of two by two. */
bool turn_picture(const struct picture *from, const struct turn *t, unsigned width, unsigned height,
	struct picture *ret)
{
	double square = t->c * t->c + t->s * t->s;
	float c = (float)(t->c / square), s = (float)(t->s / square);
	int tries = (int)fmin(fmax(ceil(1 / sqrt(square) / 2), 1), 8);
	if (from->width < 2 || from->height < 2 || !picture_make(ret, width, height))
		return false;
	unsigned char *out = ret->rgb;
	for (unsigned y = 0; y < height; y++)
		for (unsigned x = 0; x < width; x++, out += 3) {
			float sum[3] = { 0, 0, 0 };
			for (int j = 0; j < tries; j++)
				for (int k = 0; k < tries; k++) {
					float u = (float)(x - t->x0 - 0.5) + ((float)k + 0.5f) / (float)tries;
					float v = (float)(y - t->y0 - 0.5) + ((float)j + 0.5f) / (float)tries;
					add_at(from, c * u + s * v, c * v - s * u, sum);
				}
			for (int k = 0; k < 3; k++)
				out[k] = (unsigned char)(sum[k] / (float)(tries * tries) + 0.5f);
		}
	return true;
}
