#include <string.h>

#include "load/lint.h"
#include "load/screen_lint.h"
#include "load/table_load.h"
#include "model/fact.h"
#include "model/item.h"
#include "model/table.h"

static bool in_list(const char *const *values, const char *value)
{
	for (; *values; values++)
		if (strcmp(*values, value) == 0)
			return true;
	return false;
}

static bool is_answer(const struct lint *l, const struct question *q, const char *value)
{
	if (q->type == QUESTION_CHOICE)
		return option_label(q, value) != NULL;
	const struct code_table *t = q->table ? tables_find(l->context->tables, l->context->n_tables, q->table) : NULL;
	return !t || table_find(t, value); /* a table that is not there is told of where it is named */
}

/* `step`: the guard may look at what earlier steps ask; for a material, at every step. */
static void lint_guard(struct lint *l, unsigned step, const char *owner, const struct guard *g)
{
	const char *file = l->item_file;
	const char *const *facts = fact_values(g->name);
	unsigned asked;
	const struct question *q = facts ? NULL : item_question(l->item, g->name, &asked);
	if (!facts && !q)
		lint_say(l, file, g->text, "%s: \"when: %s\": no step asks \"%s\", and no fact is called so", owner,
			g->text, g->name);
	else if (q && asked >= step)
		lint_say(l, file, g->text, "%s: \"when: %s\" looks forward: \"%s\" is asked %s", owner, g->text,
			g->name, asked == step ? "by this very step" : "later");
	else if (q && q->type == QUESTION_TEXT)
		lint_say(l, file, g->text, "%s: \"when: %s\": \"%s\" is typed text; only a choice or a list decides",
			owner, g->text, g->name);
	if ((!facts && !q) || (q && q->type == QUESTION_TEXT))
		return;
	for (unsigned i = 0; i < g->n_values; i++) {
		if (facts ? !in_list(facts, g->values[i]) : !is_answer(l, q, g->values[i]))
			lint_say(l, file, g->text, "%s: \"when: %s\": \"%s\" is not a value of \"%s\"", owner, g->text,
				g->values[i], g->name);
		for (unsigned k = 0; k < i; k++)
			if (strcmp(g->values[k], g->values[i]) == 0)
				lint_say(l, file, g->text, "%s: \"when: %s\": \"%s\" stands twice", owner, g->text,
					g->values[i]);
	}
}

void lint_guards(struct lint *l)
{
	const struct item *item = l->item;
	for (unsigned i = 0; i < item->n_steps; i++)
		for (unsigned k = 0; k < item->steps[i].n_guards; k++)
			lint_guard(l, i, item->steps[i].screen_name, &item->steps[i].guards[k]);
	for (unsigned i = 0; i < item->n_steps; i++)
		for (unsigned k = 0; k < item->steps[i].n_carried; k++)
			lint_guard(l, i, item->steps[i].screen_name, &item->steps[i].carried[k]);
	for (unsigned i = 0; i < item->n_materials; i++)
		for (unsigned k = 0; k < item->materials[i].n_guards; k++)
			lint_guard(l, item->n_steps, item->materials[i].code, &item->materials[i].guards[k]);
}
