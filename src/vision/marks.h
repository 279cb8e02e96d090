#ifndef VISION_MARKS_H
#define VISION_MARKS_H

#include <stdbool.h>

#include "vision/picture.h"

struct point {
	double x, y;
};

/*
 * Where the parts of a face are, in pixels of a picture; left and right as one sees them. From the 68 landmarks where the
 * model is there; else from the detector's box and what is dark in it where eyes are.
 */
struct marks {
	bool landmarks;
	struct point eye[2], jaw[2]; /* jaw: its sides at the height of the eyes */
	struct point chin, nose;     /* nose: its tip */
	double brow;                 /* row of the brows */
	double brow_left, brow_right;
	double mouth_left, mouth_top, mouth_right, mouth_bottom;
	double mouth_open; /* height per width of the gap between the lips; known with landmarks only */
	double eye_width;  /* between its corners */
};

struct face;
struct grey;

/* `grey` is what the face was found in; `scale` is pixels of the picture to one of those. */
void marks_find(const struct grey *grey, const struct face *face, double scale, struct marks *ret);
/* Degrees by which the line of the eyes falls to the right. */
double marks_roll(const struct marks *m);
/* x' = x * across, y' = y * down. */
void marks_scale(struct marks *m, double across, double down);

/* Turning, scaling and moving: x' = c x - s y + x0, y' = s x + c y + y0. */
struct turn {
	double c, s, x0, y0;
};

struct point turn_point(const struct turn *t, struct point p);
void marks_turn(struct marks *m, const struct turn *t);
/* The picture as seen through the turn; outside of it its edge goes on. False: no memory. */
bool turn_picture(const struct picture *from, const struct turn *t, unsigned width, unsigned height,
	struct picture *ret);

#endif
