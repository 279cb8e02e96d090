#include "seal_fixture.h"

#include "base/str.h"
#include "model/file_name.h"
#include "seal/revision.h"

/*
 * A case with two revisions: what they make together, and the published vectors of it (data/envelope/vectors/revised*), made
 * with fixed randomness and compared with those on the disk. The second reader reads them, too. JUZHU_BLESS=1 writes them.
 */
#define VECTORS "data/envelope/vectors/"
enum { ENVELOPES = 3 };

static struct sealed_case made[ENVELOPES];
static unsigned char first_key[SEAL_KEY_SIZE];

static const char *const records[ENVELOPES][16] = {
	{ "name", "测试甲", "pickup", "courier", "delivery.street", "南京西路", "delivery.room", "502室", "photo",
		"file", "material.lease", "file", NULL },
	{ "photo", "file", "mobile", "13800001234", NULL },
	{ "-", "delivery.", "pickup", "counter", "material.lease", "counter", NULL },
};

static void draw(void *const buf, const size_t n)
{
	static uint64_t drawn;
	unsigned char seed[randombytes_SEEDBYTES] = "juzhu test revisions";
	for (unsigned i = 0, shift = 0; i < 8; i++, shift += 8)
		seed[24 + i] = (unsigned char)(drawn >> shift);
	drawn++;
	randombytes_buf_deterministic(buf, n, seed);
}

static uint32_t draw_number(void)
{
	uint32_t n;
	draw(&n, sizeof n);
	return n;
}

static const char *draw_name(void)
{
	return "test";
}

static struct randombytes_implementation fixed_random = { .implementation_name = draw_name,
	.random = draw_number,
	.buf = draw };

static void make(unsigned i)
{
	unsigned char key[SEAL_KEY_SIZE];
	struct filing f;
	struct err e = { 0 };

	filing_init(&f, NULL, "00000000000000000000000000000000");
	for (const char *const *row = records[i]; *row; row += 2) {
		if (strcmp(row[0], "-") == 0)
			assert_true(revision_remove(f.answers, row[1]));
		else
			assert_true(answers_set(f.answers, row[0], row[1]));
		if (strcmp(row[1], "file") == 0)
			assert_true(filing_attach(&f, strcmp(row[0], "photo") == 0 ? "photo" : "lease", "image/jpeg",
				i == 0 ? row[0] : "another photo", i == 0 ? 5 : 13));
	}
	revision_key(first_key, i + 1, key);
	struct seal_request r = seal_fixture_request(&f);
	r.key = key;
	r.head.revision = i + 1;
	r.head.created += i * 86400;
	if (!case_seal(&made[i], &r, &seal_fixture_keys, &e))
		fail_msg("%s", e.text);
	filing_finish(&f);
}

/* As the store loads it. */
static struct case_record *loaded(const unsigned *order, unsigned n)
{
	struct case_record *c = calloc(1, sizeof *c);

	c->answers = answers_create();
	c->revisions = calloc(n, sizeof *c->revisions);
	for (unsigned i = 0; i < n; i++) {
		const struct sealed_case *from = &made[order[i] - 1];
		unsigned char *bytes = malloc(from->size);
		memcpy(bytes, from->envelope, from->size);
		if (i == 0) {
			c->envelope = bytes;
			c->envelope_size = from->size;
		} else {
			c->revisions[c->n_revisions++] = (struct case_revision){ bytes, from->size };
		}
	}
	return c;
}

static void they_are_merged(void **state)
{
	(void)state;
	static const unsigned order[] = { 1, 2, 3 }, wrong[] = { 1, 3 };
	struct case_record *c = loaded(order, 3);
	struct err e = { 0 };

	if (!case_open(c, first_key, &e))
		fail_msg("%s", e.text);
	assert_int_equal(answers_count(c->answers), 5);
	assert_string_equal(answers_text(c->answers, "pickup"), "counter");
	assert_string_equal(answers_text(c->answers, "mobile"), "13800001234");
	assert_null(answers_get(c->answers, "delivery.street"));
	assert_int_equal(c->n_files, 1);
	assert_int_equal(c->files[0].revision, 2);
	assert_int_equal(c->n_replaced, 2);
	case_record_destroy(c);
	/* Under another number its key is another one. */
	c = loaded(wrong, 2);
	assert_false(case_open(c, first_key, &e));
	case_record_destroy(c);
}

/*
 * A revision as somebody makes it who gives the files of some materials anew; rows of material and how many files, 0: "counter".
 * Each file says of which revision and material it is, and which.
 */
struct given {
	const char *code;
	unsigned files;
};

