/* portrait NAME=VALUE...: writes a drawn portrait as PPM to standard output. Names as in portrait.h; flags take 1. */
#include <stddef.h>
#include <stdio.h>

#include "portrait.h"

int main(int argc, char **argv)
{
	struct portrait_wish w = { .size = 1 };
	const struct {
		const char *name;
		double *number;
		bool *flag;
		unsigned *count;
	} WORDS[] = { { "width", NULL, NULL, &w.width }, { "height", NULL, NULL, &w.height },
		{ "size", &w.size, NULL, NULL }, { "right", &w.right, NULL, NULL }, { "down", &w.down, NULL, NULL },
		{ "tilt", &w.tilt, NULL, NULL }, { "skin", &w.skin, NULL, NULL }, { "wall", NULL, NULL, &w.wall },
		{ "light", &w.light, NULL, NULL }, { "blur", &w.blur, NULL, NULL },
		{ "side_light", &w.side_light, NULL, NULL }, { "grey", NULL, &w.grey, NULL },
		{ "frame", NULL, &w.frame, NULL }, { "glasses", NULL, &w.glasses, NULL },
		{ "mask", NULL, &w.mask, NULL }, { "stripes", NULL, &w.stripes, NULL },
		{ "shadow", NULL, &w.shadow, NULL }, { "second", NULL, &w.second, NULL },
		{ "no_face", NULL, &w.no_face, NULL }, { "raster", NULL, &w.raster, NULL },
		{ "cupboard", &w.cupboard, NULL, NULL } };
	for (int a = 1; a < argc; a++) {
		char *value = strchr(argv[a], '=');
		size_t k = 0, n = value ? (size_t)(value - argv[a]) : 0;
		while (k < sizeof WORDS / sizeof *WORDS &&
			(strlen(WORDS[k].name) != n || strncmp(WORDS[k].name, argv[a], n) != 0))
			k++;
		if (k == sizeof WORDS / sizeof *WORDS) {
			fprintf(stderr, "portrait: %s?\n", argv[a]);
			return 2;
		}
		if (WORDS[k].number)
			*WORDS[k].number = strtod(value + 1, NULL);
		else if (WORDS[k].flag)
			*WORDS[k].flag = true;
		else
			*WORDS[k].count = (unsigned)strtoul(value + 1, NULL, 0);
	}
	unsigned char *rgb = portrait_draw(&w);
	unsigned width = w.width ? w.width : 358, height = w.height ? w.height : 441;
	printf("P6 %u %u 255\n", width, height);
	bool good = fwrite(rgb, (size_t)width * 3, height, stdout) == height && fflush(stdout) == 0;
	free(rgb);
	return good ? 0 : 1;
}
