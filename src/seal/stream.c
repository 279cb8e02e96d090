#include "seal/stream.h"

#include <sodium.h>

enum {
	CHUNK = 64 * 1024,
	HEAD = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	TAG = crypto_secretstream_xchacha20poly1305_ABYTES,
};

size_t stream_size(size_t plain)
{
	size_t chunks = plain == 0 ? 1 : (plain + CHUNK - 1) / CHUNK;
	return HEAD + plain + chunks * TAG;
}

bool stream_plain_size(size_t sealed, size_t *ret_plain)
{
	if (sealed < HEAD + TAG)
		return false;
	size_t rest = sealed - HEAD, chunks = (rest + CHUNK + TAG - 1) / (CHUNK + TAG);
	if (rest < chunks * TAG || stream_size(rest - chunks * TAG) != sealed)
		return false;
	*ret_plain = rest - chunks * TAG;
	return true;
}

void stream_seal(unsigned char *out, const unsigned char *plain, size_t size, const unsigned char *ad, size_t ad_size,
	const unsigned char key[static 32])
{
	crypto_secretstream_xchacha20poly1305_state state;

	crypto_secretstream_xchacha20poly1305_init_push(&state, out, key);
	out += HEAD;
	for (size_t done = 0;;) {
		size_t n = size - done < CHUNK ? size - done : CHUNK;
		bool last = done + n == size;
		crypto_secretstream_xchacha20poly1305_push(&state, out, NULL, plain + done, n, ad, ad_size,
			last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
			     : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
		out += n + TAG;
		done += n;
		if (last)
			break;
	}
	sodium_memzero(&state, sizeof state);
}

bool stream_open(unsigned char *out, const unsigned char *sealed, size_t size, const unsigned char *ad, size_t ad_size,
	const unsigned char key[static 32])
{
	crypto_secretstream_xchacha20poly1305_state state;
	size_t plain = 0, done = 0;

	bool good = stream_plain_size(size, &plain) &&
		crypto_secretstream_xchacha20poly1305_init_pull(&state, sealed, key) == 0;
	if (!good)
		return false;
	for (size_t at = HEAD; good && at < size;) {
		size_t n = size - at < CHUNK + TAG ? size - at : CHUNK + TAG;
		unsigned char tag = 0;
		good = crypto_secretstream_xchacha20poly1305_pull(&state, out + done, NULL, &tag, sealed + at, n, ad,
			       ad_size) == 0;
		at += n;
		done += n - TAG;
		good = good &&
			tag ==
				(at == size ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
					    : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
	}
	sodium_memzero(&state, sizeof state);
	if (!good)
		sodium_memzero(out, plain);
	return good;
}
