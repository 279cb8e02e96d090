/* From names to addresses: which of the typed numbers exist below them, which speaks for or against a name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/below.h"
#include "address/session.h"
#include "base/str.h"

enum { NAMES_MAX = 40, NAMES_BEHIND = 190, EXPANDED = 5, EXPANDED_EACH = 5, EXPANDED_ROOMS = 3, GOOD = 100 };
enum { COST_LONGER_NUMBER = 20, COST_NO_FRONT_DOOR = 130, COST_OTHER_LANE = 120 };
/* The typed number does not exist below the name: what it costs, by the field that is missing. */
static const int missing[FIELDS] = { [FIELD_LANE] = 150,
	[FIELD_SUB] = 60,
	[FIELD_NO] = 60,
	[FIELD_BUILDING] = 40,
	[FIELD_UNIT] = 35,
	[FIELD_ROOM] = 30 };

static uint64_t hash_text(uint64_t h, const char *text)
{
	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 0x100000001b3u;
	return (h ^ 0xff) * 0x100000001b3u;
}

static uint64_t key_of(const struct address *a)
{
	uint64_t h = 0xcbf29ce484222325u ^ (uint64_t)a->street_id * 0x9e3779b97f4a7c15u;
	h = hash_text(hash_text(hash_text(h, a->lane), a->sub_lane), a->number);
	return hash_text(hash_text(hash_text(h, a->building), a->unit), a->room);
}

static void put(struct address_session *s, const struct tried *t, const struct address *at, int cost)
{
	if (s->n_found == FOUND_MAX || s->n_settled == SETTLED_MAX)
		return;
	uint64_t key = key_of(at);
	for (size_t i = 0; i < s->n_found; i++) {
		if (s->found[i].key == key) {
			s->found[i].cost = cost < s->found[i].cost ? cost : s->found[i].cost;
			return;
		}
	}
	s->settled[s->n_settled] = *at;
	s->found[s->n_found++] = (struct found){ cost, t->place, key, (uint16_t)s->n_settled++, t->start };
}

static void set_lane(struct address *a, long lane, long sub)
{
	a->level = ADDRESS_LANE;
	snprintf(a->lane, sizeof a->lane, "%ld", lane);
	if (sub)
		snprintf(a->sub_lane, sizeof a->sub_lane, "%ld", sub);
}

void settle_name(struct address_session *s, uint32_t place, struct address *ret)
{
	const struct name *name = session_name(s, place);
	library_fill(s->l, &s->l->streets[name->street], ret);
	if (name->lane)
		set_lane(ret, (long)name->lane, (long)name->sub);
	if (name->no)
		below_door(s->l, ret, (long)name->no, "");
}

/* Goes down one field; false: that number does not exist. */
static bool descend(struct address_session *s, struct address *at, enum field f, const struct place *p)
{
	switch (f) {
	case FIELD_LANE:
		if (!filter_maybe(&s->x->probe.filter, at->street_id, p->value[f], 0, 0) ||
			!below_lane_exists(s->l, at->street_id, p->value[f], 0))
			return false;
		set_lane(at, p->value[f], 0);
		return true;
	case FIELD_SUB:
		if (!below_lane_exists(s->l, at->street_id, p->value[FIELD_LANE], p->value[f]))
			return false;
		set_lane(at, p->value[FIELD_LANE], p->value[f]);
		return true;
	case FIELD_NO:
		return filter_maybe(&s->x->probe.filter, at->street_id, strtol(at->lane, NULL, 10),
			       strtol(at->sub_lane, NULL, 10), p->value[f]) &&
			below_door(s->l, at, p->value[f], p->suffix);
	case FIELD_BUILDING:
		return at->level == ADDRESS_DOOR && below_building(s->l, at, p->building, "");
	case FIELD_UNIT:
		return at->level == ADDRESS_DOOR && below_building(s->l, at, p->building, p->unit);
	case FIELD_ROOM:
		return at->level == ADDRESS_DOOR && below_room(s->l, at, p->room);
	default:
		return false;
	}
}

struct expand {
	struct address_session *s;
	const struct tried *t;
	const char *typed;
	int cost;
	size_t n;
};

static bool expand_room(void *ctx, const struct address_hit *hit)
{
	struct expand *x = ctx;
	size_t n = strlen(x->typed);
	if (strncmp(hit->at.room, x->typed, n) == 0 && hit->at.room[n]) {
		put(x->s, x->t, &hit->at, x->cost + COST_LONGER_NUMBER + (int)x->n);
		x->n++;
	}
	return x->n < EXPANDED_EACH;
}

