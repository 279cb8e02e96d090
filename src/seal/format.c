#include "seal/format.h"

#include <sodium.h>
#include <string.h>

void format_key_id(const unsigned char box[static 32], unsigned char ret[static KEY_ID_SIZE])
{
	unsigned char hash[32];
	crypto_generichash(hash, sizeof hash, box, 32, NULL, 0);
	memcpy(ret, hash, KEY_ID_SIZE);
}

void format_subkey(const unsigned char key[static SEAL_KEY_SIZE], unsigned id, unsigned char ret[static 32])
{
	crypto_kdf_derive_from_key(ret, 32, id, FORMAT_SUBKEYS, key);
}

bool format_query_key(const char *query, const unsigned char *salt, uint32_t passes, uint32_t kib,
	unsigned char ret[static 32])
{
	return crypto_pwhash(ret, 32, query, strlen(query), salt, passes, (size_t)kib * 1024,
		       crypto_pwhash_ALG_ARGON2ID13) == 0;
}

void format_signed(const unsigned char *bytes, size_t size, unsigned char ret[static SIGNED_SIZE])
{
	memcpy(ret, FORMAT_SIGNED, sizeof FORMAT_SIGNED - 1);
	crypto_generichash(ret + sizeof FORMAT_SIGNED - 1, 64, bytes, size, NULL, 0);
}
