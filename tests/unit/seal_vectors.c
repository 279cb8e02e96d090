/*
 * The published test vectors in data/envelope/vectors: made here (seal_vectors.h), compared with the files, read from the files.
 * JUZHU_BLESS=1 writes them instead. An old one that does not open any more means that old cases do not open any more.
 */
#include "seal_vectors.h"

#include <errno.h>

#include "seal_vectors_json.h"

static unsigned char *read_file(const char *path, size_t *ret_size)
{
	enum { MOST = 1024 * 1024 };
	FILE *f = fopen(path, "rbe");
	if (!f)
		fail_msg("%s: %s; JUZHU_BLESS=1 makes it", path, strerror(errno));
	unsigned char *bytes = malloc(MOST);
	*ret_size = fread(bytes, 1, MOST, f);
	fclose(f);
	return bytes;
}

static void the_writer_makes_them(void **state)
{
	(void)state;
	for (unsigned i = 0; i < n_files; i++) {
		size_t size = 0;
		if (getenv("JUZHU_BLESS")) {
			FILE *f = fopen(files[i].path, "wbe");
			if (!f || fwrite(files[i].bytes, 1, files[i].size, f) != files[i].size || fclose(f) != 0)
				fail_msg("%s: %s", files[i].path, strerror(errno));
		}
		unsigned char *bytes = read_file(files[i].path, &size);
		if (size != files[i].size || memcmp(bytes, files[i].bytes, size) != 0)
			fail_msg(
				"%s is not what the writer makes now; when the format was meant to change: JUZHU_BLESS=1",
				files[i].path);
		free(bytes);
	}
}

/* One word for what was said: data/envelope/README.md, "What a reader says". */
static const char *word(const struct err *e)
{
	static const char *const WORDS[][2] = {
		{ "cipher suite", "suite" },
		{ "signature does not fit", "signature" },
		{ "another station than", "station" },
		{ "not certified by this center", "certificate" },
		{ "not the one that was filed", "part" },
		{ "not sealed to this center", "center" },
		{ "query code does not open", "code" },
		{ "cannot be opened with this key", "body" },
		{ "not written by this version", "inside" },
		{ "were sealed with it", "inside" },
		{ "the file is damaged or was changed", "structure" },
	};
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
		if (strstr(e->text, WORDS[i][0]))
			return WORDS[i][1];
	return e->text;
}

struct handed { /* what a reader gets */
	struct sealed_part envelope, parts[PARTS_MAX];
	unsigned n_parts;
};

static bool open_part(const struct envelope *v, unsigned i, const struct handed *h, const unsigned char *key,
	const struct case_file *f, struct err *e)
{
	unsigned char *plain = NULL, hash[32];
	char hex[65];
	size_t size = 0;

	if (!envelope_open_part(v, i, key, h->parts[i].bytes, h->parts[i].size, &plain, &size, e))
		return false;
	crypto_hash_sha256(hash, plain, size);
	free(plain);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	return (size == f->size && strcmp(hex, f->sha256) == 0) || err_set(e, ERR_BUG, "another file than told");
}

static bool opens(const struct handed *h, const struct center_keys *trust, const struct center_keys *center,
	const char *code, struct case_record *r, struct err *e)
{
	struct envelope v;
	unsigned char key[SEAL_KEY_SIZE];

	if (!envelope_parse(&v, h->envelope.bytes, h->envelope.size, e) || !envelope_verify(&v, &trust->public, 1, e))
		return false;
	for (unsigned i = 0; i < v.n_parts || i < h->n_parts; i++)
		if (i >= h->n_parts || !envelope_part_good(&v, i, h->parts[i].bytes, h->parts[i].size))
			return err_set(e, ERR_STORAGE, "not the one that was filed");
	if (!(code ? envelope_key_query(&v, code, key, e) : envelope_key_center(&v, center, key, e)) ||
		!envelope_open(&v, key, r, e))
		return false;
	for (unsigned i = 0; i < v.n_parts; i++)
		if (!open_part(&v, i, h, key, &r->files[i], e))
			return false;
	return true;
}

