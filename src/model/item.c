#include "model/item.h"

#include <string.h>

#include "model/answers.h"

const struct question *item_question(const struct item *item, const char *name, unsigned *ret_step)
{
	for (unsigned i = 0; i < item->n_steps; i++) {
		const struct screen *screen = item->steps[i].screen;
		for (unsigned k = 0; k < screen->n_questions; k++) {
			if (strcmp(screen->questions[k].name, name) != 0)
				continue;
			if (ret_step)
				*ret_step = i;
			return &screen->questions[k];
		}
	}
	return NULL;
}

const struct material *item_material(const struct item *item, const char *code)
{
	for (unsigned i = 0; i < item->n_materials; i++)
		if (strcmp(item->materials[i].code, code) == 0)
			return &item->materials[i];
	return NULL;
}

const char *option_label(const struct question *q, const char *value)
{
	for (unsigned i = 0; i < q->n_options; i++)
		if (strcmp(q->options[i].value, value) == 0)
			return q->options[i].label;
	return NULL;
}

bool guard_holds(const struct guard *g, const char *value)
{
	if (!value || !*value)
		return false; /* "not a" is no answer either: the way is not known yet */
	for (unsigned i = 0; i < g->n_values; i++)
		if (strcmp(g->values[i], value) == 0)
			return !g->negated;
	return g->negated;
}

bool screen_has(const struct screen *s, const char *name)
{
	if (answer_belongs(s->name, name))
		return true;
	for (unsigned i = 0; i < s->n_questions; i++)
		if (answer_belongs(s->questions[i].name, name))
			return true;
	return false;
}
