#include "seal_fixture.h"

/* Envelopes that a station made badly or on purpose: the signature is good, something else is not. */

static const unsigned char key[SEAL_KEY_SIZE] = { 1, 2, 3 };

/* Everything of an envelope without files up to the list of recipients. */
static void begin(struct packer *p)
{
	struct sealed_case c = { 0 };
	seal_fixture_seal(&c, NULL, 0);
	struct envelope v = seal_fixture_parse(&c);
	pack_bytes(p, c.envelope, v.recipients_at - 1);
	sealed_case_finish(&c);
}

static void add_center(struct packer *p, const unsigned char *its_key)
{
	pack_number(p, RECIPIENT_CENTER, 1);
	pack_number(p, CENTER_SLOT, 2);
	format_key_id(seal_fixture_center.public.box, pack_room(p, KEY_ID_SIZE));
	crypto_box_seal(pack_room(p, crypto_box_SEALBYTES + SEAL_KEY_SIZE), its_key, SEAL_KEY_SIZE,
		seal_fixture_center.public.box);
}

static void add_query(struct packer *p, unsigned passes, unsigned kib)
{
	pack_number(p, RECIPIENT_QUERY, 1);
	pack_number(p, QUERY_SLOT, 2);
	pack_room(p, 16);
	pack_number(p, passes, 4);
	pack_number(p, kib, 4);
	pack_room(p, 24 + 16 + 32);
}

/* The first thing that is said against it; "" for nothing. */
static void read_all(const struct packer *p, const char *code, char said[static 512])
{
	struct envelope v;
	struct err e = { 0 };
	struct case_record *r = calloc(1, sizeof *r);
	unsigned char opened[SEAL_KEY_SIZE];

	bool good = envelope_parse(&v, p->bytes, p->size, &e) &&
		envelope_verify(&v, seal_fixture_keys.centers, 1, &e) &&
		(code ? envelope_key_query(&v, code, opened, &e)
		      : envelope_key_center(&v, &seal_fixture_center, opened, &e)) &&
		envelope_open(&v, opened, r, &e);
	case_record_destroy(r);
	snprintf(said, 512, "%s", good ? "" : e.text);
	if (good != (e.text[0] == '\0'))
		fail_msg("refused without a word, or a word without refusing");
}

static void expect(const char *name, struct packer *p, const char *code, const char *wanted)
{
	char said[512];
	read_all(p, code, said);
	if (*wanted ? !strstr(said, wanted) : said[0] != '\0')
		fail_msg("%s: said \"%s\" instead of \"%s\"", name, said, wanted);
	pack_finish(p);
}

static void inside_of_another_version(void **state)
{
	(void)state;
#define HEX32 "00000000000000000000000000000000"
#define FILE_ROW "\1p\1m\0\0\0\1" HEX32
	static const char AGAIN[] = "was not written by this version";
	static const struct {
		const char *name, *inside;
		size_t n;
		const char *wanted;
	} CASES[] = {
#define ROW(name, text, wanted) { name, text, sizeof text - 1, wanted }
		ROW("nothing in it", "\0\0\0", ""),
		ROW("one answer", "\0\1\1a\0\1x\0", ""),
		ROW("two answers", "\0\2\1a\0\1x\1b\0\1x\0", ""),
		ROW("no inside", "", AGAIN),
		ROW("shorter", "\0\0", AGAIN),
		ROW("longer", "\0\0\0\0", AGAIN),
		ROW("an answer less than told", "\0\2\1a\0\1x\0", AGAIN),
		ROW("an answer twice", "\0\2\1a\0\1x\1a\0\1y\0", AGAIN),
		ROW("answers not sorted", "\0\2\1b\0\1x\1a\0\1y\0", AGAIN),
		ROW("an answer without value", "\0\1\1a\0\0\0", AGAIN),
		ROW("an answer without name", "\0\1\0\0\1x\0", AGAIN),
		ROW("a zero byte in a value", "\0\1\1a\0\2x\0\0", AGAIN),
		ROW("a value that is not UTF-8", "\0\1\1a\0\1\377\0", AGAIN),
		ROW("a name that is not UTF-8", "\0\1\1\377\0\1x\0", AGAIN),
		ROW("a value longer than all", "\0\1\1a\377\377x\0", AGAIN),
		ROW("a file cut off", "\0\0\1\1p\1m\0\0\0\1", AGAIN),
		ROW("a file that was not sealed", "\0\0\1" FILE_ROW, "lists 1 files, but 0"),
		ROW("255 files", "\0\0\377" FILE_ROW, AGAIN),
#undef ROW
	};
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct packer p = { 0 };
		begin(&p);
		pack_number(&p, 1, 1);
		add_center(&p, key);
		pack_number(&p, 0, 1);
		seal_fixture_forge(&p, key, CASES[i].inside, CASES[i].n);
		expect(CASES[i].name, &p, NULL, CASES[i].wanted);
	}
}

