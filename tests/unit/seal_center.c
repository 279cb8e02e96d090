/* Keys of the center: made once, opened by the passphrase alone; the list of those that are revoked. */
#include "seal_keys_fixture.h"

/* As a program makes them: random, expensive, secret, never overwritten. */
static void test_center(void **state)
{
	(void)state;
	struct center_keys a, b;
	struct err e = { 0 };
	struct stat st;
	char path[700];
	size_t n = 0;

	refused(center_make(work, "1234567", &e), &e, ERR_USAGE, "8 bytes");
	refused(center_open(work, "long enough", &a, &e), &e, ERR_CONFIG, "center.key: is missing; ");
	good(center_make(work, "long enough", &e), &e);
	snprintf(path, sizeof path, "%s/center.key", work);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	char *before = content(work, "center.key", &n);
	assert_non_null(strstr(before, "passes=3 kib=262144 "));
	refused(center_make(work, "long enough", &e), &e, ERR_CONFIG, "is there already");
	snprintf(path, sizeof path, "%s/center.pub", work);
	assert_int_equal(unlink(path), 0);
	refused(center_make(work, "long enough", &e), &e, ERR_CONFIG, "center.key: is there already");
	char *after = content(work, "center.key", &n);
	assert_string_equal(before, after);
	free(before);
	free(after);
	refused(center_open(work, "long enough", &a, &e), &e, ERR_CONFIG, "center.pub: is missing; ");
	refused(center_open(work, "long enougH", &a, &e), &e, ERR_NO, "wrong passphrase");
	snprintf(path, sizeof path, "%s/other", work);
	good(center_write(path, "long enough", (const unsigned char *)"another seed of thirty-two bytes", &CHEAP, &e),
		&e);
	good(center_open(path, "long enough", &b, &e), &e);
	assert_memory_not_equal(b.index, center.index, sizeof b.index);
}

static void test_center_key_bits(void **state)
{
	(void)state;
	static const char *const RANGES[][2] = { { "passes=1 ", "passes=0 " }, { "passes=1 ", "passes=17 " },
		{ "kib=8192 ", "kib=8191 " }, { "kib=8192 ", "kib=1048577 " },
		{ "kib=8192 ", "kib=9223372036854775807 " }, { "kib=8192 ", "kib=18446744073709551616 " },
		{ "passes=1 ", "passes=01 " }, { "passes=1 ", "passes=-1 " } };
	struct center_keys keys;
	struct err e = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++) {
		copy_published();
		damage(&(struct damage){ "center.key", RANGES[i][0], RANGES[i][1], NULL });
		refused(center_open(work, PASSPHRASE, &keys, &e), &e, ERR_CONFIG, "center.key:1: is damaged: ");
	}
	copy_published();
	char *bytes = content(work, "center.key", &n);
	for (size_t bit = 0; bit < n * 8; bit += 7) {
		bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
		put(work, "center.key", bytes, n);
		assert_false(center_open(work, PASSPHRASE, &keys, &e));
		assert_true(e.code == ERR_CONFIG || e.code == ERR_NO);
		bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
	}
	free(bytes);
}

static void test_revoked(void **state)
{
	(void)state;
	struct certificate mine, other, found;
	struct station_keys keys;
	struct err e = { 0 };
	char path[700], fingerprint[FINGERPRINT_SIZE], *kept = NULL;
	int64_t since = -1;
	size_t n = 0;

	copy_published();
	good(station_certificate_load(work, &mine, &e), &e);
	snprintf(path, sizeof path, "%s/other", work);
	good(station_make(&center, "0001", 20260101, 20991231, path, &e), &e);
	good(station_certificate_load(path, &other, &e), &e);
	good(certificate_keep(&other, work, &kept, &e), &e);
	good(station_certificate_load(kept, &found, &e), &e);
	assert_memory_equal(&found, &other, sizeof other);
	certificate_fingerprint(&other, fingerprint);
	assert_non_null(strstr(kept, fingerprint));
	free(kept);

	good(certificate_revoked(work, &mine, &center.public, 1, &since, &e), &e);
	assert_int_equal(since, 0);
	good(station_revoke(&center, &other, SINCE + 9, work, &e), &e);
	good(station_keys_load(work, "0001", TODAY, &keys, &e), &e); /* the same station, another key */
	good(station_revoke(&center, &mine, SINCE, work, &e), &e);
	refused(station_keys_load(work, "0001", TODAY, &keys, &e), &e, ERR_CONFIG,
		"was revoked by the center, since 2026-03-02T09:30:00+08:00; run `juzhu station enrol 0001`");
	refused(station_revoke(&center, &mine, SINCE + 1, work, &e), &e, ERR_NO,
		"is revoked already, since 2026-03-02T09:30:00");
	good(station_revoke(&center, &mine, SINCE - 60, work, &e), &e); /* stolen earlier than they thought */
	good(certificate_revoked(work, &mine, &center.public, 1, &since, &e), &e);
	assert_int_equal(since, SINCE - 60);
	good(certificate_revoked(work, &other, &center.public, 1, &since, &e), &e);
	assert_int_equal(since, SINCE + 9);
	refused(certificate_revoked(work, &mine, &stranger.public, 1, &since, &e), &e, ERR_CONFIG,
		"revoked:1: is not signed by this center; copy the list");
	found.to--;
	refused(station_revoke(&center, &found, SINCE, work, &e), &e, ERR_CONFIG, "did not certify this key");
	refused(station_revoke(&center, &mine, 0, work, &e), &e, ERR_USAGE, "after 1970");

	/* Every bit of the list; what makes a line of its own or a number is refused by the signature. */
	char *bytes = content(work, "revoked", &n);
	for (size_t bit = 0; bit < n * 8; bit++) {
		bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
		put(work, "revoked", bytes, n);
		if (certificate_revoked(work, &mine, &center.public, 1, &since, &e))
			fail_msg("bit %zu of the list was flipped unnoticed", bit);
		bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
	}
	/* The order of the lines does not matter: the earliest moment counts. */
	char *last = bytes + n - 1, *turned = calloc(1, n + 1);
	while (last > bytes && last[-1] != '\n')
		last--;
	snprintf(turned, n + 1, "%s%.*s", last, (int)(last - bytes), bytes);
	put(work, "revoked", turned, n);
	free(turned);
	good(certificate_revoked(work, &mine, &center.public, 1, &since, &e), &e);
	assert_int_equal(since, SINCE - 60);
	char *full = malloc(KEYFILE_MAX);
	memset(full, '\n', KEYFILE_MAX);
	put(work, "revoked", full, KEYFILE_MAX - 100);
	free(full);
	refused(station_revoke(&center, &mine, SINCE, work, &e), &e, ERR_STORAGE, "revoked: the list is full");
	put(work, "revoked", "\n", 1); /* what systemd supplies when there is none */
	good(station_keys_load(work, "0001", TODAY, &keys, &e), &e);
	put(work, "revoked", "", 0);
	good(station_keys_load(work, "0001", TODAY, &keys, &e), &e);
	free(bytes);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_center),
		TEST(test_center_key_bits),
		TEST(test_revoked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
