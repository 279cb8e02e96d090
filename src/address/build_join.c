/*
 * One street for a road that runs through several towns. A list that names the town in each row would else make a street of
 * every stretch, and who looks for the road would have to know where the borders are. Two roads of one name in one district
 * are told apart by their doors: a place that is there in two towns is there twice, so those roads stay what they are.
 */
#include <stdlib.h>
#include <string.h>

#include "address/build_own.h"
#include "base/xalloc.h"

struct joining {
	struct library_writer *w;
	uint32_t *group; /* of a street: the first one of its name and district */
	bool *many;      /* of a first one: others go with it */
	bool *apart;     /* some place is there twice */
	uint32_t *slots; /* places seen: door + 1, open addressing */
	size_t mask;
};

static const struct library_writer *sorting; /* qsort passes nothing on */

static int by_name(const void *a, const void *b)
{
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	const struct build_street *x = &sorting->streets[i], *y = &sorting->streets[j];
	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	if (x->district != y->district)
		return x->district < y->district ? -1 : 1;
	return (i > j) - (i < j);
}

static bool same_name(const struct build_street *x, const struct build_street *y)
{
	return x->name == y->name && x->district == y->district;
}

/* How many streets are not the first of their name. */
static size_t find_groups(struct joining *g)
{
	const struct library_writer *w = g->w;
	uint32_t *order = xcalloc(w->n_streets + 1, sizeof *order);
	size_t n = 0, others = 0;
	for (size_t i = 0; i < w->n_streets; i++) {
		g->group[i] = (uint32_t)i;
		if (w->streets[i].doors)
			order[n++] = (uint32_t)i;
	}
	sorting = w;
	qsort(order, n, sizeof *order, by_name);
	for (size_t i = 1; i < n; i++) {
		if (!same_name(&w->streets[order[i]], &w->streets[order[i - 1]]))
			continue;
		g->group[order[i]] = g->group[order[i - 1]];
		g->many[g->group[order[i]]] = true;
		others++;
	}
	free(order);
	return others;
}

static bool same_place(const struct joining *g, const struct build_door *a, const struct build_door *b)
{
	return g->group[a->street] == g->group[b->street] && a->lane == b->lane && a->sub == b->sub && a->no == b->no &&
		a->suffix == b->suffix;
}

static void see_door(struct joining *g, uint32_t i)
{
	const struct build_door *d = &g->w->doors[i];
	const uint32_t key[] = { g->group[d->street], d->lane, d->sub, d->no, d->suffix };
	size_t at = texts_hash(key, sizeof key, 5) & g->mask;
	while (g->slots[at] && !same_place(g, &g->w->doors[g->slots[at] - 1], d))
		at = (at + 1) & g->mask;
	if (g->slots[at])
		g->apart[key[0]] = true; /* doors of one street are each there once */
	else
		g->slots[at] = i + 1;
}

static bool is_joined(const struct joining *g, uint32_t street)
{
	return g->many[g->group[street]] && !g->apart[g->group[street]];
}

static void join(struct joining *g, uint32_t i)
{
	struct build_street *s = &g->w->streets[i], *first = &g->w->streets[g->group[i]];
	if (s == first)
		return;
	first->doors += s->doors;
	s->doors = 0;
	first->pinyin = first->pinyin ? first->pinyin : s->pinyin;
	if (s->valid_from && (!first->valid_from || s->valid_from < first->valid_from))
		first->valid_from = s->valid_from;
	first->open |= s->open;
	first->valid_to = first->open ? 0 : s->valid_to > first->valid_to ? s->valid_to : first->valid_to;
}

/* Each door keeps its town; the street has none any more. */
static void join_all(struct joining *g)
{
	struct library_writer *w = g->w;
	for (size_t i = 0; i < w->n_doors; i++) {
		struct build_door *d = &w->doors[i];
		if (!is_joined(g, d->street))
			continue;
		d->town = w->streets[d->street].town;
		d->street = g->group[d->street];
	}
	for (size_t i = 0; i < w->n_names; i++) {
		if (is_joined(g, w->names[i].street))
			w->names[i].street = g->group[w->names[i].street];
	}
	for (size_t i = 0; i < w->n_streets; i++) {
		if (!is_joined(g, (uint32_t)i))
			continue;
		join(g, (uint32_t)i);
		w->streets[i].town = texts_add(&w->texts, "");
	}
}

void build_join_streets(struct library_writer *w)
{
	struct joining g = { .w = w,
		.group = xcalloc(w->n_streets + 1, sizeof *g.group),
		.many = xcalloc(w->n_streets + 1, sizeof *g.many),
		.apart = xcalloc(w->n_streets + 1, sizeof *g.apart) };
	if (find_groups(&g)) {
		for (g.mask = 1023; g.mask < w->n_doors * 2; g.mask = g.mask * 2 + 1)
			;
		g.slots = xcalloc(g.mask + 1, sizeof *g.slots);
		for (size_t i = 0; i < w->n_doors; i++) {
			if (!w->doors[i].gone && g.many[g.group[w->doors[i].street]])
				see_door(&g, (uint32_t)i);
		}
		join_all(&g);
	}
	free(g.group);
	free(g.many);
	free(g.apart);
	free(g.slots);
}
