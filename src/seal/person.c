#include <sodium.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "seal/envelope.h"

const struct seal_cost seal_cost_default = { 2, 64 * 1024 }; /* the INTERACTIVE limits of libsodium */

/*
 * The ID number is enumerable (about 10^11 plausible ones), so the hash is slow, and it is keyed, so that a stolen disk
 * without the station's credentials says nothing about anybody.
 */
bool person_index(const char *id_number, const unsigned char key[static 32], const struct seal_cost *cost,
	unsigned char ret[static PERSON_SIZE], struct err *e)
{
	static const char label[] = "juzhu person 1";
	unsigned char salt[crypto_pwhash_SALTBYTES], slow[32], hash[PERSON_SIZE];
	char id[32];

	if (!str_copy(id, sizeof id, id_number))
		return err_set(e, ERR_BUG, "person index: the ID number is too long");
	size_t n = strlen(id);
	for (size_t i = 0; i < n; i++)
		id[i] = id[i] == 'x' ? 'X' : id[i];
	crypto_generichash(salt, sizeof salt, (const unsigned char *)label, sizeof label - 1, key, 32);
	bool good = crypto_pwhash(slow, sizeof slow, id, n, salt, cost->passes, (size_t)cost->kib * 1024,
			    crypto_pwhash_ALG_ARGON2ID13) == 0;
	crypto_generichash(hash, sizeof hash, slow, sizeof slow, key, 32);
	sodium_memzero(id, sizeof id);
	sodium_memzero(slow, sizeof slow);
	if (!good)
		return err_set(e, ERR_STORAGE, "person index: %u MiB of memory are needed; end other programs",
			cost->kib / 1024);
	memcpy(ret, hash, PERSON_SIZE);
	return true;
}
