#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif
#include "address/bag.h"

#include <stdlib.h>
#include <string.h>

#include "address/clones.h"
#include "address/library.h"
#include "base/xalloc.h"

enum { LADDER = 8, BLOCK = 256 };

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static size_t place_of_point(const struct bag *b, uint32_t point)
{
	const uint32_t *found = b->n_points ? bsearch(&point, b->points, b->n_points, sizeof point, by_value) : NULL;
	return found ? (size_t)(found - b->points) : SIZE_MAX;
}

static uint32_t hash_step(uint32_t h, uint32_t point)
{
	return (h ^ point) * 16777619u;
}

static size_t hash_end(uint32_t h, size_t mask)
{
	return (h ^ h >> 15) & mask;
}

static void build_points(struct bag *b, const struct address_library *l)
{
	b->points = xcalloc(l->n_glyphs + 1, sizeof *b->points);
	for (size_t i = 0; i < l->n_glyphs; i++)
		b->points[i] = l->glyphs[i].point;
	qsort(b->points, l->n_glyphs, sizeof *b->points, by_value);
	for (size_t i = 0; i < l->n_glyphs; i++) {
		if (!b->n_points || b->points[b->n_points - 1] != b->points[i])
			b->points[b->n_points++] = b->points[i];
	}
}

/* A row is noted once for each name, even when the character stands there twice: lists are in the order of places. */
static void note(const uint32_t *start, uint32_t *fill, uint32_t *list, size_t row, uint32_t place, bool first)
{
	if (fill[row] > start[row] && list[fill[row] - 1] >> 1 == place)
		return;
	list[fill[row]++] = place << 1 | first;
}

/* Two rounds: how long each list can get, then the lists. */
static void build_lists(struct bag *b, const struct address_library *l, const uint32_t *order)
{
	size_t n_sounds = l->readings.n_syllables;
	uint32_t *glyph_row = xcalloc(l->n_glyphs + 1, sizeof *glyph_row);
	b->char_start = xcalloc(b->n_points + 2, sizeof *b->char_start);
	b->sound_start = xcalloc(n_sounds + 2, sizeof *b->sound_start);
	for (size_t i = 0; i < l->n_glyphs; i++)
		glyph_row[i] = (uint32_t)place_of_point(b, l->glyphs[i].point);
	for (size_t i = 0; i < l->n_chars; i++) {
		const struct glyph *g = &l->glyphs[l->chars[i]];
		b->char_start[glyph_row[l->chars[i]] + 1]++;
		for (uint8_t v = 0; v < g->n; v++)
			b->sound_start[g->syllable[v] + 1]++;
	}
	for (size_t i = 1; i <= b->n_points; i++)
		b->char_start[i] += b->char_start[i - 1];
	for (size_t i = 1; i <= n_sounds; i++)
		b->sound_start[i] += b->sound_start[i - 1];
	b->char_list = xcalloc(b->char_start[b->n_points] + 1, sizeof *b->char_list);
	b->sound_list = xcalloc(b->sound_start[n_sounds] + 1, sizeof *b->sound_list);
	uint32_t *chars = xcalloc(b->n_points + 1, sizeof *chars), *sounds = xcalloc(n_sounds + 1, sizeof *sounds);
	memcpy(chars, b->char_start, b->n_points * sizeof *chars);
	memcpy(sounds, b->sound_start, n_sounds * sizeof *sounds);
	for (size_t i = 0; i < b->n; i++) {
		const struct name *name = &l->names[order[i]];
		b->length[i] = name->n;
		for (size_t j = 0; j < name->n; j++) {
			const struct glyph *g = name_glyph(l, name, j);
			note(b->char_start, chars, b->char_list, glyph_row[l->chars[name->first + j]], (uint32_t)i,
				j == 0);
			for (uint8_t v = 0; v < g->n; v++)
				note(b->sound_start, sounds, b->sound_list, g->syllable[v], (uint32_t)i, j == 0);
		}
	}
	/* what a repeated character left free at a list's end is a place behind all names */
	for (size_t i = 0; i < b->n_points; i++) {
		while (chars[i] < b->char_start[i + 1])
			b->char_list[chars[i]++] = (uint32_t)b->n << 1;
	}
	for (size_t i = 0; i < n_sounds; i++) {
		while (sounds[i] < b->sound_start[i + 1])
			b->sound_list[sounds[i]++] = (uint32_t)b->n << 1;
	}
	free(chars);
	free(sounds);
	free(glyph_row);
}

