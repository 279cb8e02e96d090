#include "vision/measure.h"

const struct photo_measure_row photo_measure_table[PHOTO_MEASURES] = {
	[MEASURE_FACES] = { "faces", 0, 100 },
};
