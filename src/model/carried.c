#include "model/carried.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"

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
		if (item->steps[i].n_carried && screen_has(item->steps[i].screen, name))
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

static bool forgets(const struct item *item, const char *name)
{
	if (answer_belongs("registration", name))
		return true;
	for (unsigned i = 0; i < item->n_steps; i++) {
		const struct step *s = &item->steps[i];
		if ((s->n_carried || about_registration(s)) && screen_has(s->screen, name))
			return true;
	}
	return false;
}

static void forget_answers(struct filing *f)
{
	for (size_t i = answers_count(f->answers); i-- > 0;)
		if (forgets(f->item, answers_name_at(f->answers, i)))
			answers_set(f->answers, answers_name_at(f->answers, i), NULL);
}

/* Taken at the counter, it is with the registration; and it is marked as what it is until another is given. */
static void take_photo(struct filing *f)
{
	const char *photo = carried_photo(f->item);
	char mark[ANSWER_NAME_MAX + 1];
	if (!photo || !*answers_text(f->answers, photo))
		return;
	if (str_eq(answers_text(f->answers, photo), "counter"))
		answers_set(f->answers, photo, "registration");
	snprintf(mark, sizeof mark, "%s.registered", photo);
	answers_set(f->answers, mark, "yes");
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
	take_photo(f);
	answers_set(f->answers, "registration.materials", given.text);
	str_finish(&given);
}

void carried_forget(struct filing *f)
{
	forget_answers(f);
	if (carried_photo(f->item))
		filing_detach(f, carried_photo(f->item));
}
