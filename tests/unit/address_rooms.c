#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/rooms.h"
#include "base/err.h"
#include "base/str.h"

enum { MOST = 2000 };

static struct rooms_writer *writer;
static struct room back[MOST];
static uint64_t state;

static uint32_t any(uint32_t below) /* SplitMix64: the same rooms in each run */
{
	uint64_t z = state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ (z >> 31)) % below);
}

static int setup(void **ctx)
{
	(void)ctx;
	writer = rooms_writer_create();
	return 0;
}

static int teardown(void **ctx)
{
	(void)ctx;
	rooms_writer_destroy(writer);
	return 0;
}

static void add(const char *building, const char *unit, const char *room, const char *code)
{
	struct err e = { 0 };
	if (!rooms_writer_add(writer, building, unit, room, code, &e))
		fail_msg("%s", e.text);
}

/* Packs, reads into `back`; returns how many came. */
static size_t pass(size_t *ret_rooms, size_t *ret_codes, size_t *ret_count)
{
	const unsigned char *rooms, *codes;
	struct rooms_reader r;
	size_t n = 0;
	assert_int_equal(rooms_writer_pack(writer, &rooms, ret_rooms, &codes, ret_codes), 0);
	*ret_count = rooms_count(rooms, *ret_rooms);
	for (rooms_read(&r, rooms, *ret_rooms, codes, *ret_codes); rooms_next(&r); n++) {
		assert_true(n < MOST);
		back[n] = r.now;
	}
	assert_true(r.good);
	return n;
}

static void test_order(void **ctx)
{
	static const struct room IN[] = { { "2", "", "101", "" }, { "", "", "地下室", "" }, { "10", "", "101", "" },
		{ "", "", "12A", "" }, { "", "", "1002", "" }, { "", "", "902", "" }, { "2", "3", "5", "" },
		{ "", "", "0101", "" }, { "2", "", "101", "" } };
	static const char *const OUT[] = { "//902", "//1002", "//0101", "//12A", "//地下室", "2//101", "2/3/5",
		"10//101" };
	size_t rooms, codes, count;
	(void)ctx;
	rooms_writer_clear(writer);
	for (size_t i = 0; i < sizeof IN / sizeof *IN; i++)
		add(IN[i].building, IN[i].unit, IN[i].room, IN[i].code);
	size_t n = pass(&rooms, &codes, &count);
	assert_int_equal(n, sizeof OUT / sizeof *OUT);
	assert_int_equal(count, n);
	assert_int_equal(codes, 0);
	for (size_t i = 0; i < n; i++) {
		struct str text;
		str_init(&text, 100);
		str_addf(&text, "%s/%s/%s", back[i].building, back[i].unit, back[i].room);
		assert_string_equal(text.text, OUT[i]);
		str_finish(&text);
		assert_string_equal(back[i].code, "");
	}
}

static void test_single_house(void **ctx)
{
	size_t rooms, codes, count;
	(void)ctx;
	rooms_writer_clear(writer);
	assert_int_equal(pass(&rooms, &codes, &count), 0);
	assert_int_equal(rooms + codes + count, 0);
	add("", "", "", "");
	assert_int_equal(pass(&rooms, &codes, &count), 0);
	assert_int_equal(rooms + codes, 0);
	rooms_writer_clear(writer);
	add(NULL, NULL, NULL, "310106000012345678");
	assert_int_equal(pass(&rooms, &codes, &count), 1);
	assert_int_equal(rooms + count, 0); /* still a single house */
	assert_string_equal(back[0].code, "310106000012345678");
	add("", "", "101", "310106000012345679"); /* the house is in the list beside its rooms */
	assert_int_equal(pass(&rooms, &codes, &count), 2);
	assert_int_equal(count, 1);
	assert_string_equal(back[0].room, "");
	assert_string_equal(back[1].room, "101");
	assert_string_equal(back[1].code, "310106000012345679");
	rooms_writer_clear(writer);
	add("3", "", "", "X"); /* a building without rooms */
	assert_int_equal(pass(&rooms, &codes, &count), 1);
	assert_string_equal(back[0].building, "3");
}