/* As much as there may be, and one more. */
static void inside_at_its_limits(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		unsigned answers, name_size, value_size;
		const char *wanted;
	} CASES[] = {
		{ "longest name", 1, ANSWER_NAME_MAX, 1, "" },
		{ "longer name", 1, ANSWER_NAME_MAX + 1, 1, "was not written" },
		{ "longest value", 1, 9, ANSWER_VALUE_MAX, "" },
		{ "longer value", 1, 9, ANSWER_VALUE_MAX + 1, "was not written" },
		{ "most answers", ANSWERS_MAX, ANSWER_NAME_MAX, ANSWER_VALUE_MAX, "" },
		{ "more answers", ANSWERS_MAX + 1, 9, 1, "was not written" },
		{ "most bytes and more", 550, ANSWER_NAME_MAX, ANSWER_VALUE_MAX, "it is too long" },
	};
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct packer p = { 0 }, inside = { 0 };
		pack_number(&inside, CASES[i].answers, 2);
		for (unsigned k = 0; k < CASES[i].answers; k++) {
			char number[10];
			snprintf(number, sizeof number, "%09u", k % 1000000000);
			pack_number(&inside, CASES[i].name_size, 1);
			pack_bytes(&inside, number, 9);
			memset(pack_room(&inside, CASES[i].name_size - 9), 'n', CASES[i].name_size - 9);
			pack_number(&inside, CASES[i].value_size, 2);
			memset(pack_room(&inside, CASES[i].value_size), 'v', CASES[i].value_size);
		}
		pack_number(&inside, 0, 1);
		begin(&p);
		pack_number(&p, 1, 1);
		add_center(&p, key);
		pack_number(&p, 0, 1);
		seal_fixture_forge(&p, key, inside.bytes, inside.size);
		expect(CASES[i].name, &p, NULL, CASES[i].wanted);
		pack_finish(&inside);
	}
}

/* Signed well, and yet: bytes between the body and the signature, a part of another size than its hash is of. */
static void lengths_that_do_not_fit(void **state)
{
	(void)state;
	struct sealed_case c = { 0 };
	struct packer p = { 0 };

	seal_fixture_seal(&c, (size_t[]){ 20 }, 1);
	pack_bytes(&p, c.envelope, c.size);
	pack_number(&p, 0, 1);
	seal_fixture_sign(p.bytes, p.size, &seal_fixture_keys);
	expect("a byte more", &p, NULL, "length is wrong");

	struct envelope v = seal_fixture_parse(&c);
	assert_true(envelope_part_good(&v, 0, c.parts[0].bytes, c.parts[0].size));
	c.envelope[v.parts_at + 3]++;
	seal_fixture_sign(c.envelope, c.size, &seal_fixture_keys);
	assert_false(envelope_part_good(&v, 0, c.parts[0].bytes, c.parts[0].size));
	sealed_case_finish(&c);
}

/* A code of the item that is longer than there is room for. */
static void longest_item(void **state)
{
	(void)state;
	for (unsigned n = ITEM_CODE_MAX; n <= ITEM_CODE_MAX + 1; n++) {
		struct sealed_case c = { 0 };
		struct packer p = { 0 };
		seal_fixture_seal(&c, NULL, 0);
		struct envelope v = seal_fixture_parse(&c);
		pack_bytes(&p, c.envelope, 48);
		pack_number(&p, n, 1);
		memset(pack_room(&p, n), 'i', n);
		pack_bytes(&p, c.envelope + v.core_size, CERTIFICATE_SIZE);
		pack_number(&p, 1, 1);
		add_center(&p, key);
		pack_number(&p, 0, 1);
		seal_fixture_forge(&p, key, "\0\0", 3);
		expect("item", &p, NULL, n > ITEM_CODE_MAX ? "head is not one" : "");
		sealed_case_finish(&c);
	}
}