static void seal_given(struct sealed_case *to, uint64_t revision, const struct given *given)
{
	unsigned char key[SEAL_KEY_SIZE];
	char name[40], bytes[40];
	struct filing f;
	struct err e = { 0 };

	filing_init(&f, NULL, "00000000000000000000000000000000");
	for (; given->code; given++) {
		snprintf(name, sizeof name, "%s%s", strcmp(given->code, "photo") == 0 ? "" : "material.", given->code);
		assert_true(answers_set(f.answers, name, given->files ? "file" : "counter"));
		for (unsigned n = 1; n <= given->files; n++) {
			int size = snprintf(bytes, sizeof bytes, "%u %s %u", (unsigned)revision, given->code, n);
			assert_true(filing_give(&f, given->code, n, "image/jpeg", bytes, (size_t)size));
		}
	}
	revision_key(first_key, revision, key);
	struct seal_request r = seal_fixture_request(&f);
	r.key = key;
	r.head.revision = revision;
	if (!case_seal(to, &r, &seal_fixture_keys, &e))
		fail_msg("%s", e.text);
	filing_finish(&f);
}

static const char *names_of(const struct case_file *files, size_t n, char out[static 400])
{
	*out = '\0';
	for (size_t i = 0; i < n; i++)
		snprintf(out + strlen(out), 400 - strlen(out), "%s%u %s", i ? ", " : "", (unsigned)files[i].revision,
			files[i].name);
	return out;
}

static void all_files_of_a_material_are_replaced(void **state)
{
	(void)state;
	static const struct {
		const struct given given[ENVELOPES][4];
		const char *files, *replaced;
	} CASES[] = {
		{ { { { "lease", 2 } }, { { "lease", 1 } } }, "2 lease", "1 lease, 1 lease.2" },
		{ { { { "lease", 1 } }, { { "lease", 2 } } }, "2 lease, 2 lease.2", "1 lease" },
		{ { { { "lease", 4 } }, { { "lease", 2 } }, { { "lease", 3 } } }, "3 lease, 3 lease.2, 3 lease.3",
			"1 lease, 1 lease.2, 1 lease.3, 1 lease.4, 2 lease, 2 lease.2" },
		{ { { { "lease", 2 } }, { { "lease", 1 } }, { { "lease", 0 } } }, "", "1 lease, 1 lease.2, 2 lease" },
		{ { { { "lease", 2 } }, { { "lease", 0 } } }, "", "1 lease, 1 lease.2" },
		{ { { { "lease", 0 } }, { { "lease", 2 } } }, "2 lease, 2 lease.2", "" },
		/* Another material whose name begins like it, and the photo, stay. */
		{ { { { "lease", 2 }, { "lease-filing", 2 }, { "photo", 1 } }, { { "lease", 1 } } },
			"1 lease-filing, 1 lease-filing.2, 1 photo, 2 lease", "1 lease, 1 lease.2" },
	};
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		static const unsigned order[] = { 1, 2, 3 };
		struct sealed_case kept[ENVELOPES];
		char text[400];
		unsigned n = 0;
		struct err e = { 0 };
		memcpy(kept, made, sizeof kept);
		memset(made, 0, sizeof made);
		for (; n < ENVELOPES && CASES[i].given[n][0].code; n++)
			seal_given(&made[n], n + 1, CASES[i].given[n]);
		struct case_record *c = loaded(order, n);
		if (!case_open(c, first_key, &e))
			fail_msg("%s", e.text);
		assert_string_equal(names_of(c->files, c->n_files, text), CASES[i].files);
		assert_string_equal(names_of(c->replaced, c->n_replaced, text), CASES[i].replaced);
		for (size_t k = 0; k < c->n_files; k++) {
			const struct case_file *f = &c->files[k];
			const struct sealed_part *part = &made[f->revision - 1].parts[f->part];
			unsigned char *plain = NULL;
			size_t size = 0;
			char code[FILE_NAME_SIZE];
			file_code(code, f->name);
			int wanted = snprintf(text, sizeof text, "%u %s %u", (unsigned)f->revision, code,
				file_number(f->name, code));
			assert_true(case_open_file(c, f, first_key, part->bytes, part->size, &plain, &size, &e));
			assert_int_equal(size, wanted);
			assert_memory_equal(plain, text, size);
			free(plain);
		}
		case_record_destroy(c);
		for (unsigned k = 0; k < n; k++)
			sealed_case_finish(&made[k]);
		memcpy(made, kept, sizeof kept);
	}
}

static void each_has_its_place(void **state)
{
	(void)state;
	struct envelope_head other = made[1].head;
	struct err e = { 0 };

	assert_true(revision_fits(&made[1].head, &made[0].head, 2, &e));
	assert_false(revision_fits(&made[1].head, &made[0].head, 3, &e));
	other.demo = true;
	assert_false(revision_fits(&other, &made[0].head, 2, &e));
	other = made[1].head;
	other.item[0] = 'R';
	assert_false(revision_fits(&other, &made[0].head, 2, &e));
	other = made[1].head;
	casenum_make("01", "0001", 20260302, 54321, other.number);
	assert_false(revision_fits(&other, &made[0].head, 2, &e));
}

