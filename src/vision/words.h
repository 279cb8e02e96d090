#ifndef VISION_WORDS_H
#define VISION_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "vision/decode.h"
#include "vision/material.h"
#include "vision/pdf_tools.h"

/* Reading the words of a material; in the inspector only. */

/* In the parent, before the first child that reads: the recogniser's model, which takes 0.1 s and 40 MB. */
void words_load(void);
bool words_readable(void); /* after it: is the model there? */
/* In the child, locked in. `tools`: what was started for a PDF, NULL for a picture. `card`: an identity card. */
void words_of_picture(const struct picture *p, bool card, struct material_reading *ret);
/* ret_page: the first page, to be shown; left empty when it does not come. */
void words_of_pdf(struct pdf_tools *tools, bool card, struct material_reading *ret, struct picture *ret_page);

#endif
