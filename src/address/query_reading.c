/* One way to read the numbers of a query: which is the lane, which the door, which the room. */
#include <stdio.h>
#include <string.h>

#include "address/query_places.h"
#include "base/str.h"

static const struct part *later(const struct numbers *n, size_t i, enum role role)
{
	for (i++; i < n->n; i++) {
		if (n->part[i].role == role)
			return &n->part[i];
	}
	return NULL;
}

static bool later_number(const struct numbers *n, size_t i)
{
	return later(n, i, ROLE_NO) || later(n, i, ROLE_TOWER) || later(n, i, ROLE_GATE);
}

struct reading_of {
	const struct numbers *numbers;
	struct guess guess;
	struct place place;
	long lower, upper; /* the number is a range */
	bool wrong;
	bool weak_room; /* a word, which a number replaces */
};

static void set(struct reading_of *r, enum field f, size_t i)
{
	const struct part *part = &r->numbers->part[i];
	struct place *p = &r->place;
	p->value[f] = part->value ? part->value : 1;
	if (f <= FIELD_SUB)
		r->wrong |= !part->value || strchr(part->suffix, '-') || (part->suffix[0] && part->role == ROLE_BARE);
	if (f == FIELD_NO) {
		str_copy(p->suffix, sizeof p->suffix, part->suffix);
		r->lower = part->value;
		r->upper = part->upper;
		r->wrong |= !part->value;
	}
	if (f == FIELD_BUILDING)
		r->wrong |= !str_copy(p->building, sizeof p->building, part->text);
	if (f == FIELD_UNIT)
		r->wrong |= !str_copy(p->unit, sizeof p->unit, part->text);
	if (f == FIELD_ROOM) {
		str_copy(p->room, sizeof p->room, part->text);
		r->weak_room = !part->value;
	}
	if ((int)f >= p->last) {
		p->last = (int)f;
		p->open = part->role == ROLE_BARE && !part->closed && i + 1 == r->numbers->n;
		str_copy(p->typed, sizeof p->typed, part->text);
	}
}

static bool has(const struct reading_of *r, enum field f)
{
	return r->place.value[f] != 0;
}

/* 12n behind a number: a room 12N. */
static void set_letter_room(struct reading_of *r, size_t i)
{
	const struct part *part = &r->numbers->part[i];
	set(r, FIELD_ROOM, i);
	size_t n = strlen(r->place.room);
	if (n + 2 <= sizeof r->place.room) {
		r->place.room[n] = part->letter;
		r->place.room[n + 1] = '\0';
	}
	str_copy(r->place.typed, sizeof r->place.typed, r->place.room);
}

/* The field that the first named part behind i will have: unnamed numbers stay above it. */
static enum field limit(const struct reading_of *r, size_t i)
{
	const struct numbers *n = r->numbers;
	if (i >= n->n)
		return FIELDS;
	switch (n->part[i].role) {
	case ROLE_SUB:
		return FIELD_SUB;
	case ROLE_NO:
	case ROLE_TOWER:
		return !has(r, FIELD_NO) ? FIELD_NO : n->part[i].role == ROLE_NO ? FIELD_ROOM : FIELD_BUILDING;
	case ROLE_BUILDING:
		if (!n->part[i].value || has(r, FIELD_NO) || r->guess.number_first)
			return FIELD_BUILDING;
		return FIELD_NO;
	case ROLE_GATE:
	case ROLE_UNIT:
		return FIELD_UNIT;
	case ROLE_LANE:
		return FIELD_LANE;
	default:
		return FIELD_ROOM;
	}
}

/* Of a run of unnamed numbers the least usual fields are left out, the others come in the order of an address. */
static size_t set_unnamed(struct reading_of *r, size_t i)
{
	static const enum field usual[] = { FIELD_LANE, FIELD_NO, FIELD_ROOM, FIELD_UNIT, FIELD_BUILDING, FIELD_SUB };
	static const enum field with_sub[] = { FIELD_LANE, FIELD_SUB, FIELD_NO, FIELD_ROOM, FIELD_UNIT,
		FIELD_BUILDING };
	static const enum field number_first[] = { FIELD_NO, FIELD_ROOM, FIELD_BUILDING, FIELD_UNIT, FIELD_LANE,
		FIELD_SUB };
	const enum field *order = r->guess.number_first ? number_first : r->guess.sub ? with_sub : usual;
	size_t end = i, n = 0;
	bool use[FIELDS] = { false };
	while (end < r->numbers->n && r->numbers->part[end].role == ROLE_BARE)
		end++;
	enum field stop = limit(r, end);
	int from = r->place.last + 1;
	if (r->guess.number_first && from < FIELD_NO && stop > FIELD_NO)
		from = FIELD_NO;
	for (size_t k = 0; k < FIELDS && n < end - i; k++) {
		if ((int)order[k] >= from && order[k] < stop) {
			use[order[k]] = true;
			n++;
		}
	}
	for (enum field f = FIELD_LANE; f < FIELDS && n; f++) {
		if (use[f]) {
			set(r, f, i++);
			n--;
		}
	}
	return end;
}

