#ifndef VISION_PHOTO_RULES_H
#define VISION_PHOTO_RULES_H

#include "vision/photo.h"

/* What a rule can look at: the child's measures, then what the kiosk knows about the file itself. */
enum photo_input {
	INPUT_PICTURE = PHOTO_MEASURES, /* 1: a format that can be a photo */
	INPUT_PDF,                      /* 1: it is a PDF file */
	INPUT_WHOLE,                    /* 1: decoded to its end */
	INPUT_BYTES,                    /* size of the file */
	INPUT_WIDTH,
	INPUT_HEIGHT, /* pixels as the file says */
	INPUT_ASPECT, /* width per height, upright */
	INPUT_COLOUR, /* 1: not grey, not CMYK */
	PHOTO_INPUTS,
};

/* How the measured value is put into the sentence. */
enum photo_unit {
	UNIT_NONE,    /* the sentence has no number */
	UNIT_NUMBER,  /* %.0f */
	UNIT_PERCENT, /* %.0f, of the value times 100 */
	UNIT_BYTES,   /* %s: "12 KB", "5.3 MB" */
	UNIT_PIXELS,  /* %u and %u: width and height of the file */
};

enum photo_side { ANY_SIDE, BELOW, ABOVE }; /* of the limit; ANY_SIDE: no condition */

/*
 * A photo breaks a rule when all its conditions hold; a condition on something that was not measured does not hold. Rows with
 * the same code are alternatives, of which the first is reported. The first condition's value and limit are those that are reported.
 */
struct photo_rule {
	const char *code;
	enum photo_severity severity;
	enum photo_fix fix;
	bool last; /* hides the rows after it, which would only repeat the same fault */
	struct {
		int input; /* enum photo_measure or photo_input */
		enum photo_side side;
		float limit;
	} when[3];
	enum photo_unit unit;
	const char *text;   /* N_(): what was measured, what to do */
	const char *source; /* of the limit */
};

extern const struct photo_rule photo_rules[]; /* in the order of reporting; ends with code NULL */

#endif
