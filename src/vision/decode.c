#include "vision/decode.h"

#include <string.h>

#include "vision/inspect.h"

enum file_kind decode_kind(const unsigned char *bytes, size_t n)
{
	static const struct {
		enum file_kind kind;
		size_t n;
		const char *magic;
	} KINDS[] = {
		{ KIND_JPEG, 3, "\xff\xd8\xff" },     /* ISO/IEC 10918-1 B.1.1.3: SOI and the next marker */
		{ KIND_PNG, 8, "\x89PNG\r\n\x1a\n" }, /* PNG (W3C) 5.2 */
		{ KIND_PDF, 5, "%PDF-" },             /* ISO 32000-1 7.5.2 */
	};
	for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++)
		if (n >= KINDS[k].n && memcmp(bytes, KINDS[k].magic, KINDS[k].n) == 0)
			return KINDS[k].kind;
	return KIND_OTHER;
}

void decode_pdf(const unsigned char *bytes, size_t n, struct inspection *i)
{
	/* ISO 32000-1 annex H 3.4.4: readers look for the end mark in the last 1024 bytes. A file cut short has none.
	 */
	size_t tail = n < 1024 ? n : 1024;
	i->whole = memmem(bytes + (n - tail), tail, "%%EOF", 5) != NULL;
}

void decode(const unsigned char *bytes, size_t n, struct inspection *i)
{
	*i = (struct inspection){ .format = FILE_OTHER };
	switch (decode_kind(bytes, n)) {
	case KIND_JPEG:
		i->format = FILE_JPEG;
		decode_jpeg(bytes, n, i);
		break;
	case KIND_PNG:
		i->format = FILE_PNG;
		decode_png(bytes, n, i);
		break;
	case KIND_PDF:
		i->format = FILE_PDF;
		decode_pdf(bytes, n, i);
		break;
	case KIND_HEIC:
	case KIND_OTHER:
		break;
	}
}

void chroma_row(struct chroma *c, unsigned y, const unsigned char *rgb)
{
	if (y < c->height / 4 || y >= c->height - c->height / 4)
		return;
	for (unsigned x = c->width / 4; x < c->width - c->width / 4; x++) {
		const unsigned char *p = rgb + (size_t)x * 3;
		unsigned char high = p[0], low = p[0];
		for (unsigned k = 1; k < 3; k++) {
			high = p[k] > high ? p[k] : high;
			low = p[k] < low ? p[k] : low;
		}
		c->sum += (unsigned)(high - low);
		c->count++;
	}
}

unsigned chroma_mean(const struct chroma *c)
{
	return c->count ? (unsigned)(c->sum / c->count) : 0;
}
