#include "model/carried.h"

#include <string.h>

#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"

static bool stores(const struct screen *s, const char *name)
{
	if (answer_belongs(s->name, name))
		return true;
	for (unsigned i = 0; i < s->n_questions; i++)
		if (answer_belongs(s->questions[i].name, name))
			return true;
	return false;
}

/* Asked only because there is a case to build on. */
static bool about_registration(const struct step *s)
{
	for (unsigned i = 0; i < s->n_guards; i++)
		if (str_eq(s->guards[i].name, "registration"))
			return true;
	return false;
}

static bool carries(const struct item *item, const char *name)
{
	for (unsigned i = 0; i < item->n_steps; i++)
		if (item->steps[i].n_carried && stores(item->steps[i].screen, name))
			return true;
	return false;
}

const char *carried_photo(const struct item *item)
{
	for (unsigned i = 0; i < item->n_steps; i++)
		if (item->steps[i].screen->kind == SCREEN_PHOTO && item->steps[i].n_carried)
			return item->steps[i].screen->name;
	return NULL;
}

static void forget_answers(struct filing *f)
{
	size_t i = 0;
	while (i < answers_count(f->answers)) {
		const char *name = answers_name_at(f->answers, i);
		bool gone = answer_belongs("registration", name);
		for (unsigned k = 0; k < f->item->n_steps && !gone; k++) {
			const struct step *s = &f->item->steps[k];
			gone = (s->n_carried || about_registration(s)) && stores(s->screen, name);
		}
		if (gone)
			answers_set(f->answers, name, NULL); /* the next one is here now */
		else
			i++;
	}
}

void carried_take(struct filing *f, const struct answers *from)
{
	struct str given;
	forget_answers(f);
	str_init(&given, ANSWER_VALUE_MAX);
	for (size_t i = 0; i < answers_count(from); i++) {
		const char *name = answers_name_at(from, i), *code = name + strlen("material.");
		if (carries(f->item, name))
			answers_set(f->answers, name, answers_value_at(from, i));
		if (strncmp(name, "material.", strlen("material.")) == 0 && !strchr(code, '.'))
			str_addf(&given, "%s%s", given.len ? " " : "", code);
	}
	answers_set(f->answers, "registration.materials", given.text);
	str_finish(&given);
}

void carried_forget(struct filing *f)
{
	forget_answers(f);
	if (carried_photo(f->item))
		filing_detach(f, carried_photo(f->item));
}
