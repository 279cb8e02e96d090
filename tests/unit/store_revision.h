#ifndef TESTS_UNIT_STORE_REVISION_H
#define TESTS_UNIT_STORE_REVISION_H

#include "store_fixture.h"

#include "model/case.h"
#include "seal/revision.h"
#include "store/move.h"

/* What the tests of moving and changing cases share. */

/* Answers "name", "value", ..., NULL; a "file" takes its bytes from `bytes`. Sealed under the key of the filing f. */
static inline void revision_seal(struct sealed_case *ret, const char *station, const struct filing *f,
	const char *number, uint64_t revision, const char *bytes, const char *const *record)
{
	unsigned char key[SEAL_KEY_SIZE];
	struct filing files;
	struct err e = { 0 };

	filing_init(&files, fixture_item(), "00000000000000000000000000000000");
	for (; *record; record += 2) {
		if (strcmp(record[0], "-") == 0) {
			assert_true(revision_remove(files.answers, record[1]));
			continue;
		}
		assert_true(answers_set(files.answers, record[0], record[1]));
		const char *name = strncmp(record[0], "material.", 9) == 0 ? record[0] + 9 : record[0];
		if (strcmp(record[1], "file") == 0)
			assert_true(filing_attach(&files, name, "image/jpeg", bytes, strlen(bytes)));
	}
	revision_key(f->key, revision, key);
	struct seal_request r = fixture_request(&files, number);
	r.head.revision = revision;
	r.key = key;
	r.query = f->query;
	r.person = "";
	must(case_seal(ret, &r, fixture_keys(station), &e), &e);
	filing_finish(&files);
}

static inline bool revision_store(struct store *s, const char *station, const struct filing *f, const char *number,
	uint64_t revision, enum revision_kind kind, const char *bytes, const char *const *record, struct err *e)
{
	struct sealed_case c = { 0 };
	revision_seal(&c, station, f, number, revision, bytes, record);
	bool good = store_case_revise(s, &c, kind, 0, e);
	sealed_case_finish(&c);
	return good;
}

#define MISSING "until 20260312\nphoto\tdark"

static inline bool move_to(struct store *s, const char *number, int from, int to, enum case_actor who,
	const char *reason, struct err *e)
{
	return store_case_move(s, number,
		&(struct case_move){ .from = from, .to = to, .actor = who, .reason = reason, .card = true }, e);
}

#endif
