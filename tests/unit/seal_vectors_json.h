#ifndef TESTS_UNIT_SEAL_VECTORS_JSON_H
#define TESTS_UNIT_SEAL_VECTORS_JSON_H

#include "seal_vectors.h"

/* What must be said of what is not as it should be, and vectors.json, which says all this to readers in other languages. */

enum place {
	NOWHERE,
	MAGIC,
	SUITE,
	NUMBER,
	CREATED,
	CERTIFICATE_KEY,
	CENTER_KEY,
	QUERY_SALT,
	PART_LIST,
	BODY,
	SIGNED,
	PART_2,
	PART_1_LAST_CHUNK
};
enum open_with { KEY_CENTER, KEY_STRANGER, KEY_CODE, KEY_WRONG_CODE };

static const struct check {
	const char *name, *envelope, *parts; /* parts: which of this envelope's are handed over, in order */
	enum place place;                    /* where a bit is flipped */
	unsigned bit;
	size_t cut; /* bytes missing at the end of the envelope */
	bool foreign_trust;
	enum open_with key;
	const char *says;
} checks[] = {
	{ "bit in the magic", "files", "012", MAGIC, 0, 0, false, KEY_CENTER, "structure" },
	{ "bit in the suite", "files", "012", SUITE, 1, 0, false, KEY_CENTER, "suite" },
	{ "bit in the case number", "files", "012", NUMBER, 0, 0, false, KEY_CENTER, "structure" },
	{ "bit in the time", "files", "012", CREATED, 3, 0, false, KEY_CENTER, "signature" },
	{ "bit in the station's key", "files", "012", CERTIFICATE_KEY, 7, 0, false, KEY_CENTER, "signature" },
	{ "bit in the center's slot", "files", "012", CENTER_KEY, 2, 0, false, KEY_CENTER, "signature" },
	{ "bit in the query slot", "files", "012", QUERY_SALT, 2, 0, false, KEY_CODE, "signature" },
	{ "bit in the list of parts", "files", "012", PART_LIST, 5, 0, false, KEY_CENTER, "signature" },
	{ "bit in the body", "files", "012", BODY, 6, 0, false, KEY_CENTER, "signature" },
	{ "bit in the signature", "files", "012", SIGNED, 4, 0, false, KEY_CENTER, "signature" },
	{ "bit in a part", "files", "012", PART_2, 0, 0, false, KEY_CENTER, "part" },
	{ "bit in the last chunk", "files", "012", PART_1_LAST_CHUNK, 0, 0, false, KEY_CODE, "part" },
	{ "parts exchanged", "files", "102", NOWHERE, 0, 0, false, KEY_CENTER, "part" },
	{ "part missing", "files", "01", NOWHERE, 0, 0, false, KEY_CENTER, "part" },
	{ "part twice", "files", "011", NOWHERE, 0, 0, false, KEY_CENTER, "part" },
	{ "part too many", "files", "0122", NOWHERE, 0, 0, false, KEY_CENTER, "part" },
	{ "cut by a byte", "files", "012", NOWHERE, 0, 1, false, KEY_CENTER, "structure" },
	{ "cut by the signature", "files", "012", NOWHERE, 0, 64, false, KEY_CENTER, "structure" },
	{ "another center's certificates", "files", "012", NOWHERE, 0, 0, true, KEY_CENTER, "certificate" },
	{ "another center's key", "files", "012", NOWHERE, 0, 0, false, KEY_STRANGER, "center" },
	{ "another query code", "files", "012", NOWHERE, 0, 0, false, KEY_WRONG_CODE, "code" },
	{ "another query code, default cost", "default-cost", "", NOWHERE, 0, 0, false, KEY_WRONG_CODE, "code" },
	/* Signed well by the station, nevertheless wrong. */
	{ "certified by another center", "foreign-certificate", "", NOWHERE, 0, 0, false, KEY_CENTER, "certificate" },
	{ "another station's number", "other-station", "", NOWHERE, 0, 0, false, KEY_CENTER, "station" },
	{ "body changed", "body-changed", "", NOWHERE, 0, 0, false, KEY_CENTER, "body" },
	{ "center's slot changed", "center-slot-changed", "", NOWHERE, 0, 0, false, KEY_CENTER, "center" },
	{ "query slot changed", "query-slot-changed", "", NOWHERE, 0, 0, false, KEY_CODE, "code" },
	{ "inside longer", "inside-longer", "", NOWHERE, 0, 0, false, KEY_CENTER, "inside" },
	{ "an answer twice inside", "inside-twice", "", NOWHERE, 0, 0, false, KEY_CENTER, "inside" },
	{ "more files inside than sealed", "inside-more-files", "", NOWHERE, 0, 0, false, KEY_CENTER, "inside" },
	{ "unknown recipient passed over", "unknown-recipient", "", NOWHERE, 0, 0, false, KEY_CODE, "" },
};
enum { CHECKS = sizeof checks / sizeof *checks };

