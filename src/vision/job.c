#include <stdio.h>

#include <libheif/heif.h>

#include "vision/answer.h"
#include "vision/face.h"
#include "vision/server.h"

static enum sandbox_profile picture_profile(enum file_kind kind)
{
	return kind == KIND_HEIC ? SANDBOX_HEIC : SANDBOX_PICTURE;
}

void server_load(const char *landmarks)
{
	static unsigned char blank[200 * 200];
	struct face face;
	heif_init(NULL); /* else a child would look for plug-ins */
	if (!face_load(landmarks))
		fprintf(stderr, "juzhu-inspect: %s is not dlib's 68-point model; going on without\n", landmarks);
	/* What is set up at the first use is set up for all children. */
	face_find(&(struct grey){ 200, 200, blank }, 0, &face, 1);
}

static void copy_facts(const struct decoded *d, struct inspection *ret)
{
	*ret = (struct inspection){ .format = d->format,
		.width = d->width,
		.height = d->height,
		.colour = d->colour,
		.whole = d->whole };
}

static int photo_run(const unsigned char *bytes, size_t n, int out)
{
	struct decoded d;
	struct inspection found;
	decode(bytes, n, &d);
	copy_facts(&d, &found);
	return answer_write(out, INSPECT_PHOTO, &found) ? 0 : 1;
}

static int material_run(const unsigned char *bytes, size_t n, int out)
{
	struct decoded d;
	struct inspection found;
	decode(bytes, n, &d);
	copy_facts(&d, &found);
	return answer_write(out, INSPECT_MATERIAL, &found) ? 0 : 1;
}

const struct job inspect_jobs[INSPECT_WHATS] = {
	[INSPECT_PHOTO] = { picture_profile, photo_run },
	[INSPECT_MATERIAL] = { picture_profile, material_run },
};