/* A kind that is not known yet is passed over; nonsense is refused, and nobody computes for long. */
static void recipients(void **state)
{
	(void)state;
	static const char NO_LIST[] = "list of recipients";
	static const struct {
		const char *name;
		unsigned count; /* as the envelope tells it */
		unsigned kind, length;
		const char *wanted;
	} CASES[] = {
		{ "an unknown one", 2, 9, 5, "" },
		{ "an unknown one without bytes", 2, 255, 0, "" },
		{ "none", 0, 9, 5, NO_LIST },
		{ "kind 0", 2, 0, 5, NO_LIST },
		{ "a center of another length", 2, RECIPIENT_CENTER, CENTER_SLOT - 1, NO_LIST },
		{ "a code of another length", 2, RECIPIENT_QUERY, QUERY_SLOT + 1, NO_LIST },
		{ "longer than the envelope", 2, 9, 65535, NO_LIST },
		{ "more than there are", 255, 9, 5, NO_LIST },
	};
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct packer p = { 0 };
		begin(&p);
		pack_number(&p, CASES[i].count, 1);
		pack_number(&p, CASES[i].kind, 1);
		pack_number(&p, CASES[i].length, 2);
		pack_room(&p, CASES[i].length < 200 ? CASES[i].length : 0);
		add_center(&p, key);
		pack_number(&p, 0, 1);
		seal_fixture_forge(&p, key, "\0\0", 3);
		expect(CASES[i].name, &p, NULL, CASES[i].wanted);
	}
	for (unsigned n = RECIPIENTS_MAX; n <= RECIPIENTS_MAX + 1; n++) {
		struct packer p = { 0 };
		begin(&p);
		pack_number(&p, n, 1);
		for (unsigned i = 0; i < n; i++)
			add_center(&p, key);
		pack_number(&p, 0, 1);
		seal_fixture_forge(&p, key, "\0\0", 3);
		expect("many centers", &p, NULL, n > RECIPIENTS_MAX ? NO_LIST : "");
	}
}

static void cost_without_end(void **state)
{
	(void)state;
	static const uint32_t COSTS[][2] = { { 0, 8 }, { UINT32_MAX, 8 }, { PASSES_MAX + 1, 8 }, { 1, 0 }, { 1, 7 },
		{ 1, KIB_MAX + 1 }, { 1, UINT32_MAX } };
	for (size_t i = 0; i < sizeof COSTS / sizeof *COSTS; i++) {
		struct packer p = { 0 };
		begin(&p);
		pack_number(&p, 1, 1);
		add_query(&p, COSTS[i][0], COSTS[i][1]);
		pack_number(&p, 0, 1);
		seal_fixture_forge(&p, key, "\0\0", 3);
		expect("cost", &p, seal_fixture_code, "does not open");
	}
}

static void lists_that_are_none(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		unsigned parts, there;
		const char *wanted;
	} CASES[] = {
		{ "one file too many", PARTS_MAX + 1, PARTS_MAX + 1, "list of files" },
		{ "255 files", 255, 0, "list of files" },
		{ "a file that is not inside", 1, 1, "lists 0 files, but 1" },
	};
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct packer p = { 0 };
		begin(&p);
		pack_number(&p, 1, 1);
		add_center(&p, key);
		pack_number(&p, CASES[i].parts, 1);
		pack_room(&p, (size_t)CASES[i].there * PART_ENTRY);
		seal_fixture_forge(&p, key, "\0\0", 3);
		expect(CASES[i].name, &p, NULL, CASES[i].wanted);
	}
}

