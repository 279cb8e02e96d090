#include "vision/reading.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

struct wire {
	uint32_t state, exact, pages, certainty, n_passes, size[MATERIAL_PASSES];
};

_Static_assert(sizeof(struct wire) <= READING_BYTES_MAX - MATERIAL_PASSES * MATERIAL_TEXT, "the numbers have to fit");

void reading_clean(char out[static MATERIAL_TEXT], const char *text, size_t n)
{
	size_t used = 0;
	for (size_t i = 0, end; i < n && used + 2 < MATERIAL_TEXT; i = end + 1) {
		for (end = i; end < n && text[end] != '\n';)
			end++;
		utf8_clean(out + used, MATERIAL_TEXT - used - 1, text + i, end - i, MATERIAL_TEXT);
		size_t len = strlen(out + used);
		if (!len)
			continue;
		used += len;
		out[used++] = '\n';
	}
	out[used] = 0;
}

size_t reading_pack(const struct material_reading *r, unsigned char out[static READING_BYTES_MAX])
{
	struct wire w = { r->state, r->exact, r->pages, r->certainty, r->n_passes, { 0 } };
	size_t n = sizeof w;
	for (unsigned i = 0; i < r->n_passes; i++) {
		w.size[i] = (uint32_t)strlen(r->text[i]);
		memcpy(out + n, r->text[i], w.size[i]);
		n += w.size[i];
	}
	memcpy(out, &w, sizeof w);
	return n;
}

/* Lines of what may be shown, each ended. */
static bool text_good(const unsigned char *text, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t point;
		size_t step = utf8_decode((const char *)text + i, n - i, &point);
		if (!step || (point != '\n' && !utf8_point_allowed(point)))
			return false;
		i += step;
	}
	return n == 0 || text[n - 1] == '\n';
}

bool reading_unpack(const unsigned char *bytes, size_t n, struct material_reading *ret)
{
	struct wire w;
	size_t at = sizeof w;
	if (n < sizeof w)
		return false;
	memcpy(&w, bytes, sizeof w);
	if (w.state > READING_LONG || w.exact > 1 || w.pages > READING_PAGES_MAX + 1 || w.certainty > 100 ||
		w.n_passes > MATERIAL_PASSES || (w.state != READING_DONE && w.n_passes))
		return false;
	for (unsigned i = 0; i < MATERIAL_PASSES; i++) {
		if (w.size[i] >= MATERIAL_TEXT || (i >= w.n_passes && w.size[i]) || w.size[i] > n - at ||
			!text_good(bytes + at, w.size[i]))
			return false;
		at += w.size[i];
	}
	if (at != n)
		return false;
	memset(ret, 0, sizeof *ret);
	ret->state = (enum reading_state)w.state;
	ret->exact = w.exact;
	ret->pages = w.pages;
	ret->certainty = w.certainty;
	ret->n_passes = w.n_passes;
	at = sizeof w;
	for (unsigned i = 0; i < w.n_passes; i++) {
		memcpy(ret->text[i], bytes + at, w.size[i]);
		at += w.size[i];
	}
	return true;
}