static void names_to_take_away(void **state)
{
	(void)state;
	struct answers *a = answers_create();
	char name[64];
	bool good = true;

	assert_false(revision_remove(a, "") || revision_remove(a, "a b"));
	for (unsigned i = 0; good; i++) {
		snprintf(name, sizeof name, "name.of.an.answer.%u", i);
		good = revision_remove(a, name);
		assert_true(i < 200);
	}
	assert_true(strlen(answers_text(a, "revision.removed")) <= ANSWER_VALUE_MAX);
	answers_destroy(a);
}

/* The file is what was made, or (JUZHU_BLESS) becomes it. */
static void same_file(const char *name, const void *bytes, size_t size)
{
	char path[200];

	snprintf(path, sizeof path, VECTORS "%s", name);
	FILE *f = fopen(path, getenv("JUZHU_BLESS") ? "we" : "re");
	if (!f)
		fail_msg("%s is missing", path);
	if (getenv("JUZHU_BLESS")) {
		assert_int_equal(fwrite(bytes, 1, size, f), size);
	} else {
		unsigned char *there = malloc(size + 2);
		size_t n = fread(there, 1, size + 1, f);
		if (n != size || memcmp(there, bytes, size) != 0)
			fail_msg("%s is not what the writer makes", path);
		free(there);
	}
	fclose(f);
}

static void add_hex(struct str *s, const char *name, const unsigned char *bytes, size_t n)
{
	str_addf(s, "  \"%s\": \"", name);
	for (size_t i = 0; i < n; i++)
		str_addf(s, "%02x", bytes[i]);
	str_add(s, "\",\n");
}

static void add_files(struct str *s, const char *name, const struct case_file *files, size_t n)
{
	str_addf(s, "  \"%s\": [", name);
	for (size_t i = 0; i < n; i++)
		str_addf(s, "%s{\"name\": \"%s\", \"revision\": %u, \"sha256\": \"%s\"}", i ? ",\n    " : "",
			files[i].name, (unsigned)files[i].revision, files[i].sha256);
	str_add(s, "],\n");
}

static void the_vectors_are_these(void **state)
{
	(void)state;
	static const unsigned order[] = { 1, 2, 3 };
	struct case_record *c = loaded(order, 3);
	unsigned char seed[32];
	struct err e = { 0 };
	struct str s;

	assert_true(case_open(c, first_key, &e));
	seal_fixture_seed(0x00, seed);
	str_init(&s, 16 * 1024);
	str_add(&s, "{\n");
	add_hex(&s, "seed", seed, sizeof seed);
	add_hex(&s, "trust", seal_fixture_center.public.sign, 32);
	add_hex(&s, "key", first_key, sizeof first_key);
	str_addf(&s, "  \"code\": \"%s\",\n  \"parts\": [%u, %u, %u],\n  \"answers\": {", seal_fixture_code,
		made[0].n_parts, made[1].n_parts, made[2].n_parts);
	for (size_t i = 0; i < answers_count(c->answers); i++)
		str_addf(&s, "%s\"%s\": \"%s\"", i ? ", " : "", answers_name_at(c->answers, i),
			answers_value_at(c->answers, i));
	str_add(&s, "},\n");
	add_files(&s, "files", c->files, c->n_files);
	add_files(&s, "replaced", c->replaced, c->n_replaced);
	str_add(&s,
		"  \"checks\": [{\"order\": [1, 2, 3], \"says\": \"\"}, {\"order\": [1, 3], \"says\": \"revision\"},\n"
		"    {\"order\": [1, 2, 2], \"says\": \"revision\"}, {\"order\": [2, 3], \"says\": \"revision\"}]\n}\n");
	same_file("revised.json", s.text, s.len);
	str_finish(&s);
	case_record_destroy(c);
	for (unsigned i = 0; i < ENVELOPES; i++) {
		char name[40];
		snprintf(name, sizeof name, "revised-%u.envelope", i + 1);
		same_file(name, made[i].envelope, made[i].size);
		for (unsigned k = 0; k < made[i].n_parts; k++) {
			snprintf(name, sizeof name, "revised-%u.part%u", i + 1, k);
			same_file(name, made[i].parts[k].bytes, made[i].parts[k].size);
		}
	}
}

static int setup(void **state)
{
	if (seal_fixture_setup(state) != 0)
		return -1;
	memset(first_key, 0xb7, sizeof first_key);
	for (unsigned i = 0; i < ENVELOPES; i++)
		make(i);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	for (unsigned i = 0; i < ENVELOPES; i++)
		sealed_case_finish(&made[i]);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_are_merged),
		cmocka_unit_test(all_files_of_a_material_are_replaced),
		cmocka_unit_test(each_has_its_place),
		cmocka_unit_test(names_to_take_away),
		cmocka_unit_test(the_vectors_are_these),
	};
	randombytes_set_implementation(&fixed_random);
	return cmocka_run_group_tests(tests, setup, teardown);
}
