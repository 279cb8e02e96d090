/* Sealing: a filing becomes an envelope and its parts. */
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/filing.h"
#include "seal/body.h"
#include "seal/code.h"
#include "seal/format.h"
#include "seal/pack.h"
#include "seal/stream.h"

static_assert((int)PARTS_MAX >= (int)ATTACHMENTS_MAX, "every attachment has a part");

/* Code of the material, or the photo, whose files an answer of the record stands for; NULL: none. */
static const char *file_of(const char *name, const char *value)
{
	static const char material[] = "material.";

	if (strcmp(value, "file") != 0)
		return NULL;
	if (strcmp(name, "photo") == 0)
		return name;
	return strncmp(name, material, sizeof material - 1) == 0 ? name + sizeof material - 1 : NULL;
}

static bool find_files(const struct seal_request *r, const struct attachment *files[static PARTS_MAX], unsigned *ret_n,
	struct err *e)
{
	unsigned n = 0;
	for (size_t i = 0; i < answers_count(r->record); i++) {
		const char *code = file_of(answers_name_at(r->record, i), answers_value_at(r->record, i));
		if (!code)
			continue;
		unsigned given = filing_files(r->filing, code);
		if (given == 0 || n + given > PARTS_MAX)
			return err_set(e, ERR_BUG,
				"sealing the case: the record names the file of %s, but there is none", code);
		for (unsigned k = 1; k <= given; k++)
			files[n++] = filing_file(r->filing, code, k);
	}
	*ret_n = n;
	return true;
}

/* What would seal a case to everybody or to nobody. */
static bool check_request(const struct seal_request *r, const struct station_keys *keys, struct err *e)
{
	char code[QUERY_CODE_LENGTH + 1];

	if (sodium_is_zero(r->key, SEAL_KEY_SIZE))
		return err_set(e, ERR_BUG, "sealing the case: it has no key");
	if (r->query && (!query_code_read(r->query, code) || strcmp(r->query, code) != 0))
		return err_set(e, ERR_BUG, "sealing the case: its query code is none");
	if (keys->n_centers == 0 || keys->n_centers > CENTERS_MAX)
		return err_set(e, ERR_BUG, "sealing the case: there is no center to seal it to");
	return true;
}

/* Nothing is told as kept that could not be read back. */
static bool check_sealed(const struct packer *p, const struct seal_request *r, const struct station_keys *keys,
	struct err *e)
{
	struct envelope v;
	struct err why = { 0 };
	struct case_record *c = xcalloc(1, sizeof *c);

	bool good = envelope_parse(&v, p->bytes, p->size, &why) &&
		envelope_verify(&v, keys->centers, keys->n_centers, &why) && envelope_open(&v, r->key, c, &why) &&
		(answers_equal(c->answers, r->record) || err_set(&why, ERR_BUG, "the answers changed on the way"));
	case_record_destroy(c);
	return good || err_set(e, ERR_BUG, "sealing the case: %s", why.text);
}

static void pack_core(struct packer *p, const struct envelope_head *h)
{
	pack_bytes(p, FORMAT_MAGIC, sizeof FORMAT_MAGIC - 1);
	pack_number(p, FORMAT_SUITE, 1);
	pack_number(p, h->demo ? FORMAT_FLAG_DEMO : 0, 1);
	pack_number(p, h->item_version, 2);
	pack_bytes(p, h->number, CASENUM_LENGTH);
	pack_bytes(p, h->station, sizeof h->station - 1);
	pack_number(p, h->revision, 8);
	pack_number(p, (uint64_t)h->created, 8);
	pack_text(p, h->item, 1);
}

static bool pack_center(struct packer *p, const struct center_public *c, const unsigned char *key)
{
	pack_number(p, RECIPIENT_CENTER, 1);
	pack_number(p, CENTER_SLOT, 2);
	format_key_id(c->box, pack_room(p, KEY_ID_SIZE));
	return crypto_box_seal(pack_room(p, crypto_box_SEALBYTES + SEAL_KEY_SIZE), key, SEAL_KEY_SIZE, c->box) == 0;
}

static bool pack_query(struct packer *p, const struct seal_request *r, const struct seal_cost *cost)
{
	unsigned char salt[crypto_pwhash_SALTBYTES], nonce[crypto_secretbox_NONCEBYTES], slow[32];

	randombytes_buf(salt, sizeof salt);
	randombytes_buf(nonce, sizeof nonce);
	if (!format_query_key(r->query, salt, cost->passes, cost->kib, slow))
		return false;
	pack_number(p, RECIPIENT_QUERY, 1);
	pack_number(p, QUERY_SLOT, 2);
	pack_bytes(p, salt, sizeof salt);
	pack_number(p, cost->passes, 4);
	pack_number(p, cost->kib, 4);
	pack_bytes(p, nonce, sizeof nonce);
	crypto_secretbox_easy(pack_room(p, crypto_secretbox_MACBYTES + SEAL_KEY_SIZE), r->key, SEAL_KEY_SIZE, nonce,
		slow);
	sodium_memzero(slow, sizeof slow);
	return true;
}