static inline const char *parts_of(unsigned good)
{
	return &"012"[3 - goods[good].n];
}

static inline int place_part(enum place p)
{
	return p == PART_2 ? 2 : p == PART_1_LAST_CHUNK ? 1 : -1;
}

/* All flips are in "files". */
static inline size_t place_at(enum place p)
{
	struct envelope v = seal_fixture_parse(&made[1]);
	switch (p) {
	case MAGIC:
		return 3;
	case SUITE:
		return 4;
	case NUMBER:
		return 8 + 12;
	case CREATED:
		return 40 + 7;
	case CERTIFICATE_KEY:
		return v.core_size + 4 + 31;
	case CENTER_KEY:
		return v.recipients_at + 3 + KEY_ID_SIZE + 50;
	case QUERY_SALT:
		return v.recipients_at + 3 + CENTER_SLOT + 3 + 7;
	case PART_LIST:
		return v.parts_at + PART_ENTRY + 4;
	case BODY:
		return v.body_at + v.body_size - 1;
	case SIGNED:
		return v.size - 1;
	case PART_1_LAST_CHUNK:
		return made[1].parts[1].size - 17;
	default:
		return 100; /* in part 2 */
	}
}

static inline void json_text(struct str *s, const char *text)
{
	str_add(s, "\"");
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			str_addf(s, "\\%c", *text);
		else if ((unsigned char)*text < 0x20)
			str_addf(s, "\\u%04x", (unsigned)*text);
		else
			str_add_n(s, text, 1);
	}
	str_add(s, "\"");
}

static inline void json_hex(struct str *s, const char *name, const unsigned char *bytes, size_t n)
{
	str_addf(s, "\"%s\": \"", name);
	for (size_t i = 0; i < n; i++)
		str_addf(s, "%02x", bytes[i]);
	str_add(s, "\"");
}

static inline void json_center(struct str *s, const char *name, unsigned char first, const struct center_keys *c)
{
	unsigned char seed[32];
	seal_fixture_seed(first, seed);
	str_addf(s, "    \"%s\": {", name);
	json_hex(s, "seed", seed, 32);
	str_add(s, ",\n      ");
	json_hex(s, "sign", c->public.sign, 32);
	str_add(s, ",\n      ");
	json_hex(s, "box", c->public.box, 32);
	str_add(s, ",\n      ");
	json_hex(s, "index", c->index, 32);
	str_add(s, "}");
}

static inline void json_files(struct str *s, const char *of, const char *parts)
{
	str_addf(s, "\"envelope\": \"%s.envelope\", \"parts\": [", of);
	for (const char *p = parts; *p; p++)
		str_addf(s, "%s\"%s.part%c\"", p == parts ? "" : ", ", of, *p);
	str_add(s, "]");
}

static inline void json_good(struct str *s, unsigned i)
{
	const struct envelope_head *h = &made[i].head;
	struct answers *a = filings[i].answers;

	str_addf(s, "    {\"name\": \"%s\", ", goods[i].name);
	json_files(s, goods[i].name, parts_of(i));
	str_addf(s, ",\n      \"centers\": [\"first\"%s], \"code\": \"%s\", ",
		goods[i].two_centers ? ", \"second\"" : "", seal_fixture_code);
	json_hex(s, "key", filings[i].key, SEAL_KEY_SIZE);
	str_addf(s, ",\n      \"number\": \"%s\", \"station\": \"%s\", \"item\": \"%s\", \"item_version\": %u,\n",
		h->number, h->station, h->item, h->item_version);
	str_addf(s, "      \"revision\": %u, \"created\": %u, \"demo\": %s,\n      \"answers\": {",
		(unsigned)h->revision, (unsigned)h->created, h->demo ? "true" : "false");
	for (size_t k = 0; k < answers_count(a); k++) {
		str_addf(s, "%s\n        \"%s\": ", k ? "," : "", answers_name_at(a, k));
		json_text(s, answers_value_at(a, k));
	}
	str_add(s, "},\n      \"files\": [");
	/* In the order of the parts, which is that of the answers: material.a, material.b, photo. */
	for (unsigned k = 0; k < goods[i].n; k++) {
		const struct attachment *f = &filings[i].attachments[(k + 1) % goods[i].n];
		unsigned char hash[32];
		crypto_hash_sha256(hash, f->bytes, f->size);
		str_addf(s, "%s\n        {\"name\": \"%s\", \"mime\": \"%s\", \"size\": %zu, ", k ? "," : "", f->name,
			f->mime, f->size);
		json_hex(s, "sha256", hash, sizeof hash);
		str_add(s, "}");
	}
	str_add(s, "]}");
}

