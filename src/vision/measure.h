#ifndef VISION_MEASURE_H
#define VISION_MEASURE_H

#include "vision/photo.h"

/* What is measured: one row for each enum photo_measure (measure_table.c). A value outside its range is refused. */
struct photo_measure_row {
	const char *name; /* for programs and benches */
	float least, most;
};

extern const struct photo_measure_row photo_measure_table[PHOTO_MEASURES];

#endif
