#include "model/given.h"

#include <stdio.h>

#include "base/str.h"
#include "model/answers.h"
#include "model/file_name.h"
#include "model/filing.h"
#include "model/item.h"

static const char *name_of(const struct material *m, const char *part, char out[static ANSWER_NAME_MAX])
{
	snprintf(out, ANSWER_NAME_MAX, "material.%s%s%s", m->code, *part ? "." : "", part);
	return out;
}

const char *given_detail(const struct filing *f, const struct material *m, const char *part)
{
	char name[ANSWER_NAME_MAX];
	return answers_text(f->answers, name_of(m, part, name));
}

const char *given_how(const struct filing *f, const struct material *m)
{
	return given_detail(f, m, "");
}

void given_add(struct filing *f, const struct material *m, const char *part, const char *value)
{
	char name[ANSWER_NAME_MAX];
	answers_set(f->answers, name_of(m, part, name), value);
}

void given_set(struct filing *f, const struct material *m, const char *how, const char *part, const char *value)
{
	char prefix[ANSWER_NAME_MAX];
	snprintf(prefix, sizeof prefix, "material.%s.", m->code);
	answers_remove_prefix(f->answers, prefix);
	given_add(f, m, "", how);
	if (*part)
		given_add(f, m, part, value);
	if (!str_eq(how, "file"))
		filing_take_back(f, m->code);
}

void given_file(struct filing *f, const struct material *m, const char *name, const char *about)
{
	char all[ANSWER_VALUE_MAX];
	const char *before = given_detail(f, m, "about");
	if (file_number(name, m->code) <= 1) {
		given_set(f, m, "file", "about", about);
		return;
	}
	snprintf(all, sizeof all, "%s%s%s", before, *before ? "; " : "", about);
	given_add(f, m, "about", all);
}
