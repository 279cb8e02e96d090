#include "vision/answer.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "vision/decode.h"
#include "vision/measure.h"
#include "vision/reading.h"

enum { ANSWER_MAGIC = 0x6a7a6131, ANSWER_VERSION = 5 };

/* As it lies in the pipe; same machine, same build. Pictures follow in the order of their sizes. */
struct answer {
	uint32_t magic, version, what;
	uint32_t format, width, height, colour, whole;
	uint32_t preview_width, preview_height, fixed_width, fixed_height, fixed_size, fixes;
	uint32_t reading_size;
	uint32_t head_known;
	int32_t left, top, right, bottom;
	struct photo_measures measures, after;
};

static bool measures_good(const struct photo_measures *m)
{
	if (m->known >> PHOTO_MEASURES)
		return false;
	for (unsigned k = 0; k < PHOTO_MEASURES; k++) {
		bool known = m->known >> k & 1;
		if (!known && m->value[k] != 0)
			return false;
		if (known &&
			!(isfinite(m->value[k]) && m->value[k] >= photo_measure_table[k].least &&
				m->value[k] <= photo_measure_table[k].most))
			return false;
	}
	return true;
}

static bool head_good(const struct answer *a)
{
	if (a->head_known == 0)
		return !a->left && !a->top && !a->right && !a->bottom;
	return a->head_known == 1 && 0 <= a->left && a->left < a->right && a->top >= 0 && a->top < a->bottom &&
		(uint32_t)a->right <= a->preview_width && (uint32_t)a->bottom <= a->preview_height;
}

static bool file_good(const struct answer *a)
{
	bool picture = a->format == FILE_JPEG || a->format == FILE_PNG || a->format == FILE_HEIC;
	if (a->format > FILE_HEIC || a->colour > 1 || a->whole > 1)
		return false;
	/* A refused bomb is reported with the size that its header claims: up to the 31 bits of PNG. */
	if (a->width > INT32_MAX || a->height > INT32_MAX)
		return false;
	if (!picture && (a->width || a->height || a->colour))
		return false;
	if (a->whole && a->format == FILE_OTHER)
		return false;
	return !(a->whole && picture) ||
		(a->width && a->height && a->width <= DECODE_SIDE_MAX && a->height <= DECODE_SIDE_MAX &&
			(uint64_t)a->width * a->height <= DECODE_PIXELS_MAX);
}

static bool pictures_good(const struct answer *a)
{
	bool preview = a->preview_width || a->preview_height,
	     fixed = a->fixed_size || a->fixed_width || a->fixed_height;
	bool photo = a->what == INSPECT_PHOTO && a->whole && a->width;
	if ((fixed || a->head_known || a->measures.known || a->after.known) && !photo)
		return false;
	if (preview && !(a->whole && (a->width || a->format == FILE_PDF)))
		return false;
	if (preview &&
		(!a->preview_width || !a->preview_height || a->preview_width > PREVIEW_WIDTH ||
			a->preview_height > PREVIEW_HEIGHT))
		return false;
	if (fixed &&
		(a->fixed_width != PREVIEW_WIDTH || a->fixed_height != PREVIEW_HEIGHT || a->fixed_size < 4 ||
			a->fixed_size > FIXED_JPEG_MAX))
		return false;
	return fixed ? a->fixes && a->fixes <= FIX_ALL : !a->fixes && !a->after.known;
}

static unsigned char *copy(const unsigned char *from, size_t n)
{
	return n ? memcpy(xcalloc(1, n), from, n) : NULL;
}

bool answer_read(const unsigned char *bytes, size_t n, enum inspect_what what, struct inspection *ret)
{
	struct answer a;
	if (n < sizeof a)
		return false;
	memcpy(&a, bytes, sizeof a);
	if (a.magic != ANSWER_MAGIC || a.version != ANSWER_VERSION || a.what != what || !file_good(&a) ||
		!pictures_good(&a) || !head_good(&a) || !measures_good(&a.measures) || !measures_good(&a.after))
		return false;
	size_t preview = (size_t)a.preview_width * a.preview_height * 3,
	       fixed = (size_t)a.fixed_width * a.fixed_height * 3;
	bool words = what == INSPECT_PAPER || what == INSPECT_CARD;
	if (a.reading_size > READING_BYTES_MAX || (a.reading_size > 0) != words ||
		n - sizeof a != preview + fixed + a.fixed_size + a.reading_size)
		return false;
	const unsigned char *at = bytes + sizeof a, *jpeg = at + preview + fixed;
	/* ISO/IEC 10918-1 B.1.1.3: SOI and EOI. */
	if (a.fixed_size &&
		(memcmp(jpeg, "\xff\xd8\xff", 3) != 0 || memcmp(jpeg + a.fixed_size - 2, "\xff\xd9", 2) != 0))
		return false;
	struct material_reading *reading = words ? xcalloc(1, sizeof *reading) : NULL;
	if (reading && !reading_unpack(jpeg + a.fixed_size, a.reading_size, reading)) {
		free(reading);
		return false;
	}
	*ret = (struct inspection){
		.format = (enum file_format)a.format,
		.width = a.width,
		.height = a.height,
		.colour = a.colour,
		.whole = a.whole,
		.measures = a.measures,
		.preview = { a.preview_width, a.preview_height, copy(at, preview) },
		.head = { a.head_known, a.left, a.top, a.right, a.bottom },
		.fixed = { a.fixed_width, a.fixed_height, copy(at + preview, fixed) },
		.fixed_jpeg = copy(jpeg, a.fixed_size),
		.fixed_size = a.fixed_size,
		.fixes = a.fixes,
		.after = a.after,
		.reading = reading,
	};
	return true;
}

static bool put(int out, const void *bytes, size_t n)
{
	for (size_t done = 0; done < n;) {
		ssize_t put = write(out, (const unsigned char *)bytes + done, n - done);
		if (put < 0 && errno != EINTR)
			return false;
		done += put > 0 ? (size_t)put : 0;
	}
	return true;
}

bool answer_write(int out, enum inspect_what what, const struct inspection *i)
{
	struct answer a;
	static unsigned char words[READING_BYTES_MAX];
	memset(&a, 0, sizeof a); /* the padding too */
	a.reading_size = i->reading ? (uint32_t)reading_pack(i->reading, words) : 0;
	a.magic = ANSWER_MAGIC;
	a.version = ANSWER_VERSION;
	a.what = what;
	a.format = i->format;
	a.width = i->width;
	a.height = i->height;
	a.colour = i->colour;
	a.whole = i->whole;
	a.preview_width = i->preview.width;
	a.preview_height = i->preview.height;
	a.fixed_width = i->fixed.width;
	a.fixed_height = i->fixed.height;
	a.fixed_size = (uint32_t)i->fixed_size;
	a.fixes = i->fixes;
	a.head_known = i->head.known;
	a.left = i->head.left;
	a.top = i->head.top;
	a.right = i->head.right;
	a.bottom = i->head.bottom;
	a.measures = i->measures;
	a.after = i->after;
	return put(out, &a, sizeof a) && put(out, i->preview.rgb, (size_t)a.preview_width * a.preview_height * 3) &&
		put(out, i->fixed.rgb, (size_t)a.fixed_width * a.fixed_height * 3) &&
		put(out, i->fixed_jpeg, i->fixed_size) && put(out, words, a.reading_size);
}
