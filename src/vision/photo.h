#ifndef VISION_PHOTO_H
#define VISION_PHOTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct inspection;

/*
 * The requirements of an identity photo: the child measures, the kiosk judges the checked numbers by one table
 * (photo_rules.c: code, threshold, severity, remedy, source).
 */

/* A number each; what and in which unit: photo_measure.c. The wire carries them, so a new one goes to the end. */
enum photo_measure {
	MEASURE_FACES,        /* how many */
	MEASURE_SCORE,        /* of the detector; 0 and more is a face */
	MEASURE_POSE,         /* score of the filters for turned heads less that of the frontal one */
	MEASURE_TILT,         /* the same of the filters for tilted heads */
	MEASURE_ROLL,         /* degrees of the line of the eyes */
	MEASURE_LANDMARKS,    /* 1: the 68-point model was there */
	MEASURE_HEAD,         /* crown to chin, of the picture's height */
	MEASURE_JAW,          /* width of the face, of the picture's width */
	MEASURE_CENTRE,       /* middle of the face from the middle of the picture, of its width */
	MEASURE_CROWN,        /* hair to the upper edge, of the height */
	MEASURE_EYES,         /* eyes to the lower edge, of the height */
	MEASURE_ENLARGE,      /* how often the file's pixels are enlarged for a head of the right size */
	MEASURE_BACK_LIGHT,   /* L* of the upper corners' median */
	MEASURE_BACK_CHROMA,  /* C* of the same */
	MEASURE_BACK_TEXTURE, /* mean slope there, grey levels over two pixels */
	MEASURE_BACK_SIDES,   /* share of corners and sides that is one background */
	MEASURE_BACK_CORNERS, /* share of the corners */
	MEASURE_BACK_RANGE,   /* grey levels from the lightest to the darkest place of the background */
	MEASURE_BORDER,       /* sides with a line along them */
	MEASURE_COLOUR,       /* grey levels of colour that do not follow from the luma */
	MEASURE_SKIN_A,       /* mean a* and b* of the face */
	MEASURE_SKIN_B,
	MEASURE_FACE_LIGHT,     /* median luma of the face */
	MEASURE_FACE_BRIGHT,    /* share of it at 247 and more */
	MEASURE_FACE_CONTRAST,  /* 95th less 5th percentile */
	MEASURE_FACE_SIDES,     /* darker half by lighter half */
	MEASURE_SHARP,          /* Laplacian by contrast, percent */
	MEASURE_BLUR,           /* Crete et al.: 0 sharp, 1 blurred */
	MEASURE_QUALITY,        /* of the JPEG file */
	MEASURE_BLOCKS,         /* steps at block edges by steps between */
	MEASURE_EYE_CONTRAST,   /* pupil to surroundings, by the face's contrast */
	MEASURE_EYE_LIGHT,      /* surroundings of the eyes by the face's light */
	MEASURE_EYES_OPEN,      /* height of the iris by the width of the eye */
	MEASURE_MOUTH_CONTRAST, /* by the face's contrast */
	MEASURE_MOUTH_OPEN,     /* gap of the lips, height by width */
	MEASURE_FOREHEAD,       /* rows of skin above the brows, of a face's height */
	MEASURE_RASTER,         /* strongest regular line pattern in smooth bright places, by what is around it */
	PHOTO_MEASURES,
};

struct photo_measures {
	uint64_t known; /* bit (1 << enum photo_measure): the value could be measured */
	float value[PHOTO_MEASURES];
};

/* The head from crown to chin, between the sides of the face. */
struct photo_head {
	bool known;
	int left, top, right, bottom; /* pixels; inside the picture */
};

enum photo_severity {
	PHOTO_BLOCK,  /* not accepted */
	PHOTO_ADVISE, /* shown; changes no verdict: what cannot be judged honestly */
};

/* What can put a photo right. */
enum photo_fix {
	FIX_NONE = 0,
	FIX_CROP = 1, /* cropping, turning, scaling */
	FIX_WALL = 2, /* evening a nearly white wall (even.h) */
	FIX_ALL = FIX_CROP | FIX_WALL,
};

struct photo_finding {
	const char *code; /* borrowed; "face_small"; for logs and programs */
	enum photo_severity severity;
	enum photo_fix fix;  /* what can put it right */
	double value, limit; /* measured, allowed; in the unit of the measure */
	char *text;          /* translated: what was measured, what to do; yours to free */
};

enum { PHOTO_SHOWN_MAX = 3 }; /* more at once do not help: what a screen should ask for */

/*
 * What is wrong with it: what blocks, then what advises; in each most telling first: file, face, background, size, light.
 * `bytes` is the size of the file. Writes at most max; returns how many.
 */
size_t photo_findings(const struct inspection *i, size_t bytes, struct photo_finding *out, size_t max);
/* Frees the texts. */
void photo_findings_finish(struct photo_finding *findings, size_t n);

enum photo_verdict {
	PHOTO_PASS,
	PHOTO_FIXABLE, /* i->fixed passes in its place */
	PHOTO_FAIL,
};

/* Is it refused, and only for what can be fixed? The enum photo_fix that it takes, or-ed; FIX_NONE: no. */
unsigned photo_wants_fix(const struct inspection *i, size_t bytes);
enum photo_verdict photo_verdict(const struct inspection *i, size_t bytes);

#endif
