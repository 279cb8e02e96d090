#include "model/filing.h"

#include <assert.h>
#include <string.h>

#include "model/answers.h"
#include "model/fact.h"
#include "model/item.h"

static bool screen_asks(const struct screen *screen, const char *name)
{
	for (unsigned i = 0; i < screen->n_questions; i++)
		if (strcmp(screen->questions[i].name, name) == 0)
			return true;
	return false;
}

enum { STEPS_MAX = 256 };

struct route {
	bool on[STEPS_MAX];
	unsigned n; /* steps judged so far */
};

static const char *guard_value(const struct filing *f, const struct facts *facts, const struct route *r,
	const char *name)
{
	if (fact_values(name))
		return fact_value(name, f->answers, facts);
	for (unsigned i = 0; i < r->n; i++)
		if (r->on[i] && screen_asks(f->item->steps[i].screen, name))
			return answers_get(f->answers, name);
	return NULL;
}

static bool guards_hold(const struct filing *f, const struct facts *facts, const struct route *r,
	const struct guard *guards, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (!guard_holds(&guards[i], guard_value(f, facts, r, guards[i].name)))
			return false;
	return true;
}

static bool any_material(const struct filing *f, const struct facts *facts, const struct route *r)
{
	for (unsigned i = 0; i < f->item->n_materials; i++)
		if (guards_hold(f, facts, r, f->item->materials[i].guards, f->item->materials[i].n_guards))
			return true;
	return false;
}

/* Walks the steps in order. A way that cannot go on here is the last step of its route. */
static struct route walk(const struct filing *f, const struct facts *facts)
{
	struct route r = { .n = 0 };
	bool ended = false;
	assert(f->item->n_steps <= STEPS_MAX);
	for (unsigned i = 0; i < f->item->n_steps; i++) {
		const struct step *step = &f->item->steps[i];
		r.on[i] = !ended && guards_hold(f, facts, &r, step->guards, step->n_guards) &&
			(step->screen->kind != SCREEN_MATERIALS || any_material(f, facts, &r));
		ended = ended || (r.on[i] && step->screen->kind == SCREEN_END);
		r.n = i + 1;
	}
	return r;
}

bool route_has(const struct filing *f, const struct facts *facts, unsigned step)
{
	struct route r = walk(f, facts);
	return step < r.n && r.on[step];
}

bool route_carries(const struct filing *f, const struct facts *facts, unsigned step)
{
	struct route r = walk(f, facts);
	const struct step *s = &f->item->steps[step];
	return s->n_carried && guards_hold(f, facts, &r, s->carried, s->n_carried);
}

static bool rests(const struct filing *f, const struct facts *facts, const struct route *r, unsigned i)
{
	const struct step *step = &f->item->steps[i];
	char why[300];
	bool rest = step->n_carried && guards_hold(f, facts, r, step->carried, step->n_carried) &&
		step_answered(f, facts, i, why, sizeof why);
	explicit_bzero(why, sizeof why);
	return rest;
}

bool route_rests(const struct filing *f, const struct facts *facts, unsigned step)
{
	struct route r = walk(f, facts);
	return step < r.n && r.on[step] && rests(f, facts, &r, step);
}

bool route_next(const struct filing *f, const struct facts *facts, unsigned step, unsigned *ret_step)
{
	struct route r = walk(f, facts);
	for (unsigned i = step + 1; i < r.n; i++) {
		if (!r.on[i] || rests(f, facts, &r, i))
			continue;
		*ret_step = i;
		return true;
	}
	return false;
}

bool route_back(const struct filing *f, const struct facts *facts, unsigned step, unsigned *ret_step)
{
	struct route r = walk(f, facts);
	for (unsigned i = step < r.n ? step : r.n; i-- > 0;) {
		if (!r.on[i] || rests(f, facts, &r, i))
			continue;
		*ret_step = i;
		return true;
	}
	return false;
}

void route_position(const struct filing *f, const struct facts *facts, unsigned step, unsigned *ret_n, unsigned *ret_of)
{
	struct route r = walk(f, facts);
	unsigned n = 0, of = 0;
	for (unsigned i = 0; i < r.n; i++) {
		bool stop = r.on[i] && (i == step || !rests(f, facts, &r, i));
		of += stop;
		n += i <= step && stop;
	}
	*ret_n = n;
	*ret_of = of;
}

bool route_material(const struct filing *f, const struct facts *facts, const struct material *m)
{
	struct route r = walk(f, facts);
	return guards_hold(f, facts, &r, m->guards, m->n_guards);
}

bool route_first_open(const struct filing *f, const struct facts *facts, unsigned *ret_step, char *ret_why, size_t size)
{
	struct route r = walk(f, facts);
	for (unsigned i = 0; i < r.n; i++) {
		if (!r.on[i] || step_answered(f, facts, i, ret_why, size))
			continue;
		*ret_step = i;
		return true;
	}
	return false;
}