static void read_parts(struct handed *h, const char *of, const char *parts)
{
	char path[200];
	for (; *parts; parts++) {
		struct sealed_part *p = &h->parts[h->n_parts++];
		snprintf(path, sizeof path, VECTORS "%s.part%c", of, *parts);
		p->bytes = read_file(path, &p->size);
	}
}

static void read_envelope(struct handed *h, const char *name)
{
	char path[200];
	snprintf(path, sizeof path, VECTORS "%s.envelope", name);
	h->envelope.bytes = read_file(path, &h->envelope.size);
}

static void handed_finish(struct handed *h)
{
	for (unsigned i = 0; i < h->n_parts; i++)
		free(h->parts[i].bytes);
	free(h->envelope.bytes);
}

static void the_keys_are_the_published_ones(void **state)
{
	(void)state;
	struct station_keys k;
	struct err e = { 0 };
	const struct station_keys *mine = &seal_fixture_keys;

	if (!station_keys_load("tests/fixtures/keys", "0001", 20260302, &k, &e))
		fail_msg("%s", e.text);
	assert_memory_equal(k.certificate.signature, mine->certificate.signature, 64);
	assert_memory_equal(k.certificate.sign, mine->certificate.sign, 32);
	assert_memory_equal(k.sign_secret, mine->sign_secret, 64);
	assert_memory_equal(k.index, mine->index, 32);
	assert_memory_equal(k.tag, mine->tag, 32);
	assert_int_equal(k.n_centers, 1);
	assert_memory_equal(k.centers[0].box, mine->centers[0].box, 32);
}

static void good_ones_open(void **state)
{
	(void)state;
	for (unsigned i = 0; i < GOODS; i++) {
		for (unsigned way = 0; way < 3; way++) {
			struct handed h = { 0 };
			struct err e = { 0 };
			struct case_record *r = calloc(1, sizeof *r);
			read_envelope(&h, goods[i].name);
			read_parts(&h, goods[i].name, parts_of(i));
			bool good = opens(&h, &seal_fixture_center,
				way == 2 ? &seal_fixture_stranger : &seal_fixture_center,
				way == 1 ? seal_fixture_code : NULL, r, &e);
			if (good != (way < 2 || goods[i].two_centers))
				fail_msg("%s, way %u: %s", goods[i].name, way, e.text);
			if (good)
				assert_true(answers_equal(r->answers, filings[i].answers));
			case_record_destroy(r);
			handed_finish(&h);
		}
	}
}

static void the_right_thing_is_said(void **state)
{
	(void)state;
	for (unsigned i = 0; i < CHECKS; i++) {
		const struct check *b = &checks[i];
		struct handed h = { 0 };
		struct err e = { 0 };
		struct case_record *r = calloc(1, sizeof *r);

		read_envelope(&h, b->envelope);
		read_parts(&h, b->envelope, b->parts);
		if (b->place) {
			struct sealed_part *in =
				place_part(b->place) < 0 ? &h.envelope : &h.parts[place_part(b->place)];
			in->bytes[place_at(b->place)] ^= (unsigned char)(1 << b->bit);
		}
		if (b->cut)
			h.envelope.size -= b->cut;
		bool good = opens(&h, b->foreign_trust ? &seal_fixture_stranger : &seal_fixture_center,
			b->key == KEY_STRANGER ? &seal_fixture_stranger : &seal_fixture_center,
			b->key == KEY_CODE                 ? seal_fixture_code
				: b->key == KEY_WRONG_CODE ? seal_fixture_other_code
							   : NULL,
			r, &e);
		const char *said = good ? "" : word(&e);
		if (strcmp(said, b->says) != 0)
			fail_msg("%s: said \"%s\" instead of \"%s\"", b->name, said, b->says);
		case_record_destroy(r);
		handed_finish(&h);
	}
}

static int setup(void **state)
{
	if (seal_fixture_setup(state) != 0)
		return -1;
	make_all();
	make_json();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	make_none();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_writer_makes_them),
		cmocka_unit_test(the_keys_are_the_published_ones),
		cmocka_unit_test(good_ones_open),
		cmocka_unit_test(the_right_thing_is_said),
	};
	randombytes_set_implementation(&fixed_random);
	return cmocka_run_group_tests(tests, setup, teardown);
}
