/*
 * photo_wall FOLDER: what evening a nearly white wall is good for. Takes the compliant photos of a set (manifest.csv), puts each in
 * other light or before another wall, and prints for each way: refused for the wall, put right, and what it did to the person.
 * A wall that may not be put right has the word "never". Status: 1 when one of those was; 77: there is no set.
 */
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vision/decode.h"
#include "vision/fix.h"
#include "vision/jpeg_write.h"
#include "vision/measure.h"
#include "vision/server.h"

enum { FILES_MAX = 200, FILE_BYTES = 8 << 20, DARK = 180, LIGHT = 190 };

/* The light at a place, 0 to 1 across and down, by channel; multiplied into the picture. */
typedef double light_at(double x, double y, int channel);

static double flat90(double x, double y, int c)
{
	return (void)x, (void)y, (void)c, 0.90;
}

static double flat86(double x, double y, int c)
{
	return (void)x, (void)y, (void)c, 0.86;
}

static double flat70(double x, double y, int c)
{
	return (void)x, (void)y, (void)c, 0.70;
}

static double side15(double x, double y, int c)
{
	return (void)y, (void)c, 1 - 0.15 * x;
}

static double side25(double x, double y, int c)
{
	return (void)y, (void)c, 1 - 0.17 * x - 0.08 * y;
}

static double round18(double x, double y, int c)
{
	return (void)c, 1 - 0.25 * ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)) / 0.5;
}

static double lamp(double x, double y, int c)
{
	return (1 - 0.08 * x) * (c == 0 ? 1 : c == 1 ? 0.985 : 0.945) * (1 + 0 * y);
}

static double lamp_strong(double x, double y, int c)
{
	return (void)x, (void)y, c == 0 ? 1 : c == 1 ? 0.95 : 0.80;
}

static double head_shadow(double x, double y, int c)
{
	double r = hypot((x - 0.85) / 0.2, (y - 0.35) / 0.3);
	return (void)c, 1 - 0.16 / (1 + exp((r - 1) * 25));
}

static double curtain(double x, double y, int c)
{
	return (void)y, (void)c, 0.92 + 0.05 * sin(x * 40);
}

static double corner(double x, double y, int c)
{
	return (void)c, x > 0.8 && y > 0.05 ? 0.85 : 1;
}

static double blue(double x, double y, int c)
{
	return (void)x, (void)y, c == 2 ? 0.98 : c == 1 ? 0.8 : 0.6;
}

static const struct way {
	const char *name;
	light_at *at;
	bool wall_only; /* the person stands in good light */
	bool never;
} WAYS[] = {
	{ "all darker by 10 %", flat90, false, false },
	{ "all darker by 14 %", flat86, false, false },
	{ "wall alone darker by 10 %", flat90, true, false },
	{ "wall alone darker by 14 %", flat86, true, false },
	{ "from one side, 15 %", side15, false, false },
	{ "from one corner, 25 %", side25, false, false },
	{ "from one corner, 25 %, wall alone", side25, true, false },
	{ "corners darker by 25 %", round18, false, false },
	{ "lamp", lamp, false, false },
	{ "lamp, strong", lamp_strong, false, true },
	{ "grey wall, 30 %", flat70, true, true },
	{ "head's shadow on it, 16 %", head_shadow, true, true },
	{ "curtain, 5 %", curtain, true, true },
	{ "edge of a cupboard, 15 %", corner, true, true },
	{ "pale blue wall", blue, true, true },
};

/* How it looks before that wall. `mask`: the background of the frame. */
static void put(const struct picture *from, const unsigned char *mask, const struct way *w, struct picture *to)
{
	for (unsigned y = 0; y < from->height; y++)
		for (unsigned x = 0; x < from->width; x++)
			for (int c = 0; c < 3; c++) {
				size_t at = (size_t)y * from->width + x;
				double v = from->rgb[at * 3 + (size_t)c], u = (double)x / from->width,
				       light = w->at(u, (double)y / from->height, c);
				/* hair before the wall: as light as the wall shines through */
				if (w->wall_only)
					light = mask[at] ? light
							 : 1 - (1 - light) * fmax(0, (v - LIGHT) / (255.0 - LIGHT));
				to->rgb[at * 3 + (size_t)c] = (unsigned char)(v * light + 0.5);
			}
}

