#ifndef TESTS_UNIT_SEAL_FIXTURE_H
#define TESTS_UNIT_SEAL_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/err.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/casenum.h"
#include "model/filing.h"
#include "seal/code.h"
#include "seal/format.h"
#include "seal/make.h"
#include "seal/pack.h"
#include "seal/stream.h"

/* What the tests of envelopes share: keys from fixed seeds, a filing, and the tools of one who forges. */

#define SEAL_FIXTURE_CODE "7K3MA9QXT"

static const struct seal_cost seal_fixture_cheap = { 1, 8 * 1024 };
static struct center_keys seal_fixture_center, seal_fixture_stranger; /* seeds 00..1f, 40..5f */
static struct station_keys seal_fixture_keys;                         /* station 0001, seed 20..3f */
static char seal_fixture_code[QUERY_CODE_LENGTH + 1], seal_fixture_other_code[QUERY_CODE_LENGTH + 1];

static inline void seal_fixture_seed(unsigned char first, unsigned char ret[static 32])
{
	for (unsigned i = 0; i < 32; i++)
		ret[i] = (unsigned char)(first + i);
}

/* The check symbol is found by trying all. */
static inline void seal_fixture_query(const char *nine, char ret[static QUERY_CODE_LENGTH + 1])
{
	char typed[QUERY_CODE_LENGTH + 1];
	for (const char *s = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; *s; s++) {
		snprintf(typed, sizeof typed, "%s%c", nine, *s);
		if (query_code_read(typed, ret))
			return;
	}
	fail_msg("no check symbol fits %s", nine);
}

static inline int seal_fixture_setup(void **state)
{
	(void)state;
	unsigned char seed[32];
	struct station_keys *k = &seal_fixture_keys;

	if (sodium_init() < 0)
		return -1;
	seal_fixture_seed(0x00, seed);
	center_from_seed(seed, &seal_fixture_center);
	seal_fixture_seed(0x40, seed);
	center_from_seed(seed, &seal_fixture_stranger);
	seal_fixture_seed(0x20, seed);
	*k = (struct station_keys){ .certificate = { .station = "0001", .from = 20260101, .to = 20991231 } };
	crypto_sign_seed_keypair(k->certificate.sign, k->sign_secret, seed);
	certificate_sign(&k->certificate, &seal_fixture_center);
	memcpy(k->index, seal_fixture_center.index, sizeof k->index);
	center_tag_key(&seal_fixture_center, "0001", k->tag);
	k->centers[0] = seal_fixture_center.public;
	k->n_centers = 1;
	seal_fixture_query(SEAL_FIXTURE_CODE, seal_fixture_code);
	seal_fixture_query("ZZZZZZZZ0", seal_fixture_other_code);
	return certificate_good(&k->certificate, k->centers, 1) ? 0 : -1;
}

/* A filing with answers and files of these sizes: photo, then the materials a, b, c... */
static inline void seal_fixture_filing(struct filing *f, const size_t *sizes, unsigned n)
{
	static const char *const ANSWERS[][2] = {
		{ "name", "测试甲" },
		{ "id_number", "11010519491231002X" },
		{ "mobile", "13800001234" },
		{ "address.text", "上海市静安区南京西路1266弄3号502室" },
		{ "note", "\"quoted\\\"\n第二行" },
		{ "photo", "none" },
		{ "material.lease", "counter" },
	};
	filing_init(f, NULL, "00000000000000000000000000000000");
	for (size_t i = 0; i < sizeof ANSWERS / sizeof *ANSWERS; i++)
		assert_true(answers_set(f->answers, ANSWERS[i][0], ANSWERS[i][1]));
	for (unsigned i = 0; i < n; i++) {
		char name[] = { (char)('a' + (i + 25) % 26), i > 26 ? (char)('0' + (i - 1) / 26) : '\0', '\0' };
		char answer[16];
		snprintf(answer, sizeof answer, "material.%s", name);
		unsigned char *bytes = malloc(sizes[i] + 1);
		for (size_t at = 0; at < sizes[i]; at++)
			bytes[at] = (unsigned char)(at * 7 + i);
		assert_true(answers_set(f->answers, i == 0 ? "photo" : answer, "file"));
		assert_true(filing_attach(f, i == 0 ? "photo" : name, i == 0 ? "image/jpeg" : "application/pdf", bytes,
			sizes[i]));
		free(bytes);
	}
	memset(f->key, 0xa5, sizeof f->key);
}

static inline struct envelope_head seal_fixture_head(void)
{
	struct envelope_head h = { .item = "residence-registration",
		.item_version = 3,
		.revision = 1,
		.created = 1772415000 };
	casenum_make("01", "0001", 20260302, 12345, h.number);
	return h;
}

static inline struct seal_request seal_fixture_request(const struct filing *f)
{
	return (struct seal_request){ .head = seal_fixture_head(),
		.record = f->answers,
		.filing = f,
		.key = f->key,
		.query = seal_fixture_code,
		.person = "",
		.cost = &seal_fixture_cheap };
}

static inline void seal_fixture_seal(struct sealed_case *c, const size_t *sizes, unsigned n)
{
	struct filing f;
	struct err e = { 0 };

	seal_fixture_filing(&f, sizes, n);
	struct seal_request r = seal_fixture_request(&f);
	if (!case_seal(c, &r, &seal_fixture_keys, &e))
		fail_msg("%s", e.text);
	filing_finish(&f);
}

static inline struct envelope seal_fixture_parse(const struct sealed_case *c)
{
	struct envelope v = { 0 };
	struct err e = { 0 };
	if (!envelope_parse(&v, c->envelope, c->size, &e))
		fail_msg("%s", e.text);
	return v;
}

/* --- a station that lies: its signature is good, what it signs is not --- */
static inline void seal_fixture_sign(unsigned char *bytes, size_t size, const struct station_keys *keys)
{
	unsigned char text[SIGNED_SIZE];
	format_signed(bytes, size - SIGNATURE, text);
	crypto_sign_detached(bytes + size - SIGNATURE, NULL, text, sizeof text, keys->sign_secret);
}

/* Seals another inside behind everything that `before` holds of an envelope, up to its list of files. */
static inline void seal_fixture_forge(struct packer *before, const unsigned char *key, const void *inside, size_t n)
{
	unsigned char ad[32], subkey[32];

	crypto_generichash(ad, sizeof ad, before->bytes, before->size, NULL, 0);
	format_subkey(key, 0, subkey);
	pack_number(before, stream_size(n), 4);
	stream_seal(pack_room(before, stream_size(n)), inside, n, ad, sizeof ad, subkey);
	pack_room(before, SIGNATURE);
	seal_fixture_sign(before->bytes, before->size, &seal_fixture_keys);
}

#endif
