#include <stdlib.h>
#include <string.h>

#include "vision/inspect.h"
#include "vision/material.h"

static void wipe_free(void *p, size_t n)
{
	if (p)
		explicit_bzero(p, n);
	free(p);
}

static void picture_wipe(struct picture *p)
{
	wipe_free(p->rgb, (size_t)p->width * p->height * 3);
}

void inspection_finish(struct inspection *i)
{
	picture_wipe(&i->preview);
	picture_wipe(&i->fixed);
	wipe_free(i->fixed_jpeg, i->fixed_size);
	wipe_free(i->reading, sizeof *i->reading);
	*i = (struct inspection){ .format = FILE_OTHER };
}

const char *inspection_mime(const struct inspection *i)
{
	static const char *const MIMES[] = { [FILE_OTHER] = "",
		[FILE_JPEG] = "image/jpeg",
		[FILE_PNG] = "image/png",
		[FILE_PDF] = "application/pdf",
		[FILE_HEIC] = "image/heic" };
	return MIMES[i->format];
}
