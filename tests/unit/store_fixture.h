#ifndef TESTS_UNIT_STORE_FIXTURE_H
#define TESTS_UNIT_STORE_FIXTURE_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/err.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "seal/code.h"
#include "seal/envelope.h"
#include "seal/keys.h"
#include "store/store.h"

/* What the store's tests share: a folder for one test, a small item and a filing. Run from the project's folder. */

static char fixture_dir[512], fixture_path[600];

static inline void must(bool good, const struct err *e)
{
	if (!good)
		fail_msg("%s", e->text);
}

static inline int fixture_remove(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static inline int fixture_setup(void **state)
{
	(void)state;
	const char *base = getenv("TMPDIR");
	snprintf(fixture_dir, sizeof fixture_dir, "%s/store-XXXXXX", base == NULL ? P_tmpdir : base);
	snprintf(fixture_path, sizeof fixture_path, "%s/cases.db", mkdtemp(fixture_dir));
	return clock_fix("2026-03-02T09:30:00") ? 0 : -1;
}

static inline int fixture_teardown(void **state)
{
	(void)state;
	return nftw(fixture_dir, fixture_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* Keys of a station, from a seed that everybody knows; the same center for all. */
static inline const struct station_keys *fixture_keys(const char *station)
{
	static struct station_keys keys[4];
	static const unsigned char seed[32] = { 1, 2, 3 };
	unsigned i = 0;
	while (i < 3 && keys[i].n_centers > 0 && strcmp(keys[i].certificate.station, station) != 0)
		i++;
	station_keys_throwaway(seed, station, 20260302, &keys[i]);
	return &keys[i];
}

static unsigned char fixture_draft_key[32] = "draft key of the tests, 32 bytes";

static inline bool fixture_open_as(struct store **s, const char *station, bool readonly, struct err *e)
{
	return store_open(s,
		&(struct store_options){ .path = fixture_path,
			.schema_dir = "data/schema",
			.station = station,
			.readonly = readonly,
			.keys = strlen(station) == 4 ? fixture_keys(station) : NULL,
			.draft_key = fixture_draft_key },
		e);
}

static inline struct store *fixture_open(const char *station)
{
	struct store *s = NULL;
	struct err e = { 0 };
	if (!fixture_open_as(&s, station, false, &e))
		fail_msg("%s", e.text);
	return s;
}

static inline const struct item *fixture_item(void)
{
	static struct step steps[4];
	static char code[] = "residence-registration", number[] = "01";
	static struct item item = { .code = code, .number = number, .version = 3, .steps = steps, .n_steps = 4 };
	return &item;
}

/* A filing with some answers and a photo of `photo_size` bytes (0: none); the token is 32 times `token`. */
static inline void fixture_filing(struct filing *f, char token, size_t photo_size)
{
	char text[33];
	memset(text, token, 32);
	text[32] = '\0';
	filing_init(f, fixture_item(), text);
	assert_true(answers_set(f->answers, "applicant.name", "样例人"));
	assert_true(answers_set(f->answers, "reason", "work"));
	if (photo_size > 0) {
		unsigned char *bytes = malloc(photo_size);
		memset(bytes, 'p', photo_size);
		assert_true(filing_attach(f, "photo", "image/jpeg", bytes, photo_size));
		assert_true(answers_set(f->answers, "photo", "file"));
		free(bytes);
	}
	f->step = 2;
	memset(f->key, token, sizeof f->key);
	query_code_make(f->query);
}

/* What is sealed of a filing, with little work: its own answers, the first envelope. The filing is borrowed. */
static inline struct seal_request fixture_request(const struct filing *f, const char *number)
{
	static const struct seal_cost cheap = { 1, 8 };
	struct seal_request r = {
		.head = { .item_version = f->item->version, .revision = 1, .created = clock_now(), .demo = f->demo },
		.record = f->answers,
		.filing = f,
		.key = f->key,
		.query = f->query,
		.person = answers_text(f->answers, "id_number"),
		.cost = &cheap,
	};
	snprintf(r.head.item, sizeof r.head.item, "%s", f->item->code);
	snprintf(r.head.number, sizeof r.head.number, "%s", number);
	return r;
}

/* Seals with little work and stores, as the kiosk does; the numbers of other programs are not in the way. */
static inline bool fixture_submit_as(struct store *s, const char *station, const struct filing *f,
	const struct answers *record, char number[static 21], struct err *e)
{
	bool stored = false;
	for (unsigned i = 0; !stored && (i == 0 || (e && e->code == ERR_NO && i < 5)); i++) {
		struct sealed_case c = { 0 };
		struct seal_request r = fixture_request(f, "");
		r.record = record;
		r.person = answers_text(record, "id_number");
		stored = store_number(s, f->item->number, r.head.number, e) &&
			case_seal(&c, &r, fixture_keys(station), e) && store_submit(s, f->token, &c, false, number, e);
		sealed_case_finish(&c);
	}
	return stored;
}

static inline bool fixture_submit(struct store *s, const struct filing *f, const struct answers *record,
	char number[static 21], struct err *e)
{
	return fixture_submit_as(s, "0001", f, record, number, e);
}

/* Is the text anywhere in the database, its log or its index? */
static inline bool fixture_on_disk(const char *text)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	bool found = false;
	for (size_t i = 0; i < 3; i++) {
		char path[700];
		snprintf(path, sizeof path, "%s%s", fixture_path, ends[i]);
		FILE *f = fopen(path, "re");
		if (f == NULL)
			continue;
		assert_int_equal(fseek(f, 0, SEEK_END), 0);
		size_t n = (size_t)ftell(f);
		rewind(f);
		char *bytes = malloc(n + 1);
		n = fread(bytes, 1, n, f);
		fclose(f);
		found = found || memmem(bytes, n, text, strlen(text)) != NULL;
		free(bytes);
	}
	return found;
}

#endif
