#include "seal_fixture.h"

#include "base/xalloc.h"

static void open_all(const struct sealed_case *c, const struct filing *f, const unsigned char *key)
{
	struct envelope v = seal_fixture_parse(c);
	struct case_record r = { 0 };
	struct err e = { 0 };

	if (!envelope_verify(&v, seal_fixture_keys.centers, 1, &e) || !envelope_open(&v, key, &r, &e))
		fail_msg("%s", e.text);
	assert_true(answers_equal(r.answers, f->answers));
	assert_int_equal(r.n_files, f->n_attachments);
	for (unsigned i = 0; i < r.n_files; i++) {
		const struct attachment *a = filing_attachment(f, r.files[i].name);
		unsigned char *plain = NULL, hash[32];
		char hex[65];
		size_t size = 0;
		assert_non_null(a);
		crypto_hash_sha256(hash, a->bytes, a->size);
		assert_string_equal(sodium_bin2hex(hex, sizeof hex, hash, sizeof hash), r.files[i].sha256);
		assert_string_equal(r.files[i].mime, a->mime);
		assert_int_equal(r.files[i].size, a->size);
		assert_int_equal(envelope_part_size(&v, i), c->parts[i].size);
		if (!envelope_open_part(&v, i, key, c->parts[i].bytes, c->parts[i].size, &plain, &size, &e))
			fail_msg("%s", e.text);
		assert_int_equal(size, a->size);
		assert_int_equal(memcmp(plain, a->bytes, size), 0);
		free(plain);
	}
	answers_destroy(r.answers);
	for (size_t i = 0; i < r.n_files; i++) {
		free(r.files[i].name);
		free(r.files[i].mime);
	}
	free(r.files);
}

static void opens_to_what_was_sealed(void **state)
{
	(void)state;
	static const struct {
		unsigned n;
		size_t sizes[PARTS_MAX];
	} CASES[] = {
		{ 0 }, { 1, { 0 } }, { 1, { 1 } }, { 1, { 65535 } }, { 1, { 65536 } }, { 1, { 65537 } },
		{ 1, { 131072 } }, { 3, { 200000, 0, 60000 } },
		{ PARTS_MAX, { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 } }, /* the others are empty */
	};
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct sealed_case c = { 0 };
		struct filing f;
		unsigned char key[SEAL_KEY_SIZE];
		struct err e = { 0 };

		seal_fixture_filing(&f, CASES[i].sizes, CASES[i].n);
		seal_fixture_seal(&c, CASES[i].sizes, CASES[i].n);
		assert_int_equal(c.n_parts, CASES[i].n);
		struct envelope v = seal_fixture_parse(&c);
		struct envelope_head h = seal_fixture_head();
		assert_string_equal(v.head.number, h.number);
		assert_string_equal(v.head.station, "0001");
		assert_string_equal(v.head.item, h.item);
		assert_int_equal(v.head.item_version, h.item_version);
		assert_int_equal(v.head.revision, h.revision);
		assert_int_equal(v.head.created, h.created);
		assert_false(v.head.demo);
		assert_true(envelope_key_center(&v, &seal_fixture_center, key, &e));
		assert_memory_equal(key, f.key, sizeof key);
		open_all(&c, &f, key);
		memset(key, 0, sizeof key);
		assert_true(envelope_key_query(&v, seal_fixture_code, key, &e));
		assert_memory_equal(key, f.key, sizeof key);
		sealed_case_finish(&c);
		filing_finish(&f);
	}
}

static bool believed(const unsigned char *bytes, size_t size)
{
	struct envelope v;
	struct err e = { 0 };
	bool good = envelope_parse(&v, bytes, size, &e) && envelope_verify(&v, seal_fixture_keys.centers, 1, &e);
	if (!good) {
		assert_int_equal(e.code, ERR_STORAGE);
		for (const char *s = e.text; *s; s++)
			assert_in_range((unsigned char)*s, 0x20, 0x7e); /* no bytes of the envelope in the message */
	}
	return good;
}

