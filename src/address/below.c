#include "address/below.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/library.h"
#include "address/number.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"

void below_label(struct address_hit *hit)
{
	const struct address *a = &hit->at;
	struct address last = { 0 };
	switch (a->level) {
	case ADDRESS_LANE:
		snprintf(hit->label, sizeof hit->label, a->sub_lane[0] ? "%s支弄" : "%s弄",
			a->sub_lane[0] ? a->sub_lane : a->lane);
		break;
	case ADDRESS_DOOR:
		snprintf(hit->label, sizeof hit->label, "%s号", a->number);
		break;
	case ADDRESS_ROOM:
		str_copy(last.room, sizeof last.room, a->room);
		address_text(&last, hit->label, sizeof hit->label);
		break;
	default:
		str_copy(hit->label, sizeof hit->label, a->street);
	}
}

static long count_rooms(const char *rooms)
{
	long n = *rooms ? 1 : 0;
	for (; (rooms = strchr(rooms, ' ')); rooms++)
		n++;
	return n;
}

static void set_door(struct address *a, long no, const char *suffix, const char *rooms)
{
	snprintf(a->number, sizeof a->number, "%ld%s", no, suffix);
	a->building[0] = a->room[0] = '\0';
	a->single_house = !*rooms;
	a->level = ADDRESS_DOOR;
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
		below_label(&hit);
		more = sink(ctx, &hit);
	}
	sqlite3_reset(q);
	return more;
}

static const char *text(sqlite3_stmt *q, int i)
{
	const unsigned char *t = sqlite3_column_text(q, i);
	return t ? (const char *)t : "";
}

static void put_doors(sqlite3_stmt *q, const struct address *at, below_sink sink, void *ctx)
{
	bool more = true;
	while (more && sqlite3_step(q) == SQLITE_ROW) {
		const char *rooms = text(q, 2);
		struct address_hit hit = { .at = *at };
		set_door(&hit.at, (long)sqlite3_column_int64(q, 0), text(q, 1), rooms);
		if (hit.at.single_house)
			str_copy(hit.detail, sizeof hit.detail, tr("独门独户"));
		else
			snprintf(hit.detail, sizeof hit.detail, tr("%ld 室"), count_rooms(rooms));
		below_label(&hit);
		more = sink(ctx, &hit);
	}
	sqlite3_reset(q);
}

/* The caller's to free; NULL: no such door. */
static char *rooms_of(struct address_library *l, const struct address *at)
{
	char *found = NULL, suffix[NUMBER_SUFFIX];
	long no;
	if (!number_split(at->number, &no, suffix))
		return NULL;
	long key[] = { at->street_id, strtol(at->lane, NULL, 10), strtol(at->sub_lane, NULL, 10), no };
	sqlite3_stmt *q = library_ask(l, Q_DOOR, 4, key);
	while (!found && sqlite3_step(q) == SQLITE_ROW) {
		if (str_eq(text(q, 1), suffix))
			found = xstrdup(text(q, 2));
	}
	sqlite3_reset(q);
	return found;
}

static void put_rooms(struct address_library *l, const struct address *at, below_sink sink, void *ctx)
{
	char *rooms = rooms_of(l, at), *rest = rooms, *one;
	while (rooms && (one = strsep(&rest, " "))) {
		struct address_hit hit = { .at = *at };
		hit.at.level = ADDRESS_ROOM;
		if (!*one)
			continue;
		str_copy(hit.at.room, sizeof hit.at.room, one);
		below_label(&hit);
		if (!sink(ctx, &hit))
			break;
	}
	free(rooms);
}

void below_each(struct address_library *l, const struct address *at, below_sink sink, void *ctx)
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
			put_doors(library_ask(l, Q_DOORS, 3, (const long[]){ s->id, 0, 0 }), &here, sink, ctx);
		break;
	case ADDRESS_LANE:
		if (key[2] || put_lanes(library_ask(l, Q_SUBS, 2, key), &here, true, sink, ctx))
			put_doors(library_ask(l, Q_DOORS, 3, key), &here, sink, ctx);
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
		if (found)
			set_door(at, no, suffix, text(q, 2));
	}
	sqlite3_reset(q);
	return found;
}

bool below_room(struct address_library *l, struct address *at, const char *room)
{
	char *rooms = rooms_of(l, at), *rest = rooms, *one;
	bool found = false;
	while (rooms && !found && (one = strsep(&rest, " ")))
		found = *one && str_eq(one, room);
	free(rooms);
	if (found) {
		str_copy(at->room, sizeof at->room, room);
		at->level = ADDRESS_ROOM;
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
	below_each(l, at, collect_hit, &c);
	return c.n;
}
