/* Opening an envelope with the key of one of its recipients. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "model/case.h"
#include "seal/body.h"
#include "seal/format.h"
#include "seal/pack.h"
#include "seal/stream.h"

/* Next recipient of this kind; NULL: no more. */
static const unsigned char *next_slot(struct unpacker *u, unsigned *left, unsigned kind)
{
	while (u->good && *left > 0) {
		uint64_t k = unpack_number(u, 1), length = unpack_number(u, 2);
		const unsigned char *slot = unpack_bytes(u, (size_t)length);
		--*left;
		if (slot && k == kind)
			return slot;
	}
	return NULL;
}

static struct unpacker recipients(const struct envelope *v)
{
	return (struct unpacker){ v->bytes + v->recipients_at, v->bytes + v->size, true };
}

bool envelope_key_center(const struct envelope *v, const struct center_keys *c, unsigned char ret[static SEAL_KEY_SIZE],
	struct err *e)
{
	struct unpacker u = recipients(v);
	unsigned left = v->n_recipients;
	unsigned char id[KEY_ID_SIZE];

	format_key_id(c->public.box, id);
	for (const unsigned char *slot; (slot = next_slot(&u, &left, RECIPIENT_CENTER));) {
		if (memcmp(slot, id, KEY_ID_SIZE) == 0 &&
			crypto_box_seal_open(ret, slot + KEY_ID_SIZE, crypto_box_SEALBYTES + SEAL_KEY_SIZE,
				c->public.box, c->box_secret) == 0)
			return true;
	}
	return err_set(e, ERR_NO,
		"case %s was not sealed to this center's key; use the key of the center it was filed for",
		v->head.number);
}

bool envelope_key_query(const struct envelope *v, const char *query, unsigned char ret[static SEAL_KEY_SIZE],
	struct err *e)
{
	struct unpacker u = recipients(v);
	unsigned left = v->n_recipients;
	unsigned char slow[32];

	for (const unsigned char *slot; (slot = next_slot(&u, &left, RECIPIENT_QUERY));) {
		struct unpacker s = { slot, slot + QUERY_SLOT, true };
		const unsigned char *salt = unpack_bytes(&s, crypto_pwhash_SALTBYTES);
		uint64_t passes = unpack_number(&s, 4), kib = unpack_number(&s, 4);
		/* A slot can ask for a lot of work: only what a sane writer would ask for. */
		if (passes < 1 || passes > PASSES_MAX || kib < KIB_MIN || kib > KIB_MAX)
			continue;
		if (!format_query_key(query, salt, (uint32_t)passes, (uint32_t)kib, slow))
			return err_set(e, ERR_STORAGE,
				"opening case %s: %u MiB of memory are needed; end other programs", v->head.number,
				(unsigned)(kib / 1024));
		const unsigned char *nonce = unpack_bytes(&s, crypto_secretbox_NONCEBYTES);
		bool good = crypto_secretbox_open_easy(ret, s.at, crypto_secretbox_MACBYTES + SEAL_KEY_SIZE, nonce,
				    slow) == 0;
		sodium_memzero(slow, sizeof slow);
		if (good)
			return true;
	}
	return err_set(e, ERR_NO, "this query code does not open case %s; it is printed on the receipt",
		v->head.number);
}

static bool unpack(const struct envelope *v, const unsigned char *plain, size_t size, struct case_record *c,
	struct err *e)
{
	if (!body_unpack(plain, size, c, e))
		return err_add(e, "case %s", v->head.number);
	return c->n_files == v->n_parts ||
		err_set(e, ERR_STORAGE, "case %s: it lists %zu files, but %u were sealed with it", v->head.number,
			c->n_files, v->n_parts);
}

bool envelope_open(const struct envelope *v, const unsigned char key[static SEAL_KEY_SIZE], struct case_record *c,
	struct err *e)
{
	unsigned char ad[32], subkey[32];
	size_t size = 0;

	if (!stream_plain_size(v->body_size, &size))
		return err_set(e, ERR_STORAGE, "case %s: its envelope has a wrong length; it is damaged",
			v->head.number);
	unsigned char *plain = xcalloc(size + 1, 1);
	/* Everything before the body, its length not included. */
	crypto_generichash(ad, sizeof ad, v->bytes, v->body_at - 4, NULL, 0);
	format_subkey(key, 0, subkey);
	bool good = stream_open(plain, v->bytes + v->body_at, v->body_size, ad, sizeof ad, subkey)
		? unpack(v, plain, size, c, e)
		: err_set(e, ERR_STORAGE, "case %s cannot be opened with this key: it is damaged or was changed",
			  v->head.number);
	sodium_memzero(subkey, sizeof subkey);
	sodium_memzero(plain, size);
	free(plain);
	return good;
}

bool envelope_open_part(const struct envelope *v, unsigned i, const unsigned char key[static SEAL_KEY_SIZE],
	const unsigned char *bytes, size_t size, unsigned char **ret, size_t *ret_size, struct err *e)
{
	unsigned char ad[256], subkey[32];
	size_t plain_size = 0;

	if (!envelope_part_good(v, i, bytes, size) || !stream_plain_size(size, &plain_size))
		return err_set(e, ERR_STORAGE, "case %s: file %u is not the one that was filed; it is damaged",
			v->head.number, i + 1);
	unsigned char *plain = xcalloc(plain_size + 1, 1);
	memcpy(ad, v->bytes, v->core_size);
	ad[v->core_size] = (unsigned char)i;
	format_subkey(key, 1 + i, subkey);
	bool good = stream_open(plain, bytes, size, ad, v->core_size + 1, subkey);
	sodium_memzero(subkey, sizeof subkey);
	if (!good) {
		free(plain);
		return err_set(e, ERR_STORAGE, "case %s: file %u cannot be opened with this key; it is damaged",
			v->head.number, i + 1);
	}
	*ret = plain;
	*ret_size = plain_size;
	return true;
}