static void every_flipped_bit_is_found(void **state)
{
	(void)state;
	struct sealed_case c = { 0 };
	seal_fixture_seal(&c, (size_t[]){ 0, 40 }, 2);
	struct envelope v = seal_fixture_parse(&c);

	assert_true(believed(c.envelope, c.size));
	for (size_t bit = 0; bit < 8 * c.size; bit++) {
		c.envelope[bit / 8] ^= (unsigned char)(1 << bit % 8);
		if (believed(c.envelope, c.size))
			fail_msg("bit %zu of %zu flipped, and nobody says so", bit, 8 * c.size);
		c.envelope[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	assert_true(believed(c.envelope, c.size));
	for (unsigned i = 0; i < c.n_parts; i++) {
		struct sealed_part *p = &c.parts[i];
		assert_true(envelope_part_good(&v, i, p->bytes, p->size));
		for (size_t bit = 0; bit < 8 * p->size; bit++) {
			p->bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
			if (envelope_part_good(&v, i, p->bytes, p->size))
				fail_msg("bit %zu of part %u flipped, and nobody says so", bit, i);
			p->bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
		}
	}
	sealed_case_finish(&c);
}

/* In memory of exactly the length, so that a sanitizer sees one read too many. */
static void every_other_length_is_found(void **state)
{
	(void)state;
	struct sealed_case c = { 0 };
	seal_fixture_seal(&c, (size_t[]){ 30 }, 1);
	struct envelope v = seal_fixture_parse(&c);

	for (size_t n = 0; n <= c.size + 1; n++) {
		unsigned char *copy = xcalloc(n, 1);
		memcpy(copy, c.envelope, n < c.size ? n : c.size);
		if (believed(copy, n) != (n == c.size))
			fail_msg("%zu of %zu bytes", n, c.size);
		free(copy);
	}
	for (size_t n = 0; n < c.parts[0].size; n++)
		assert_false(envelope_part_good(&v, 0, c.parts[0].bytes, n));
	unsigned char *large = xcalloc(ENVELOPE_MAX + 1, 1);
	memcpy(large, c.envelope, c.size);
	assert_false(believed(large, ENVELOPE_MAX + 1));
	free(large);
	sealed_case_finish(&c);
}

static void other_keys_do_not_open(void **state)
{
	(void)state;
	struct sealed_case c = { 0 };
	struct err e = { 0 };
	unsigned char key[SEAL_KEY_SIZE], found[SEAL_KEY_SIZE] = { 0 }, *plain = NULL;
	size_t size = 0;

	seal_fixture_seal(&c, (size_t[]){ 30 }, 1);
	struct envelope v = seal_fixture_parse(&c);
	assert_false(envelope_key_center(&v, &seal_fixture_stranger, found, &e));
	assert_int_equal(e.code, ERR_NO);
	assert_non_null(strstr(e.text, "not sealed to this center"));
	assert_false(envelope_key_query(&v, seal_fixture_other_code, found, &e));
	assert_int_equal(e.code, ERR_NO);
	assert_non_null(strstr(e.text, "query code"));
	assert_false(envelope_key_query(&v, "", found, &e));
	assert_true(sodium_is_zero(found, sizeof found));

	memset(key, 0xa5, sizeof key);
	for (unsigned bit = 0; bit < 8 * sizeof key; bit++) {
		struct case_record r = { 0 };
		key[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_false(envelope_open(&v, key, &r, &e));
		assert_int_equal(e.code, ERR_STORAGE);
		assert_null(r.answers);
		assert_false(envelope_open_part(&v, 0, key, c.parts[0].bytes, c.parts[0].size, &plain, &size, &e));
		assert_null(plain);
		key[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	sealed_case_finish(&c);
}

static void parts_keep_their_place(void **state)
{
	(void)state;
	struct sealed_case c = { 0 }, other = { 0 };
	struct err e = { 0 };
	unsigned char key[SEAL_KEY_SIZE], *plain = NULL;
	size_t size = 0;

	memset(key, 0xa5, sizeof key);
	seal_fixture_seal(&c, (size_t[]){ 30, 30 }, 2);
	seal_fixture_seal(&other, (size_t[]){ 30, 30 }, 2);
	struct envelope v = seal_fixture_parse(&c);
	for (unsigned i = 0; i < 2; i++) {
		const struct sealed_part *wrong[] = { &c.parts[1 - i], &other.parts[i] };
		for (unsigned k = 0; k < 2; k++) {
			assert_false(envelope_part_good(&v, i, wrong[k]->bytes, wrong[k]->size));
			assert_false(
				envelope_open_part(&v, i, key, wrong[k]->bytes, wrong[k]->size, &plain, &size, &e));
			assert_int_equal(e.code, ERR_STORAGE);
		}
	}
	assert_false(envelope_part_good(&v, 2, c.parts[0].bytes, c.parts[0].size));
	assert_int_equal(envelope_part_size(&v, 2), 0);

	/* The list of files says the exchanged ones are right, and so does the signature: the place is in the tag, too. */
	unsigned char *list = c.envelope + v.parts_at, entry[PART_ENTRY];
	memcpy(entry, list, PART_ENTRY);
	memcpy(list, list + PART_ENTRY, PART_ENTRY);
	memcpy(list + PART_ENTRY, entry, PART_ENTRY);
	seal_fixture_sign(c.envelope, c.size, &seal_fixture_keys);
	v = seal_fixture_parse(&c);
	assert_true(envelope_part_good(&v, 0, c.parts[1].bytes, c.parts[1].size));
	assert_false(envelope_open_part(&v, 0, key, c.parts[1].bytes, c.parts[1].size, &plain, &size, &e));
	assert_non_null(strstr(e.text, "cannot be opened"));
	sealed_case_finish(&c);
	sealed_case_finish(&other);
}

static bool found(const unsigned char *bytes, size_t size, const void *what, size_t n)
{
	return n > 0 && memmem(bytes, size, what, n) != NULL;
}

static void nothing_is_in_the_clear(void **state)
{
	(void)state;
	struct sealed_case c = { 0 };
	struct filing f;

	seal_fixture_filing(&f, (size_t[]){ 300, 300 }, 2);
	seal_fixture_seal(&c, (size_t[]){ 300, 300 }, 2);
	for (unsigned part = 0; part <= c.n_parts; part++) {
		const unsigned char *bytes = part ? c.parts[part - 1].bytes : c.envelope;
		size_t size = part ? c.parts[part - 1].size : c.size;
		for (size_t i = 0; i < answers_count(f.answers); i++) {
			const char *name = answers_name_at(f.answers, i), *value = answers_value_at(f.answers, i);
			if (found(bytes, size, value, strlen(value)) || found(bytes, size, name, strlen(name)))
				fail_msg("%s or its value is in the clear", name);
		}
		for (unsigned i = 0; i < f.n_attachments; i++)
			assert_false(found(bytes, size, f.attachments[i].bytes, 8));
		assert_false(found(bytes, size, f.key, 8));
		assert_false(found(bytes, size, seal_fixture_code, 4));
		assert_false(found(bytes, size, "image/jpeg", 10));
	}
	struct envelope_head h = seal_fixture_head();
	assert_true(found(c.envelope, c.size, h.number, CASENUM_LENGTH));
	assert_true(found(c.envelope, c.size, h.item, strlen(h.item)));
	sealed_case_finish(&c);
	filing_finish(&f);
}

static void person_index_tells_persons_apart(void **state)
{
	(void)state;
	static const char *const IDS[] = { "11010519491231002X", "110105194912310021", "32000019880512001X", "1" };
	unsigned char index[4][PERSON_SIZE], other[PERSON_SIZE];
	struct err e = { 0 };
	const unsigned char *key = seal_fixture_keys.index;

	for (unsigned i = 0; i < 4; i++) {
		assert_true(person_index(IDS[i], key, &seal_fixture_cheap, index[i], &e));
		assert_false(sodium_is_zero(index[i], PERSON_SIZE));
		for (unsigned k = 0; k < i; k++)
			assert_memory_not_equal(index[i], index[k], PERSON_SIZE);
	}
	assert_true(person_index("11010519491231002x", key, &seal_fixture_cheap, other, &e));
	assert_memory_equal(other, index[0], PERSON_SIZE);
	assert_true(person_index(IDS[0], seal_fixture_stranger.index, &seal_fixture_cheap, other, &e));
	assert_memory_not_equal(other, index[0], PERSON_SIZE);
	assert_true(person_index(IDS[0], key, &(struct seal_cost){ 2, 8 * 1024 }, other, &e));
	assert_memory_not_equal(other, index[0], PERSON_SIZE);
	memset(other, 7, sizeof other);
	assert_false(person_index("1234567890123456789012345678901234567890", key, &seal_fixture_cheap, other, &e));
	assert_int_equal(e.code, ERR_BUG);
	assert_int_equal(other[0], 7);
}

static void request_without(void **state)
{
	(void)state;
	static const unsigned char no_key[SEAL_KEY_SIZE];
	struct filing f;
	seal_fixture_filing(&f, (size_t[]){ 5 }, 1);
	for (int lack = 0; lack < 7; lack++) {
		struct seal_request r = seal_fixture_request(&f);
		struct station_keys k = seal_fixture_keys;
		struct sealed_case c = { 0 };
		struct err e = { 0 };
		switch (lack) {
		case 0:
			r.key = no_key;
			break;
		case 1:
			r.query = ""; /* would open for everybody who types nothing */
			break;
		case 2:
			r.query = "7K3MA9QXT?";
			break;
		case 3:
			k.n_centers = 0;
			break;
		case 4:
			answers_set(f.answers, "material.x", "file");
			break;
		case 5:
			r.head.number[19] = (char)('0' + (r.head.number[19] - '0' + 1) % 10);
			break;
		default:
			k.sign_secret[40] ^= 1; /* of another station than the certificate */
		}
		if (case_seal(&c, &r, &k, &e))
			fail_msg("sealed without %d", lack);
		assert_int_equal(e.code, ERR_BUG);
		assert_null(c.envelope);
		answers_set(f.answers, "material.x", "");
	}
	filing_finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens_to_what_was_sealed),
		cmocka_unit_test(every_flipped_bit_is_found),
		cmocka_unit_test(every_other_length_is_found),
		cmocka_unit_test(other_keys_do_not_open),
		cmocka_unit_test(parts_keep_their_place),
		cmocka_unit_test(nothing_is_in_the_clear),
		cmocka_unit_test(person_index_tells_persons_apart),
		cmocka_unit_test(request_without),
	};
	return cmocka_run_group_tests(tests, seal_fixture_setup, NULL);
}