/* A room that comes twice is one; a code may come with the second, but not another code. */
static void test_contradiction(void **ctx)
{
	size_t rooms, codes, count;
	struct err e = { 0 };
	(void)ctx;
	rooms_writer_clear(writer);
	add("", "", "102", "");
	add("", "", "101", "1");
	add("", "", "101", "1");
	add("", "", "102", "3");
	assert_false(rooms_writer_add(writer, "", "", "101", "2", &e));
	assert_int_equal(e.code, ERR_NO);
	add("", "", "", "7");
	assert_false(rooms_writer_add(writer, "", "", "", "8", &e));
	assert_int_equal(pass(&rooms, &codes, &count), 3);
	assert_string_equal(back[0].code, "7");
	assert_string_equal(back[1].code, "1");
	assert_string_equal(back[2].code, "3");
}

static void test_refused(void **ctx)
{
	static const char *const BAD[] = { "1234567890123456789012345", "a\x1b[1m", "\xff", "\xe2\x80\xae" };
	struct err e = { 0 };
	(void)ctx;
	rooms_writer_clear(writer);
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
		assert_false(rooms_writer_add(writer, "", "", BAD[i], "", &e));
		assert_int_equal(e.code, ERR_NO);
		assert_non_null(strstr(e.text, "room"));
	}
	assert_false(rooms_writer_add(writer, "1234567890123456", "", "1", "", &e));
	assert_false(rooms_writer_add(writer, "", "", "1", "1234567890123456789012345678901234567890", &e));
	assert_int_equal(rooms_writer_count(writer), 0);
}

/* What a tall and a low door cost; both with codes in a row. */
static void test_size(void **ctx)
{
	static const struct {
		int floors, each;
		size_t most;
	} CASES[] = { { 6, 4, 30 }, { 18, 4, 32 }, { 5, 2, 30 }, { 24, 12, 40 } };
	(void)ctx;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		size_t rooms, codes, count;
		long code = 310106001234567000;
		char room[24], text[30];
		rooms_writer_clear(writer);
		for (int floor = 1; floor <= CASES[i].floors; floor++) {
			for (int k = 1; k <= CASES[i].each; k++) {
				snprintf(room, sizeof room, "%d%02d", floor, k);
				snprintf(text, sizeof text, "%ld", code++);
				add("", "", room, text);
			}
		}
		size_t n = pass(&rooms, &codes, &count);
		assert_int_equal(n, CASES[i].floors * CASES[i].each);
		print_message("%zu rooms: %zu bytes, codes %zu\n", n, rooms, codes);
		assert_true(rooms + codes <= CASES[i].most);
	}
}

static void random_room(struct room *r, int kind)
{
	static const char *const PARTS[] = { "", "", "", "1", "2", "10", "A", "东" };
	static const char *const TEXTS[] = { "地下室", "12A", "阁楼", "007", "0", "B1", "999999999", "1000000000" };
	static const char *const CODES[] = { "", "999999999999999999", "000000000000000000", "ABC-9",
		"550e8400e29b41d4a716446655440000", "31010600000000000000000000000000000009", "x", "0" };
	memset(r, 0, sizeof *r);
	snprintf(r->building, sizeof r->building, "%s", kind & 1 ? PARTS[any(8)] : "");
	snprintf(r->unit, sizeof r->unit, "%s", kind & 2 ? PARTS[any(8)] : "");
	if (any(8) == 0)
		snprintf(r->room, sizeof r->room, "%s", TEXTS[any(8)]);
	else
		snprintf(r->room, sizeof r->room, "%u%02u", any(30), any(14));
	if (kind & 4)
		snprintf(r->code, sizeof r->code, "%s%lu", any(20) ? "" : "Q",
			310106000000000000 + (unsigned long)any(9000));
	if (any(10) == 0) {
		memset(r->code, 0, sizeof r->code);
		snprintf(r->code, sizeof r->code, "%s", CODES[any(8)]);
	}
}

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct room));
}

