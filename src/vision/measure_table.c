#include <math.h>

#include "vision/measure.h"

const struct photo_measure_row photo_measure_table[PHOTO_MEASURES] = {
	[MEASURE_FACES] = { "faces", 0, 16 },
	[MEASURE_SCORE] = { "score", -2, 20 },
	[MEASURE_POSE] = { "pose", -20, 20 },
	[MEASURE_TILT] = { "tilt", -20, 20 },
	[MEASURE_ROLL] = { "roll", -180, 180 },
	[MEASURE_LANDMARKS] = { "landmarks", 0, 1 },
	[MEASURE_HEAD] = { "head", -2, 4 },
	[MEASURE_JAW] = { "jaw", 0, 4 },
	[MEASURE_CENTRE] = { "centre", -2, 2 },
	[MEASURE_CROWN] = { "crown", -2, 2 },
	[MEASURE_EYES] = { "eyes", -2, 2 },
	[MEASURE_ENLARGE] = { "enlarge", 0, 100 },
	[MEASURE_BACK_LIGHT] = { "back_light", 0, 101 },
	[MEASURE_BACK_CHROMA] = { "back_chroma", 0, 200 },
	[MEASURE_BACK_TEXTURE] = { "back_texture", 0, 400 },
	[MEASURE_BACK_SIDES] = { "back_sides", 0, 1 },
	[MEASURE_BACK_CORNERS] = { "back_corners", 0, 1 },
	[MEASURE_BACK_RANGE] = { "back_range", 0, 255 },
	[MEASURE_BORDER] = { "border", 0, 3 },
	[MEASURE_COLOUR] = { "colour", 0, 400 },
	[MEASURE_SKIN_A] = { "skin_a", -130, 130 },
	[MEASURE_SKIN_B] = { "skin_b", -130, 130 },
	[MEASURE_FACE_LIGHT] = { "face_light", 0, 255 },
	[MEASURE_FACE_BRIGHT] = { "face_bright", 0, 1 },
	[MEASURE_FACE_CONTRAST] = { "face_contrast", 0, 255 },
	[MEASURE_FACE_SIDES] = { "face_sides", 0, 1 },
	[MEASURE_SHARP] = { "sharp", 0, 2000 },
	[MEASURE_BLUR] = { "blur", 0, 1 },
	[MEASURE_QUALITY] = { "quality", 1, 100 },
	[MEASURE_BLOCKS] = { "blocks", 0, 1000 },
	[MEASURE_EYE_CONTRAST] = { "eye_contrast", 0, 40 },
	[MEASURE_EYE_LIGHT] = { "eye_light", 0, 256 },
	[MEASURE_EYES_OPEN] = { "eyes_open", 0, 4 },
	[MEASURE_MOUTH_CONTRAST] = { "mouth_contrast", 0, 40 },
	[MEASURE_MOUTH_OPEN] = { "mouth_open", 0, 100 },
	[MEASURE_FOREHEAD] = { "forehead", 0, 3 },
	[MEASURE_RASTER] = { "raster", 0, 100000 },
};

void measure_set(struct photo_measures *m, enum photo_measure k, double value)
{
	if (isnan(value))
		return;
	m->known |= (uint64_t)1 << k;
	m->value[k] = (float)fmin(fmax(value, photo_measure_table[k].least), photo_measure_table[k].most);
}
