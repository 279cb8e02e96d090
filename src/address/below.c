#include "address/below.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/library.h"
#include "address/number.h"
#include "address/rooms.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"

/* "1266弄", "3号", "2幢", "1单元", "502室": the last part. */
static void label(struct address_hit *hit)
{
	const struct address *a = &hit->at;
	struct address last = { 0 };
	switch (a->level) {
	case ADDRESS_LANE:
		snprintf(hit->label, sizeof hit->label, a->sub_lane[0] ? "%s支弄" : "%s弄",
			a->sub_lane[0] ? a->sub_lane : a->lane);
		break;
	case ADDRESS_DOOR:
		if (a->unit[0] || a->building[0])
			str_copy(a->unit[0] ? last.unit : last.building, sizeof last.unit,
				a->unit[0] ? a->unit : a->building);
		else if (a->number[0])
			str_copy(last.number, sizeof last.number, a->number);
		else
			str_copy(a->sub_lane[0] ? last.sub_lane : last.lane, sizeof last.lane,
				a->sub_lane[0] ? a->sub_lane : a->lane);
		address_text(&last, hit->label, sizeof hit->label);
		break;
	case ADDRESS_ROOM:
		str_copy(last.room, sizeof last.room, a->room);
		address_text(&last, hit->label, sizeof hit->label);
		break;
	default:
		str_copy(hit->label, sizeof hit->label, a->street);
	}
}

static const char *text(sqlite3_stmt *q, int i)
{
	const unsigned char *t = sqlite3_column_text(q, i);
	return t ? (const char *)t : "";
}

static void set_door(struct address *a, long no, const char *suffix, size_t rooms)
{
	a->number[0] = '\0';
	if (no)
		snprintf(a->number, sizeof a->number, "%ld%s", no, suffix);
	a->building[0] = a->unit[0] = a->room[0] = '\0';
	a->single_house = rooms == 0;
	a->level = ADDRESS_DOOR;
}

static size_t rooms_in(sqlite3_stmt *q, int i)
{
	const void *rooms = sqlite3_column_blob(q, i);
	return rooms_count(rooms, (size_t)sqlite3_column_bytes(q, i));
}

static void say_rooms(struct address_hit *hit, size_t rooms)
{
	if (rooms == 0)
		str_copy(hit->detail, sizeof hit->detail, tr("独门独户"));
	else
		snprintf(hit->detail, sizeof hit->detail, tr("%ld 室"), (long)rooms);
}

static bool put_lanes(sqlite3_stmt *q, const struct address *at, bool sub, below_sink sink, void *ctx)
{
	bool more = true;
	while (more && sqlite3_step(q) == SQLITE_ROW) {
		struct address_hit hit = { .at = *at };
		hit.at.level = ADDRESS_LANE;
		snprintf(sub ? hit.at.sub_lane : hit.at.lane, sizeof hit.at.lane, "%lld",
			(long long)sqlite3_column_int64(q, 0));
		snprintf(hit.detail, sizeof hit.detail, tr("%ld 个门牌"), (long)sqlite3_column_int64(q, 1));
		label(&hit);
		more = sink(ctx, &hit);
	}
	sqlite3_reset(q);
	return more;
}

static bool put_door(struct address_hit *hit, long no, const char *suffix, size_t rooms, below_sink sink, void *ctx)
{
	set_door(&hit->at, no, suffix, rooms);
	say_rooms(hit, rooms);
	label(hit);
	return sink(ctx, hit);
}

/* The lane's own entry is a door only when people live right there: it has rooms, or no other door is in the lane. */
static void put_doors(const struct address_library *l, sqlite3_stmt *q, const struct address *at, below_sink sink,
	void *ctx)
{
	bool more = true, own = false;
	struct address_hit hit = { .at = *at };
	while (more && sqlite3_step(q) == SQLITE_ROW) {
		long no = (long)sqlite3_column_int64(q, 0);
		size_t rooms = rooms_in(q, 2);
		hit = (struct address_hit){ .at = *at };
		library_set_town(l, &hit.at, (long)sqlite3_column_int64(q, 3));
		own = no == 0 && rooms == 0;
		if (!own)
			more = put_door(&hit, no, text(q, 1), rooms, sink, ctx);
	}
	if (own)
		put_door(&hit, 0, "", 0, sink, ctx);
	sqlite3_reset(q);
}

