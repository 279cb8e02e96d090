/* From a query to a ranked list: names first, then the numbers below them, which speak for or against a name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/address.h"
#include "address/below.h"
#include "address/library.h"
#include "address/match.h"
#include "address/query.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"

enum { CANDIDATES = 48, EXPANDED = 8, HITS_MAX = 400, STARTS = 5, GOOD = 100 };
enum { COST_OTHER_DISTRICT = 35, COST_SHORT_DISTRICT = 8, COST_LONGER_NUMBER = 20, COST_AREA_ONLY = 70 };
/* The typed number does not exist below the name: what it costs, by the field that is missing. */
static const int missing[FIELDS] = { [FIELD_LANE] = 150, [FIELD_SUB] = 60, [FIELD_NO] = 60, [FIELD_ROOM] = 30 };
enum { COST_NO_FRONT_DOOR = 130 };

struct candidate {
	int cost;
	uint32_t street;
};

struct ranked {
	struct address_hit hit;
	int cost;
	size_t order;
};

/* Where the name may begin: behind the city, a district, a town. A part that is also the name's own start is tried both
 * ways. */
struct start {
	size_t at;
	int cost;
	char area[10]; /* district or town typed in front, "" none */
};

struct search {
	struct address_library *l;
	struct query query;
	struct place places[QUERY_PLACES];
	size_t n_places;
	struct start starts[STARTS];
	size_t n_starts;
	struct candidate *best; /* one per street, MATCH_NONE: no match; then sorted */
	size_t n_best;
	struct ranked *hits;
	size_t n_hits;
	bool confirmed; /* some name has the typed numbers below it */
};

/* How many atoms from `at` on spell the text; 0: they do not. */
static size_t spelled(const struct query *q, size_t at, const char *text, size_t characters)
{
	size_t n = 0, left = strlen(text), step;
	uint32_t p;
	for (; left && n < characters && (step = utf8_decode(text, left, &p)); text += step, left -= step, n++) {
		if (at + n >= q->n_atoms || q->atoms[at + n].point != p)
			return 0;
	}
	return n;
}

static void add_start(struct search *s, size_t at, int cost, const char *area)
{
	size_t left = s->query.n_atoms - at;
	if (s->n_starts == STARTS || (at && ((left == 0 && !*area) || (left == 1 && s->query.atoms[at].point > 0x7f))))
		return; /* 宝山路 is not the name 路 in 宝山 */
	struct start *new = &s->starts[s->n_starts++];
	*new = (struct start){ .at = at, .cost = cost };
	str_copy(new->area, sizeof new->area, area);
}

static void find_starts(struct search *s)
{
	size_t city = spelled(&s->query, 0, "上海市", 3);
	add_start(s, 0, 0, "");
	if (!city)
		city = spelled(&s->query, 0, "上海", 2);
	if (city)
		add_start(s, city, 0, "");
	for (size_t i = 0; i < s->l->n_regions; i++) {
		const struct region *r = &s->l->regions[i];
		size_t all = utf8_length(r->name), n = spelled(&s->query, city, r->name, all);
		bool district = strlen(r->code) == 6, full = n == all;
		if (!n && (district || city + 2 == s->query.n_atoms))
			n = spelled(&s->query, city, r->name, 2); /* 浦东, 静安; 莘庄 alone */
		if (!n)
			continue;
		add_start(s, city + n, full ? 0 : COST_SHORT_DISTRICT, r->code);
		for (size_t k = 0; district && k < s->l->n_regions; k++) { /* a town behind the district */
			const struct region *t = &s->l->regions[k];
			size_t m =
				strlen(t->code) == 9 ? spelled(&s->query, city + n, t->name, utf8_length(t->name)) : 0;
			if (m)
				add_start(s, city + n + m, 0, t->code);
		}
	}
}

static bool lies_in(const struct street *street, const char *area)
{
	if (strncmp(street->district, area, 6) != 0)
		return false;
	return strlen(area) == 6 || !street->town[0] || str_eq(street->town, area);
}

static bool is_of(const struct street *street, const char *area)
{
	return *area && str_eq(strlen(area) == 6 ? street->district : street->town, area);
}

