#include "load/routes.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/xalloc.h"
#include "load/table_load.h"
#include "model/fact.h"
#include "model/item.h"
#include "model/table.h"

enum { NAMES_MAX = 64, STEPS_MAX = 64, MATERIALS_MAX = 64, CONDITIONS_MAX = 8000, WRITTEN_OUT = 4 };

/* A name that guards mention, with its values in classes that no guard tells apart. */
struct branch {
	const char *name;
	const struct question *question; /* NULL: a fact */
	unsigned step;                   /* that asks it */
	const char **values;             /* one of each class; NULL: left unanswered */
	char **texts;                    /* "a | b" of each class */
	unsigned n;
};

struct walk {
	const struct item *item;
	struct branch branches[NAMES_MAX];
	struct route_value now[NAMES_MAX];
	const char *now_text[NAMES_MAX];
	size_t n_branches;
	bool steps[STEPS_MAX], taken[STEPS_MAX], materials[MATERIALS_MAX];
	bool open; /* local names are not decided */
	unsigned n_routes;
	void (*visit)(const struct route *r, const struct route_value *values, size_t n_values, void *ctx);
	void *ctx;
};

static void each_guard(const struct item *item, void (*f)(const struct guard *g, void *ctx), void *ctx)
{
	for (unsigned i = 0; i < item->n_steps; i++) {
		for (unsigned k = 0; k < item->steps[i].n_guards; k++)
			f(&item->steps[i].guards[k], ctx);
		for (unsigned k = 0; k < item->steps[i].n_carried; k++)
			f(&item->steps[i].carried[k], ctx);
	}
	for (unsigned i = 0; i < item->n_materials; i++)
		for (unsigned k = 0; k < item->materials[i].n_guards; k++)
			f(&item->materials[i].guards[k], ctx);
}

static bool lists(const struct guard *g, const char *value)
{
	for (unsigned i = 0; i < g->n_values; i++)
		if (strcmp(g->values[i], value) == 0)
			return true;
	return false;
}

static bool mentions(const struct guard *guards, unsigned n, const char *name)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(guards[i].name, name) == 0)
			return true;
	return false;
}

bool routes_local(const struct item *item, const char *name)
{
	for (unsigned i = 0; i < item->n_steps; i++) {
		const struct step *s = &item->steps[i];
		if (s->screen->kind == SCREEN_END && mentions(s->guards, s->n_guards, name))
			return false;
	}
	for (unsigned i = 0; i < item->n_materials; i++)
		if (mentions(item->materials[i].guards, item->materials[i].n_guards, name))
			return false;
	return true;
}

struct comparison {
	const char *name, *a, *b;
	bool same, listed;
};

static void compare(const struct guard *g, void *ctx)
{
	struct comparison *c = ctx;
	if (strcmp(g->name, c->name) != 0)
		return;
	c->same = c->same && lists(g, c->a) == lists(g, c->b);
	c->listed = c->listed || lists(g, c->a);
}

static void branch_add(struct branch *b, const char *value, char *text)
{
	b->values = xrealloc(b->values, b->n + 1, sizeof *b->values);
	b->texts = xrealloc(b->texts, b->n + 1, sizeof *b->texts);
	b->values[b->n] = value;
	b->texts[b->n++] = text;
}

/* Sorts values into classes. The class that no guard names is written "!= the others" when it is long. */
static void branch_fill(const struct item *item, struct branch *b, const char *const *values, size_t n)
{
	bool *taken = xcalloc(n + 1, sizeof *taken);
	for (size_t i = 0; i < n; i++) {
		if (taken[i])
			continue;
		struct str in, out;
		str_init(&in, CONDITIONS_MAX);
		str_init(&out, CONDITIONS_MAX);
		unsigned members = 0;
		struct comparison c = { .name = b->name, .a = values[i] };
		for (size_t k = 0; k < n; k++) {
			c.b = values[k];
			c.same = true;
			each_guard(item, compare, &c);
			struct str *s = c.same ? &in : &out;
			str_addf(s, "%s%s", s->len ? " | " : "", values[k]);
			taken[k] = taken[k] || c.same;
			members += c.same;
		}
		bool rest = !c.listed && members > WRITTEN_OUT && out.len > 0;
		branch_add(b, values[i], xasprintf("%s %s %s", b->name, rest ? "!=" : "=", rest ? out.text : in.text));
		str_finish(&in);
		str_finish(&out);
	}
	free(taken);
	if (b->question && b->question->optional)
		branch_add(b, NULL, xasprintf("%s not answered", b->name));
}

