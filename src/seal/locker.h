#ifndef SEAL_LOCKER_H
#define SEAL_LOCKER_H

#include <stdbool.h>
#include <stddef.h>

struct packer;

/*
 * Small boxes under a key that this machine has: drafts (a key in memory only) and licences (the station's index key). Nonce
 * 24, XChaCha20-Poly1305; the label (what and whose) is bound to the box, so that none can take another's place.
 */
void locker_seal(struct packer *to, const unsigned char key[static 32], const char *label, const void *plain,
	size_t size);
/* False: not under this key and label, or damaged; then nothing is added. */
bool locker_open(struct packer *to, const unsigned char key[static 32], const char *label, const void *box,
	size_t size);
/* Keyed BLAKE2b: equal for equal contents, says nothing without the key. `size` 16-64. */
void locker_mark(const unsigned char key[static 32], const char *label, const void *bytes, size_t n, unsigned char *ret,
	size_t size);

#endif
