#include "seal/pack.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

unsigned char *pack_room(struct packer *p, size_t size)
{
	if (p->size + size > p->room) {
		/* Not realloc: it would leave a copy of the bytes behind. */
		size_t room = (p->size + size) * 2 + 256;
		unsigned char *bytes = xcalloc(room, 1);
		if (p->size > 0)
			memcpy(bytes, p->bytes, p->size);
		size_t used = p->size;
		pack_finish(p);
		*p = (struct packer){ .bytes = bytes, .size = used, .room = room };
	}
	unsigned char *at = p->bytes + p->size;
	p->size += size;
	return at;
}

void pack_finish(struct packer *p)
{
	if (p->bytes)
		sodium_memzero(p->bytes, p->room);
	free(p->bytes);
	*p = (struct packer){ 0 };
}

void pack_bytes(struct packer *p, const void *bytes, size_t size)
{
	unsigned char *at = pack_room(p, size);
	if (size > 0)
		memcpy(at, bytes, size);
}

void pack_number(struct packer *p, uint64_t value, unsigned width)
{
	unsigned char *at = pack_room(p, width);
	assert(width == 8 || value >> (8 * width) == 0);
	for (unsigned i = 0; i < width; i++)
		at[i] = (unsigned char)(value >> (8 * (width - 1 - i)));
}

void pack_text(struct packer *p, const char *text, unsigned width)
{
	size_t n = strlen(text);
	pack_number(p, n, width);
	pack_bytes(p, text, n);
}

const unsigned char *unpack_bytes(struct unpacker *u, size_t size)
{
	if (!u->good || (size_t)(u->end - u->at) < size) {
		u->good = false;
		return NULL;
	}
	const unsigned char *at = u->at;
	u->at += size;
	return at;
}

uint64_t unpack_number(struct unpacker *u, unsigned width)
{
	const unsigned char *at = unpack_bytes(u, width);
	uint64_t value = 0;
	for (unsigned i = 0; at && i < width; i++)
		value = value << 8 | at[i];
	return value;
}

bool unpack_text(struct unpacker *u, unsigned width, char *out, size_t size)
{
	size_t n = (size_t)unpack_number(u, width);
	const unsigned char *text = unpack_bytes(u, n);
	if (!text || n >= size || memchr(text, '\0', n)) {
		u->good = false;
		out[0] = '\0';
		return false;
	}
	memcpy(out, text, n);
	out[n] = '\0';
	return true;
}
