#include "address/doors.h"

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct maker {
	uint64_t state;
	door_sink sink;
	void *ctx;
	struct err *e;
	struct str rooms;
};

/* SplitMix64 (Steele, Lea, Flood 2014; public domain constants). */
static uint64_t next(struct maker *m)
{
	uint64_t z = m->state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static int between(struct maker *m, int low, int high)
{
	return low + (int)(next(m) % (uint64_t)(high - low + 1));
}

static bool chance(struct maker *m, int percent)
{
	return between(m, 1, 100) <= percent;
}

void doors_rooms(struct str *out, int first, int last, int each)
{
	for (int floor = first; floor <= last; floor++) {
		for (int room = 1; room <= each; room++)
			str_addf(out, "%s%d%02d", out->len ? " " : "", floor, room);
	}
}

static bool put(struct maker *m, long lane, long sub, long no, const char *suffix, int floors, int each)
{
	str_clear(&m->rooms);
	if (floors > 0)
		doors_rooms(&m->rooms, 1, floors, each);
	struct door d = { .lane = lane,
		.sub = sub,
		.no = no,
		.suffix = suffix,
		.rooms = m->rooms.text ? m->rooms.text : "" };
	return m->sink(m->ctx, &d, m->e);
}

/* The buildings of one lane, village or compound: alike, numbered from 1, some with a second entrance. */
static bool put_block(struct maker *m, long lane, long sub, int doors, int floors, int each)
{
	for (int no = 1; no <= doors; no++) {
		if (!put(m, lane, sub, no, "", floors, each))
			return false;
		if (chance(m, 2) && !put(m, lane, sub, no, "甲", floors, each))
			return false;
	}
	return true;
}

static bool put_lane(struct maker *m, long lane)
{
	switch (between(m, 0, 9)) {
	case 0: /* an old lane of single houses with a side lane */
		return put_block(m, lane, 0, between(m, 4, 14), 0, 0) &&
			put_block(m, lane, between(m, 2, 60), between(m, 3, 8), 0, 0);
	case 1: /* an old lane, shared houses */
		return put_block(m, lane, 0, between(m, 4, 16), between(m, 2, 3), between(m, 1, 2));
	case 2:
	case 3: /* tall buildings */
		return put_block(m, lane, 0, between(m, 2, 8), between(m, 11, 24), between(m, 2, 4));
	default: /* walk-ups */
		return put_block(m, lane, 0, between(m, 5, 18), between(m, 5, 7), between(m, 2, 4));
	}
}

static bool put_front(struct maker *m, long no)
{
	const char *suffix = "";
	if (chance(m, 6))
		suffix = chance(m, 50) ? "-1" : chance(m, 50) ? "乙" : "临";
	if (*suffix && !put(m, 0, 0, no, "", 0, 0))
		return false;
	return chance(m, 70) ? put(m, 0, 0, no, suffix, 0, 0)
			     : put(m, 0, 0, no, suffix, between(m, 3, 8), between(m, 2, 4));
}

/* Numbers and lanes of a road share one row of numbers (each is used once), in steps as one walks along it. */
static bool put_road(struct maker *m)
{
	int things = between(m, 8, 22);
	long no = between(m, 1, 30);
	for (int i = 0; i < things; i++) {
		no += between(m, 1, 40);
		if (!(chance(m, 16) ? put_lane(m, no) : put_front(m, no)))
			return false;
	}
	return put_lane(m, no + between(m, 1, 40));
}

static uint64_t mix(uint64_t seed, const char *text)
{
	for (; *text; text++)
		seed = (seed ^ (unsigned char)*text) * 0x100000001b3u; /* FNV-1a */
	return seed;
}

bool doors_generate(uint64_t seed, const char *name, const char *district, enum street_kind kind, door_sink sink,
	void *ctx, struct err *e)
{
	struct maker m = { .state = mix(mix(seed ^ 0xcbf29ce484222325u, district), name),
		.sink = sink,
		.ctx = ctx,
		.e = e };
	bool ok = false;
	str_init(&m.rooms, 4096);
	switch (kind) {
	case STREET_ROAD:
		ok = put_road(&m);
		break;
	case STREET_VILLAGE:
		ok = put_block(&m, 0, 0, between(&m, 24, 90), between(&m, 5, 6), between(&m, 2, 4));
		break;
	case STREET_COMPOUND:
		ok = put_block(&m, 0, 0, between(&m, 8, 30), between(&m, 11, 24), between(&m, 2, 4));
		break;
	default:
		ok = err_set(e, ERR_BUG, "street kind %d", (int)kind);
	}
	str_finish(&m.rooms);
	return ok;
}
