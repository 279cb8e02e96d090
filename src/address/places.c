/* All the readings of the numbers that people use, with a cost. */
#include <stdio.h>
#include <string.h>

#include "address/query_places.h"
#include "base/str.h"

/* --- two numbers that are one: 207-1, or a range --------------------------------------------------------------------- */

enum merge { APART, AS_ONE, RANGE_FIRST, RANGE_LAST };

static bool is_plain(const struct part *p)
{
	return p->value > 0 && p->text[0] >= '0' && p->text[0] <= '9';
}

static bool is_one(const struct part *a, const struct part *b)
{
	if (b->joint != JOINT_HYPHEN || !is_plain(a) || !is_plain(b) || (a->suffix[0] && strcmp(a->suffix, "临") != 0))
		return false;
	if (!(a->role == ROLE_BARE && (b->role == ROLE_NO || b->role == ROLE_BARE || b->role == ROLE_ROOM)) &&
		!(a->role == ROLE_NO && (b->role == ROLE_BARE || b->role == ROLE_NO)))
		return false;
	return b->value <= 99 || (b->role != ROLE_BARE && b->value > a->value && b->value <= 9999);
}

static bool is_range(const struct part *a, const struct part *b)
{
	enum { LONGEST = 50 };
	return b->joint != JOINT_NONE && is_plain(a) && is_plain(b) && !a->suffix[0] && b->value > a->value &&
		b->value - a->value <= LONGEST && (a->role == ROLE_BARE || a->role == b->role);
}

static void join(struct part *a, const struct part *b)
{
	char suffix[48];
	snprintf(suffix, sizeof suffix, "-%ld%s%s", b->value, b->suffix, a->suffix);
	str_copy(a->suffix, sizeof a->suffix, suffix);
	str_copy(a->text + strspn(a->text, "0123456789"), sizeof a->text - NUMBER_DIGITS, suffix);
	a->role = b->role == ROLE_BARE ? a->role : b->role;
	a->closed = b->closed;
	a->letter = '\0';
}

/* Returns the last pair that was merged, NULL: none. */
static const struct part *merge(const struct query *q, enum merge how, struct numbers *ret)
{
	const struct part *merged = NULL;
	ret->n = 0;
	for (size_t i = 0; i < q->n_parts; i++) {
		const struct part *b = &q->parts[i];
		struct part *a = ret->n ? &ret->part[ret->n - 1] : NULL;
		bool sure = b->joint == JOINT_RANGE; /* 1至5号, 1、3号 */
		if (a && how == AS_ONE && is_one(a, b)) {
			join(a, b);
		} else if (a && (how >= RANGE_FIRST || sure) && is_range(a, b)) {
			bool last = how == RANGE_LAST;
			enum role role = b->role;
			*a = last ? *b : *a;
			a->role = role;
			a->upper = last ? 0 : b->value;
		} else {
			ret->part[ret->n++] = *b;
			continue;
		}
		merged = b;
	}
	return merged;
}

/* --- all readings ------------------------------------------------------------------------------------------------------ */

struct list {
	struct place *out;
	size_t n;
};

static bool same(const struct place *a, const struct place *b)
{
	return memcmp(a->value, b->value, sizeof a->value) == 0 && strcmp(a->suffix, b->suffix) == 0 &&
		strcmp(a->building, b->building) == 0 && strcmp(a->unit, b->unit) == 0 && strcmp(a->room, b->room) == 0;
}

static void add(struct list *l, struct place p, int cost)
{
	enum { COST_NO_BUILDING = 10 };
	size_t i = 0;
	p.cost = cost;
	while (i < l->n && !same(&l->out[i], &p))
		i++;
	if (i < l->n) {
		l->out[i].cost = l->out[i].cost < cost ? l->out[i].cost : cost;
		return;
	}
	if (l->n == QUERY_PLACES)
		return;
	l->out[l->n++] = p;
	bool deeper = p.value[FIELD_ROOM] || p.value[FIELD_NO];
	if (!deeper || (!p.value[FIELD_BUILDING] && !p.value[FIELD_UNIT]))
		return;
	p.value[FIELD_BUILDING] = p.value[FIELD_UNIT] = 0;
	p.building[0] = p.unit[0] = '\0';
	if (p.last == FIELD_BUILDING || p.last == FIELD_UNIT) {
		p.last = FIELD_NO;
		p.open = false;
	}
	add(l, p, cost + COST_NO_BUILDING);
}

