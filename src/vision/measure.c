#include "vision/measure.h"

#include <math.h>
#include <stdlib.h>

#include "vision/face.h"

enum {
	WORKING_SIDE = 480, /* photo file 2: the detector's faces begin at 80 pixels */
	FACES_MAX = 16,
	FRAME_WIDTH_MAX = 1200,
};

/* Scores of the detector (photo file 4, own measurement for the filters). */
static const float FACE_SCORE = -0.05f, AGAIN_SCORE = 0.1f, OTHER_SCORE = 0.35f, OTHER_WIDTH = 0.22f;

static bool find_faces(const struct picture *picture, double scale, float score, struct face *faces, int *ret_n,
	struct marks *ret_marks)
{
	struct picture small;
	unsigned width = (unsigned)(picture->width * scale + 0.5), height = (unsigned)(picture->height * scale + 0.5);
	if (!picture_resize(picture, &small, width ? width : 1, height ? height : 1))
		return false;
	size_t n = (size_t)small.width * small.height;
	unsigned char *pixels = malloc(n);
	struct grey grey = { small.width, small.height, pixels };
	if (pixels) {
		for (size_t k = 0; k < n; k++)
			pixels[k] = (unsigned char)luma(small.rgb + k * 3);
		*ret_n = face_find(&grey, score, faces, FACES_MAX);
		/* The largest of those that answer well: a bystander is smaller. */
		int best = 0;
		for (int k = 1; k < *ret_n; k++)
			if (faces[k].width * (faces[k].score + 1) > faces[best].width * (faces[best].score + 1))
				best = k;
		if (*ret_n > 0) {
			struct face first = faces[best];
			faces[best] = faces[0];
			faces[0] = first;
			marks_find(&grey, &first, 1 / scale, ret_marks);
		}
	}
	free(pixels);
	picture_finish(&small);
	return pixels && *ret_n >= 0;
}

static void count_faces(const struct face *faces, int n, struct photo_measures *m)
{
	int counted = n > 0;
	for (int k = 1; k < n; k++)
		counted += faces[k].score > OTHER_SCORE && faces[k].width > OTHER_WIDTH * faces[0].width;
	measure_set(m, MEASURE_FACES, counted);
	if (n <= 0)
		return;
	const float *f = faces[0].filter;
	measure_set(m, MEASURE_SCORE, faces[0].score);
	measure_set(m, MEASURE_POSE, fmaxf(f[FACE_LEFT], f[FACE_RIGHT]) - f[FACE_FRONT]);
	measure_set(m, MEASURE_TILT, fmaxf(f[FACE_TILTED_LEFT], f[FACE_TILTED_RIGHT]) - f[FACE_FRONT]);
}

static bool look_behind(const struct picture *picture, struct portrait *p)
{
	struct picture frame;
	struct marks marks = p->marks;
	double crown = 0, down = (double)FRAME_HEIGHT / picture->height;
	unsigned width = (unsigned)(picture->width * down + 0.5);
	width = width > FRAME_WIDTH_MAX ? FRAME_WIDTH_MAX : width;
	if (!picture_resize(picture, &frame, width ? width : 1, FRAME_HEIGHT))
		return false;
	marks_scale(&marks, (double)width / picture->width, down);
	bool good = measure_background(&frame, &marks, &p->measures, &crown) || width < 100;
	p->crown = crown / down;
	picture_finish(&frame);
	return good;
}

/* Everything that is a share of the picture. */
static void measure_places(const struct picture *picture, const struct origin *origin, struct portrait *p)
{
	const struct marks *k = &p->marks;
	double eyes = (k->eye[0].y + k->eye[1].y) / 2,
	       jaw = hypot(k->jaw[1].x - k->jaw[0].x, k->jaw[1].y - k->jaw[0].y);
	measure_set(&p->measures, MEASURE_LANDMARKS, k->landmarks);
	measure_set(&p->measures, MEASURE_ROLL, marks_roll(k));
	measure_set(&p->measures, MEASURE_JAW, jaw / picture->width);
	measure_set(&p->measures, MEASURE_HEAD, (k->chin.y - p->crown) / picture->height);
	measure_set(&p->measures, MEASURE_CENTRE, (k->jaw[0].x + k->jaw[1].x) / 2 / picture->width - 0.5);
	measure_set(&p->measures, MEASURE_CROWN, p->crown / picture->height);
	measure_set(&p->measures, MEASURE_EYES, (picture->height - eyes) / picture->height);
	if (origin->shrunk > 0)
		measure_set(&p->measures, MEASURE_ENLARGE, FRAME_JAW / fmax(jaw * origin->shrunk, 1));
}

struct turn portrait_turn(const struct portrait *p)
{
	const struct marks *k = &p->marks;
	double jaw = hypot(k->jaw[1].x - k->jaw[0].x, k->jaw[1].y - k->jaw[0].y), scale = FRAME_JAW / fmax(jaw, 1);
	struct point eyes = { (k->eye[0].x + k->eye[1].x) / 2, (k->eye[0].y + k->eye[1].y) / 2 };
	double angle = -atan2(k->eye[1].y - k->eye[0].y, k->eye[1].x - k->eye[0].x);
	double lower = hypot(k->chin.x - eyes.x, k->chin.y - eyes.y), upper = eyes.y - p->crown;
	if (upper < 0.6 * lower || upper > 2.2 * lower)
		upper = 1.15 * lower;
	struct turn t = { scale * cos(angle), scale * sin(angle), 0, 0 };
	struct point jaw_middle = { (k->jaw[0].x + k->jaw[1].x) / 2, (k->jaw[0].y + k->jaw[1].y) / 2 };
	t.x0 = FRAME_WIDTH / 2.0 - turn_point(&t, jaw_middle).x;
	t.y0 = FRAME_CROWN + upper * scale - turn_point(&t, eyes).y;
	return t;
}

bool portrait_measure(const struct picture *picture, const struct origin *origin, struct portrait *ret)
{
	struct face faces[FACES_MAX];
	struct picture face;
	int n = 0;
	unsigned longer = picture->width > picture->height ? picture->width : picture->height;
	double scale = (double)WORKING_SIDE / longer;
	*ret = (struct portrait){ .crown = 0 };
	if (!find_faces(picture, scale, FACE_SCORE, faces, &n, &ret->marks) ||
		(n == 0 && !find_faces(picture, scale * 2, AGAIN_SCORE, faces, &n, &ret->marks)))
		return false;
	count_faces(faces, n, &ret->measures);
	if (origin->quality)
		measure_set(&ret->measures, MEASURE_QUALITY, origin->quality);
	if (origin->plain)
		measure_blocks(picture, &ret->measures);
	if (n == 0)
		return true;
	if (origin->shrunk > 0 && origin->shrunk <= 1 && !measure_recapture(picture, &ret->measures))
		return false;
	if (!look_behind(picture, ret))
		return false;
	measure_places(picture, origin, ret);
	struct turn turn = portrait_turn(ret);
	struct marks marks = ret->marks;
	marks_turn(&marks, &turn);
	if (!turn_picture(picture, &turn, FRAME_WIDTH, FRAME_HEIGHT, &face))
		return false;
	measure_light(&face, &marks, &ret->measures);
	measure_details(&face, &marks, &ret->measures);
	bool good = measure_sharpness(&face, &marks, &ret->measures);
	picture_finish(&face);
	return good;
}
