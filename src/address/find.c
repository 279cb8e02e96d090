/* From typed atoms to a short list of names: quick passes over all of them, then a close comparison of the best. */
#include <stdlib.h>
#include <string.h>

#include "address/session.h"
#include "base/str.h"

enum { FRONT_MAX = 120, FRONT_SHORT_MAX = 400, INSIDE_MAX = 60, SLIPS_MAX = 90, BAG_MAX = 160, AREA_MAX = 120 };
enum { GOOD_CHARACTERS = 55, GOOD_LETTERS = 75, GOOD_ENOUGH = 5, SHORT = 4 };
enum { COST_OTHER_DISTRICT = 35, COST_AREA_ONLY = 70, COST_COMPOUND = 12, COST_OTHER_NAME = 4, WEIGHT = 3 };
enum {
	WINDOW_MIN = 2,
	WINDOW_MAX = 10,
	SAME_NAMES = 16,
	COST_WINDOW = 40,
	COST_SHORT = 120,
	COST_SLIP = 90 /* one more character is rather a slip in a longer name */,
	COST_NOTE = 40
};

static bool is_character(const struct atom *a)
{
	return a->point > 0x7f;
}

static struct tried *tried(struct address_session *s, uint32_t place)
{
	uint32_t at = s->slot[place];
	return at < s->n_tried && s->tried[at].place == place ? &s->tried[at] : NULL;
}

static void note(struct address_session *s, uint32_t place, int cost, size_t start)
{
	struct tried *t = tried(s, place);
	const struct name *name = session_name(s, place);
	const struct street *street = &s->l->streets[name->street];
	const struct start *from = &s->starts[start];
	if (!t) {
		if (s->n_tried == TRIED_MAX)
			return;
		s->slot[place] = (uint32_t)s->n_tried;
		t = &s->tried[s->n_tried++];
		*t = (struct tried){ .place = place, .cost = MATCH_NONE };
	}
	if (cost >= MATCH_NONE)
		return;
	cost += from->cost - WEIGHT * street->weight;
	cost += name->kind == NAME_COMPOUND || street->kind == STREET_COMPOUND ? COST_COMPOUND
		: name->kind != NAME_OWN                                       ? COST_OTHER_NAME
									       : 0;
	cost += from->area[0] && !area_holds(from->area, street) ? COST_OTHER_DISTRICT : 0;
	if (cost < t->cost) {
		t->cost = cost;
		t->start = (uint8_t)start;
	}
}

struct list {
	uint32_t place[FRONT_SHORT_MAX + INSIDE_MAX];
	size_t n;
};

static size_t compare(struct address_session *s, const struct list *list, size_t start, bool errors)
{
	int limit = GOOD_LETTERS;
	size_t good = 0;
	for (size_t i = 0; i < s->starts[start].n; i++)
		limit = is_character(&s->query.atoms[s->starts[start].at + i]) ? GOOD_CHARACTERS : limit;
	for (size_t i = 0; i < list->n; i++) {
		int cost = match_name(&s->matcher, session_name(s, list->place[i]), errors);
		good += cost < limit;
		note(s, list->place[i], cost, start);
	}
	return good;
}

/* Rows of a column that are alive, but not in `but`; only names with all the typed characters when `least` says so. */
struct want {
	enum scan_column column;
	int but;
	uint32_t least, below; /* score in the bag */
	size_t max;
};

static void collect(const struct address_session *s, const struct pass *p, struct want w, struct list *list)
{
	const uint32_t *column = p->scan.column[w.column], *but = w.but < 0 ? NULL : p->scan.column[w.but];
	size_t full = list->n + w.max;
	for (size_t row = 0; row < s->x->scan.rows && list->n < full; row++) {
		if (row % SCAN_BLOCK == 0 && !scan_block_alive(&p->scan, w.column, row)) {
			row += SCAN_BLOCK - 1;
			continue;
		}
		if (!column[row] || (but && but[row]))
			continue;
		uint32_t place = s->x->scan.rank[row];
		if (p->bag.score[place] < w.least || p->bag.score[place] >= w.below)
			continue;
		if (list->n && list->place[list->n - 1] == place)
			continue;
		list->place[list->n++] = place;
	}
}

static size_t count_characters(const struct atom *atoms, size_t n)
{
	size_t k = 0;
	for (size_t i = 0; i < n; i++)
		k += is_character(&atoms[i]);
	return k;
}

static void search_exact(struct address_session *s, size_t start, struct list *list)
{
	struct pass *p = &s->pass[start];
	const struct start *from = &s->starts[start];
	uint32_t all = p->bag.full;
	size_t max = s->n_places && from->n <= SHORT ? FRONT_SHORT_MAX : FRONT_MAX;
	list->n = 0;
	collect(s, p, (struct want){ SCAN_FRONT, -1, all, UINT32_MAX, max }, list);
	if (all && list->n < max)
		collect(s, p, (struct want){ SCAN_FRONT, -1, 0, all, max - list->n }, list);
	collect(s, p, (struct want){ SCAN_INSIDE, SCAN_FRONT, all, UINT32_MAX, INSIDE_MAX }, list);
}

