#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "address/tsv.h"
#include "address_fixture.h"

enum { DISTRICTS = 16 };

static char districts[DISTRICTS][8];
static size_t n_districts, n_towns, streets_in[DISTRICTS], n_streets;
static char towns[256][10];

static int setup(void **state)
{
	(void)state;
	return fixture_make_dir();
}

static int teardown(void **state)
{
	(void)state;
	return rmdir(fixture_dir);
}

static size_t district(const char *code)
{
	for (size_t i = 0; i < n_districts; i++) {
		if (strncmp(districts[i], code, 6) == 0)
			return i;
	}
	return DISTRICTS;
}

static bool take_district(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	(void)ctx;
	(void)e;
	assert_true(n_districts < DISTRICTS && strlen(field[0]) == 6 && *field[1]);
	memcpy(districts[n_districts++], field[0], 7);
	return true;
}

static bool take_town(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	(void)ctx;
	(void)e;
	assert_true(n_towns < 256 && strlen(field[0]) == 9 && *field[1] && district(field[0]) < DISTRICTS);
	memcpy(towns[n_towns++], field[0], 10);
	return true;
}

static bool take_street(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	bool known = !*field[3];
	(void)ctx;
	(void)e;
	assert_true(strlen(field[0]) >= 6 && district(field[2]) < DISTRICTS);
	for (size_t i = 0; i < n_towns && !known; i++)
		known = strcmp(towns[i], field[3]) == 0;
	assert_true(known && strncmp(field[3], field[2], *field[3] ? 6 : 0) == 0);
	streets_in[district(field[2])]++;
	n_streets++;
	return true;
}

static void test_names(void **state)
{
	struct err e = { 0 };
	(void)state;
	assert_true(tsv_read("data", "addresses/districts.tsv", take_district, NULL, &e));
	assert_true(tsv_read("data", "addresses/towns.tsv", take_town, NULL, &e));
	assert_true(tsv_read("data", "addresses/streets.tsv", take_street, NULL, &e));
	assert_int_equal(n_districts, 16);
	assert_int_equal(n_towns, 215);
	assert_true(n_streets >= 600);
	for (size_t i = 0; i < DISTRICTS; i++)
		assert_true(streets_in[i] >= 30);
}

struct table {
	const char *name;
	size_t rows, expected;
};

static bool take_code(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	struct table *t = ctx;
	(void)e;
	for (size_t i = 0; i < 5; i++)
		assert_true(*field[i]);
	assert_int_equal(strspn(field[3], "abcdefghijklmnopqrstuvwxyz"), strlen(field[3]));
	assert_int_equal(strspn(field[4], "abcdefghijklmnopqrstuvwxyz"), strlen(field[4]));
	t->rows++;
	return true;
}

static void test_codes(void **state)
{
	struct table tables[] = { { "codes/ethnic.tsv", 0, 57 }, { "codes/reason.tsv", 0, 17 },
		{ "codes/education.tsv", 0, 7 }, { "codes/relation.tsv", 0, 20 },
		{ "regions/regions.tsv", 0, 34 + 333 + 2850 } };
	(void)state;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct err e = { 0 };
		assert_true(tsv_read("data", tables[i].name, take_code, &tables[i], &e));
		assert_int_equal(tables[i].rows, tables[i].expected);
	}
}

static void test_amount(void **state)
{
	char path[PATH_MAX];
	struct address_library *l = NULL;
	struct address_stats stats;
	struct err e = { 0 };
	(void)state;
	assert_true(fixture_generate("amount.db", 1));
	fixture_path("amount.db", path);
	assert_true(address_open(&l, path, &e));
	assert_true(address_stats(l, &stats, &e));
	assert_int_equal(stats.streets, n_streets);
	assert_true(stats.doors >= 30000);
	assert_true(stats.rooms >= 200000);
	assert_non_null(strstr(stats.label, "sample data"));
	address_close(l);
	fixture_remove("amount.db");
}

static bool same_files(const char *a, const char *b)
{
	char path[PATH_MAX];
	fixture_path(a, path);
	FILE *f = fopen(path, "rb");
	fixture_path(b, path);
	FILE *g = fopen(path, "rb");
	int x, y;
	assert_true(f && g);
	do {
		x = getc(f);
		y = getc(g);
	} while (x == y && x != EOF);
	fclose(f);
	fclose(g);
	return x == y;
}

static void test_deterministic(void **state)
{
	(void)state;
	assert_true(fixture_generate("one.db", 7) && fixture_generate("two.db", 7) && fixture_generate("three.db", 8));
	assert_true(same_files("one.db", "two.db"));
	assert_false(same_files("one.db", "three.db"));
	fixture_remove("one.db");
	fixture_remove("two.db");
	fixture_remove("three.db");
}

/* A failure names the file and leaves nothing behind. */
static void test_failure(void **state)
{
	char path[PATH_MAX];
	struct err e = { 0 };
	(void)state;
	fixture_path("none.db", path);
	assert_false(address_generate("no-such-folder", path, 1, &e));
	assert_non_null(strstr(e.text, "no-such-folder"));
	assert_int_equal(access(path, F_OK), -1);
	fixture_path("no/such/place.db", path);
	assert_false(address_generate(fixture_data(), path, 1, &e));
	assert_int_equal(e.code, ERR_STORAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_amount),
		cmocka_unit_test(test_deterministic),
		cmocka_unit_test(test_failure),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
