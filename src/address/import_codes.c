#include "address/import_codes.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/xalloc.h"

enum { SLOTS_LEAST = 1 << 12 };

/* Not against an enemy, who would have easier ways into the address office's own file; multiply and fold as in wyhash. */
static uint64_t fold(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide w = (wide)a * b;
	return (uint64_t)w ^ (uint64_t)(w >> 64);
}

uint64_t code_hash(const void *bytes, size_t n, uint64_t seed)
{
	const unsigned char *p = bytes;
	uint64_t h = seed ^ fold(n ^ 0xa0761d6478bd642fU, 0xe7037ed1a0b428dbU);
	for (; n >= 8; p += 8, n -= 8) {
		uint64_t w;
		memcpy(&w, p, 8);
		h = fold(h ^ w, 0x8ebc6af09c88c6e3U);
	}
	uint64_t last = 0;
	memcpy(&last, p, n);
	return fold(h ^ last, 0x589965cc75374cc3U) ^ (h >> 32);
}

uint64_t code_fingerprint(const char *code, size_t n)
{
	uint64_t h = code_hash(code, n, 0);
	return h ? h : 1;
}

static uint64_t *slots(size_t n)
{
	uint64_t *p = NULL;
	size_t bytes = n * sizeof *p;
	if (bytes < 4u << 20)
		return xcalloc(n, sizeof *p);
	/* Every look-up is a miss: with big pages it is one of the cache only. */
	if (posix_memalign((void **)&p, 2u << 20, bytes) != 0)
		return xcalloc(n, sizeof *p);
	madvise(p, bytes, MADV_HUGEPAGE);
	memset(p, 0, bytes);
	return p;
}

void code_set_init(struct code_set *s, size_t expected)
{
	size_t n = SLOTS_LEAST;
	while (n / 4 * 3 < expected)
		n *= 2;
	*s = (struct code_set){ .slots = slots(n), .mask = n - 1 };
}

void code_set_finish(struct code_set *s)
{
	free(s->slots);
	*s = (struct code_set){ 0 };
}

static uint64_t *find(const struct code_set *s, uint64_t fingerprint)
{
	size_t i = fingerprint & s->mask;
	while (s->slots[i] && s->slots[i] != fingerprint)
		i = (i + 1) & s->mask;
	return &s->slots[i];
}

bool code_set_has(const struct code_set *s, uint64_t fingerprint)
{
	return *find(s, fingerprint) != 0;
}

bool code_set_add(struct code_set *s, uint64_t fingerprint)
{
	uint64_t *slot = find(s, fingerprint);
	if (*slot)
		return false;
	*slot = fingerprint;
	if (++s->n <= (s->mask + 1) / 4 * 3)
		return true;
	struct code_set big;
	code_set_init(&big, s->n * 3 / 2);
	for (size_t i = 0; i <= s->mask; i++) {
		if (s->slots[i])
			*find(&big, s->slots[i]) = s->slots[i];
	}
	big.n = s->n;
	code_set_finish(s);
	*s = big;
	return true;
}
