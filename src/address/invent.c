/* Libraries of any size from a seed, for tests and benchmarks. Proportions: reference address.md 3 (23 rooms a door). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/address.h"
#include "address/build.h"
#include "address/invent_names.h"
#include "base/err.h"
#include "base/xalloc.h"

enum { NUMBER_LARGEST = 99999, LANE_DOORS = 60, CODE_SIZE = 24, CODE_DIGITS = 12, SAME_NAME_STEP = 17 };

struct inventing {
	struct library_writer *writer;
	struct invent_names names;
	uint64_t random, code;
	struct library_row row; /* what is being written */
	char code_text[CODE_SIZE], street[INVENTED_BYTES], compound[INVENTED_BYTES], old_name[INVENTED_BYTES],
		postcode[8];
	size_t town;
	long budget; /* rooms that this street still gets */
};

/* The floors of a building, all alike. */
struct shape {
	int floors, each;
};

static int between(struct inventing *v, int low, int high)
{
	return low + (int)invent_below(&v->random, (uint32_t)(high - low + 1));
}

static bool chance(struct inventing *v, int per_thousand)
{
	return between(v, 1, 1000) <= per_thousand;
}

static void next_code(struct inventing *v)
{
	memcpy(v->code_text, v->row.district_code, 6);
	uint64_t code = ++v->code;
	for (int i = 6 + CODE_DIGITS; i-- > 6; code /= 10)
		v->code_text[i] = (char)('0' + code % 10);
	v->code_text[6 + CODE_DIGITS] = '\0';
}

static bool put(struct inventing *v, const char *room, struct err *e)
{
	next_code(v);
	v->row.room = room;
	return library_writer_add(v->writer, &v->row, e);
}

static bool put_floors(struct inventing *v, struct shape s, struct err *e)
{
	for (int floor = 1; floor <= s.floors; floor++) {
		char room[8];
		int at = 0;
		if (floor >= 10)
			room[at++] = (char)('0' + floor / 10);
		room[at++] = (char)('0' + floor % 10);
		for (int k = 1; k <= s.each; k++) {
			room[at] = (char)('0' + k / 10);
			room[at + 1] = (char)('0' + k % 10);
			room[at + 2] = '\0';
			if (!put(v, room, e))
				return false;
		}
	}
	return true;
}

/* Some doors have buildings or units behind them, some a room that is no number. */
static bool put_door(struct inventing *v, struct shape s, struct err *e)
{
	enum { PARTS = 3 };
	static const char *const parts[PARTS] = { "1", "2", "3" };
	int n = s.floors >= 3 && chance(v, 30) ? between(v, 2, PARTS) : 0;
	const char **to = chance(v, 500) ? &v->row.building : &v->row.unit;
	bool ok = true;
	if (s.floors == 0)
		return put(v, NULL, e);
	if (n == 0)
		ok = put_floors(v, s, e);
	else
		s.floors = s.floors * 2 / 3;
	for (int i = 0; ok && i < n && i < PARTS; i++) {
		*to = parts[i];
		ok = put_floors(v, s, e);
	}
	*to = NULL;
	if (ok && chance(v, 10))
		ok = put(v, "地下室", e);
	v->budget -= (long)s.floors * s.each * (n ? n : 1);
	return ok;
}

/* How the buildings of a lane look: `rooms` is what it may have at most. */
static struct shape shape_of(struct inventing *v, long rooms)
{
	int kind = between(v, 1, 100);
	struct shape s = { 0, 0 };
	if (kind <= 8 || rooms < 4)
		return rooms > 0 && chance(v, 700) ? (struct shape){ 2, 1 } : s; /* an old lane */
	if (kind <= 62 && rooms >= 44)
		return (struct shape){ between(v, 11, 24), between(v, 2, 4) };
	s = (struct shape){ between(v, 5, 7), between(v, 2, 4) };
	while (s.floors > 1 && (long)s.floors * s.each > rooms)
		s.floors--;
	return s;
}

/* A lane, village or compound: doors from 1 on until its rooms are used up. */
static bool put_lane(struct inventing *v, long lane, long rooms, struct err *e)
{
	struct shape s = shape_of(v, rooms);
	int each = s.floors * s.each, most = each > 4 ? LANE_DOORS : between(v, 1, each ? 14 : 3);
	long stop = v->budget - rooms;
	bool ok = true;
	v->row.lane = lane;
	v->row.sub = lane && chance(v, 20) ? between(v, 1, 40) : 0;
	for (int no = 1; ok && no <= most && (no == 1 || v->budget - each >= stop); no++) {
		v->row.no = no;
		v->row.suffix = NULL;
		ok = put_door(v, s, e);
		if (ok && chance(v, 8)) {
			v->row.suffix = "甲";
			ok = put_door(v, s, e);
		}
	}
	v->row.suffix = NULL;
	return ok;
}

