#include "address/build_texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum { BLOCK = 1 << 20 };

uint64_t texts_hash(const void *bytes, size_t n, uint64_t seed)
{
	const unsigned char *at = bytes;
	uint64_t h = seed ^ n * 0x9e3779b97f4a7c15u, word = 0;
	for (; n >= sizeof word; n -= sizeof word, at += sizeof word) {
		memcpy(&word, at, sizeof word);
		h = (h ^ word) * 0xff51afd7ed558ccdu; /* constants of MurmurHash3's finalizer (public domain) */
		h ^= h >> 32;
	}
	for (word = 0; n > 0; n--)
		word = word << 8 | *at++;
	h = (h ^ word) * 0xc4ceb9fe1a85ec53u;
	return h ^ h >> 29;
}

void *texts_space(struct texts *t, size_t n)
{
	n = (n + 7) & ~(size_t)7;
	if (t->size - t->used < n) {
		size_t size = n > BLOCK / 4 ? n + sizeof(char *) : BLOCK;
		char *block = xcalloc(1, size);
		memcpy(block, &t->block, sizeof t->block);
		t->block = block;
		t->used = sizeof t->block;
		t->size = size;
	}
	void *at = t->block + t->used;
	t->used += n;
	return at;
}

void texts_init(struct texts *t)
{
	*t = (struct texts){ .mask = 1023 };
	t->slots = xcalloc(t->mask + 1, sizeof *t->slots);
	texts_add(t, "");
}

void texts_finish(struct texts *t)
{
	for (char *block = t->block, *before; block; block = before) {
		memcpy(&before, block, sizeof before);
		free(block);
	}
	free(t->at);
	free(t->slots);
	*t = (struct texts){ 0 };
}

static void grow(struct texts *t)
{
	free(t->slots);
	t->mask = t->mask * 2 + 1;
	t->slots = xcalloc(t->mask + 1, sizeof *t->slots);
	for (size_t i = 0; i < t->n; i++) {
		size_t at = texts_hash(t->at[i], strlen(t->at[i]), 0) & t->mask;
		while (t->slots[at])
			at = (at + 1) & t->mask;
		t->slots[at] = (uint32_t)i + 1;
	}
}

uint32_t texts_add(struct texts *t, const char *text)
{
	size_t n = text ? strlen(text) : 0, at;
	if (n == 0 && t->n)
		return 0;
	for (at = texts_hash(text, n, 0) & t->mask; t->slots[at]; at = (at + 1) & t->mask) {
		if (strcmp(t->at[t->slots[at] - 1], text) == 0)
			return t->slots[at] - 1;
	}
	if (t->n == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 1024;
		t->at = xrealloc(t->at, t->cap, sizeof *t->at);
	}
	char *copy = texts_space(t, n + 1);
	memcpy(copy, text, n + 1);
	t->at[t->n] = copy;
	t->slots[at] = (uint32_t)++t->n;
	if (t->n * 2 > t->mask)
		grow(t);
	return (uint32_t)t->n - 1;
}
