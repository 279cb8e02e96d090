#include "vision/fix.h"

#include <math.h>
#include <stdlib.h>

#include "vision/decode.h"
#include "vision/even.h"
#include "vision/inspect.h"
#include "vision/jpeg_write.h"
#include "vision/measure.h"

/* Photo file 4: more was seen to smear the edge, and to look soft. GA 461-2004: 350 dpi; its 70 is for a later export. */
static const double OUTSIDE_MAX = 0.02, ENLARGE_MAX = 1.25;
enum { QUALITY = 92, DPI = 350 };

/* The share of the frame that is not in the picture. */
static double outside(const struct picture *p, const struct turn *t)
{
	enum { STEP = 4 };
	double square = t->c * t->c + t->s * t->s;
	unsigned out = 0, n = 0;
	for (unsigned y = 0; y < FRAME_HEIGHT; y += STEP)
		for (unsigned x = 0; x < FRAME_WIDTH; x += STEP, n++) {
			double u = x - t->x0, v = y - t->y0;
			double fx = (t->c * u + t->s * v) / square, fy = (t->c * v - t->s * u) / square;
			out += fx < -1 || fy < -1 || fx > p->width || fy > p->height;
		}
	return (double)out / n;
}

static bool preview(const struct picture *picture, const struct portrait *p, struct inspection *ret)
{
	double scale = fmin((double)FRAME_WIDTH / picture->width, (double)FRAME_HEIGHT / picture->height);
	if (!picture_fit(picture, &ret->preview, FRAME_WIDTH, FRAME_HEIGHT))
		return false;
	unsigned width = ret->preview.width, height = ret->preview.height;
	if (!(p->measures.known >> MEASURE_HEAD & 1))
		return true;
	struct photo_head h = { .known = true,
		.left = (int)fmin(fmax(p->marks.jaw[0].x * scale, 0), width - 1.0),
		.top = (int)fmin(fmax(p->crown * scale, 0), height - 1.0) };
	h.right = (int)fmin(fmax(p->marks.jaw[1].x * scale, h.left + 1), width);
	h.bottom = (int)fmin(fmax(p->marks.chin.y * scale, h.top + 1), height);
	ret->head = h;
	return true;
}

/* The whole picture, cut to the frame's shape at both sides. */
static struct turn whole(const struct picture *p)
{
	double scale = fmax((double)FRAME_WIDTH / p->width, (double)FRAME_HEIGHT / p->height);
	return (struct turn){ scale, 0, (FRAME_WIDTH - p->width * scale) / 2, (FRAME_HEIGHT - p->height * scale) / 2 };
}

/* Does the frame leave out more than the rounding at an edge? */
static bool cuts(const struct picture *p, const struct turn *t)
{
	return t->s != 0 || p->width * t->c > FRAME_WIDTH + 1 || p->height * t->c > FRAME_HEIGHT + 1;
}

/* Leaves *ret without a fixed picture where none can be made. `wants`: enum photo_fix, or-ed. */
static bool fix(const struct decoded *d, const struct portrait *p, unsigned wants, struct inspection *ret)
{
	struct turn turn = wants & FIX_CROP ? portrait_turn(p) : whole(&d->picture);
	struct portrait after;
	bool evened = false;
	if (!(p->measures.known >> MEASURE_HEAD & 1) || hypot(turn.c, turn.s) > ENLARGE_MAX ||
		outside(&d->picture, &turn) > OUTSIDE_MAX)
		return true;
	if (!turn_picture(&d->picture, &turn, FRAME_WIDTH, FRAME_HEIGHT, &ret->fixed) ||
		(wants & FIX_WALL && !even_wall(&ret->fixed, turn_point(&turn, p->marks.chin).y, &evened)))
		return false;
	if (wants & FIX_WALL && !evened) {
		picture_finish(&ret->fixed);
		ret->fixed = (struct picture){ 0 };
		return true;
	}
	if (!jpeg_write(&ret->fixed, QUALITY, DPI, &ret->fixed_jpeg, &ret->fixed_size) ||
		!portrait_measure(&ret->fixed, &(struct origin){ .shrunk = 0 }, &after))
		return false;
	ret->after = after.measures;
	ret->fixes = (wants & FIX_CROP || cuts(&d->picture, &turn) ? FIX_CROP : 0u) | (evened ? FIX_WALL : 0u);
	return true;
}

bool photo_inspect(const struct decoded *d, size_t bytes, struct inspection *ret)
{
	struct portrait p;
	const struct origin origin = { .shrunk = d->shrunk,
		.quality = d->quality,
		.plain = d->quality && d->shrunk == 1 && d->orientation == 1 };
	if (!portrait_measure(&d->picture, &origin, &p))
		return false;
	ret->measures = p.measures;
	if (!preview(&d->picture, &p, ret))
		return false;
	unsigned wants = photo_wants_fix(ret, bytes);
	return !wants || fix(d, &p, wants, ret);
}
