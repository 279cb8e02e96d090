#include "ui/answer_rows.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/answer_text.h"
#include "ui/kind.h"
#include "ui/page.h"

void answer_group_text(struct kind *k, const struct screen *s, unsigned slot, char *out, size_t size)
{
	char name[GROUP_NAME], text[300];
	struct question q;
	struct str all;
	str_init(&all, size - 1);
	for (unsigned i = 0; i < s->n_questions; i++) {
		group_question(s, slot, i, &q, name);
		answer_text(&q, k->filing->answers, k->services, text, sizeof text);
		str_addf(&all, "%s%s", all.len ? "  " : "", text);
	}
	str_copy(out, size, all.text);
	str_finish(&all);
	explicit_bzero(text, sizeof text);
}

/* Each leads to the screen of all materials. */
static void describe_materials(struct kind *k, struct page *p, unsigned step)
{
	const struct item *item = k->filing->item;
	const struct answers *a = k->filing->answers;
	char name[ANSWER_NAME_MAX];
	unsigned shown = 0;
	for (unsigned i = 0; i < item->n_materials; i++) {
		const struct material *m = &item->materials[i];
		if (!route_material(k->filing, k->facts, m))
			continue;
		snprintf(name, sizeof name, "material.%s", m->code);
		const char *how = answers_text(a, name);
		struct row *r = page_add(p, ROW_VALUE, change_id(step, shown++), tr(m->title));
		if (str_eq(how, "licence")) {
			snprintf(name, sizeof name, "material.%s.number", m->code);
			r->value = page_own(p, tr("电子证照 %s"), answers_text(a, name));
		} else if (str_eq(how, "file")) {
			snprintf(name, sizeof name, "material.%s.about", m->code);
			r->value = page_own(p, tr("文件 %s"), answers_text(a, name));
		} else {
			r->value = page_own(p, "%s", str_eq(how, "counter") ? tr("到窗口出示原件") : tr("还没有提供"));
		}
	}
}

/* One row for each member, one when there is none: both lead to the screen. */
static void describe_group(struct kind *k, struct page *p, unsigned step)
{
	const struct screen *s = k->filing->item->steps[step].screen;
	char text[600];
	unsigned shown = 0;
	for (unsigned slot = 1; slot <= s->max; slot++) {
		if (!group_used(k->filing, s, slot))
			continue;
		answer_group_text(k, s, slot, text, sizeof text);
		page_add(p, ROW_VALUE, change_id(step, shown++), tr(s->title))->value = page_own(p, "%s", text);
	}
	if (!shown)
		page_add(p, ROW_VALUE, change_id(step, 0), tr(s->title))->value = page_own(p, "%s", tr("没有填写"));
}

void answer_rows(struct kind *k, struct page *p, unsigned step)
{
	const struct answers *a = k->filing->answers;
	const struct screen *s = k->filing->item->steps[step].screen;
	int id = change_id(step, 0);
	char name[ANSWER_NAME_MAX], text[600];
	switch (s->kind) {
	case SCREEN_FORM:
		for (unsigned i = 0; i < s->n_questions; i++) {
			answer_text(&s->questions[i], a, k->services, text, sizeof text);
			const char *label = s->n_questions == 1
				? s->title
				: s->questions[i].label; /* a title is shorter than a question */
			page_add(p, ROW_VALUE, change_id(step, i), tr(label))->value = page_own(p, "%s", text);
		}
		break;
	case SCREEN_GROUP:
		describe_group(k, p, step);
		break;
	case SCREEN_CENTER:
		page_add(p, ROW_VALUE, id, tr(s->title))->value = page_own(p, "%s", answers_text(a, s->name));
		break;
	case SCREEN_ADDRESS:
		snprintf(name, sizeof name, "%s.text", s->name);
		page_add(p, ROW_VALUE, id, tr(s->title))->value = page_own(p, "%s", answers_text(a, name));
		break;
	case SCREEN_PHOTO:
		snprintf(name, sizeof name, "%s.about", s->name);
		page_add(p, ROW_VALUE, id, tr(s->title))->value = page_own(p, "%s",
			route_rests(k->filing, k->facts, step)                ? tr("用登记时的照片")
				: str_eq(answers_text(a, s->name), "counter") ? tr("到窗口拍照")
									      : answers_text(a, name));
		break;
	case SCREEN_MATERIALS:
		describe_materials(k, p, step);
		break;
	case SCREEN_NOTICE:
	case SCREEN_REGISTRATION:
	case SCREEN_ELIGIBILITY:
	case SCREEN_CARRIED:
	case SCREEN_VERIFY:
	case SCREEN_OUTSTANDING:
	case SCREEN_REVIEW:
	case SCREEN_END:
	case SCREEN_KINDS:
		break;
	}
}
