#ifndef SEAL_PACK_H
#define SEAL_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Binary records: big-endian numbers, texts with their length before them. The writer grows and is wiped at its end; the
 * reader never passes its end: after one read too many it gives zeros and `good` stays false.
 */
struct packer {
	unsigned char *bytes;
	size_t size, room;
};
void pack_bytes(struct packer *p, const void *bytes, size_t size);
void pack_number(struct packer *p, uint64_t value, unsigned width); /* width 1, 2, 4 or 8 bytes */
/* Length as a number of `width` bytes, then the text. */
void pack_text(struct packer *p, const char *text, unsigned width);
unsigned char *pack_room(struct packer *p, size_t size); /* zeroed bytes at the end, to be filled in */
void pack_finish(struct packer *p);

struct unpacker {
	const unsigned char *at, *end;
	bool good;
};
const unsigned char *unpack_bytes(struct unpacker *u, size_t size); /* borrowed; NULL: not there */
uint64_t unpack_number(struct unpacker *u, unsigned width);
/* False, too, when it does not fit or has a zero byte in it. */
bool unpack_text(struct unpacker *u, unsigned width, char *out, size_t size);

#endif