static bool pack_recipients(struct packer *p, const struct seal_request *r, const struct station_keys *keys,
	const struct seal_cost *cost, struct err *e)
{
	pack_number(p, keys->n_centers + (r->query ? 1 : 0), 1);
	for (unsigned i = 0; i < keys->n_centers; i++)
		if (!pack_center(p, &keys->centers[i], r->key))
			return err_set(e, ERR_CONFIG, "sealing the case: key %u of center.pub is none; copy it anew",
				i + 1);
	if (r->query && !pack_query(p, r, cost))
		return err_set(e, ERR_STORAGE, "sealing the case: %u MiB of memory are needed; end other programs",
			cost->kib / 1024);
	return true;
}

/* Seals the files and lists them: size and hash of what is stored, so that bit rot shows without any key. */
static void pack_parts(struct packer *p, size_t core_size, const struct attachment *const *files, unsigned n,
	const unsigned char *key, struct sealed_case *ret)
{
	unsigned char ad[256], subkey[32];

	memcpy(ad, p->bytes, core_size);
	pack_number(p, n, 1);
	for (unsigned i = 0; i < n; i++) {
		struct sealed_part *part = &ret->parts[ret->n_parts++];
		part->size = stream_size(files[i]->size);
		part->bytes = xcalloc(part->size, 1);
		ad[core_size] = (unsigned char)i;
		format_subkey(key, 1 + i, subkey);
		stream_seal(part->bytes, files[i]->bytes, files[i]->size, ad, core_size + 1, subkey);
		pack_number(p, part->size, 4);
		crypto_generichash(pack_room(p, 32), 32, part->bytes, part->size, NULL, 0);
	}
	sodium_memzero(subkey, sizeof subkey);
}

static void pack_body(struct packer *p, const struct answers *record, const struct attachment *const *files, unsigned n,
	const unsigned char *key)
{
	unsigned char ad[32], subkey[32];
	struct packer body = { 0 };

	body_pack(&body, record, files, n);
	crypto_generichash(ad, sizeof ad, p->bytes, p->size, NULL, 0);
	format_subkey(key, 0, subkey);
	size_t sealed = stream_size(body.size);
	pack_number(p, sealed, 4);
	stream_seal(pack_room(p, sealed), body.bytes, body.size, ad, sizeof ad, subkey);
	sodium_memzero(subkey, sizeof subkey);
	pack_finish(&body);
}

static void pack_signature(struct packer *p, const struct station_keys *keys)
{
	unsigned char text[SIGNED_SIZE];

	format_signed(p->bytes, p->size, text);
	crypto_sign_detached(pack_room(p, SIGNATURE), NULL, text, sizeof text, keys->sign_secret);
}

bool case_seal(struct sealed_case *ret, const struct seal_request *r, const struct station_keys *keys, struct err *e)
{
	const struct seal_cost *cost = r->cost ? r->cost : &seal_cost_default;
	const struct attachment *files[PARTS_MAX];
	struct sealed_case c = { .head = r->head };
	struct packer p = { 0 };
	unsigned n = 0;

	if (!check_request(r, keys, e) || !find_files(r, files, &n, e))
		return false;
	str_copy(c.head.station, sizeof c.head.station, keys->certificate.station);
	if (r->person[0] != '\0' && !person_index(r->person, keys->index, cost, c.person, e))
		return false;
	pack_core(&p, &c.head);
	size_t core_size = p.size;
	certificate_pack(&keys->certificate, pack_room(&p, CERTIFICATE_SIZE));
	if (!pack_recipients(&p, r, keys, cost, e)) {
		pack_finish(&p);
		return false;
	}
	pack_parts(&p, core_size, files, n, r->key, &c);
	pack_body(&p, r->record, files, n, r->key);
	pack_signature(&p, keys);
	c.envelope = p.bytes; /* the packer's memory is the case's now */
	c.size = p.size;
	if (!check_sealed(&p, r, keys, e)) {
		sealed_case_finish(&c);
		return false;
	}
	*ret = c;
	return true;
}

void sealed_case_finish(struct sealed_case *c)
{
	for (unsigned i = 0; i < c->n_parts; i++)
		free(c->parts[i].bytes);
	free(c->envelope);
	*c = (struct sealed_case){ 0 };
}