static bool put_front(struct inventing *v, long no, struct err *e)
{
	static const char *const suffixes[] = { "-1", "乙", "临" };
	struct shape s = { 0, 0 };
	if (v->budget > 30 && chance(v, 300))
		s = (struct shape){ between(v, 3, 8), between(v, 2, 4) };
	v->row.lane = v->row.sub = 0;
	v->row.no = no;
	v->row.suffix = chance(v, 40) ? suffixes[between(v, 0, 2)] : NULL;
	bool ok = put_door(v, s, e);
	v->row.suffix = NULL;
	return ok;
}

static long step(struct inventing *v, long no)
{
	long next = no + between(v, 1, 24);
	return next > NUMBER_LARGEST ? NUMBER_LARGEST : next;
}

/* A road: its compounds first, each a lane or a tall front door; then lanes and front doors until the rooms are used up. */
static bool put_road(struct inventing *v, long compounds, struct err *e)
{
	long no = 0;
	bool ok = true;
	for (; ok && compounds > 0; compounds--) {
		long rooms = v->budget / (compounds + 1);
		no = step(v, no);
		invent_name(&v->names, &v->random, STREET_COMPOUND, v->compound);
		v->row.compound = v->compound;
		ok = chance(v, 900) ? put_lane(v, no, rooms, e) : put_front(v, no, e);
		v->row.compound = NULL;
	}
	do {
		no = step(v, no);
		ok = ok &&
			(chance(v, 550) && v->budget > 0 ? put_lane(v, no, v->budget / 3 + 120, e)
							 : put_front(v, no, e));
	} while (ok && v->budget > 0 && no < NUMBER_LARGEST);
	return ok;
}

static bool put_street(struct inventing *v, long *compounds, bool same_name, struct err *e)
{
	int kind = between(v, 1, 20);
	char district[7];
	enum street_kind k = kind <= 16 ? STREET_ROAD : kind <= 18 ? STREET_VILLAGE : STREET_COMPOUND;
	if (same_name && v->row.kind == k) {
		v->town = (v->town + SAME_NAME_STEP) % v->names.n_towns; /* mostly in another district */
	} else {
		v->town = invent_below(&v->random, (uint32_t)v->names.n_towns);
		invent_name(&v->names, &v->random, k, v->street);
	}
	memcpy(district, v->names.town[v->town], 6);
	district[6] = '\0';
	snprintf(v->postcode, sizeof v->postcode, "20%04d", (int)(v->town * 10));
	v->row = (struct library_row){ .code = v->code_text,
		.district_code = district,
		.town_code = v->names.town[v->town],
		.town = v->names.town_name[v->town],
		.street = v->street,
		.kind = k,
		.postcode = v->postcode };
	if (chance(v, 10)) { /* a name that it had before */
		invent_name(&v->names, &v->random, k, v->old_name);
		v->row.old_name = v->old_name;
	}
	bool ok;
	if (k == STREET_ROAD) {
		ok = put_road(v, *compounds, e);
		*compounds = 0;
	} else {
		ok = put_lane(v, 0, v->budget > 0 ? v->budget : 1, e);
	}
	v->row.district_code = NULL;
	return ok;
}

/* Few streets have most of the rooms. */
static double *weights(struct inventing *v, size_t n)
{
	double *w = xcalloc(n, sizeof *w), sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += w[i] = 1 / (0.05 + (double)(invent_random(&v->random) >> 11) / (double)(1ull << 53));
	for (size_t i = 0; i < n; i++)
		w[i] /= sum;
	return w;
}

static bool put_all(struct inventing *v, long names, long rooms, struct err *e)
{
	size_t streets = (size_t)(names / 3 > 0 ? names / 3 : 1);
	double *w = weights(v, streets), compounds_due = 0, rooms_due = 0;
	long compounds = names - (long)streets;
	bool ok = true;
	for (size_t i = 0; i < streets && ok; i++) {
		rooms_due += w[i] * (double)rooms;
		compounds_due += (0.5 / (double)streets + w[i] / 2) * (double)compounds;
		long here = (long)compounds_due;
		compounds_due -= (double)here;
		v->budget = (long)rooms_due;
		rooms_due -= (double)v->budget;
		ok = put_street(v, &here, i > 0 && chance(v, 60), e);
		compounds_due += (double)here;  /* only roads have some */
		rooms_due += (double)v->budget; /* what was too much or too little is settled by the next one */
	}
	free(w);
	return ok;
}

bool address_invent(const char *data_dir, const char *path, long names, long rooms, unsigned long seed, struct err *e)
{
	struct inventing *v = xcalloc(1, sizeof *v);
	char label[80];
	v->random = seed;
	snprintf(label, sizeof label, "示例数据 sample data: %ld names, %ld rooms, seed %lu", names, rooms, seed);
	bool ok = invent_names_load(&v->names, data_dir, e) &&
		library_writer_create(&v->writer, path, data_dir, label, e) && put_all(v, names, rooms, e) &&
		library_writer_finish(v->writer, NULL, NULL, e);
	library_writer_destroy(v->writer);
	invent_names_finish(&v->names);
	free(v);
	return ok;
}
