/* An envelope and a sealed part as they come from a disk or a stick: any bytes. The key is the one of the seeds. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "model/case.h"
#include "seal/format.h"
#include "seal/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

/* Would the query code be tried at a price that a fuzzer can pay? */
static bool cheap(const struct envelope *v)
{
	struct unpacker u = { v->bytes + v->recipients_at, v->bytes + v->size, true };
	for (unsigned i = 0; i < v->n_recipients; i++) {
		uint64_t kind = unpack_number(&u, 1), length = unpack_number(&u, 2);
		struct unpacker slot = { u.at, u.at + length, true };
		unpack_bytes(&slot, 16);
		uint64_t passes = unpack_number(&slot, 4), kib = unpack_number(&slot, 4);
		if (kind == RECIPIENT_QUERY && passes <= PASSES_MAX && kib <= KIB_MAX && passes * kib > 64)
			return false;
		unpack_bytes(&u, length);
	}
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct center_keys center;
	unsigned char seed[32], key[SEAL_KEY_SIZE], *plain = NULL;
	struct case_record *c = calloc(1, sizeof *c);
	struct envelope v;
	struct err e = { 0 };
	size_t size = 0;

	for (unsigned i = 0; i < 32; i++)
		seed[i] = (unsigned char)i;
	if (center.public.box[0] == 0)
		center_from_seed(seed, &center);
	memset(key, 0xa5, sizeof key);
	if (!envelope_parse(&v, data, n, &e)) {
		must(e.code == ERR_STORAGE && utf8_plain(e.text));
	} else {
		must(v.parts_at + (size_t)v.n_parts * PART_ENTRY + 4 == v.body_at);
		must(v.body_at + v.body_size + SIGNATURE == n);
		envelope_verify(&v, &center.public, 1, &e);
		envelope_key_center(&v, &center, key, &e);
		if (cheap(&v))
			envelope_key_query(&v, "7K3MA9QXTJ", key, &e);
		envelope_open(&v, key, c, &e);
		for (unsigned i = 0; i <= v.n_parts; i++)
			if (envelope_open_part(&v, i, key, data, n, &plain, &size, &e))
				free(plain);
		must(utf8_plain(e.text));
	}
	case_record_destroy(c);
	return 0;
}
