#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/xalloc.h"
#include "seal/stream.h"

enum { CHUNK = 64 * 1024, HEAD = 24, TAG = 17, MESSAGE = 0, PUSH = 1, REKEY = 2, FINAL = 3 };

static const unsigned char key[32] = { 7 }, ad[] = "where it belongs";

static void sizes(void **state)
{
	(void)state;
	size_t before = 0;
	for (size_t plain = 0; plain < 3 * CHUNK;
		plain += plain % CHUNK < 3 || plain % CHUNK > CHUNK - 3 ? 1 : CHUNK - 6) {
		size_t sealed = stream_size(plain), back = 0;
		assert_true(sealed > before);
		assert_true(stream_plain_size(sealed, &back));
		assert_int_equal(back, plain);
		before = sealed;
	}
	static const size_t NONE[] = { 0, 1, HEAD, HEAD + TAG - 1, HEAD + TAG + CHUNK + 1, HEAD + TAG + CHUNK + TAG,
		HEAD + 2 * (TAG + CHUNK) + TAG };
	for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
		size_t back = 99;
		if (stream_plain_size(NONE[i], &back))
			fail_msg("%zu bytes are a sealed text", NONE[i]);
		assert_int_equal(back, 99);
	}
}

/* A sealed text by hand: chunks of these sizes and marks. */
struct chunk {
	size_t size;
	int mark;
};

static void by_hand(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct chunk chunks[4];
		unsigned n;
		bool good;
	} CASES[] = {
		{ "nothing", { { 0, FINAL } }, 1, true },
		{ "one", { { 5, FINAL } }, 1, true },
		{ "two", { { CHUNK, MESSAGE }, { 5, FINAL } }, 2, true },
		{ "two full", { { CHUNK, MESSAGE }, { CHUNK, FINAL } }, 2, true },
		{ "one that is not the last", { { 5, MESSAGE } }, 1, false },
		{ "two, cut before the last", { { CHUNK, MESSAGE } }, 1, false },
		{ "two, cut full", { { CHUNK, MESSAGE }, { CHUNK, MESSAGE } }, 2, false },
		{ "the last comes first", { { CHUNK, FINAL }, { 5, MESSAGE } }, 2, false },
		{ "two last ones", { { CHUNK, FINAL }, { 5, FINAL } }, 2, false },
		{ "pushed", { { CHUNK, PUSH }, { 5, FINAL } }, 2, false },
		{ "new key", { { CHUNK, REKEY }, { 5, FINAL } }, 2, false },
		{ "an empty one at the end", { { CHUNK, MESSAGE }, { 0, FINAL } }, 2, false },
		{ "a short one before", { { 5, MESSAGE }, { CHUNK, FINAL } }, 2, false },
		{ "short ones", { { 5, MESSAGE }, { 5, FINAL } }, 2, false },
	};
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		crypto_secretstream_xchacha20poly1305_state s;
		unsigned char *plain = xcalloc(3, CHUNK), *sealed = xcalloc(4, CHUNK), *out = xcalloc(4, CHUNK);
		size_t size = HEAD;

		memset(plain, 'p', 3 * CHUNK);
		crypto_secretstream_xchacha20poly1305_init_push(&s, sealed, key);
		for (unsigned k = 0; k < CASES[i].n; k++) {
			const struct chunk *c = &CASES[i].chunks[k];
			crypto_secretstream_xchacha20poly1305_push(&s, sealed + size, NULL, plain, c->size, ad,
				sizeof ad, (unsigned char)c->mark);
			size += c->size + TAG;
		}
		if (stream_open(out, sealed, size, ad, sizeof ad, key) != CASES[i].good)
			fail_msg("%s: %s", CASES[i].name, CASES[i].good ? "does not open" : "opens");
		/* Nothing of a text that is not whole is left. */
		assert_int_equal(memchr(out, 'p', 4 * CHUNK) != NULL, CASES[i].good && size > HEAD + TAG);
		free(plain);
		free(sealed);
		free(out);
	}
}

static void bound_to_its_place(void **state)
{
	(void)state;
	unsigned char plain[100], sealed[HEAD + 100 + TAG], out[100], other[32] = { 8 };

	memset(plain, 'p', sizeof plain);
	stream_seal(sealed, plain, sizeof plain, ad, sizeof ad, key);
	assert_true(stream_open(out, sealed, sizeof sealed, ad, sizeof ad, key));
	assert_memory_equal(out, plain, sizeof plain);
	assert_false(stream_open(out, sealed, sizeof sealed, ad, sizeof ad - 1, key));
	assert_false(stream_open(out, sealed, sizeof sealed, ad, 0, key));
	assert_false(stream_open(out, sealed, sizeof sealed, ad, sizeof ad, other));
	assert_null(memchr(out, 'p', sizeof out));
	for (size_t bit = 0; bit < 8 * sizeof sealed; bit++) {
		sealed[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_false(stream_open(out, sealed, sizeof sealed, ad, sizeof ad, key));
		sealed[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	unsigned char again[sizeof sealed];
	stream_seal(again, plain, sizeof plain, ad, sizeof ad, key);
	assert_memory_not_equal(again, sealed, sizeof sealed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes),
		cmocka_unit_test(by_hand),
		cmocka_unit_test(bound_to_its_place),
	};
	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
