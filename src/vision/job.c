#include <stdio.h>

#include <libheif/heif.h>

#include "vision/answer.h"
#include "vision/face.h"
#include "vision/material.h"
#include "vision/fix.h"
#include "vision/server.h"
#include "vision/words.h"

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
	if (d.picture.rgb && d.colour && !photo_inspect(&d, n, &found))
		return 1;
	return answer_write(out, INSPECT_PHOTO, &found) ? 0 : 1;
}

/* So that the applicant sees which file it is. Without memory for it there is none. */
static void preview(const struct picture *p, struct inspection *ret)
{
	if (ret->whole && p->rgb)
		picture_fit(p, &ret->preview, PREVIEW_WIDTH, PREVIEW_HEIGHT);
}

static int material_run(const unsigned char *bytes, size_t n, int out)
{
	struct decoded d;
	struct inspection found;
	decode(bytes, n, &d);
	copy_facts(&d, &found);
	preview(&d.picture, &found);
	return answer_write(out, INSPECT_MATERIAL, &found) ? 0 : 1;
}

static enum sandbox_profile words_profile(enum file_kind kind)
{
	return kind == KIND_HEIC ? SANDBOX_HEIC : kind == KIND_PDF ? SANDBOX_PDF : SANDBOX_WORDS;
}

/* A file that is no whole picture is not read: it will be refused. */
static int words_run(const unsigned char *bytes, size_t n, enum inspect_what what, struct pdf_tools *tools, int out)
{
	static struct material_reading reading;
	struct decoded d;
	struct inspection found;
	decode(bytes, n, &d);
	copy_facts(&d, &found);
	found.reading = &reading;
	if (tools)
		words_of_pdf(tools, what == INSPECT_CARD, &reading, &d.picture);
	else if (d.whole)
		words_of_picture(&d.picture, what == INSPECT_CARD, &reading);
	preview(&d.picture, &found);
	return answer_write(out, what, &found) ? 0 : 1;
}

static int paper_run(const unsigned char *bytes, size_t n, int out)
{
	return words_run(bytes, n, INSPECT_PAPER, NULL, out);
}

static int paper_pdf(struct pdf_tools *tools, const unsigned char *bytes, size_t n, int out)
{
	return words_run(bytes, n, INSPECT_PAPER, tools, out);
}

static int card_run(const unsigned char *bytes, size_t n, int out)
{
	return words_run(bytes, n, INSPECT_CARD, NULL, out);
}

static int card_pdf(struct pdf_tools *tools, const unsigned char *bytes, size_t n, int out)
{
	return words_run(bytes, n, INSPECT_CARD, tools, out);
}

const struct job inspect_jobs[INSPECT_WHATS] = {
	[INSPECT_PHOTO] = { .profile = picture_profile, .run = photo_run },
	[INSPECT_MATERIAL] = { .profile = picture_profile, .run = material_run },
	[INSPECT_PAPER] = { .profile = words_profile, .run = paper_run, .load = words_load, .run_pdf = paper_pdf },
	[INSPECT_CARD] = { .profile = words_profile, .run = card_run, .load = words_load, .run_pdf = card_pdf },
};
