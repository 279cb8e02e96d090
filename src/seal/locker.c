#include "seal/locker.h"

#include <sodium.h>
#include <string.h>

#include "seal/pack.h"

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	KEY_SEAL = 1,
	KEY_MARK = 2,
};

static void subkey(const unsigned char *key, unsigned id, unsigned char ret[static 32])
{
	crypto_kdf_derive_from_key(ret, 32, id, "juzhlock", key);
}

void locker_seal(struct packer *to, const unsigned char key[static 32], const char *label, const void *plain,
	size_t size)
{
	unsigned char sealing[32];

	subkey(key, KEY_SEAL, sealing);
	unsigned char *box = pack_room(to, NONCE + size + TAG);
	randombytes_buf(box, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(box + NONCE, NULL, plain, size, (const unsigned char *)label,
		strlen(label), NULL, box, sealing);
	sodium_memzero(sealing, sizeof sealing);
}

bool locker_open(struct packer *to, const unsigned char key[static 32], const char *label, const void *box, size_t size)
{
	const unsigned char *bytes = box;
	unsigned char sealing[32];

	if (size < NONCE + TAG)
		return false;
	subkey(key, KEY_SEAL, sealing);
	size_t before = to->size;
	unsigned char *plain = pack_room(to, size - NONCE - TAG);
	bool good = crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, bytes + NONCE, size - NONCE,
			    (const unsigned char *)label, strlen(label), bytes, sealing) == 0;
	sodium_memzero(sealing, sizeof sealing);
	if (!good)
		to->size = before;
	return good;
}

void locker_mark(const unsigned char key[static 32], const char *label, const void *bytes, size_t n, unsigned char *ret,
	size_t size)
{
	crypto_generichash_state state;
	unsigned char marking[32];

	subkey(key, KEY_MARK, marking);
	crypto_generichash_init(&state, marking, sizeof marking, size);
	crypto_generichash_update(&state, (const unsigned char *)label, strlen(label) + 1);
	crypto_generichash_update(&state, bytes, n);
	crypto_generichash_final(&state, ret, size);
	sodium_memzero(marking, sizeof marking);
	sodium_memzero(&state, sizeof state);
}