/* The first number from `low` on that may exist below `parent`; beyond `high`: none does. */
static long next_maybe(const struct address_session *s, const struct address *parent, enum field f, long low, long high)
{
	const struct filter *known = &s->x->probe.filter;
	long street = parent->street_id, lane = strtol(parent->lane, NULL, 10),
	     sub = strtol(parent->sub_lane, NULL, 10);
	for (; low <= high; low++) {
		if (f == FIELD_LANE              ? filter_maybe(known, street, low, 0, 0)
				: f == FIELD_SUB ? filter_maybe(known, street, lane, low, 0)
						 : filter_maybe(known, street, lane, sub, low))
			break;
	}
	return low;
}

static bool put_number(struct expand *x, const struct address *parent, enum field f, long *number, long high, int cost)
{
	struct probe *probe = &x->s->x->probe;
	struct address at = *parent;
	char suffix[NUMBER_SUFFIX] = "";
	bool single = false;
	long town = 0;
	if (f == FIELD_NO) {
		*number = probe_door(probe, parent, *number, high, suffix, &single, &town);
		at.level = ADDRESS_DOOR;
		snprintf(at.number, sizeof at.number, "%ld%s", *number, suffix);
		at.single_house = single;
		library_set_town(x->s->l, &at, town);
	} else {
		*number = probe_lane(probe, parent, f == FIELD_SUB, *number, high);
		set_lane(&at, f == FIELD_SUB ? strtol(parent->lane, NULL, 10) : *number, f == FIELD_SUB ? *number : 0);
	}
	if (*number)
		put(x->s, x->t, &at, cost);
	return *number != 0;
}

/* 12 may become 120 to 129 and 1200 to 1299. */
static void expand_numbers(struct expand *x, const struct address *parent, enum field f, long typed)
{
	long low = typed * 10, high = typed * 10 + 9;
	for (int digits = 0; digits < 2 && low < 100000; digits++, low *= 10, high = high * 10 + 9) {
		for (long next = low; x->n < EXPANDED_EACH; next++) {
			next = next_maybe(x->s, parent, f, next, high);
			if (next > high ||
				!put_number(x, parent, f, &next, high,
					x->cost + COST_LONGER_NUMBER + 10 * digits + (int)x->n))
				break;
			x->n++;
		}
	}
}

static void expand(struct address_session *s, const struct tried *t, const struct place *p,
	const struct address *parent, int cost, size_t nth)
{
	struct expand x = { .s = s, .t = t, .typed = p->typed, .cost = cost };
	if (p->last <= FIELD_NO)
		expand_numbers(&x, parent, (enum field)p->last, p->value[p->last]);
	else if (p->last == FIELD_ROOM && nth < EXPANDED_ROOMS && parent->level == ADDRESS_DOOR)
		below_rooms(s->l, parent, "", expand_room, &x);
}

static bool put_room(void *ctx, const struct address_hit *hit)
{
	struct expand *x = ctx;
	put(x->s, x->t, &hit->at, x->cost + (int)x->n++);
	return x->n < EXPANDED_EACH;
}

/* The room is there in several buildings or units, and nothing typed says in which. */
static void same_rooms(struct address_session *s, const struct tried *t, const struct place *p,
	const struct address *parent, int cost)
{
	struct expand x = { .s = s, .t = t, .cost = cost };
	below_rooms(s->l, parent, p->room, put_room, &x);
	s->confirmed |= x.n && t->cost < GOOD;
}

/* A compound is a lane or a door of its street: what is typed behind its name is below that. */
static bool fits_name(const struct name *name, const struct place *p, int *cost)
{
	if (!name->lane)
		return true;
	if (p->value[FIELD_LANE] && p->value[FIELD_LANE] != (long)name->lane) {
		*cost += COST_OTHER_LANE;
		return false;
	}
	return true;
}

static void try_place(struct address_session *s, const struct tried *t, const struct address *top,
	const struct place *p, size_t nth)
{
	const struct name *name = session_name(s, t->place);
	struct address at = *top;
	int cost = t->cost + p->cost;
	if (!fits_name(name, p, &cost)) {
		put(s, t, &at, cost);
		return;
	}
	for (enum field f = FIELD_LANE; f < FIELDS; f++) {
		if (!p->value[f] || (f == FIELD_LANE && name->lane))
			continue;
		struct address parent = at;
		bool exists = descend(s, &at, f, p), last = (int)f == p->last;
		size_t before = s->n_found;
		if (exists && last) {
			put(s, t, &at, cost);
			s->confirmed |= t->cost < GOOD;
		}
		if (last && p->open && nth < EXPANDED)
			expand(s, t, p, &parent, cost, nth);
		if (last && f == FIELD_ROOM && !exists && parent.level == ADDRESS_DOOR && nth < EXPANDED)
			same_rooms(s, t, p, &parent, cost);
		if (last && (exists || s->n_found > before))
			return;
		if (!exists) {
			cost += f == FIELD_NO && !p->value[FIELD_LANE] && !name->lane ? COST_NO_FRONT_DOOR : missing[f];
			break;
		}
	}
	put(s, t, &at, cost);
}