static void match_all(struct search *s, bool errors)
{
	for (size_t i = 0; i < s->l->n_names; i++) {
		const struct name *name = &s->l->names[i];
		const struct street *street = &s->l->streets[name->street];
		int cost = MATCH_NONE;
		for (size_t k = 0; k < s->n_starts; k++) {
			const struct start *from = &s->starts[k];
			int c = MATCH_NONE;
			if (from->at < s->query.n_atoms)
				c = match_name(&s->l->readings, s->query.atoms + from->at, s->query.n_atoms - from->at,
					name, errors);
			else if (is_of(street, from->area))
				c = COST_AREA_ONLY;
			c += from->cost + (from->area[0] && !lies_in(street, from->area) ? COST_OTHER_DISTRICT : 0);
			cost = c < cost ? c : cost;
		}
		int inside = match_inside(s->query.atoms, s->query.n_atoms, name);
		cost = (inside < cost ? inside : cost) - street->weight / 4;
		if (cost < s->best[name->street].cost)
			s->best[name->street].cost = cost;
	}
}

static int by_cost(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	return (x->street > y->street) - (x->street < y->street);
}

static size_t count_below(const struct search *s, int cost)
{
	size_t n = 0;
	for (size_t i = 0; i < s->l->n_streets; i++)
		n += s->best[i].cost < cost;
	return n;
}

static bool find_names(struct search *s, bool errors)
{
	for (size_t i = 0; i < s->l->n_streets; i++)
		s->best[i] = (struct candidate){ .cost = MATCH_NONE, .street = (uint32_t)i };
	match_all(s, false);
	if (!errors && count_below(s, GOOD) < 3)
		errors = true;
	if (errors)
		match_all(s, true);
	s->n_best = count_below(s, MATCH_LIMIT + 1);
	qsort(s->best, s->l->n_streets, sizeof *s->best, by_cost);
	return errors;
}

static void add_hit(struct search *s, const struct address *at, const char *detail, int cost)
{
	if (s->n_hits == HITS_MAX)
		return;
	struct ranked *r = &s->hits[s->n_hits];
	*r = (struct ranked){ .cost = cost, .order = s->n_hits };
	s->n_hits++;
	struct address short_text = *at;
	short_text.district[0] = '\0'; /* it is the detail */
	r->hit.at = *at;
	char text[sizeof r->hit.label];
	address_text(&short_text, text, sizeof text);
	/* address_text begins with the city */
	str_copy(r->hit.label, sizeof r->hit.label, strncmp(text, "上海市", 9) == 0 ? text + 9 : text);
	struct str line;
	str_init(&line, sizeof r->hit.detail - 1);
	str_add(&line, at->district);
	str_add(&line, at->town[0] ? " " : "");
	str_add(&line, at->town);
	str_add(&line, detail[0] ? " · " : "");
	str_add(&line, detail);
	str_copy(r->hit.detail, sizeof r->hit.detail, line.text);
	str_finish(&line);
}

struct expand {
	struct search *s;
	const char *typed;
	enum address_level level;
	bool sub;
	int cost;
};

static bool expand_hit(void *ctx, const struct address_hit *hit)
{
	struct expand *x = ctx;
	const struct address *a = &hit->at;
	const char *value = a->level == ADDRESS_ROOM ? a->room
		: a->level == ADDRESS_DOOR           ? a->number
		: x->sub                             ? a->sub_lane
						     : a->lane;
	size_t n = strlen(x->typed);
	if (a->level == x->level && strncmp(value, x->typed, n) == 0 && value[n])
		add_hit(x->s, a, hit->detail, x->cost + COST_LONGER_NUMBER);
	return true;
}

