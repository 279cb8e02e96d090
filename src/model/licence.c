#include "model/licence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"

enum licence_state licence_judge(const struct licence *l, const char *name, const char *id_number, int today)
{
	bool named = *name && *l->holder_name;
	if (!str_eq(l->holder_id, id_number) || (named && !str_eq(l->holder_name, name)))
		return LICENCE_OTHER;
	if (l->valid_from > today)
		return LICENCE_EARLY;
	return l->valid_to != 0 && l->valid_to < today ? LICENCE_EXPIRED : LICENCE_VALID;
}

static const char *name_of(const struct material *m, const char *part, char out[static ANSWER_NAME_MAX])
{
	snprintf(out, ANSWER_NAME_MAX, "material.%s%s%s", m->code, *part ? "." : "", part);
	return out;
}

static const char *get(const struct filing *f, const struct material *m, const char *part)
{
	char name[ANSWER_NAME_MAX];
	return answers_text(f->answers, name_of(m, part, name));
}

static void set(struct filing *f, const struct material *m, const char *part, const char *value)
{
	char name[ANSWER_NAME_MAX];
	answers_set(f->answers, name_of(m, part, name), value);
}

void licence_holder(const struct filing *f, const struct material *m, struct licence_holder *ret)
{
	const struct answers *a = f->answers;
	*ret = (struct licence_holder){ "applicant", answers_text(a, "name"), answers_text(a, "id_number"), "" };
	if (str_eq(m->holder, "agent"))
		*ret = (struct licence_holder){ "agent", answers_text(a, "agent_name"),
			answers_text(a, "agent_id_number"), "" };
	if (!str_eq(m->holder, "relative"))
		return;
	*ret = (struct licence_holder){ "relative", answers_text(a, "kin_name"), "", "" };
	/* another relative was typed since: that one has not agreed */
	if (!*ret->name || !str_eq(get(f, m, "holder_name"), ret->name))
		return;
	ret->consent = get(f, m, "consent");
	ret->id_number = *ret->consent ? get(f, m, "holder_id") : "";
}

void licence_give(struct filing *f, const struct material *m, const struct licence *l)
{
	static const char *const KEPT[] = { "holder_name", "consent", "consent_by", "consent_at" };
	enum { N = sizeof KEPT / sizeof *KEPT };
	char kept[N][120], days[2][12] = { "", "" }, prefix[ANSWER_NAME_MAX];
	for (size_t i = 0; i < N; i++)
		str_copy(kept[i], sizeof kept[i], get(f, m, KEPT[i]));
	snprintf(prefix, sizeof prefix, "material.%s.", m->code);
	answers_remove_prefix(f->answers, prefix);
	filing_take_back(f, m->code);
	for (size_t i = 0; i < N; i++)
		set(f, m, KEPT[i], kept[i]);
	explicit_bzero(kept, sizeof kept);
	if (*l->holder_name)
		set(f, m, "holder_name", l->holder_name);
	if (l->valid_from)
		snprintf(days[0], sizeof days[0], "%d", l->valid_from);
	if (l->valid_to)
		snprintf(days[1], sizeof days[1], "%d", l->valid_to);
	set(f, m, "", "licence");
	set(f, m, "number", l->number);
	set(f, m, "issuer", l->issuer);
	set(f, m, "holder_id", l->holder_id);
	set(f, m, "valid_from", days[0]);
	set(f, m, "valid_to", days[1]);
}

bool licence_stands(const struct filing *f, const struct material *m, int today)
{
	struct licence_holder h;
	if (!m->licence || !str_eq(get(f, m, ""), "licence") || !*get(f, m, "number"))
		return false;
	licence_holder(f, m, &h);
	const char *end = get(f, m, "valid_to"), *name = get(f, m, "holder_name");
	if (*name && *h.name && !str_eq(name, h.name))
		return false; /* as licence_judge: another name is another person */
	return *h.id_number && str_eq(get(f, m, "holder_id"), h.id_number) && (!*end || strtol(end, NULL, 10) >= today);
}

void licence_consent(struct filing *f, const struct material *m, const char *id_number, const char *how, const char *by,
	const char *at)
{
	set(f, m, "holder_name", answers_text(f->answers, "kin_name"));
	set(f, m, "holder_id", id_number);
	set(f, m, "consent", how);
	set(f, m, "consent_by", by);
	set(f, m, "consent_at", at);
}