static int by_rank(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return (x->settled > y->settled) - (x->settled < y->settled);
}

/* One hit for each street, lane or door, however many of its names match. */
static void put_names(struct address_session *s, const struct ranking *r)
{
	enum { BUCKETS = 2048 };
	uint16_t bucket[BUCKETS] = { 0 };
	for (size_t i = 0; i < r->n && s->n_found < FOUND_MAX; i++) {
		const struct name *name = session_name(s, r->name[i].place);
		uint64_t key = (uint64_t)name->street << 32 ^ (uint64_t)name->lane << 20 ^ (uint64_t)name->sub << 10 ^
			name->no;
		size_t at = (size_t)((key * 0x9e3779b97f4a7c15u) >> 53);
		while (bucket[at] && s->found[bucket[at] - 1].key != key)
			at = (at + 1) % BUCKETS;
		if (bucket[at])
			continue;
		s->found[s->n_found++] =
			(struct found){ r->name[i].cost, r->name[i].place, key, UINT16_MAX, r->name[i].start };
		bucket[at] = (uint16_t)s->n_found;
	}
}

/* What the numbers say about a name, from memory: 0, they seem to exist below it in some reading. */
static int evidence(const struct address_session *s, const struct name *name)
{
	const struct filter *known = &s->x->probe.filter;
	long street = s->l->streets[name->street].id;
	int best = MATCH_NONE;
	for (size_t k = 0; k < s->n_places && best; k++) {
		const struct place *p = &s->places[k];
		long lane = p->value[FIELD_LANE] ? p->value[FIELD_LANE] : (long)name->lane;
		long sub = p->value[FIELD_SUB] ? p->value[FIELD_SUB] : p->value[FIELD_LANE] ? 0 : (long)name->sub;
		int cost = p->cost, field = -1;
		if (name->lane && lane != (long)name->lane)
			cost += COST_OTHER_LANE;
		else if (lane && !filter_maybe(known, street, lane, 0, 0))
			field = FIELD_LANE;
		else if (sub && !filter_maybe(known, street, lane, sub, 0))
			field = FIELD_SUB;
		else if (p->value[FIELD_NO] && !name->no && !filter_maybe(known, street, lane, sub, p->value[FIELD_NO]))
			field = FIELD_NO;
		if (field >= 0) {
			int lost = field == FIELD_NO && !lane ? COST_NO_FRONT_DOOR : missing[field];
			cost += p->open && field == p->last ? lost * 2 / 3 : lost; /* it may be typed on */
		}
		best = cost < best ? cost : best;
	}
	return best;
}

struct promise {
	int cost;
	uint32_t at; /* in the ranking */
};

static int by_promise(const void *a, const void *b)
{
	const struct promise *x = a, *y = b;
	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static void put_numbers(struct address_session *s, const struct ranking *r)
{
	struct promise promise[TRIED_MAX];
	size_t n = 0;
	for (size_t i = 0; i < r->n && r->name[i].cost <= r->name[0].cost + NAMES_BEHIND; i++)
		promise[n++] = (struct promise){ r->name[i].cost + evidence(s, session_name(s, r->name[i].place)),
			(uint32_t)i };
	if (n)
		qsort(promise, n, sizeof *promise, by_promise);
	for (size_t i = 0; i < n && i < NAMES_MAX && promise[i].cost <= promise[0].cost + NAMES_BEHIND; i++) {
		const struct tried *t = &r->name[promise[i].at];
		struct address top;
		settle_name(s, t->place, &top);
		for (size_t k = 0; k < s->n_places; k++)
			try_place(s, t, &top, &s->places[k], i);
	}
	if (s->n_found)
		qsort(s->found, s->n_found, sizeof *s->found, by_rank);
}

void settle(struct address_session *s, const struct ranking *r)
{
	s->n_found = s->n_settled = 0;
	s->confirmed = false;
	if (s->n_places)
		put_numbers(s, r);
	else
		put_names(s, r);
}
