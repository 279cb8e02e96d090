#ifndef TESTS_UNIT_SEAL_VECTORS_H
#define TESTS_UNIT_SEAL_VECTORS_H

#include "seal_fixture.h"

#include "base/str.h"
#include "seal/body.h"

/* Makes the published test vectors with fixed randomness: files in memory, which the test compares with those on the disk. */

#define VECTORS "data/envelope/vectors/"
#define CORPUS "tests/fuzz/corpus/"

static const struct good {
	const char *name;
	unsigned random5;
	bool demo, two_centers;
	uint64_t revision;
	const struct seal_cost *cost;
	unsigned n;
	size_t sizes[3];
} goods[] = {
	{ "plain", 11111, false, false, 1, &seal_fixture_cheap, 0, { 0 } },
	{ "files", 22222, false, false, 1, &seal_fixture_cheap, 3, { 300, 0, 65537 } },
	{ "default-cost", 33333, true, true, 7, &seal_cost_default, 0, { 0 } },
};
enum { GOODS = sizeof goods / sizeof *goods };

static struct sealed_case made[GOODS];
static struct filing filings[GOODS];

/* --- the files --- */
static struct file {
	char path[100];
	unsigned char *bytes;
	size_t size;
} files[40];
static unsigned n_files;

static inline void add_file(const char *folder, const char *name, const char *end, const void *bytes, size_t size)
{
	struct file *f = &files[n_files++];
	snprintf(f->path, sizeof f->path, "%s%s%s", folder, name, end);
	f->bytes = malloc(size + 1);
	memcpy(f->bytes, bytes, size);
	f->size = size;
}

/* --- randomness that is the same each time --- */
static inline void draw(void *const buf, const size_t n)
{
	static uint64_t drawn;
	unsigned char seed[randombytes_SEEDBYTES] = "juzhu test vectors";
	for (unsigned i = 0, shift = 0; i < 8; i++, shift += 8)
		seed[24 + i] = (unsigned char)(drawn >> shift);
	drawn++;
	randombytes_buf_deterministic(buf, n, seed);
}

static inline uint32_t draw_number(void)
{
	uint32_t n;
	draw(&n, sizeof n);
	return n;
}

static inline const char *draw_name(void)
{
	return "test";
}

static struct randombytes_implementation fixed_random = { .implementation_name = draw_name,
	.random = draw_number,
	.buf = draw };

/* --- what an honest station makes --- */
static inline void make_good(unsigned i)
{
	const struct good *g = &goods[i];
	struct filing *f = &filings[i];
	struct err e = { 0 };
	struct station_keys k = seal_fixture_keys;
	char name[64];

	seal_fixture_filing(f, g->sizes, g->n);
	memset(f->key, 0xa0 + (int)i, sizeof f->key);
	struct seal_request r = seal_fixture_request(f);
	casenum_make("01", "0001", 20260302, g->random5, r.head.number);
	r.head.demo = g->demo;
	r.head.revision = g->revision;
	r.cost = g->cost;
	if (g->two_centers)
		k.centers[k.n_centers++] = seal_fixture_stranger.public;
	if (!case_seal(&made[i], &r, &k, &e))
		fail_msg("%s", e.text);
	add_file(VECTORS, g->name, ".envelope", made[i].envelope, made[i].size);
	for (unsigned part = 0; part < g->n; part++) {
		snprintf(name, sizeof name, "%s.part%u", g->name, part);
		add_file(VECTORS, name, "", made[i].parts[part].bytes, made[i].parts[part].size);
	}
}

/* --- what a lying station makes of "plain": signed well, each --- */
static inline void make_inside(const char *name, const void *inside, size_t n, bool foreign)
{
	struct envelope v = seal_fixture_parse(&made[0]);
	struct packer p = { 0 };

	pack_bytes(&p, made[0].envelope, v.body_at - 4);
	if (foreign) {
		struct certificate c = seal_fixture_keys.certificate;
		certificate_sign(&c, &seal_fixture_stranger);
		certificate_pack(&c, p.bytes + v.core_size);
	}
	seal_fixture_forge(&p, filings[0].key, inside, n);
	add_file(VECTORS, name, ".envelope", p.bytes, p.size);
	pack_finish(&p);
}

static inline void make_changed(const char *name, size_t at, unsigned char with)
{
	unsigned char *bytes = malloc(made[0].size);
	memcpy(bytes, made[0].envelope, made[0].size);
	bytes[at] ^= with;
	seal_fixture_sign(bytes, made[0].size, &seal_fixture_keys);
	add_file(VECTORS, name, ".envelope", bytes, made[0].size);
	free(bytes);
}

/* A recipient of a kind that nobody knows yet, before the others. */
static inline void make_unknown_recipient(void)
{
	struct envelope v = seal_fixture_parse(&made[0]);
	struct packer p = { 0 }, inside = { 0 };

	pack_bytes(&p, made[0].envelope, v.recipients_at);
	p.bytes[p.size - 1]++;
	pack_number(&p, 200, 1);
	pack_text(&p, "later", 2);
	pack_bytes(&p, made[0].envelope + v.recipients_at, v.parts_at - v.recipients_at);
	body_pack(&inside, filings[0].answers, NULL, 0);
	seal_fixture_forge(&p, filings[0].key, inside.bytes, inside.size);
	add_file(VECTORS, "unknown-recipient", ".envelope", p.bytes, p.size);
	add_file(CORPUS "body/", "plain", "", inside.bytes, inside.size);
	add_file(CORPUS "envelope/", "unknown-recipient", "", p.bytes, p.size);
	pack_finish(&p);
	pack_finish(&inside);
}

static inline void make_all(void)
{
	for (unsigned i = 0; i < GOODS; i++)
		make_good(i);
	struct envelope v = seal_fixture_parse(&made[0]);
	size_t query_at = v.recipients_at + 3 + CENTER_SLOT + 3;

	make_inside("inside-longer", "\0\0\0", 4, false);
	make_inside("inside-twice", "\0\2\1a\0\1x\1a\0\1y", 13, false);
	make_inside("inside-more-files",
		"\0\0\1\1p\1m\0\0\0\1"
		"0123456789abcdef0123456789abcdef",
		43, false);
	make_inside("foreign-certificate", "\0\0", 3, true);
	make_changed("other-station", 31, 3); /* 0001 becomes 0002 */
	make_changed("body-changed", v.body_at + 30, 1);
	make_changed("center-slot-changed", v.recipients_at + 3 + KEY_ID_SIZE + 40, 1);
	make_changed("query-slot-changed", query_at + QUERY_SLOT - 1, 1);
	make_unknown_recipient();
	add_file(CORPUS "envelope/", "plain", "", made[0].envelope, made[0].size);
	add_file(CORPUS "envelope/", "files", "", made[1].envelope, made[1].size);
}

static inline void make_none(void)
{
	for (unsigned i = 0; i < n_files; i++)
		free(files[i].bytes);
	for (unsigned i = 0; i < GOODS; i++) {
		sealed_case_finish(&made[i]);
		filing_finish(&filings[i]);
	}
}

#endif
