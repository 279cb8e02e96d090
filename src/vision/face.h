#ifndef VISION_FACE_H
#define VISION_FACE_H

#include <stdbool.h>

/*
 * The C face of dlib's frontal face detector (five HOG filters whose weights are compiled in) and, where its file is there, of
 * the 68-point landmark model. Models are loaded once, by the parent of the children.
 */
#ifdef __cplusplus
extern "C" {
#endif

/* Which way the filter that answered strongest looks. */
enum face_filter { FACE_FRONT, FACE_LEFT, FACE_RIGHT, FACE_TILTED_LEFT, FACE_TILTED_RIGHT, FACE_FILTERS };

struct face {
	float left, top, width, height; /* pixels */
	float score;                    /* 0 and more is a face to dlib */
	float filter[FACE_FILTERS];     /* the best score of each filter near this place; FACE_NONE: below FACE_FLOOR */
};

#define FACE_FLOOR (-0.6f)
#define FACE_NONE (-1.0f)

enum { FACE_POINTS = 68 };

/* Grey pixels without padding between rows. */
struct grey {
	unsigned width, height;
	const unsigned char *pixels;
};

/* False: the landmark file is not what it should be; faces are found nevertheless. `landmarks` NULL: without. */
bool face_load(const char *landmarks);
bool face_has_landmarks(void);
/* Faces of at least 80 pixels with at least this score, best first; returns how many were written, -1: no memory. */
int face_find(const struct grey *grey, float score, struct face *out, int max);
/* x, y in pixels. False: no model, no memory. */
bool face_landmarks(const struct grey *grey, const struct face *face, float ret_points[FACE_POINTS][2]);

#ifdef __cplusplus
}
#endif

#endif