struct gathering {
	struct walk *walk;
	const struct code_table *tables;
	size_t n_tables;
};

static void gather(const struct guard *g, void *ctx)
{
	struct gathering *c = ctx;
	struct walk *w = c->walk;
	for (size_t i = 0; i < w->n_branches; i++)
		if (strcmp(w->branches[i].name, g->name) == 0)
			return;
	if (w->n_branches == NAMES_MAX || (w->open && routes_local(w->item, g->name)))
		return;
	struct branch b = { .name = g->name };
	b.question = item_question(w->item, g->name, &b.step);
	const char *const *facts = fact_values(g->name);
	const char **values = NULL;
	size_t n = 0;
	if (b.question && b.question->type == QUESTION_CHOICE) {
		values = xcalloc(b.question->n_options + 1, sizeof *values);
		for (; n < b.question->n_options; n++)
			values[n] = b.question->options[n].value;
	} else if (b.question && b.question->type == QUESTION_LIST && b.question->table) {
		const struct code_table *t = tables_find(c->tables, c->n_tables, b.question->table);
		values = xcalloc(t ? t->n_rows + 1 : 1, sizeof *values);
		for (; t && n < t->n_rows; n++)
			values[n] = t->rows[n].code;
	} else if (!b.question && facts) {
		while (facts[n])
			n++;
		values = xcalloc(n + 1, sizeof *values);
		for (size_t i = 0; i < n; i++)
			values[i] = facts[i];
	}
	branch_fill(w->item, &b, values, n);
	free(values);
	w->branches[w->n_branches++] = b;
}

/* Facts first, then in the order of asking: so the conditions of a way read like the way. */
static int by_step(const void *a, const void *b)
{
	const struct branch *x = a, *y = b;
	if (!x->question || !y->question)
		return x->question || y->question ? (x->question ? 1 : -1) : strcmp(x->name, y->name);
	return x->step != y->step ? (x->step < y->step ? -1 : 1) : x->question < y->question ? -1 : 1;
}

/* `local`: what a guard on a name that is left open counts as. */
static bool hold(const struct walk *w, const struct guard *guards, unsigned n, bool local)
{
	for (unsigned i = 0; i < n; i++) {
		const char *value = NULL;
		if (w->open && routes_local(w->item, guards[i].name)) {
			if (!local)
				return false;
			continue;
		}
		for (size_t k = 0; k < w->n_branches; k++)
			if (strcmp(w->branches[k].name, guards[i].name) == 0)
				value = w->now[k].value;
		if (!guard_holds(&guards[i], value))
			return false;
	}
	return true;
}

static void arrive(struct walk *w)
{
	if (w->n_routes++ >= ROUTES_MAX)
		return;
	struct route r = { .item = w->item, .steps = w->steps, .taken = w->taken, .materials = w->materials };
	for (unsigned i = 0; i < w->item->n_steps; i++)
		if (w->steps[i]) {
			r.any = true;
			r.last = i;
		}
	bool ended = r.any && w->item->steps[r.last].screen->kind == SCREEN_END;
	for (unsigned i = 0; i < w->item->n_materials; i++) {
		const struct material *m = &w->item->materials[i];
		w->materials[i] = !ended && hold(w, m->guards, m->n_guards, true);
	}
	struct str s;
	str_init(&s, CONDITIONS_MAX);
	for (size_t i = 0; i < w->n_branches; i++)
		if (w->now_text[i])
			str_addf(&s, "%s%s", s.len ? ", " : "", w->now_text[i]);
	r.conditions = s.len ? s.text : "always";
	w->visit(&r, w->now, w->n_branches, w->ctx);
	str_finish(&s);
}

static bool any_material(const struct walk *w)
{
	for (unsigned i = 0; i < w->item->n_materials; i++)
		if (hold(w, w->item->materials[i].guards, w->item->materials[i].n_guards, true))
			return true;
	return false;
}