static void build_whole(struct bag *b, const struct address_library *l, const uint32_t *order)
{
	for (b->mask = 1023; b->mask < b->n; b->mask = b->mask * 2 + 1)
		;
	b->bucket = xcalloc(b->mask + 1, sizeof *b->bucket);
	b->next = xcalloc(b->n + 1, sizeof *b->next);
	for (size_t i = b->n; i-- > 0;) { /* from the end, so that a bucket begins with the heaviest */
		const struct name *name = &l->names[order[i]];
		uint32_t h = 2166136261u;
		for (size_t j = 0; j < name->n; j++)
			h = hash_step(h, name_glyph(l, name, j)->point);
		size_t at = hash_end(h, b->mask);
		b->next[i] = b->bucket[at];
		b->bucket[at] = (uint32_t)i + 1;
	}
}

void bag_build(struct bag *b, const struct address_library *l, const uint32_t *order)
{
	*b = (struct bag){ .n = l->n_names };
	b->length = xcalloc(b->n + 1, 1);
	build_points(b, l);
	build_lists(b, l, order);
	build_whole(b, l, order);
}

void bag_finish(struct bag *b)
{
	free(b->points);
	free(b->char_start);
	free(b->char_list);
	free(b->sound_start);
	free(b->sound_list);
	free(b->length);
	free(b->bucket);
	free(b->next);
	*b = (struct bag){ 0 };
}

static size_t padded(const struct bag *b)
{
	return (b->n + BLOCK) / BLOCK * BLOCK; /* at least one more: see build_lists */
}

void bag_state_create(struct bag_state *t, const struct bag *b)
{
	*t = (struct bag_state){ .score = xcalloc(padded(b), sizeof *t->score) };
}

void bag_state_finish(struct bag_state *t)
{
	free(t->score);
	explicit_bzero(t, sizeof *t);
}

static uint32_t rarity(const struct bag *b, size_t n)
{
	uint32_t bits = 4;
	for (size_t k = n ? n : 1; k < b->n; k *= 2)
		bits++;
	return bits;
}

static void count(struct bag_state *t, const uint32_t *list, size_t n, uint32_t weight, bool front)
{
	for (size_t i = 0; i < n; i++)
		t->score[list[i] >> 1] =
			(uint16_t)(t->score[list[i] >> 1] + weight + (front && list[i] & 1 ? weight / 4 : 0));
}

static void take_one(struct bag_state *t, const struct bag *b, size_t k)
{
	const struct atom *a = &t->atoms[k];
	size_t row = a->point > 0x7f ? place_of_point(b, a->point) : SIZE_MAX, n_chars = 0, n_sounds = 0;
	const uint32_t *chars = NULL, *sounds = NULL;
	if (a->point < 0x80)
		return;
	if (row != SIZE_MAX) {
		chars = b->char_list + b->char_start[row];
		n_chars = b->char_start[row + 1] - b->char_start[row];
	}
	if (a->reading && a->reading->n) {
		sounds = b->sound_list + b->sound_start[a->reading->syllable[0]];
		n_sounds = b->sound_start[a->reading->syllable[0] + 1] - b->sound_start[a->reading->syllable[0]];
	}
	uint32_t same = 3 * rarity(b, n_chars), alike = 2 * rarity(b, n_sounds);
	same = same > alike ? same - alike : 1;
	count(t, sounds, n_sounds, alike, k == 0);
	count(t, chars, n_chars, same, k == 0);
	t->full += same + (n_sounds ? alike : 0);
}