static int field_of_number(struct reading_of *r, size_t i)
{
	const struct part *part = &r->numbers->part[i];
	bool room_follows = later(r->numbers, i, ROLE_ROOM) || later(r->numbers, i, ROLE_BARE);
	if (r->guess.lane_no && !has(r, FIELD_LANE) && !has(r, FIELD_NO) && later_number(r->numbers, i))
		return FIELD_LANE;
	if (!has(r, FIELD_NO))
		return FIELD_NO;
	if (r->upper && part->role == ROLE_NO && part->value >= r->lower && part->value <= r->upper)
		return FIELD_NO; /* 8-10号9号 */
	if (part->role == ROLE_GATE)
		return FIELD_UNIT;
	if (part->role == ROLE_NO && !has(r, FIELD_ROOM) && !room_follows && part->value >= 100)
		return FIELD_ROOM;
	return has(r, FIELD_BUILDING) ? -1 : FIELD_BUILDING;
}

static int field_of(struct reading_of *r, size_t i)
{
	const struct part *part = &r->numbers->part[i];
	switch (part->role) {
	case ROLE_LANE:
		return !has(r, FIELD_LANE) ? FIELD_LANE : !has(r, FIELD_SUB) ? FIELD_SUB : -1;
	case ROLE_SUB:
		return FIELD_SUB;
	case ROLE_TOWER: /* 3号楼2号: as 5幢22号, but 3号楼502号 is a room */
		if (!has(r, FIELD_NO) && later(r->numbers, i, ROLE_NO) && !r->guess.lane_no)
			return r->guess.building                              ? FIELD_BUILDING
				: later(r->numbers, i, ROLE_NO)->value >= 100 ? FIELD_NO
									      : -1;
		return field_of_number(r, i);
	case ROLE_NO:
	case ROLE_GATE:
		if (part->role == ROLE_GATE && !has(r, FIELD_NO) && later(r->numbers, i, ROLE_NO))
			return -1;
		return field_of_number(r, i);
	case ROLE_BUILDING:
		if (has(r, FIELD_NO) || !part->value)
			return has(r, FIELD_BUILDING) ? -1 : FIELD_BUILDING;
		if (later_number(r->numbers, i))
			return r->guess.building ? FIELD_BUILDING : r->guess.lane_no ? FIELD_NO : -1;
		return r->guess.building ? FIELD_BUILDING : FIELD_NO;
	case ROLE_UNIT:
		return FIELD_UNIT;
	case ROLE_FLOOR:
		if (!r->guess.floor_no || has(r, FIELD_NO) || later_number(r->numbers, i))
			return -1;
		return later(r->numbers, i, ROLE_BARE) || later(r->numbers, i, ROLE_ROOM) ? FIELD_NO : -1;
	case ROLE_ROOM:
		if (!part->value && r->guess.no_word)
			return -1;
		return !has(r, FIELD_ROOM) || (r->weak_room && part->value) ? FIELD_ROOM : -1;
	default:
		return -1;
	}
}

static bool is_letter_room(const struct reading_of *r, const struct part *part)
{
	if (!part->letter || has(r, FIELD_ROOM))
		return false;
	if (r->guess.letters && (part->role == ROLE_FLOOR || part->role == ROLE_ROOM))
		return has(r, FIELD_NO) || has(r, FIELD_LANE);
	return has(r, FIELD_NO) && (part->role == ROLE_LANE || part->role == ROLE_NO);
}

bool read_numbers(const struct numbers *numbers, struct guess guess, struct place *ret)
{
	struct reading_of r = { .numbers = numbers, .guess = guess, .place.last = -1 };
	for (size_t i = 0; i < numbers->n;) {
		const struct part *part = &numbers->part[i], *next = i + 1 < numbers->n ? part + 1 : NULL;
		if (part->role == ROLE_BARE) {
			i = set_unnamed(&r, i);
			continue;
		}
		if (is_letter_room(&r, part)) {
			set_letter_room(&r, i++);
			continue;
		}
		int f = field_of(&r, i);
		if (f >= 0)
			set(&r, (enum field)f, i);
		bool flat = part->role == ROLE_FLOOR && f < 0 && next && !next->value && next->text[1] == '\0';
		if (flat && guess.letters && !has(&r, FIELD_ROOM)) { /* 26楼C座 */
			set(&r, FIELD_ROOM, i + 1);
			snprintf(r.place.room, sizeof r.place.room, "%.8s%.8s", part->text, next->text);
			i++;
		}
		i++;
	}
	*ret = r.place;
	return !r.wrong && r.place.last >= 0;
}