static inline void json_check(struct str *s, const struct check *b)
{
	str_addf(s, "    {\"name\": \"%s\", ", b->name);
	json_files(s, b->envelope, b->parts);
	if (b->place && place_part(b->place) >= 0)
		str_addf(s, ",\n      \"flip\": {\"part\": %d, \"byte\": %zu, \"bit\": %u}", place_part(b->place),
			place_at(b->place), b->bit);
	else if (b->place)
		str_addf(s, ",\n      \"flip\": {\"byte\": %zu, \"bit\": %u}", place_at(b->place), b->bit);
	if (b->cut)
		str_addf(s, ",\n      \"cut\": %zu", b->cut);
	str_addf(s, ",\n      \"trust\": \"%s\", ", b->foreign_trust ? "second" : "first");
	if (b->key <= KEY_STRANGER)
		str_addf(s, "\"center\": \"%s\"", b->key == KEY_STRANGER ? "second" : "first");
	else
		str_addf(s, "\"code\": \"%s\"", b->key == KEY_CODE ? seal_fixture_code : seal_fixture_other_code);
	str_addf(s, ", \"says\": \"%s\"}", b->says);
}

static inline void json_person(struct str *s, const char *id, const struct seal_cost *cost)
{
	unsigned char index[PERSON_SIZE];
	struct err e = { 0 };
	if (!person_index(id, seal_fixture_center.index, cost, index, &e))
		fail_msg("%s", e.text);
	str_addf(s, "    {\"id\": \"%s\", \"center\": \"first\", \"passes\": %u, \"kib\": %u, ", id, cost->passes,
		cost->kib);
	json_hex(s, "index", index, sizeof index);
	str_add(s, "}");
}

static inline void make_json(void)
{
	struct str s;
	unsigned char seed[32];

	str_init(&s, 256 * 1024);
	str_add(&s, "{\n  \"suite\": 1,\n  \"centers\": {\n");
	json_center(&s, "first", 0x00, &seal_fixture_center);
	str_add(&s, ",\n");
	json_center(&s, "second", 0x40, &seal_fixture_stranger);
	str_addf(&s, "\n  },\n  \"station\": {\"number\": \"0001\", \"from\": %d, \"to\": %d,\n    ",
		seal_fixture_keys.certificate.from, seal_fixture_keys.certificate.to);
	seal_fixture_seed(0x20, seed);
	json_hex(&s, "seed", seed, 32);
	str_add(&s, ",\n    ");
	json_hex(&s, "sign", seal_fixture_keys.certificate.sign, 32);
	str_add(&s, "},\n  \"persons\": [\n");
	json_person(&s, "11010519491231002X", &seal_fixture_cheap);
	str_add(&s, ",\n");
	json_person(&s, "11010519491231002x", &seal_fixture_cheap);
	str_add(&s, ",\n");
	json_person(&s, "32000019880512001X", &seal_cost_default);
	str_add(&s, "\n  ],\n  \"good\": [\n");
	for (unsigned i = 0; i < GOODS; i++) {
		str_add(&s, i ? ",\n" : "");
		json_good(&s, i);
	}
	str_add(&s, "\n  ],\n  \"checks\": [\n");
	for (unsigned i = 0; i < CHECKS; i++) {
		str_add(&s, i ? ",\n" : "");
		json_check(&s, &checks[i]);
	}
	str_add(&s, "\n  ]\n}\n");
	add_file(VECTORS, "vectors", ".json", s.text, s.len);
	str_finish(&s);
}

#endif