static void walk_step(struct walk *w, unsigned step);

/* Takes every class of every guard-relevant question of this step, then goes on. */
static void walk_questions(struct walk *w, unsigned step, size_t from)
{
	const struct screen *screen = w->item->steps[step].screen;
	for (size_t i = from; i < w->n_branches; i++) {
		const struct branch *b = &w->branches[i];
		bool here = b->question >= screen->questions && b->question < screen->questions + screen->n_questions;
		if (!b->question || !here || b->n == 0)
			continue;
		for (unsigned k = 0; k < b->n; k++) {
			w->now[i].value = b->values[k];
			w->now_text[i] = b->texts[k];
			walk_questions(w, step, i + 1);
		}
		w->now[i].value = w->now_text[i] = NULL;
		return;
	}
	walk_step(w, step + 1);
}

static void walk_step(struct walk *w, unsigned step)
{
	if (w->n_routes > ROUTES_MAX)
		return;
	if (step == w->item->n_steps) {
		arrive(w);
		return;
	}
	const struct step *s = &w->item->steps[step];
	bool asks = s->screen->kind != SCREEN_MATERIALS || any_material(w);
	if (!asks || !hold(w, s->guards, s->n_guards, true)) {
		walk_step(w, step + 1);
		return;
	}
	w->steps[step] = true;
	w->taken[step] = s->n_carried && hold(w, s->carried, s->n_carried, false);
	if (s->screen->kind == SCREEN_END)
		arrive(w);
	else
		walk_questions(w, step, 0);
	w->steps[step] = w->taken[step] = false;
}

/* Facts that contradict what was set before are no way. */
static bool possible(const struct walk *w, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (w->now[k].value && w->now[i].value &&
			fact_excludes(w->now[k].name, w->now[k].value, w->now[i].name, w->now[i].value))
			return false;
	return true;
}

static void walk_facts(struct walk *w, size_t from)
{
	for (size_t i = from; i < w->n_branches; i++) {
		const struct branch *b = &w->branches[i];
		if (b->question || b->n == 0)
			continue;
		for (unsigned k = 0; k < b->n; k++) {
			w->now[i].value = b->values[k];
			w->now_text[i] = b->texts[k];
			if (possible(w, i))
				walk_facts(w, i + 1);
		}
		w->now[i].value = w->now_text[i] = NULL;
		return;
	}
	walk_step(w, 0);
}

static bool each(const struct item *item, const struct code_table *tables, size_t n_tables, bool open,
	void (*visit)(const struct route *r, const struct route_value *values, size_t n_values, void *ctx), void *ctx)
{
	if (item->n_steps > STEPS_MAX || item->n_materials > MATERIALS_MAX)
		return false;
	struct walk *w = xcalloc(1, sizeof *w);
	w->item = item;
	w->open = open;
	w->visit = visit;
	w->ctx = ctx;
	struct gathering c = { .walk = w, .tables = tables, .n_tables = n_tables };
	each_guard(item, gather, &c);
	qsort(w->branches, w->n_branches, sizeof *w->branches, by_step);
	for (size_t i = 0; i < w->n_branches; i++)
		w->now[i].name = w->branches[i].name;
	walk_facts(w, 0);
	bool whole = w->n_routes <= ROUTES_MAX;
	for (size_t i = 0; i < w->n_branches; i++) {
		for (unsigned k = 0; k < w->branches[i].n; k++)
			free(w->branches[i].texts[k]);
		free(w->branches[i].texts);
		free(w->branches[i].values);
	}
	free(w);
	return whole;
}

bool routes_each(const struct item *item, const struct code_table *tables, size_t n_tables,
	void (*visit)(const struct route *r, const struct route_value *values, size_t n_values, void *ctx), void *ctx)
{
	return each(item, tables, n_tables, false, visit, ctx);
}

bool routes_each_open(const struct item *item, const struct code_table *tables, size_t n_tables,
	void (*visit)(const struct route *r, const struct route_value *values, size_t n_values, void *ctx), void *ctx)
{
	return each(item, tables, n_tables, true, visit, ctx);
}
