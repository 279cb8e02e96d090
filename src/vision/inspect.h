#ifndef VISION_INSPECT_H
#define VISION_INSPECT_H

#include <stdbool.h>
#include <stddef.h>

#include "vision/photo.h"
#include "vision/picture.h"

struct err;
struct material_reading;

/*
 * What juzhu-inspect found out about one file. That program alone decodes, in a child for each file that can do nothing
 * else; the kiosk asks it through inspector.h and checks every number of the answer (answer.h).
 */
enum file_format { FILE_OTHER, FILE_JPEG, FILE_PNG, FILE_PDF, FILE_HEIC };

/* What the file is looked at for. */
enum inspect_what {
	INSPECT_PHOTO,    /* a portrait: everything below */
	INSPECT_MATERIAL, /* any material: format, size, whole */
	INSPECT_PAPER,    /* the same, and its words */
	INSPECT_CARD,     /* the same, of an identity card: its number is read several times */
	INSPECT_WHATS,
};

struct inspection {
	enum file_format format;
	unsigned width, height; /* pixels, upright; 0 for PDF */
	bool colour;            /* three components and more than a trace of colour in the middle */
	bool whole;             /* decoded to the end without an error */
	struct picture
		preview; /* of a picture that is whole, or of a PDF's first page; upright, fits 358x441; else empty */
	/* INSPECT_PHOTO of a picture that is whole; else empty. */
	struct photo_measures measures;
	struct photo_head head;      /* in pixels of the preview */
	struct picture fixed;        /* 358x441, cropped out of the file's picture; empty: cannot be fixed */
	unsigned char *fixed_jpeg;   /* the same as a JPEG file, 350 dpi; NULL: none */
	size_t fixed_size;           /* its bytes */
	unsigned fixes;              /* enum photo_fix, or-ed: what was done to it; FIX_NONE: there is none */
	struct photo_measures after; /* of the fixed picture */
	struct material_reading
		*reading; /* INSPECT_PAPER and INSPECT_CARD: what it says (material.h); NULL: not asked */
};

/* Overwrites and frees what it owns (it shows a face), leaves it empty. An empty one may be finished. */
void inspection_finish(struct inspection *i);

/*
 * Starts `program` (see inspector.h), has it inspect the descriptor (read from its start, wherever the offset is), at most
 * timeout_s seconds, and ends it. False: e holds a translated sentence for the applicant, *ret is untouched.
 */
bool inspect_run(const char *program, enum inspect_what what, int fd, unsigned timeout_s, struct inspection *ret,
	struct err *e);

/*
 * The requirements of a material: picture or PDF, size. One table row each with value, source and remedy. Writes at most max
 * translated sentences with the measured value in them, each yours to free; returns how many. Photos: photo.h.
 */
size_t material_complaints(const struct inspection *i, size_t bytes, char **out, size_t max);
/* "image/jpeg", "image/png", "image/heic", "application/pdf"; "" for anything else. */
const char *inspection_mime(const struct inspection *i);

#endif
