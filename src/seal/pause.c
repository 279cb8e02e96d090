#include "seal/pause.h"

#include <sodium.h>
#include <string.h>

#include "base/err.h"
#include "seal/envelope.h"

bool pause_keys_make(const char *code, const unsigned char index[static 32], const struct seal_cost *cost,
	struct pause_keys *ret, struct err *e)
{
	static const char label[] = "juzhu pause 1";
	unsigned char salt[crypto_pwhash_SALTBYTES], slow[32], both[PAUSE_ID_SIZE + 32];
	const struct seal_cost *c = cost ? cost : &seal_cost_default;

	/* One salt for all codes of a center: a code has to find its row by one slow hash, whatever the number of rows. */
	crypto_generichash(salt, sizeof salt, (const unsigned char *)label, sizeof label - 1, index, 32);
	bool good = crypto_pwhash(slow, sizeof slow, code, strlen(code), salt, c->passes, (size_t)c->kib * 1024,
			    crypto_pwhash_ALG_ARGON2ID13) == 0;
	crypto_generichash(both, sizeof both, slow, sizeof slow, index, 32);
	sodium_memzero(slow, sizeof slow);
	if (good) {
		memcpy(ret->id, both, sizeof ret->id);
		memcpy(ret->key, both + sizeof ret->id, sizeof ret->key);
	}
	sodium_memzero(both, sizeof both);
	return good ||
		err_set(e, ERR_STORAGE, "pause code: %u MiB of memory are needed; end other programs", c->kib / 1024);
}