/* Goes down one field; false: that number does not exist. */
static bool descend(struct search *s, struct address *at, enum field f, const struct place *p)
{
	switch (f) {
	case FIELD_LANE:
		if (!below_lane_exists(s->l, at->street_id, p->value[f], 0))
			return false;
		snprintf(at->lane, sizeof at->lane, "%ld", p->value[f]);
		break;
	case FIELD_SUB:
		if (!below_lane_exists(s->l, at->street_id, p->value[FIELD_LANE], p->value[f]))
			return false;
		snprintf(at->sub_lane, sizeof at->sub_lane, "%ld", p->value[f]);
		break;
	case FIELD_NO:
		return below_door(s->l, at, p->value[f], p->suffix);
	case FIELD_ROOM:
		return at->level == ADDRESS_DOOR && below_room(s->l, at, p->room);
	default:
		return false;
	}
	at->level = ADDRESS_LANE;
	return true;
}

static void try_place(struct search *s, const struct candidate *c, const struct place *p, bool expand)
{
	static const enum address_level level[FIELDS] = { ADDRESS_LANE, ADDRESS_LANE, ADDRESS_DOOR, ADDRESS_ROOM };
	struct address at;
	int cost = c->cost + p->cost;
	library_fill(s->l, &s->l->streets[c->street], &at);
	for (enum field f = FIELD_LANE; f < FIELDS; f++) {
		if (!p->value[f])
			continue;
		struct address parent = at;
		bool exists = descend(s, &at, f, p), more = (int)f == p->last && p->open && expand;
		size_t before = s->n_hits;
		if (exists && (int)f == p->last) {
			add_hit(s, &at, "", cost);
			s->confirmed |= c->cost < GOOD;
		}
		if (more) {
			struct expand x = { .s = s,
				.typed = p->typed,
				.level = level[f],
				.sub = f == FIELD_SUB,
				.cost = cost };
			below_each(s->l, &parent, expand_hit, &x);
		}
		if ((int)f == p->last && s->n_hits > before)
			return;
		if (!exists) {
			cost += f == FIELD_NO && !p->value[FIELD_LANE] ? COST_NO_FRONT_DOOR : missing[f];
			break;
		}
	}
	add_hit(s, &at, "", cost);
}

static void list_hits(struct search *s)
{
	s->n_hits = 0;
	s->confirmed = false;
	for (size_t i = 0; i < s->n_best && i < (s->n_places ? CANDIDATES : HITS_MAX); i++) {
		const struct candidate *c = &s->best[i];
		if (!s->n_places) {
			struct address at;
			library_fill(s->l, &s->l->streets[c->street], &at);
			add_hit(s, &at, "", c->cost);
		}
		for (size_t k = 0; k < s->n_places; k++)
			try_place(s, c, &s->places[k], i < EXPANDED);
	}
}

static int by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* Best first, each address once. */
static size_t write_hits(struct search *s, struct address_hit *out, size_t max)
{
	size_t n = 0;
	if (s->n_hits)
		qsort(s->hits, s->n_hits, sizeof *s->hits, by_rank);
	for (size_t i = 0; i < s->n_hits; i++) {
		bool known = false;
		for (size_t k = 0; k < i && !known; k++)
			known = s->hits[k].hit.at.street_id == s->hits[i].hit.at.street_id &&
				str_eq(s->hits[k].hit.label, s->hits[i].hit.label);
		if (known)
			continue;
		if (n < max)
			out[n] = s->hits[i].hit;
		n++;
	}
	return n;
}

size_t address_search(struct address_library *l, const char *query, struct address_hit *out, size_t max)
{
	struct search s = { .l = l };
	if (!l || !query)
		return 0;
	query_parse(&s.query, query, &l->readings);
	if (!s.query.n_atoms)
		return 0;
	s.n_places = query_places(&s.query, s.places);
	s.best = xcalloc(l->n_streets + 1, sizeof *s.best);
	s.hits = xcalloc(HITS_MAX, sizeof *s.hits);
	find_starts(&s);
	bool errors = find_names(&s, false);
	list_hits(&s);
	if (s.n_places && !s.confirmed && !errors) { /* the name may be a slip of the one that has this number */
		find_names(&s, true);
		list_hits(&s);
	}
	size_t n = write_hits(&s, out, max);
	explicit_bzero(s.hits, HITS_MAX * sizeof *s.hits);
	free(s.hits);
	free(s.best);
	explicit_bzero(&s, sizeof s); /* what was typed is personal */
	return n;
}
