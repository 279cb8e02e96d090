/* Keys of a station: refused when anything about them is wrong. The published ones are made anew and compared. */
#include "seal_keys_fixture.h"

static void test_published(void **state)
{
	(void)state;
	unsigned char seed[32];
	struct center_lock lock = CHEAP;
	struct center_keys opened;
	struct station_keys keys;
	struct err e = { 0 };

	memset(lock.salt, 0x50, sizeof lock.salt);
	memset(lock.nonce, 0x60, sizeof lock.nonce);
	seed_from(0x00, seed);
	good(center_write(work, PASSPHRASE, seed, &lock, &e), &e);
	seed_from(0x20, seed);
	good(station_write(&center, "0001", seed, 20260101, 20991231, work, &e), &e);
	for (size_t i = 0; i < N_FILES; i++) {
		size_t n = 0, n_published = 0;
		char *bytes = content(work, FILES[i], &n);
		if (getenv("BLESS") && *getenv("BLESS"))
			put(PUBLISHED, FILES[i], bytes, n);
		char *published = content(PUBLISHED, FILES[i], &n_published);
		if (n != n_published || memcmp(bytes, published, n) != 0)
			fail_msg("tests/fixtures/keys/%s is not what its seeds give", FILES[i]);
		free(bytes);
		free(published);
	}
	good(center_open(PUBLISHED, PASSPHRASE, &opened, &e), &e);
	assert_memory_equal(&opened, &center, sizeof center);
	good(station_keys_load(PUBLISHED, "0001", TODAY, &keys, &e), &e);
	assert_memory_equal(keys.index, center.index, sizeof keys.index);
	center_tag_key(&center, "0001", seed);
	assert_memory_equal(keys.tag, seed, sizeof keys.tag);
	assert_int_equal(keys.n_centers, 1);
	assert_memory_equal(&keys.centers[0], &center.public, sizeof center.public);
}

/* And what has to be said. */
static const struct damage DAMAGES[] = {
	{ "station.cert", NULL, NULL, "station.cert: is missing; run `juzhu station enrol 0001` at the center" },
	{ "station.key", NULL, NULL, "station.key: is missing; run `juzhu station enrol 0001` at the center" },
	{ "center.pub", NULL, NULL, "center.pub: is missing; copy center.pub from the center" },
	{ "station.cert", "", NULL, "station.cert:1: is damaged: the line has no end; run `juzhu" },
	{ "station.key", "", NULL, "station.key:1: is damaged: the line has no end; run `juzhu" },
	{ "center.pub", "", NULL, "center.pub:1: is damaged: the line has no end" },
	{ "station.cert", "station 1", "station 2", "does not begin with \"juzhu-station 1\"" },
	{ "station.key", "secret 1", "secret 2", "does not begin with \"juzhu-station-secret 1\"" },
	{ "center.pub", "center 1", "center 2", "does not begin with \"juzhu-center 1\"" },
	{ "station.cert", " from=", " fron=", "holds what does not belong there" },
	{ "station.cert", " from=", " to=20270101 from=", "to= twice" },
	{ "station.cert", " from=20260101", "", "from= is missing" },
	{ "station.cert", " from=20260101", " from=20260230", "the value of from= is wrong" },
	{ "station.cert", " from=20260101", " from=2026011", "the value of from= is wrong" },
	{ "station.cert", " from=20260101", " from=20991231 ", "holds what does not belong there" },
	{ "station.cert", " from=20260101 to=20991231", " from=20991231 to=20260101", "ends before it begins" },
	{ "station.cert", "station=0001", "station=00001", "the value of station= is wrong" },
	{ "station.cert", "station=0001", "station=000a", "the value of station= is wrong" },
	{ "station.cert", "station=0001", "station=0002",
		"is of station 0002, but this is station 0001; correct station:" },
	{ "station.cert", "to=20991231", "to=20991230", "is not signed by the center of center.pub" },
	{ "station.cert", "from=2026", "from=2025", "is not signed by the center of center.pub" },
	{ "station.cert", "\n", "\n\n", "there is more after the line" },
	{ "station.cert", "\n", "\r\n", "the value of signature= is wrong" },
	{ "station.key", "station=0001", "station=0002", "station.key:1: is damaged: its check= does not fit" },
	{ "station.key", "tag=", "tag=00", "the value of tag= is wrong" },
	{ "station.key", "seed=20", "seed=2g", "the value of seed= is wrong" },
	{ "center.pub", "sign=", "sign=00", "center.pub:1: is damaged: the value of sign= is wrong" },
};

