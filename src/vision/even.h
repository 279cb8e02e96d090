#ifndef VISION_EVEN_H
#define VISION_EVEN_H

#include <stdbool.h>

struct picture;

/*
 * Makes a nearly white wall white, in place: the light on it is taken for a smooth surface (of second order in x and y, each
 * channel for itself) through what measure_background calls background, and the difference to white is added; less the more
 * a pixel differs from the wall, and nothing where it is no wall, so that hair keeps its edge and the person every value.
 * A wall that is not smooth is left as it is: *ret_done is false then. `chin`: row below which clothes may look like the wall.
 * False: no memory.
 */
bool even_wall(struct picture *frame, double chin, bool *ret_done);

#endif
