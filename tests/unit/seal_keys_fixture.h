#ifndef TESTS_UNIT_SEAL_KEYS_FIXTURE_H
#define TESTS_UNIT_SEAL_KEYS_FIXTURE_H

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/err.h"
#include "seal/keyfile.h"
#include "seal/keys.h"
#include "seal/make.h"

/* What the tests of keys share: a folder for one test, the published keys, two centers. Run from the project's folder. */

static const char PUBLISHED[] = "tests/fixtures/keys", PASSPHRASE[] = "juzhu-test-center";
static const char *const FILES[] = { "center.key", "center.pub", "station.key", "station.cert" };
enum { N_FILES = sizeof FILES / sizeof *FILES, TODAY = 20260302, SINCE = 1772415000 };
static const struct center_lock CHEAP = { .passes = 1, .kib = 8192 };

static char work[512];
static struct center_keys center, stranger;

static inline void seed_from(unsigned char first, unsigned char ret[static 32])
{
	for (unsigned i = 0; i < 32; i++)
		ret[i] = (unsigned char)(first + i);
}

static inline int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static inline int setup(void **state)
{
	(void)state;
	unsigned char seed[32];
	const char *base = getenv("TMPDIR");

	snprintf(work, sizeof work, "%s/keys-XXXXXX", base ? base : P_tmpdir);
	seed_from(0x00, seed);
	center_from_seed(seed, &center);
	seed_from(0x40, seed);
	center_from_seed(seed, &stranger);
	return sodium_init() < 0 || !mkdtemp(work) ? -1 : 0;
}

static inline int teardown(void **state)
{
	(void)state;
	return nftw(work, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Whole content of DIR/NAME; yours to free. */
static inline char *content(const char *dir, const char *name, size_t *ret_n)
{
	char path[1000], *bytes = calloc(1, KEYFILE_MAX + 1);
	snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *f = fopen(path, "re");
	if (!f)
		fail_msg("%s is missing; BLESS=1 makes the published keys", path);
	*ret_n = fread(bytes, 1, KEYFILE_MAX, f);
	fclose(f);
	return bytes;
}

static inline void put(const char *dir, const char *name, const char *bytes, size_t n)
{
	char path[1000];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	unlink(path);
	FILE *f = fopen(path, "we");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

/* A copy of the published keys. */
static inline void copy_published(void)
{
	for (size_t i = 0; i < N_FILES; i++) {
		size_t n = 0;
		char *bytes = content(PUBLISHED, FILES[i], &n);
		put(work, FILES[i], bytes, n);
		free(bytes);
	}
}

static inline void good(bool ok, const struct err *e)
{
	if (!ok)
		fail_msg("%s", e->text);
}

static inline void refused(bool ok, const struct err *e, enum err_code code, const char *text)
{
	if (ok)
		fail_msg("accepted; expected: %s", text);
	if (e->code != code || !strstr(e->text, text))
		fail_msg("expected %d with \"%s\", got %d: %s", (int)code, text, (int)e->code, e->text);
}

/* One change of one file. `from` NULL: the file goes; "": its first half is left. */
struct damage {
	const char *file, *from, *to, *said;
};

static inline void damage(const struct damage *d)
{
	char path[1000];
	size_t n = 0;

	snprintf(path, sizeof path, "%s/%s", work, d->file);
	if (!d->from) {
		assert_int_equal(unlink(path), 0);
		return;
	}
	char *bytes = content(work, d->file, &n), *at = strstr(bytes, d->from);
	assert_non_null(at);
	if (*d->from == '\0') {
		put(work, d->file, bytes, n / 2);
	} else {
		char changed[2000];
		n = (size_t)snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - bytes), bytes, d->to,
			at + strlen(d->from));
		put(work, d->file, changed, n);
	}
	free(bytes);
}

#endif