static void test_damages(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof DAMAGES / sizeof *DAMAGES; i++) {
		struct station_keys keys = { .n_centers = 77 };
		struct err e = { 0 };
		copy_published();
		damage(&DAMAGES[i]);
		refused(station_keys_load(work, "0001", TODAY, &keys, &e), &e, ERR_CONFIG, DAMAGES[i].said);
		assert_int_equal(keys.n_centers, 77);
	}
}

/* Every bit of every file of a kiosk: no flip goes unnoticed. */
static void test_bits(void **state)
{
	(void)state;
	struct station_keys keys;
	struct err e = { 0 };
	size_t flips = 0;

	copy_published();
	for (size_t i = 1; i < N_FILES; i++) {
		size_t n = 0;
		char *bytes = content(work, FILES[i], &n);
		for (size_t bit = 0; bit < n * 8; bit++) {
			bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
			put(work, FILES[i], bytes, n);
			if (station_keys_load(work, "0001", TODAY, &keys, &e))
				fail_msg("bit %zu of %s was flipped unnoticed", bit, FILES[i]);
			assert_int_equal(e.code, ERR_CONFIG);
			bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
			flips++;
		}
		put(work, FILES[i], bytes, n);
		free(bytes);
	}
	good(station_keys_load(work, "0001", TODAY, &keys, &e), &e);
	assert_true(flips > 5000);
}

static void test_other_files(void **state)
{
	(void)state;
	struct station_keys keys;
	struct err e = { 0 };
	unsigned char seed[32];
	char path[700], file[800], *bytes = calloc(1, KEYFILE_MAX + 1);
	size_t n = 0;

	/* Of another enrolment of the same station, and of another center. */
	snprintf(path, sizeof path, "%s/other", work);
	good(station_make(&center, "0001", 20260101, 20991231, path, &e), &e);
	good(station_keys_load(path, "0001", 20260101, &keys, &e), &e);
	good(station_keys_load(path, "0001", 20991231, &keys, &e), &e);
	refused(station_keys_load(path, "0001", 20251231, &keys, &e), &e, ERR_CONFIG, "valid from 20260101 on");
	refused(station_keys_load(path, "0001", 21000101, &keys, &e), &e, ERR_CONFIG, "was valid until 20991231");
	refused(station_keys_load(path, "0002", TODAY, &keys, &e), &e, ERR_CONFIG,
		"is of station 0001, but this is station 0002");
	refused(station_make(&center, "0001", 20260101, 20991231, path, &e), &e, ERR_CONFIG, "is there already");
	refused(station_make(&stranger, "0001", 20260101, 20991231, path, &e), &e, ERR_CONFIG, "is of another center");
	refused(station_make(&center, "1", 20260101, 20991231, path, &e), &e, ERR_USAGE, "four digits");
	refused(station_make(&center, "0001", 20270101, 20260101, path, &e), &e, ERR_USAGE, "before it begins");
	copy_published();
	free(bytes);
	bytes = content(path, "station.key", &n);
	put(work, "station.key", bytes, n);
	refused(station_keys_load(work, "0001", TODAY, &keys, &e), &e, ERR_CONFIG,
		"station.key: does not fit station.cert");
	copy_published();
	snprintf(path, sizeof path, "%s/foreign", work);
	seed_from(0x20, seed);
	good(station_write(&stranger, "0001", seed, 20260101, 20991231, path, &e), &e);
	free(bytes);
	bytes = content(path, "center.pub", &n);
	put(work, "center.pub", bytes, n);
	refused(station_keys_load(work, "0001", TODAY, &keys, &e), &e, ERR_CONFIG, "is not signed by the center");
	/* Two centers: the old stations' certificates stay good. */
	free(bytes);
	bytes = content(PUBLISHED, "center.pub", &n);
	snprintf(file, sizeof file, "%s/center.pub", work);
	FILE *f = fopen(file, "ae");
	assert_non_null(f);
	fwrite(bytes, 1, n, f);
	fclose(f);
	good(station_keys_load(work, "0001", TODAY, &keys, &e), &e);
	assert_int_equal(keys.n_centers, 2);
	f = fopen(file, "ae");
	assert_non_null(f);
	fwrite(bytes, 1, n, f);
	fclose(f);
	refused(station_keys_load(work, "0001", TODAY, &keys, &e), &e, ERR_CONFIG,
		"center.pub:3: names the same center twice");
	free(bytes);
}