/* A copy of the packed rooms, the caller's to free; NULL: no such door. */
static unsigned char *rooms_of(struct address_library *l, const struct address *at, size_t *ret_size)
{
	unsigned char *found = NULL;
	char suffix[NUMBER_SUFFIX] = "";
	long no = 0;
	if (at->number[0] && !number_split(at->number, &no, suffix))
		return NULL;
	long key[] = { at->street_id, strtol(at->lane, NULL, 10), strtol(at->sub_lane, NULL, 10), no };
	sqlite3_stmt *q = library_ask(l, Q_DOOR, 4, key);
	while (!found && sqlite3_step(q) == SQLITE_ROW) {
		if (!str_eq(text(q, 1), suffix))
			continue;
		const void *rooms = sqlite3_column_blob(q, 2);
		*ret_size = (size_t)sqlite3_column_bytes(q, 2);
		found = xcalloc(1, *ret_size + 1);
		if (*ret_size)
			memcpy(found, rooms, *ret_size);
	}
	sqlite3_reset(q);
	return found;
}

/* A building or unit whose rooms are being counted. */
struct part {
	struct address_hit hit;
	size_t rooms;
	bool open;
};

static bool end_part(struct part *p, below_sink sink, void *ctx)
{
	if (!p->open)
		return true;
	p->open = false;
	p->hit.at.single_house = p->rooms == 0;
	say_rooms(&p->hit, p->rooms);
	label(&p->hit);
	return sink(ctx, &p->hit);
}

static bool in_part(const struct part *p, const struct room *r)
{
	return p->open && str_eq(p->hit.at.building, r->building) &&
		(!p->hit.at.unit[0] || str_eq(p->hit.at.unit, r->unit));
}

static void begin_part(struct part *p, const struct address *at, const struct room *r)
{
	*p = (struct part){ .hit.at = *at, .open = true };
	if (!at->building[0] && r->building[0])
		str_copy(p->hit.at.building, sizeof p->hit.at.building, r->building);
	else
		str_copy(p->hit.at.unit, sizeof p->hit.at.unit, r->unit);
}

static bool put_room(const struct address *at, const struct room *r, below_sink sink, void *ctx)
{
	struct address_hit hit = { .at = *at };
	hit.at.level = ADDRESS_ROOM;
	str_copy(hit.at.building, sizeof hit.at.building, r->building);
	str_copy(hit.at.unit, sizeof hit.at.unit, r->unit);
	str_copy(hit.at.room, sizeof hit.at.room, r->room);
	label(&hit);
	return sink(ctx, &hit);
}

static void put_rooms(struct address_library *l, const struct address *at, below_sink sink, void *ctx)
{
	size_t size = 0;
	unsigned char *rooms = rooms_of(l, at, &size);
	struct rooms_reader r;
	struct part part = { .open = false };
	bool more = rooms != NULL;
	for (rooms_read(&r, rooms, size, NULL, 0); more && rooms_next(&r);) {
		if ((at->building[0] || at->unit[0]) && !str_eq(at->building, r.now.building))
			continue;
		if (at->unit[0] && !str_eq(at->unit, r.now.unit))
			continue;
		bool divided = (!at->building[0] && r.now.building[0]) || (!at->unit[0] && r.now.unit[0]);
		if (!divided || !in_part(&part, &r.now))
			more = end_part(&part, sink, ctx);
		if (divided && !part.open)
			begin_part(&part, at, &r.now);
		if (divided)
			part.rooms += r.now.room[0] != '\0';
		else if (more && r.now.room[0])
			more = put_room(at, &r.now, sink, ctx);
	}
	if (more)
		end_part(&part, sink, ctx);
	free(rooms);
}

/* What is one level below `at`, in the order of numbers: lanes, then doors; buildings, then units, then rooms. */
static void each(struct address_library *l, const struct address *at, below_sink sink, void *ctx)
{
	const struct street *s = library_street_of(l, at);
	struct address here = *at;
	if (!s)
		return;
	here.street_id = s->id;
	long key[] = { s->id, strtol(at->lane, NULL, 10), strtol(at->sub_lane, NULL, 10) };
	switch (at->level) {
	case ADDRESS_STREET:
		if (put_lanes(library_ask(l, Q_LANES, 1, key), &here, false, sink, ctx))
			put_doors(l, library_ask(l, Q_DOORS, 3, (const long[]){ s->id, 0, 0 }), &here, sink, ctx);
		break;
	case ADDRESS_LANE:
		if (key[2] || put_lanes(library_ask(l, Q_SUBS, 2, key), &here, true, sink, ctx))
			put_doors(l, library_ask(l, Q_DOORS, 3, key), &here, sink, ctx);
		break;
	case ADDRESS_DOOR:
		put_rooms(l, &here, sink, ctx);
		break;
	default:
		break;
	}
}