static void only_new(struct address_session *s, struct list *list)
{
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++) {
		if (!tried(s, list->place[i]))
			list->place[n++] = list->place[i];
	}
	list->n = n;
}

static void search_slips(struct address_session *s, size_t start, struct list *list)
{
	static const struct want wants[] = {
		{ SCAN_STRICT, SCAN_FRONT, 0, UINT32_MAX, SLIPS_MAX },
		{ SCAN_SLIP, SCAN_FRONT, 0, UINT32_MAX, SLIPS_MAX },
		{ SCAN_LOOSE, SCAN_FRONT, 0, UINT32_MAX, INSIDE_MAX },
	};
	const struct start *from = &s->starts[start];
	if (from->n < 3)
		return;
	scan_take(&s->pass[start].scan, &s->x->scan, &s->l->readings, s->query.atoms + from->at, from->n, true);
	for (size_t i = 0; i < sizeof wants / sizeof *wants; i++) {
		list->n = 0;
		collect(s, &s->pass[start], wants[i], list);
		only_new(s, list);
		compare(s, list, start, true);
	}
}

static void list_area(struct address_session *s, size_t start)
{
	size_t n = 0;
	for (uint32_t i = 0; i < s->l->n_names && n < AREA_MAX; i++) {
		const struct name *name = session_name(s, i);
		if (name->kind == NAME_OWN && area_is(s->starts[start].area, &s->l->streets[name->street])) {
			note(s, i, COST_AREA_ONLY, start);
			n++;
		}
	}
}

static void search_start(struct address_session *s, size_t start, bool slips)
{
	struct pass *p = &s->pass[start];
	const struct start *from = &s->starts[start];
	const struct atom *atoms = s->query.atoms + from->at;
	struct list list = { .n = 0 };
	if (!from->n) {
		list_area(s, start);
		return;
	}
	if (!p->made) {
		scan_state_create(&p->scan, &s->x->scan);
		bag_state_create(&p->bag, &s->x->bag);
		p->made = true;
	}
	size_t characters = count_characters(atoms, from->n);
	match_begin(&s->matcher, atoms, from->n, s->query.n_parts > 0);
	bag_take(&p->bag, &s->x->bag, atoms, from->n);
	if (characters == from->n) {
		list.n = bag_best(&p->bag, &s->x->bag, list.place, BAG_MAX);
		compare(s, &list, start, true);
		return;
	}
	scan_take(&p->scan, &s->x->scan, &s->l->readings, atoms, from->n, s->typing && !characters);
	search_exact(s, start, &list);
	size_t enough = characters ? 1 : GOOD_ENOUGH;
	if (slips || compare(s, &list, start, false) < enough)
		search_slips(s, start, &list);
}

/* Whole names inside a longer text: 东明路博爱家园355弄. `base` is what standing there costs. */
static void search_windows(struct address_session *s, const struct atom *atoms, size_t n_atoms, int base)
{
	for (size_t at = 0; at < n_atoms; at++) {
		for (size_t n = WINDOW_MIN; n <= WINDOW_MAX && at + n <= n_atoms; n++) {
			if (!is_character(&atoms[at + n - 1]))
				break;
			size_t behind = n_atoms - at - n;
			int cost = base + 6 * (int)at + 10 * (int)behind + (behind ? 20 : 0) +
				(n + 1 == n_atoms ? COST_SLIP : 0) +
				(n == WINDOW_MIN                      ? COST_SHORT
						: n == WINDOW_MIN + 1 ? COST_SHORT / 4
								      : 0);
			uint32_t place = UINT32_MAX;
			for (int k = 0; k < SAME_NAMES; k++) {
				place = bag_whole(&s->x->bag, s->l, s->x->order, atoms + at, n, place);
				if (place == UINT32_MAX)
					break;
				note(s, place, at || behind ? cost : 0, 0);
			}
		}
	}
}

static int by_cost(const void *a, const void *b)
{
	const struct tried *x = a, *y = b;
	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static void rank(const struct address_session *s, struct ranking *r)
{
	r->n = 0;
	for (size_t i = 0; i < s->n_tried; i++) {
		if (s->tried[i].cost < MATCH_LIMIT)
			r->name[r->n++] = s->tried[i];
	}
	if (r->n)
		qsort(r->name, r->n, sizeof *r->name, by_cost);
}

void find_names(struct address_session *s)
{
	s->n_tried = 0;
	s->slips = false;
	for (size_t k = 0; k < s->n_starts; k++)
		search_start(s, k, false);
	search_windows(s, s->query.atoms, s->query.n_atoms, COST_WINDOW);
	search_windows(s, s->query.notes, s->query.n_notes, COST_WINDOW + COST_NOTE);
	rank(s, &s->ranking[0]);
}

void find_slips(struct address_session *s)
{
	if (s->slips)
		return;
	s->slips = true;
	for (size_t k = 0; k < s->n_starts; k++)
		search_start(s, k, true);
	rank(s, &s->ranking[1]);
}
