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
	MEASURE_FACES, /* how many */
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

struct photo_finding {
	const char *code; /* borrowed; "face_small"; for logs and programs */
	enum photo_severity severity;
	bool fixable;        /* cropping, turning or scaling can put it right */
	double value, limit; /* measured, allowed; in the unit of the measure */
	char *text;          /* translated: what was measured, what to do; yours to free */
};

enum { PHOTO_SHOWN_MAX = 3 }; /* more at once do not help: what a screen should ask for */

/*
 * What is wrong with it, most telling first: file, face, background, size, light; in each what blocks before what advises.
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

enum photo_verdict photo_verdict(const struct inspection *i, size_t bytes);

#endif
