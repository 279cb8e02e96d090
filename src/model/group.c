/* Groups: the same questions again for each of several people. A group that nobody is in is an answer, too. */
#include <stdio.h>

#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"

_Static_assert(GROUP_NAME == ANSWER_NAME_MAX + 1, "the name of an answer fits");

void group_question(const struct screen *s, unsigned slot, unsigned question, struct question *ret,
	char name[static GROUP_NAME])
{
	*ret = s->questions[question];
	snprintf(name, GROUP_NAME, "%s.%u.%s", s->name, slot, s->questions[question].name);
	ret->name = name;
}

bool group_used(const struct filing *f, const struct screen *s, unsigned slot)
{
	struct question q;
	char name[GROUP_NAME];
	for (unsigned i = 0; i < s->n_questions; i++) {
		group_question(s, slot, i, &q, name);
		if (*answers_text(f->answers, name))
			return true;
	}
	return false;
}

bool group_repeated(const struct filing *f, const struct screen *s, unsigned slot)
{
	struct question q;
	char mine[GROUP_NAME], other[GROUP_NAME];
	for (unsigned i = 0; i < s->n_questions; i++) {
		if (!str_eq(s->questions[i].check, "cn-id-number"))
			continue;
		group_question(s, slot, i, &q, mine);
		const char *number = answers_text(f->answers, mine);
		if (*number && str_eq(number, answers_text(f->answers, "id_number")))
			return true;
		for (unsigned k = 1; *number && k <= s->max; k++) {
			group_question(s, k, i, &q, other);
			if (k != slot && str_eq(number, answers_text(f->answers, other)))
				return true;
		}
	}
	return false;
}