static void test_no_files(void **state)
{
	(void)state;
	struct station_keys keys;
	struct err e = { 0 };
	char path[700], *large = calloc(1, KEYFILE_MAX + 2);

	snprintf(path, sizeof path, "%s/station.key", work);
	copy_published();
	assert_int_equal(chmod(path, 0644), 0);
	good(station_keys_load(work, "0001", TODAY, &keys, &e), &e);
	assert_int_equal(chmod(path, 0646), 0);
	refused(station_keys_load(work, "0001", TODAY, &keys, &e), &e, ERR_CONFIG,
		"station.key: everybody may write it; ");
	unlink(path);
	assert_int_equal(mkdir(path, 0700), 0);
	refused(station_keys_load(work, "0001", TODAY, &keys, &e), &e, ERR_CONFIG, "station.key: is not a file; ");
	rmdir(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	refused(station_keys_load(work, "0001", TODAY, &keys, &e), &e, ERR_CONFIG, "station.key: is not a file; ");
	unlink(path);
	put(work, "station.key", "", 0);
	refused(station_keys_load(work, "0001", TODAY, &keys, &e), &e, ERR_CONFIG, "station.key:1: is empty; ");
	memset(large, 'x', KEYFILE_MAX + 1);
	put(work, "station.key", large, KEYFILE_MAX + 1);
	refused(station_keys_load(work, "0001", TODAY, &keys, &e), &e, ERR_CONFIG, "is longer than 65536 bytes");
	free(large);
}

static void test_throwaway(void **state)
{
	(void)state;
	struct station_keys a, b;
	struct certificate c;
	unsigned char seed[32], packed[CERTIFICATE_SIZE];

	seed_from(0x70, seed);
	station_keys_throwaway(seed, "0042", TODAY, &a);
	station_keys_throwaway(seed, "0042", TODAY, &b);
	assert_memory_equal(&a, &b, sizeof a);
	assert_true(certificate_good(&a.certificate, a.centers, a.n_centers));
	assert_false(certificate_good(&a.certificate, &center.public, 1));
	assert_memory_equal(a.sign_secret + 32, a.certificate.sign, 32);
	certificate_pack(&a.certificate, packed);
	assert_true(certificate_unpack(packed, &c));
	assert_memory_equal(&c, &a.certificate, sizeof c);
	for (size_t bit = 0; bit < sizeof packed * 8; bit++) {
		packed[bit / 8] = (unsigned char)(packed[bit / 8] ^ 1 << bit % 8);
		assert_false(certificate_unpack(packed, &c) && certificate_good(&c, a.centers, 1));
		packed[bit / 8] = (unsigned char)(packed[bit / 8] ^ 1 << bit % 8);
	}
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_published),
		TEST(test_damages),
		TEST(test_bits),
		TEST(test_other_files),
		TEST(test_no_files),
		TEST(test_throwaway),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
