#include "vision/answer.h"
#include "vision/server.h"

static enum sandbox_profile picture_profile(enum file_kind kind)
{
	return kind == KIND_HEIC ? SANDBOX_HEIC : SANDBOX_PICTURE;
}

static int photo_run(const unsigned char *bytes, size_t n, int out)
{
	struct inspection found;
	decode(bytes, n, &found);
	return answer_write(out, INSPECT_PHOTO, &found) ? 0 : 1;
}

static int material_run(const unsigned char *bytes, size_t n, int out)
{
	struct inspection found;
	decode(bytes, n, &found);
	return answer_write(out, INSPECT_MATERIAL, &found) ? 0 : 1;
}

const struct job inspect_jobs[INSPECT_WHATS] = {
	[INSPECT_PHOTO] = { picture_profile, photo_run },
	[INSPECT_MATERIAL] = { picture_profile, material_run },
};
