#ifndef VISION_MATERIAL_KINDS_H
#define VISION_MATERIAL_KINDS_H

#include <stdbool.h>
#include <stddef.h>

#include "vision/material.h"

/* What is read from which material: rows of one table. The label lists end with NULL. */
struct material_kind {
	bool alone; /* the paper is about one person: a second identity number on it is a misreading */
	bool home;  /* the address is a home in Shanghai, typed with city and district in front */
	enum material_field fields[MATERIAL_FINDINGS]; /* ended by MATERIAL_FIELDS, or full */
	const char *const *name, *const *address, *const *period, *const *filing; /* labels */
};

const struct material_kind *material_kind(enum paper_kind paper); /* NULL: not read */
/* Labels behind which something else begins. */
extern const char *const material_stops[];
/* The validity of an identity card stands on its other side: what to do when the front was read and that was not (material_merge.c). */
void material_ask_for_back(struct material_finding *found, size_t n);

#endif
