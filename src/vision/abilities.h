#ifndef VISION_ABILITIES_H
#define VISION_ABILITIES_H

#include <stdio.h>

/*
 * What the inspector can do on this machine, tried out; a line each, name and number, for `juzhu doctor`:
 * words 1: the recogniser's model is there. landmarks 1: `landmarks` (NULL: none) is a model. landlock N: its version in the
 * kernel. locked 1: a child could lock itself in, seccomp too.
 */
void abilities_print(const char *landmarks, FILE *out);

#endif
