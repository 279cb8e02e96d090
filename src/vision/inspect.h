#ifndef VISION_INSPECT_H
#define VISION_INSPECT_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/*
 * What juzhu-inspect found out about one file. The program that decodes runs as a child with its own limits; the kiosk
 * never decodes. The child answers with one line of `key=value` words, every number re-checked by the reader.
 */
enum file_format { FILE_OTHER, FILE_JPEG, FILE_PNG, FILE_PDF };

struct inspection {
	enum file_format format;
	unsigned width, height; /* pixels; 0 for PDF */
	bool colour;            /* three components and more than a trace of colour in the middle */
	bool whole;             /* decoded to the end without an error */
};

/*
 * Runs `program` on the descriptor (read from its start), at most timeout_s seconds. A program without a slash is
 * looked for beside the running one. False: e holds a translated sentence for the applicant.
 */
bool inspect_run(const char *program, int fd, unsigned timeout_s, struct inspection *ret, struct err *e);

/*
 * The requirements that can be judged here (GA 461-2004, the service's photo rules): format, bytes, size in pixels and
 * ratio, colour. One table row each with value, source and remedy. Writes at most max translated sentences with the
 * measured value in them, each yours to free; returns how many.
 */
size_t photo_complaints(const struct inspection *i, size_t bytes, char **out, size_t max);
/* A material: picture or PDF, size. */
size_t material_complaints(const struct inspection *i, size_t bytes, char **out, size_t max);
/* "image/jpeg", "image/png", "application/pdf"; "" for anything else. */
const char *inspection_mime(const struct inspection *i);

/* The child's half: reads fd 0, writes the answer to fd 1, returns the exit status. */
int inspect_child(void);

#endif