/* `door_first`: what the name is tells that the first number is likelier a number than a lane. */
static void add_readings(struct list *l, const struct numbers *n, int cost, bool door_first)
{
	static const struct {
		struct guess guess;
		int cost;
	} rows[] = {
		{ { 0 }, 0 },
		{ { .number_first = true }, 5 },
		{ { .lane_no = true }, 10 },
		{ { .sub = true }, 20 },
		{ { .building = true }, 10 },
		{ { .building = true, .number_first = true }, 15 },
		{ { .letters = true }, 15 },
		{ { .letters = true, .number_first = true }, 20 },
		{ { .no_word = true }, 10 },
		{ { .floor_no = true }, 20 },
	};
	bool building = false, letters = false, word = false, floor = false, number = false, bare = false, many = false;
	for (size_t i = 0; i < n->n; i++) {
		const struct part *p = &n->part[i];
		building |= p->role == ROLE_BUILDING || p->role == ROLE_TOWER;
		letters |= p->letter || (!p->value && i && p[-1].role == ROLE_FLOOR);
		word |= p->role == ROLE_ROOM && !p->value;
		floor |= p->role == ROLE_FLOOR;
		number |= p->role == ROLE_NO || p->role == ROLE_TOWER || p->role == ROLE_GATE;
		many |= bare && p->role <= ROLE_NO;
		bare |= p->role == ROLE_BARE || p->role == ROLE_LANE;
	}
	/* 27 502室: a number and a room; a lane and a room is the exception */
	door_first |= n->n > 1 && n->part[1].role == ROLE_ROOM;
	door_first &= n->part[0].role == ROLE_BARE && (n->n < 3 || n->part[2].role != ROLE_BARE);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct guess *g = &rows[i].guess;
		struct place p;
		if ((g->building && !building) || (g->letters && !letters) || (g->no_word && !word) ||
			(g->floor_no && !floor) || (g->number_first && !bare) || (g->lane_no && !number) ||
			(g->sub && !many))
			continue;
		int here = !door_first ? rows[i].cost : g->number_first ? rows[i].cost - 5 : rows[i].cost + 10;
		if (read_numbers(n, *g, &p))
			add(l, p, cost + here);
	}
}

/* 曹杨九村 12 301: a village or compound has numbers, a road also lanes. */
static bool name_has_numbers(const struct query *q)
{
	uint32_t last = q->n_atoms ? q->atoms[q->n_atoms - 1].point : 0;
	return last > 0x7f && last != U'路' && last != U'街' && last != U'道';
}

/* 8-10号9号: the number behind the range lies inside of it. */
static bool is_inside(const struct query *q, size_t i)
{
	const struct part *p = &q->parts[i];
	return i > 1 && p->role == ROLE_NO && is_range(p - 2, p - 1) && p[-1].role == ROLE_NO &&
		p->value >= p[-2].value && p->value <= p[-1].value;
}

size_t query_places(const struct query *q, struct place out[static QUERY_PLACES])
{
	/* by what stands behind the second: number, room, nothing, a number inside of the range */
	static const int costs[][4] = { [APART] = { 10, 5, 0, 20 },
		[AS_ONE] = { 0, 10, 10, 15 },
		[RANGE_FIRST] = { 5, 0, 25, 0 },
		[RANGE_LAST] = { 25, 25, 40, 30 } };
	struct numbers numbers;
	struct list l = { .out = out };
	int apart = 0;
	bool pair = false, inside = false, door_first = name_has_numbers(q);
	if (!q->n_parts)
		return 0;
	for (size_t i = 1; i < q->n_parts; i++) {
		pair |= q->parts[i].joint != JOINT_NONE;
		inside |= is_inside(q, i);
	}
	for (enum merge how = pair ? AS_ONE : RANGE_LAST + 1; how <= RANGE_LAST; how++) {
		const struct part *b = merge(q, how, &numbers);
		if (!b)
			continue;
		bool number = b->role == ROLE_NO || (b->role == ROLE_BARE && b > q->parts && b[-1].role == ROLE_NO);
		bool room = b->role == ROLE_ROOM && b > q->parts && b[-1].value >= 100; /* 301-1室, 502-504室 */
		int kind = inside ? 3 : room && is_range(b - 1, b) ? 1 : number || room ? 0 : 2;
		apart = costs[APART][kind] > apart ? costs[APART][kind] : apart;
		add_readings(&l, &numbers, costs[how][kind], door_first);
	}
	merge(q, APART, &numbers);
	add_readings(&l, &numbers, apart, door_first);
	for (size_t i = 1; i < l.n; i++) { /* the most usual first, otherwise as found */
		struct place p = out[i];
		size_t k = i;
		for (; k && out[k - 1].cost > p.cost; k--)
			out[k] = out[k - 1];
		out[k] = p;
	}
	for (size_t i = l.n; i-- > 0;)
		out[i].cost -= out[0].cost;
	return l.n;
}
