#include "load/routes.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/xalloc.h"
#include "model/item.h"

/* A distinct way: what is asked and wanted, and every combination that leads to it. */
struct way {
	char *body;
	struct str conditions;
};

struct listing {
	struct way *ways;
	size_t n;
};

enum { BODY_MAX = 8000, CONDITIONS_MAX = 1024 * 1024 };

/* The guards of a step that are left open, beside its name. */
static void add_open(struct str *s, const struct item *item, const struct guard *guards, unsigned n, const char *word)
{
	for (unsigned i = 0; i < n; i++)
		if (routes_local(item, guards[i].name))
			str_addf(s, " (%s %s)", word, guards[i].text);
}

static void add_taken(struct str *s, const struct route *r)
{
	const char *gap = "\n  taken over: ";
	for (unsigned i = 0; i < r->item->n_steps; i++) {
		if (!r->steps[i] || !r->taken[i])
			continue;
		const struct step *step = &r->item->steps[i];
		str_addf(s, "%s%s", gap, step->screen_name);
		add_open(s, r->item, step->guards, step->n_guards, "when");
		gap = ", ";
	}
}

static char *body_of(const struct route *r)
{
	struct str s;
	str_init(&s, BODY_MAX);
	str_add(&s, "  steps:");
	const char *gap = " ";
	for (unsigned i = 0; i < r->item->n_steps; i++)
		if (r->steps[i] && !r->taken[i]) {
			const struct step *step = &r->item->steps[i];
			str_addf(&s, "%s%s", gap, step->screen_name);
			add_open(&s, r->item, step->guards, step->n_guards, "when");
			add_open(&s, r->item, step->carried, step->n_carried, "unless");
			gap = " > ";
		}
	add_taken(&s, r);
	str_add(&s, "\n  materials:");
	gap = " ";
	for (unsigned i = 0; i < r->item->n_materials; i++)
		if (r->materials[i]) {
			str_addf(&s, "%s%s", gap, r->item->materials[i].code);
			gap = ", ";
		}
	bool ended = r->any && r->item->steps[r->last].screen->kind == SCREEN_END;
	str_add(&s, ended ? " none, nothing is filed\n" : *gap == ' ' ? " none\n" : "\n");
	char *body = xstrdup(s.text);
	str_finish(&s);
	return body;
}

static void add(const struct route *r, const struct route_value *values, size_t n_values, void *ctx)
{
	(void)values;
	(void)n_values;
	struct listing *l = ctx;
	char *body = body_of(r);
	size_t i = 0;
	while (i < l->n && strcmp(l->ways[i].body, body) != 0)
		i++;
	if (i == l->n) {
		l->ways = xrealloc(l->ways, l->n + 1, sizeof *l->ways);
		l->ways[i].body = body;
		str_init(&l->ways[i].conditions, CONDITIONS_MAX);
		l->n++;
	} else {
		free(body);
	}
	str_addf(&l->ways[i].conditions, "  when: %s\n", r->conditions);
}

bool routes_print(const struct item *item, const struct code_table *tables, size_t n_tables, FILE *out)
{
	struct listing l = { .n = 0 };
	bool whole = routes_each_open(item, tables, n_tables, add, &l);
	fprintf(out, "%s %s %s, version %u: %zu routes\n", item->number, item->code, item->title, item->version, l.n);
	for (size_t i = 0; i < l.n; i++) {
		fprintf(out, "\nroute %zu\n%s%s", i + 1, l.ways[i].conditions.text, l.ways[i].body);
		str_finish(&l.ways[i].conditions);
		free(l.ways[i].body);
	}
	free(l.ways);
	if (!whole)
		fprintf(out, "\nmore than %d combinations: the rest is left out\n", ROUTES_MAX);
	return whole;
}
