#ifndef ADDRESS_BUILD_TEXTS_H
#define ADDRESS_BUILD_TEXTS_H

#include <stddef.h>
#include <stdint.h>

/* Every text once: two are the same when their numbers are. 0 is "". Grows only; texts_at is borrowed until the end. */
struct texts {
	const char **at;
	uint32_t *slots; /* number + 1, 0: free; open addressing */
	size_t n, cap, mask;
	char *block; /* the last one; the first bytes of a block point to the one before */
	size_t used, size;
};

void texts_init(struct texts *t);
void texts_finish(struct texts *t);
uint32_t texts_add(struct texts *t, const char *text); /* NULL is "" */
static inline const char *texts_at(const struct texts *t, uint32_t id)
{
	return t->at[id];
}
uint64_t texts_hash(const void *bytes, size_t n, uint64_t seed);

/* Memory of bytes that lives as long as `t`: for blobs. */
void *texts_space(struct texts *t, size_t n);

#endif
