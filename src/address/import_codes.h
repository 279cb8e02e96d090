#ifndef ADDRESS_IMPORT_CODES_H
#define ADDRESS_IMPORT_CODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The codes seen so far, as 64-bit fingerprints: 12 to 16 bytes a code. Two different codes have the same fingerprint with a
 * chance of n^2 / 2^65: in one of 370,000 files of 10 million rows a good row is refused as "there twice"; the rejects show it.
 */
struct code_set {
	uint64_t *slots; /* 0: free */
	size_t n, mask;
};

uint64_t code_fingerprint(const char *code, size_t n); /* never 0 */
uint64_t code_hash(const void *bytes, size_t n, uint64_t seed);
void code_set_init(struct code_set *s, size_t expected);
void code_set_finish(struct code_set *s);
bool code_set_has(const struct code_set *s, uint64_t fingerprint);
bool code_set_add(struct code_set *s, uint64_t fingerprint); /* false: it was there */
/* Starts to bring the place of a fingerprint into the cache. */
static inline void code_set_prefetch(const struct code_set *s, uint64_t fingerprint)
{
	__builtin_prefetch(&s->slots[fingerprint & s->mask], 1);
}

#endif
