#ifndef VISION_MEASURE_H
#define VISION_MEASURE_H

#include "vision/marks.h"
#include "vision/photo.h"
#include "vision/picture.h"

/* What is measured: one row for each enum photo_measure (measure_table.c). A value outside its range is refused. */
struct photo_measure_row {
	const char *name; /* for programs and benches */
	float least, most;
};

extern const struct photo_measure_row photo_measure_table[PHOTO_MEASURES];

/* Sets a value; what is no number stays unknown, what is out of its range is moved to the nearest end. */
void measure_set(struct photo_measures *m, enum photo_measure k, double value);

/* The standard's frame (GA 461-2004), and where a head of the right size lies in it (photo file 1). */
enum { FRAME_WIDTH = 358, FRAME_HEIGHT = 441, FRAME_CROWN = 14, FRAME_JAW = 180 };

/* What was found in a picture; the numbers are in `measures`. */
struct portrait {
	struct photo_measures measures;
	struct marks marks; /* pixels of the picture */
	double crown;       /* row of the picture where the hair begins */
};

/* What is known of the file that the picture came from; all zero: nothing. */
struct origin {
	double shrunk;    /* pixels of the file to one of the picture */
	unsigned quality; /* of a JPEG; 0: not a JPEG */
	bool plain;       /* a JPEG's own pixels, neither shrunk nor turned: its blocks lie where they lay */
};

/* False: no memory. What could not be measured is not known. */
bool portrait_measure(const struct picture *picture, const struct origin *origin, struct portrait *ret);
/* How the picture has to be turned, scaled and moved to put the head where the standard wants it. */
struct turn portrait_turn(const struct portrait *p);

/* --- its parts; each sets some measures ----------------------------------------------------------------------------------- */

/* background.c: colour, evenness, shadow, border, crown. `frame`: the picture at 441 rows; marks in its pixels. */
bool measure_background(const struct picture *frame, const struct marks *marks, struct photo_measures *m,
	double *ret_crown);
/* The same background in all of the frame: a byte a pixel, 1: background; yours to free. False: no memory, or a tiny frame. */
bool background_mask(const struct picture *frame, unsigned char **ret_mask);
/* light.c, sharp.c, detail.c: `face` is the picture turned and scaled so that every face is of the same size. */
void measure_light(const struct picture *face, const struct marks *marks, struct photo_measures *m);
bool measure_sharpness(const struct picture *face, const struct marks *marks, struct photo_measures *m);
void measure_details(const struct picture *face, const struct marks *marks, struct photo_measures *m);
/* blocks.c: the edges of the 8x8 blocks of a coarse JPEG. */
void measure_blocks(const struct picture *picture, struct photo_measures *m);

/* recapture.c: the raster of a screen. Only pixels as the camera saw them show it. False: no memory. */
bool measure_recapture(const struct picture *picture, struct photo_measures *m);

/* --- small tools ---------------------------------------------------------------------------------------------------------- */

static inline unsigned luma(const unsigned char *rgb)
{
	return (77u * rgb[0] + 150u * rgb[1] + 29u * rgb[2] + 128) >> 8; /* ITU-R BT.601 */
}

static inline const unsigned char *pixel(const struct picture *p, unsigned x, unsigned y)
{
	return p->rgb + ((size_t)y * p->width + x) * 3;
}

struct lab {
	double l, a, b;
};

/* CIE L*a*b* of an sRGB colour, D65. */
struct lab lab_of(double r, double g, double b);

/* How many pixels have each value. */
struct histogram {
	unsigned n, count[256];
};

void histogram_add(struct histogram *h, unsigned value);
/* The value below which this share (0-1) lies; 0 when empty. */
double histogram_at(const struct histogram *h, double share);
/* Counts the luma in a box, which is cut to the picture. */
struct histogram histogram_box(const struct picture *p, double left, double top, double right, double bottom);

#endif
