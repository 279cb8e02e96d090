#ifndef VISION_RECOGNISE_H
#define VISION_RECOGNISE_H

#include <stdbool.h>

struct material_reading;

/*
 * Reads the words of a grey picture (tesseract, chi_sim). The model is opened once, in the parent of the children that read; a
 * child inherits it. Runs on one thread only when OMP_THREAD_LIMIT=1 stood in the environment when the program started.
 */
struct recogniser;

/* For as long as the process lives. NULL: the language is not installed. */
struct recogniser *recogniser_open(void);

/*
 * `grey`: width * height bytes, rows from the top, no padding. `card`: an identity card, whose number is read in several ways
 * (measured: photo file 6). Adds its passes to *ret, which the caller has emptied; false: there was no memory, or no room.
 */
bool recognise(struct recogniser *r, const unsigned char *grey, unsigned width, unsigned height, bool card,
	struct material_reading *ret);

#endif
