/* Which number is the lane, which the door, which the room: every reading that people use, with a cost. */
#include <stdio.h>
#include <string.h>

#include "address/query.h"
#include "base/str.h"

static bool later(const struct query *q, size_t i, enum role role)
{
	for (i++; i < q->n_parts; i++) {
		if (q->parts[i].role == role)
			return true;
	}
	return false;
}

static void set(struct place *p, enum field f, const struct part *part)
{
	p->value[f] = part->value;
	if (f == FIELD_NO)
		str_copy(p->suffix, sizeof p->suffix, part->suffix);
	if (f == FIELD_ROOM)
		str_copy(p->room, sizeof p->room, part->text);
	p->last = (int)f;
	p->open = part->role == ROLE_BARE;
	str_copy(p->typed, sizeof p->typed, part->text);
}

/* The field of a number that nobody named: after a lane comes the door, after a door the room. */
static int guess(const struct query *q, size_t i, const struct place *p, enum field first, bool sub)
{
	if (later(q, i, ROLE_LANE))
		return -1;
	if (p->last < 0) {
		if (later(q, i, ROLE_NO))
			return FIELD_LANE;
		bool alone = i + 1 == q->n_parts || q->parts[i + 1].role != ROLE_BARE;
		return later(q, i, ROLE_ROOM) && alone ? FIELD_NO : (int)first;
	}
	if (p->last == FIELD_LANE && ((sub && !later(q, i, ROLE_NO)) || later(q, i, ROLE_NO)))
		return FIELD_SUB;
	return p->last < FIELD_NO ? FIELD_NO : p->last == FIELD_NO ? FIELD_ROOM : -1;
}

/* `first`: what an unnamed first number is. `lane_no`: of two numbers with 号 the first is the lane. */
static struct place read_parts(const struct query *q, enum field first, bool sub, bool lane_no)
{
	struct place p = { .last = -1 };
	for (size_t i = 0; i < q->n_parts; i++) {
		const struct part *part = &q->parts[i];
		int f = -1;
		switch (part->role) {
		case ROLE_LANE:
			f = p.value[FIELD_LANE] ? FIELD_SUB : FIELD_LANE;
			break;
		case ROLE_SUB:
			f = FIELD_SUB;
			break;
		case ROLE_NO:
			if (lane_no && !p.value[FIELD_LANE] && later(q, i, ROLE_NO))
				f = FIELD_LANE;
			else if (!p.value[FIELD_NO])
				f = FIELD_NO;
			break;
		case ROLE_BUILDING: /* 5幢22号: 号 wins; alone it is the door */
			if (!p.value[FIELD_NO] && !later(q, i, ROLE_NO))
				f = FIELD_NO;
			break;
		case ROLE_ROOM:
			f = FIELD_ROOM;
			break;
		case ROLE_BARE:
			f = guess(q, i, &p, first, sub);
			break;
		case ROLE_IGNORED:
			break;
		}
		if (f >= 0)
			set(&p, (enum field)f, part);
	}
	return p;
}

/* 207-1号: one number with a hyphen. False: no such pair. */
static bool join_hyphen(const struct query *q, struct query *ret)
{
	for (size_t i = 1; i < q->n_parts; i++) {
		const struct part *a = &q->parts[i - 1], *b = &q->parts[i];
		if (!b->hyphen || a->role != ROLE_BARE || a->suffix[0] || b->value > 99 ||
			(b->role != ROLE_NO && b->role != ROLE_BARE))
			continue;
		*ret = *q;
		struct part *joined = &ret->parts[i - 1];
		char suffix[NUMBER_SUFFIX];
		snprintf(suffix, sizeof suffix, "-%u%.7s", (unsigned)b->value % 100u, b->suffix);
		str_copy(joined->suffix, sizeof joined->suffix, suffix);
		snprintf(joined->text, sizeof joined->text, "%u%.8s", (unsigned)a->value % 100000u, suffix);
		joined->role = b->role;
		memmove(joined + 1, joined + 2, (ret->n_parts - i - 1) * sizeof *joined);
		ret->n_parts--;
		return true;
	}
	return false;
}

static bool same(const struct place *a, const struct place *b)
{
	return memcmp(a->value, b->value, sizeof a->value) == 0 && strcmp(a->suffix, b->suffix) == 0 &&
		strcmp(a->room, b->room) == 0;
}

static size_t add(struct place *out, size_t n, struct place p, int cost)
{
	p.cost = cost;
	if (p.last < 0 || n == QUERY_PLACES)
		return n;
	for (size_t i = 0; i < n; i++) {
		if (same(&out[i], &p))
			return n;
	}
	out[n] = p;
	return n + 1;
}

size_t query_places(const struct query *q, struct place out[static QUERY_PLACES])
{
	struct query joined;
	size_t n = 0;
	n = add(out, n, read_parts(q, FIELD_LANE, false, false), 0);
	n = add(out, n, read_parts(q, FIELD_NO, false, false), 5);
	n = add(out, n, read_parts(q, FIELD_LANE, false, true), 20);
	if (q->n_parts >= 3)
		n = add(out, n, read_parts(q, FIELD_LANE, true, false), 20);
	if (join_hyphen(q, &joined)) {
		n = add(out, n, read_parts(&joined, FIELD_NO, false, false), 10);
		n = add(out, n, read_parts(&joined, FIELD_LANE, false, false), 15);
	}
	return n;
}