void bag_take(struct bag_state *t, const struct bag *b, const struct atom *atoms, size_t n)
{
	size_t same = 0;
	while (same < t->n && same < n && t->atoms[same].point == atoms[same].point)
		same++;
	if (same < t->n) {
		memset(t->score, 0, padded(b) * sizeof *t->score);
		t->n = 0;
		t->full = 0;
	}
	if (n)
		memcpy(t->atoms, atoms, n * sizeof *atoms);
	memset(t->atoms + n, 0, (QUERY_ATOMS - n) * sizeof *t->atoms);
	for (; t->n < n; t->n++)
		take_one(t, b, t->n);
	t->score[b->n] = 0;
}

CLONES static size_t count_from(const uint16_t *score, size_t n, uint16_t from)
{
	size_t total = 0;
	for (size_t i = 0; i < n; i += BLOCK) {
		uint16_t some = 0;
		for (size_t k = 0; k < BLOCK; k++)
			some = (uint16_t)(some + (score[i + k] >= from));
		total += some;
	}
	return total;
}

CLONES static bool block_reaches(const uint16_t *score, uint16_t from)
{
	uint16_t highest = 0;
	for (size_t k = 0; k < BLOCK; k++)
		highest = score[k] > highest ? score[k] : highest;
	return highest >= from;
}

struct rung { /* of the ladder: scores from `low` to below `high`, lengths that differ by this much */
	uint32_t low, high;
	int nearest, farthest;
};

static size_t collect(const struct bag_state *t, const struct bag *b, struct rung r, uint32_t *out, size_t n,
	size_t max)
{
	for (size_t i = 0; i < b->n && n < max; i += BLOCK) {
		if (!block_reaches(t->score + i, (uint16_t)r.low))
			continue;
		for (size_t k = i; k < i + BLOCK && n < max; k++) {
			if (t->score[k] < r.low || t->score[k] >= r.high)
				continue;
			int differs = abs((int)b->length[k] - (int)t->n);
			if (differs >= r.nearest && differs <= r.farthest)
				out[n++] = (uint32_t)k;
		}
	}
	return n;
}

/* The lowest rung above which there is room for all; then from the one below it as many as there is room for. */
size_t bag_best(const struct bag_state *t, const struct bag *b, uint32_t *out, size_t max)
{
	uint32_t high = UINT16_MAX, low = t->full + 1;
	if (!t->full)
		return 0;
	for (uint32_t k = 0; k < LADDER; k++) {
		if (count_from(t->score, padded(b), (uint16_t)low) > max)
			break;
		high = low;
		low = t->full - t->full * k / 12;
	}
	size_t n = high < UINT16_MAX ? collect(t, b, (struct rung){ high, UINT16_MAX, 0, NAME_CHARS }, out, 0, max) : 0;
	n = collect(t, b, (struct rung){ low, high, 0, 1 }, out, n, max);
	return collect(t, b, (struct rung){ low, high, 2, NAME_CHARS + QUERY_ATOMS }, out, n, max);
}

uint32_t bag_whole(const struct bag *b, const struct address_library *l, const uint32_t *order,
	const struct atom *atoms, size_t n, uint32_t place)
{
	uint32_t h = 2166136261u;
	for (size_t j = 0; j < n && place == UINT32_MAX; j++)
		h = hash_step(h, atoms[j].point);
	uint32_t at = place == UINT32_MAX ? b->bucket[hash_end(h, b->mask)] : b->next[place];
	for (; at; at = b->next[at - 1]) {
		const struct name *name = &l->names[order[at - 1]];
		size_t j = 0;
		while (name->n == n && j < n && name_glyph(l, name, j)->point == atoms[j].point)
			j++;
		if (n && j == n)
			return at - 1;
	}
	return UINT32_MAX;
}