struct count {
	unsigned n, refused, right, eaten;
	double changed, skin;
};

static void try_one(const struct decoded *good, const struct way *w, struct count *count)
{
	struct picture frame, other;
	struct portrait p;
	unsigned char *mask = NULL, *bytes = NULL;
	size_t n = 0;
	struct decoded d;
	struct inspection i;
	if (!picture_resize(&good->picture, &frame, good->picture.width, good->picture.height) ||
		!picture_make(&other, frame.width, frame.height) || !background_mask(&frame, &mask))
		exit(2);
	put(&frame, mask, w, &other);
	if (!jpeg_write(&other, 95, 350, &bytes, &n))
		exit(2);
	decode(bytes, n, &d);
	i = (struct inspection){ d.format, d.width, d.height, d.colour, d.whole, .head = { .known = false } };
	if (!photo_inspect(&d, n, &i) || !portrait_measure(&d.picture, &(struct origin){ .shrunk = 1 }, &p))
		exit(2);
	count->n++;
	enum photo_verdict v = photo_verdict(&i, n);
	count->refused += v != PHOTO_PASS;
	count->right += v == PHOTO_FIXABLE;
	struct picture before;
	struct turn turn = portrait_turn(&p);
	if (!(photo_wants_fix(&i, n) & FIX_CROP))
		turn = (struct turn){ (double)FRAME_WIDTH / d.picture.width, 0, 0, 0 };
	if (v == PHOTO_FIXABLE && turn_picture(&d.picture, &turn, FRAME_WIDTH, FRAME_HEIGHT, &before)) {
		double sum = 0, dark = 0;
		for (size_t k = 0; k < (size_t)FRAME_WIDTH * FRAME_HEIGHT; k++)
			if (luma(before.rgb + k * 3) < DARK) {
				int change = (int)luma(i.fixed.rgb + k * 3) - (int)luma(before.rgb + k * 3);
				sum += abs(change);
				dark++;
				count->eaten += abs(change) > 40;
			}
		count->changed += dark > 0 ? sum / dark : 0;
		count->skin +=
			fabs((double)i.after.value[MEASURE_FACE_LIGHT] - (double)i.measures.value[MEASURE_FACE_LIGHT]);
		picture_finish(&before);
	}
	inspection_finish(&i);
	decoded_finish(&d);
	free(bytes);
	free(mask);
	picture_finish(&frame);
	picture_finish(&other);
}

static bool load(const char *folder, const char *name, struct decoded *ret)
{
	static unsigned char bytes[FILE_BYTES];
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "rbe");
	if (!f)
		return false;
	size_t n = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	decode(bytes, n, ret);
	return ret->whole && ret->picture.rgb;
}

int main(int argc, char **argv)
{
	static struct decoded files[FILES_MAX];
	char path[PATH_MAX], line[1000], name[200], expected[20];
	size_t n = 0;
	bool good = true;
	if (argc != 2)
		return 2;
	snprintf(path, sizeof path, "%s/manifest.csv", argv[1]);
	FILE *f = fopen(path, "re");
	if (!f)
		return 77;
	while (n < FILES_MAX && fgets(line, sizeof line, f))
		if (sscanf(line, "%199[^,],%19[^,]", name, expected) == 2 && strcmp(expected, "pass") == 0)
			n += load(argv[1], name, &files[n]);
	fclose(f);
	server_load(NULL);
	printf("%-36s %5s %8s %9s  %s\n", "wall", "n", "refused", "put right",
		"person: mean change below luma 180, of face, pixels eaten");
	for (size_t w = 0; w < sizeof WAYS / sizeof *WAYS; w++) {
		struct count c = { 0 };
		for (size_t k = 0; k < n; k++)
			try_one(&files[k], &WAYS[w], &c);
		double fixed = c.right ? c.right : 1;
		good &= !WAYS[w].never || c.right == 0;
		printf("%-36s %5u %8u %9u  %.2f, %.2f, %u%s\n", WAYS[w].name, c.n, c.refused, c.right,
			c.changed / fixed, c.skin / fixed, c.eaten,
			WAYS[w].never ? c.right ? "  MISSED: never" : "  never" : "");
		fflush(stdout);
	}
	return good ? 0 : 1;
}