bool below_lane_exists(struct address_library *l, long street_id, long lane, long sub)
{
	sqlite3_stmt *q = library_ask(l, Q_LANE_EXISTS, 3, (const long[]){ street_id, lane, sub });
	bool found = sqlite3_step(q) == SQLITE_ROW;
	sqlite3_reset(q);
	return found;
}

bool below_door(struct address_library *l, struct address *at, long no, const char *suffix)
{
	long key[] = { at->street_id, strtol(at->lane, NULL, 10), strtol(at->sub_lane, NULL, 10), no };
	sqlite3_stmt *q = library_ask(l, Q_DOOR, 4, key);
	bool found = false;
	while (!found && sqlite3_step(q) == SQLITE_ROW) {
		found = str_eq(text(q, 1), suffix);
		if (found) {
			set_door(at, no, suffix, rooms_in(q, 2));
			library_set_town(l, at, (long)sqlite3_column_int64(q, 3));
		}
	}
	sqlite3_reset(q);
	return found;
}

static bool is_wanted(const char *wanted, const char *have)
{
	return !*wanted || str_eq(wanted, have);
}

void below_rooms(struct address_library *l, const struct address *at, const char *room, below_sink sink, void *ctx)
{
	size_t size = 0;
	unsigned char *rooms = rooms_of(l, at, &size);
	struct rooms_reader r;
	bool more = rooms != NULL;
	for (rooms_read(&r, rooms, size, NULL, 0); more && rooms_next(&r);) {
		if (r.now.room[0] && is_wanted(room, r.now.room) && is_wanted(at->building, r.now.building) &&
			is_wanted(at->unit, r.now.unit))
			more = put_room(at, &r.now, sink, ctx);
	}
	free(rooms);
}

struct settle {
	struct address found;
	size_t n;
};

/* One that is in no building or unit, which comes first, needs none to be named. */
static bool settle_room(void *ctx, const struct address_hit *hit)
{
	struct settle *s = ctx;
	s->found = hit->at;
	s->n++;
	return hit->at.building[0] || hit->at.unit[0];
}

bool below_room(struct address_library *l, struct address *at, const char *room)
{
	struct settle s = { .n = 0 };
	if (*room)
		below_rooms(l, at, room, settle_room, &s);
	if (s.n == 1)
		*at = s.found;
	return s.n == 1;
}

bool below_building(struct address_library *l, struct address *at, const char *building, const char *unit)
{
	size_t size = 0, rooms_there = 0;
	unsigned char *rooms = rooms_of(l, at, &size);
	struct rooms_reader r;
	bool found = false;
	for (rooms_read(&r, rooms, size, NULL, 0); rooms && rooms_next(&r);) {
		if (!str_eq(r.now.building, building) || !is_wanted(unit, r.now.unit))
			continue;
		found = true;
		rooms_there += r.now.room[0] != '\0';
	}
	free(rooms);
	if (found) {
		str_copy(at->building, sizeof at->building, building);
		str_copy(at->unit, sizeof at->unit, unit);
		at->single_house = rooms_there == 0;
	}
	return found;
}

struct collect {
	char prefix[32];
	struct address_hit *out;
	size_t max, n;
};

static bool collect_hit(void *ctx, const struct address_hit *hit)
{
	struct collect *c = ctx;
	if (strncmp(hit->label, c->prefix, strlen(c->prefix)) != 0)
		return true;
	if (c->n < c->max)
		c->out[c->n] = *hit;
	c->n++;
	return true;
}

size_t address_below(struct address_library *l, const struct address *at, const char *prefix, struct address_hit *out,
	size_t max)
{
	struct collect c = { .out = out, .max = max };
	size_t n = 0;
	if (!l)
		return 0;
	if (prefix && !str_copy(c.prefix, sizeof c.prefix, prefix))
		return 0; /* longer than any number */
	utf8_fold_width(c.prefix);
	for (size_t i = 0; c.prefix[i]; i++) { /* blanks out, letters as in the library */
		if (c.prefix[i] != ' ')
			c.prefix[n++] = c.prefix[i] >= 'a' && c.prefix[i] <= 'z' ? (char)(c.prefix[i] - 'a' + 'A')
										 : c.prefix[i];
	}
	c.prefix[n] = '\0';
	each(l, at, collect_hit, &c);
	return c.n;
}