static size_t find(const struct room *all, size_t n, const struct room *r)
{
	for (size_t i = 0; i < n; i++) {
		if (!strcmp(all[i].building, r->building) && !strcmp(all[i].unit, r->unit) &&
			!strcmp(all[i].room, r->room))
			return i;
	}
	return n;
}

/* Whatever goes in comes out, once; packed again it gives the same bytes. */
static void test_round_trip(void **ctx)
{
	static struct room in[MOST], out[MOST];
	(void)ctx;
	for (int round = 0; round < 3000; round++) {
		size_t n = any(any(4) ? 30 : 300), kept = 0, rooms, codes, count, again_rooms, again_codes;
		int kind = (int)any(8);
		rooms_writer_clear(writer);
		for (size_t i = 0; i < n; i++) {
			random_room(&in[kept], kind);
			if (find(in, kept, &in[kept]) == kept)
				kept++;
		}
		for (size_t i = 0; i < kept; i++)
			add(in[i].building, in[i].unit, in[i].room, in[i].code);
		assert_int_equal(pass(&rooms, &codes, &count), kept);
		assert_int_equal(count, kept);
		memset(out, 0, sizeof out);
		for (size_t i = 0; i < kept; i++) { /* without what stands behind the ends of the strings */
			str_copy(out[i].building, ROOM_PART, back[i].building);
			str_copy(out[i].unit, ROOM_PART, back[i].unit);
			str_copy(out[i].room, ROOM_TEXT, back[i].room);
			str_copy(out[i].code, ROOM_CODE, back[i].code);
		}
		rooms_writer_clear(writer);
		for (size_t i = kept; i-- > 0;)
			add(out[i].building, out[i].unit, out[i].room, out[i].code);
		assert_int_equal(pass(&again_rooms, &again_codes, &count), kept);
		assert_int_equal(again_rooms, rooms);
		assert_int_equal(again_codes, codes);
		qsort(in, kept, sizeof *in, compare);
		qsort(out, kept, sizeof *out, compare);
		assert_memory_equal(in, out, kept * sizeof *in);
	}
}

/* Every cut and every changed byte is refused or gives rooms, never more than it says. */
static void test_hostile(void **ctx)
{
	const unsigned char *rooms, *codes;
	unsigned char a[200], b[200];
	size_t n, m;
	struct rooms_reader r;
	(void)ctx;
	rooms_writer_clear(writer);
	for (int i = 0; i < 40; i++) {
		struct room one;
		random_room(&one, 7);
		if (i % 4 == 0)
			add(one.building, "1", one.room, one.code);
	}
	assert_int_equal(rooms_writer_pack(writer, &rooms, &n, &codes, &m), 0);
	assert_true(n < sizeof a && m < sizeof b);
	for (size_t i = 0; i < n; i++) {
		for (rooms_read(&r, rooms, i, codes, m); rooms_next(&r);)
			;
		assert_false(r.good);
	}
	for (size_t i = 1; i < m; i++) {
		for (rooms_read(&r, rooms, n, codes, i); rooms_next(&r);)
			;
		assert_false(r.good);
	}
	for (int i = 0; i < 200000; i++) {
		memcpy(a, rooms, n);
		memcpy(b, codes, m);
		*(any(2) ? &a[any((uint32_t)n)] : &b[any((uint32_t)m)]) = (unsigned char)any(256);
		*(any(2) ? &a[any((uint32_t)n)] : &b[any((uint32_t)m)]) ^= (unsigned char)(1u << any(8));
		size_t count = 0, most = rooms_count(a, n) + 1;
		for (rooms_read(&r, a, n, b, m); rooms_next(&r);)
			count++;
		assert_true(count <= most);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_single_house),
		cmocka_unit_test(test_contradiction),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
