#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "load/lint.h"
#include "load/routes.h"
#include "load/screen_lint.h"
#include "model/item.h"

/* What all ways together use, and the first way of each kind that goes wrong. */
struct survey {
	bool *steps, *materials;
	char *dead_end, *no_place, *after_review, *too_early;
	const char *last;
};

static void keep(char **to, const char *conditions)
{
	if (!*to)
		*to = xstrdup(conditions);
}

static void look(const struct route *r, const struct route_value *values, size_t n_values, void *ctx)
{
	(void)values;
	(void)n_values;
	struct survey *s = ctx;
	const struct item *item = r->item;
	bool wants = false, place = false, review = false, end = false, listed = false;
	for (unsigned i = 0; i < item->n_steps; i++) {
		if (!r->steps[i])
			continue;
		s->steps[i] = true;
		enum screen_kind_id kind = item->steps[i].screen->kind;
		if (review)
			keep(&s->after_review, r->conditions);
		if (listed && kind != SCREEN_REVIEW)
			keep(&s->too_early, r->conditions);
		listed = kind == SCREEN_OUTSTANDING;
		place = place || kind == SCREEN_MATERIALS;
		review = review || kind == SCREEN_REVIEW;
		end = end || kind == SCREEN_END;
	}
	for (unsigned i = 0; i < item->n_materials; i++) {
		s->materials[i] = s->materials[i] || r->materials[i];
		wants = wants || r->materials[i];
	}
	if (!review && !end) {
		if (!s->dead_end)
			s->last = r->any ? item->steps[r->last].screen_name : "nothing";
		keep(&s->dead_end, r->conditions);
	}
	if (wants && !place)
		keep(&s->no_place, r->conditions);
}

void lint_routes(struct lint *l)
{
	const struct item *item = l->item;
	struct survey s = {
		.steps = xcalloc(item->n_steps, sizeof *s.steps),
		.materials = xcalloc(item->n_materials + 1, sizeof *s.materials),
	};
	if (!routes_each(item, l->context->tables, l->context->n_tables, look, &s))
		lint_say(l, l->item_file, NULL, "more than %d routes; nobody can review that", ROUTES_MAX);
	if (s.dead_end)
		lint_say(l, l->item_file, s.last, "a dead end: with %s the last step is %s, neither review nor end",
			s.dead_end, s.last);
	if (s.after_review)
		lint_say(l, l->item_file, "steps:", "with %s there is a step after review; review is the last one",
			s.after_review);
	if (s.too_early)
		lint_say(l, l->item_file, "steps:",
			"with %s the step after outstanding is not review; it would miss what that step leaves open",
			s.too_early);
	if (s.no_place)
		lint_say(l, l->item_file,
			"materials:", "with %s materials are asked for, but no step is of kind materials", s.no_place);
	for (unsigned i = 0; i < item->n_steps; i++)
		if (!s.steps[i])
			lint_say(l, l->item_file, item->steps[i].screen_name, "screen \"%s\" is on no route",
				item->steps[i].screen_name);
	for (unsigned i = 0; i < item->n_materials; i++)
		if (!s.materials[i])
			lint_say(l, l->item_file, item->materials[i].code, "material \"%s\" is on no route",
				item->materials[i].code);
	free(s.steps);
	free(s.materials);
	free(s.dead_end);
	free(s.no_place);
	free(s.after_review);
	free(s.too_early);
}
