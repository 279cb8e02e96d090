#include "address/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/xalloc.h"

struct weighed {
	uint32_t name;
	int weight, length;
};

static int heaviest(const void *a, const void *b)
{
	const struct weighed *x = a, *y = b;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	if (x->length != y->length)
		return x->length < y->length ? -1 : 1;
	return (x->name > y->name) - (x->name < y->name);
}

static struct search_index *search_index(struct address_library *l)
{
	if (l->index)
		return l->index;
	struct search_index *x = l->index = xcalloc(1, sizeof *x);
	struct weighed *all = xcalloc(l->n_names + 1, sizeof *all);
	x->order = xcalloc(l->n_names + 1, sizeof *x->order);
	for (size_t i = 0; i < l->n_names; i++)
		all[i] = (struct weighed){ (uint32_t)i, l->streets[l->names[i].street].weight, l->names[i].n };
	if (l->n_names)
		qsort(all, l->n_names, sizeof *all, heaviest);
	for (size_t i = 0; i < l->n_names; i++)
		x->order[i] = all[i].name;
	free(all);
	scan_build(&x->scan, l, x->order);
	bag_build(&x->bag, l, x->order);
	probe_open(&x->probe, l->db);
	return x;
}

void search_index_destroy(struct search_index *x)
{
	if (!x)
		return;
	address_session_destroy(x->own);
	scan_finish(&x->scan);
	bag_finish(&x->bag);
	probe_close(&x->probe);
	free(x->order);
	free(x);
}

struct address_session *address_session_create(struct address_library *l)
{
	if (!l)
		return NULL;
	struct address_session *s = xcalloc(1, sizeof *s);
	s->l = l;
	s->x = search_index(l);
	s->typing = true;
	s->slot = xcalloc(l->n_names + 1, sizeof *s->slot);
	match_create(&s->matcher, l);
	return s;
}

void address_session_destroy(struct address_session *s)
{
	if (!s)
		return;
	for (size_t k = 0; k < AREA_STARTS; k++) {
		if (s->pass[k].made) {
			scan_state_finish(&s->pass[k].scan);
			bag_state_finish(&s->pass[k].bag);
		}
	}
	free(s->slot);
	explicit_bzero(s, sizeof *s); /* what was typed is personal */
	free(s);
}

static bool same_atoms(const struct atom *a, size_t n, const struct atom *b, size_t m)
{
	size_t i = 0;
	while (i < n && i < m && a[i].point == b[i].point)
		i++;
	return i == n && i == m;
}

/* Only the numbers have changed: the names are those of before. */
static bool same_names(const struct query *a, const struct query *b)
{
	return a->n_parts && b->n_parts && same_atoms(a->atoms, a->n_atoms, b->atoms, b->n_atoms) &&
		same_atoms(a->notes, a->n_notes, b->notes, b->n_notes);
}

size_t address_session_type(struct address_session *s, const char *query, struct address_hit *out, size_t max)
{
	if (!s || !query)
		return 0;
	s->last = s->query;
	query_parse(&s->query, query, &s->l->readings);
	s->n_places = query_places(&s->query, s->places);
	if (!s->query.n_atoms && !s->query.n_notes)
		return 0;
	if (!same_names(&s->query, &s->last)) {
		s->n_starts = areas_find(s->l, &s->query, s->starts);
		find_names(s);
	}
	settle(s, &s->ranking[0]);
	if (s->n_places && !s->confirmed) { /* the name may be a slip of the one that has this number */
		find_slips(s);
		settle(s, &s->ranking[1]);
	}
	for (size_t i = 0; i < s->n_found && i < max; i++)
		show_hit(s, &s->found[i], &out[i]);
	return s->n_found;
}

/* Wipes what was typed; the next query begins from nothing. */
static void forget(struct address_session *s)
{
	for (size_t k = 0; k < AREA_STARTS; k++) {
		if (s->pass[k].made) {
			scan_take(&s->pass[k].scan, &s->x->scan, &s->l->readings, NULL, 0, false);
			bag_take(&s->pass[k].bag, &s->x->bag, NULL, 0);
		}
	}
	explicit_bzero(&s->query, sizeof s->query);
	explicit_bzero(&s->last, sizeof s->last);
	explicit_bzero(s->places, sizeof s->places);
	explicit_bzero(s->matcher.letters, sizeof s->matcher.letters);
	explicit_bzero(s->settled, sizeof s->settled);
	explicit_bzero(s->tried, sizeof s->tried);
	explicit_bzero(s->ranking, sizeof s->ranking);
	explicit_bzero(s->found, sizeof s->found);
	s->n_found = s->n_tried = s->n_settled = 0;
}

size_t address_search(struct address_library *l, const char *query, struct address_hit *out, size_t max)
{
	if (!l || !query)
		return 0;
	struct search_index *x = search_index(l);
	if (!x->own)
		x->own = address_session_create(l);
	x->own->typing = false;
	size_t n = address_session_type(x->own, query, out, max);
	forget(x->own);
	return n;
}