/* The key in the slot is not the one of the body. */
static void another_key_in_the_slot(void **state)
{
	(void)state;
	static const unsigned char other[SEAL_KEY_SIZE] = { 9 };
	struct packer p = { 0 };
	begin(&p);
	pack_number(&p, 1, 1);
	add_center(&p, other);
	pack_number(&p, 0, 1);
	seal_fixture_forge(&p, key, "\0\0", 3);
	expect("key", &p, NULL, "cannot be opened with this key");
}

static void heads_that_are_none(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		size_t at;
		const char *bytes;
		size_t n;
		const char *wanted;
	} CASES[] = {
		{ "magic", 0, "JZC2", 4, "does not begin as one" },
		{ "suite", 4, "\2", 1, "cipher suite 2 is not known" },
		{ "flags", 5, "\3", 1, "head is not one" },
		{ "number with escapes", 8, "\33[2J", 4, "case ?: its case number" },
		{ "number", 27, "x", 1, "case ?: its case number" },
		{ "letters as station", 28, "000x", 4, "head is not one" },
		{ "another station", 28, "0002", 4, "another station than it names" },
		{ "revision 0", 32, "\0\0\0\0\0\0\0", 8, "head is not one" },
		{ "before 1970", 40, "\377", 1, "head is not one" },
		{ "escape in the item", 49, "\33", 1, "head is not one" },
		{ "zero byte in the item", 49, "", 1, "head is not one" },
		{ "not UTF-8 in the item", 49, "\377", 1, "head is not one" },
	};
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct sealed_case c = { 0 };
		struct packer p = { 0 };
		seal_fixture_seal(&c, NULL, 0);
		memcpy(c.envelope + CASES[i].at, CASES[i].bytes, CASES[i].n);
		seal_fixture_sign(c.envelope, c.size, &seal_fixture_keys);
		pack_bytes(&p, c.envelope, c.size);
		expect(CASES[i].name, &p, NULL, CASES[i].wanted);
		sealed_case_finish(&c);
	}
}

/* A station of another center, one that certified itself, and one that borrows a good certificate. */
static void stations_that_are_none(void **state)
{
	(void)state;
	struct filing f;
	struct err e = { 0 };
	seal_fixture_filing(&f, NULL, 0);
	for (int i = 0; i < 3; i++) {
		struct station_keys k = seal_fixture_keys;
		struct sealed_case c = { 0 };
		struct center_keys self = seal_fixture_stranger;
		unsigned char seed[32];

		k.centers[0] = seal_fixture_stranger.public; /* else case_seal itself refuses */
		if (i == 1) {
			seal_fixture_seed(0x20, seed);
			crypto_sign_seed_keypair(self.public.sign, self.sign_secret, seed);
			memcpy(k.centers[0].sign, self.public.sign, 32);
		}
		if (i == 2) {
			seal_fixture_seed(0x77, seed);
			crypto_sign_seed_keypair(k.certificate.sign, k.sign_secret, seed);
		}
		certificate_sign(&k.certificate, &self);
		struct seal_request r = seal_fixture_request(&f);
		if (!case_seal(&c, &r, &k, &e))
			fail_msg("%s", e.text);
		if (i == 2) {
			struct envelope v = seal_fixture_parse(&c);
			certificate_pack(&seal_fixture_keys.certificate, c.envelope + v.core_size);
			seal_fixture_sign(c.envelope, c.size, &k);
		}
		struct envelope v = seal_fixture_parse(&c);
		assert_false(envelope_verify(&v, seal_fixture_keys.centers, 1, &e));
		assert_non_null(strstr(e.text, i == 2 ? "signature does not fit" : "not certified by this center"));
		assert_int_equal(envelope_verify(&v, NULL, 0, &e), i != 2);
		sealed_case_finish(&c);
	}
	filing_finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inside_of_another_version),
		cmocka_unit_test(inside_at_its_limits),
		cmocka_unit_test(lengths_that_do_not_fit),
		cmocka_unit_test(longest_item),
		cmocka_unit_test(recipients),
		cmocka_unit_test(cost_without_end),
		cmocka_unit_test(lists_that_are_none),
		cmocka_unit_test(another_key_in_the_slot),
		cmocka_unit_test(heads_that_are_none),
		cmocka_unit_test(stations_that_are_none),
	};
	return cmocka_run_group_tests(tests, seal_fixture_setup, NULL);
}
