/* Roads that run through several towns, in a list that names the town in every row. */
#include "address_build_fixture.h"

enum { MAX = 40 };

static struct address_hit hits[MAX];

static int setup(void **state)
{
	(void)state;
	if (fixture_make_dir())
		return -1;
	fixture_path("join.db", fixture_library);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	unlink(fixture_library);
	return rmdir(fixture_dir);
}

/* A room of the street in a town of 静安区; its code is made of both numbers. */
static void add_room(struct library_writer *w, const char *street, int town, long lane, long no, const char *compound)
{
	struct library_row r = ROW;
	char code[24], town_code[12], name[32];
	snprintf(town_code, sizeof town_code, "3101060%02d", town);
	snprintf(name, sizeof name, "第%d街道", town);
	snprintf(code, sizeof code, "%s%05ld%04ld", town_code, lane, no);
	r.street = street;
	r.town_code = town_code;
	r.town = name;
	r.code = code;
	r.lane = lane;
	r.no = no;
	r.compound = compound;
	add(w, &r);
}

static void add_list(struct library_writer *w)
{
	for (int town = 11; town <= 13; town++) { /* one long road */
		for (long no = 1; no <= 3; no++) {
			add_room(w, "武定路", town, town * 100, no, town == 12 ? "定海坊" : NULL);
			add_room(w, "武定路", town, 0, town * 50 + no, NULL);
		}
	}
	for (int town = 11; town <= 12; town++) /* two roads: both have a number 1 */
		add_room(w, "长宁路", town, 0, 1, NULL);
}

static void expect_joined(const char *content)
{
	struct address_library *l = open_it();
	struct address_stats s = stats_of(l);
	assert_int_equal(s.streets, 3);
	assert_int_equal(s.doors, 20);
	if (content)
		assert_string_equal(s.content, content);
	/* the road is one hit, with all of its lanes; which town is known at the door */
	assert_int_equal(address_search(l, "武定路", hits, MAX), 1);
	assert_string_equal(hits[0].detail, "静安区");
	struct address road = hits[0].at;
	assert_int_equal(address_below(l, &road, "", hits, MAX), 3 + 9);
	assert_string_equal(hits[3].at.town, "第11街道");
	assert_string_equal(hits[11].at.town_code, "310106013");
	assert_true(address_search(l, "武定路1200弄2号301", hits, MAX) > 0);
	assert_string_equal(hits[0].label, "武定路1200弄2号301室");
	assert_string_equal(hits[0].at.town_code, "310106012");
	assert_string_equal(hits[0].at.town, "第12街道");
	assert_true(address_search(l, "武定路65", hits, MAX) > 0); /* a number that is typed on */
	assert_string_equal(hits[0].at.town, "第13街道");
	assert_true(address_search(l, "定海坊2号", hits, MAX) > 0); /* the compound lies in one of the towns */
	assert_string_equal(hits[0].at.town, "第12街道");
	assert_int_equal(address_search(l, "长宁路", hits, MAX), 2);
	assert_string_equal(hits[0].detail, "静安区 第11街道");
	assert_string_equal(hits[1].detail, "静安区 第12街道");
	address_close(l);
}

static void test_joined(void **state)
{
	struct library_writer *w = begin();
	struct err e = { 0 };
	(void)state;
	add_list(w);
	finish(w);
	expect_joined(NULL);
	assert_true(address_verify(fixture_library, no_problem, NULL, &e));
}

/* A delta finds each address by the town that its list names, and nothing else changes. */
static void test_taken(void **state)
{
	struct err e = { 0 };
	struct library_writer *w = begin();
	(void)state;
	add_list(w);
	struct address_stats before = made(w);
	w = begin();
	assert_true(library_writer_take(w, fixture_library, &e));
	assert_string_equal(made(w).content, before.content);
	expect_joined(before.content);

	struct library_row gone = ROW;
	gone.street = "武定路";
	gone.town_code = "310106012";
	gone.lane = 1200;
	gone.no = 2;
	gone.code = NULL;
	w = begin();
	assert_true(library_writer_take(w, fixture_library, &e));
	assert_true(library_writer_remove(w, &gone, &e));
	gone.town_code = "310106013"; /* no such lane in that town */
	assert_false(library_writer_remove(w, &gone, &e));
	assert_int_equal(made(w).doors, 19);
	w = begin();
	assert_true(library_writer_take(w, fixture_library, &e));
	add_room(w, "武定路", 12, 1200, 2, "定海坊");
	finish(w);
	expect_joined(before.content);
}

/* What tells two roads apart may come later: then they part. */
static void test_parted(void **state)
{
	struct err e = { 0 };
	struct library_writer *w = begin();
	(void)state;
	add_list(w);
	finish(w);
	w = begin();
	assert_true(library_writer_take(w, fixture_library, &e));
	add_room(w, "武定路", 13, 1200, 2, NULL);
	struct address_stats s = made(w);
	assert_int_equal(s.streets, 5);
	assert_int_equal(s.doors, 21);
	struct address_library *l = open_it();
	assert_int_equal(address_search(l, "武定路", hits, MAX), 3);
	address_close(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_joined),
		cmocka_unit_test(test_taken),
		cmocka_unit_test(test_parted),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
