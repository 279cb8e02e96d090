#ifndef SEAL_STREAM_H
#define SEAL_STREAM_H

#include <stdbool.h>
#include <stddef.h>

/*
 * libsodium's secretstream (XChaCha20-Poly1305) over a whole text: header 24, then chunks of at most 64 KiB, each with its tag
 * of 17 bytes, the last one marked final. The associated data goes into every chunk.
 */
size_t stream_size(size_t plain);                         /* sealed size */
bool stream_plain_size(size_t sealed, size_t *ret_plain); /* false: no sealed text has this size */
void stream_seal(unsigned char *out, const unsigned char *plain, size_t size, const unsigned char *ad, size_t ad_size,
	const unsigned char key[static 32]);
/* `out` has room for stream_plain_size bytes. False: a tag is wrong; then `out` is wiped. */
bool stream_open(unsigned char *out, const unsigned char *sealed, size_t size, const unsigned char *ad, size_t ad_size,
	const unsigned char key[static 32]);

#endif
