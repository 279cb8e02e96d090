/*
 * Check answers: every answer of the route with "change", which comes back here; the declaration; submission as a focused
 * press of its own. No single key can submit: the focus starts at the top.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/answer_text.h"
#include "ui/kind.h"
#include "ui/page.h"

enum { ID_DECLARE = 1, ID_SUBMIT = 2 };

static void describe_materials(struct kind *k, struct page *p, int id)
{
	const struct item *item = k->filing->item;
	const struct answers *a = k->filing->answers;
	char name[ANSWER_NAME_MAX];
	bool first = true;
	for (unsigned i = 0; i < item->n_materials; i++) {
		const struct material *m = &item->materials[i];
		if (!route_material(k->filing, k->facts, m))
			continue;
		snprintf(name, sizeof name, "material.%s", m->code);
		const char *how = answers_text(a, name);
		struct row *r = page_add(p, ROW_VALUE, first ? id : -1, tr(m->title));
		if (str_eq(how, "licence")) {
			snprintf(name, sizeof name, "material.%s.number", m->code);
			r->value = page_own(p, tr("电子证照 %s"), answers_text(a, name));
		} else if (str_eq(how, "file")) {
			snprintf(name, sizeof name, "material.%s.about", m->code);
			r->value = page_own(p, tr("文件 %s"), answers_text(a, name));
		} else {
			r->value = page_own(p, "%s", str_eq(how, "counter") ? tr("到窗口出示原件") : tr("还没有提供"));
		}
		first = false;
	}
}

static void describe_step(struct kind *k, struct page *p, unsigned step)
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
	case SCREEN_ADDRESS:
		snprintf(name, sizeof name, "%s.text", s->name);
		page_add(p, ROW_VALUE, id, tr(s->title))->value = page_own(p, "%s", answers_text(a, name));
		break;
	case SCREEN_PHOTO:
		snprintf(name, sizeof name, "%s.about", s->name);
		page_add(p, ROW_VALUE, id, tr(s->title))->value = page_own(p, "%s",
			str_eq(answers_text(a, s->name), "counter") ? tr("到窗口拍照") : answers_text(a, name));
		break;
	case SCREEN_MATERIALS:
		describe_materials(k, p, id);
		break;
	case SCREEN_NOTICE:
	case SCREEN_VERIFY:
	case SCREEN_OUTSTANDING:
	case SCREEN_REVIEW:
	case SCREEN_END:
	case SCREEN_KINDS:
		break;
	}
}

static void review_describe(struct kind *k, struct page *p)
{
	const struct item *item = k->filing->item;
	page_add_text(p, k->screen->text ? tr(k->screen->text) : NULL);
	for (unsigned i = 0; i < item->n_steps; i++)
		if (route_has(k->filing, k->facts, i))
			describe_step(k, p, i);
	page_add(p, ROW_TEXT, -1, "");
	struct row *r = page_add(p, ROW_OPTION, ID_DECLARE, tr("我声明：以上内容和材料真实，愿意承担责任"));
	r->selected = str_eq(answers_text(k->filing->answers, "declaration"), "yes");
	page_add(p, ROW_TEXT, -1, "");
	r = page_add(p, ROW_BUTTON, ID_SUBMIT, tr("提交"));
	r->primary = true;
}

static enum action review_press(struct kind *k, struct page *p, int id)
{
	struct answers *a = k->filing->answers;
	if (id == ID_SUBMIT) {
		if (str_eq(answers_text(a, "declaration"), "yes"))
			return ACTION_SUBMIT;
		page_focus_id(p, ID_DECLARE);
		page_say(p, true, "%s", tr("提交前，请先在声明上按 Enter。"));
		return ACTION_NONE;
	}
	if (id == ID_DECLARE) {
		bool declared = str_eq(answers_text(a, "declaration"), "yes");
		answers_set(a, "declaration", declared ? NULL : "yes");
		if (!declared)
			page_focus_id(p, ID_SUBMIT);
		return ACTION_NONE;
	}
	return ACTION_CHANGE;
}

const struct kind_ops kind_review = {
	.name = "review",
	.describe = review_describe,
	.press = review_press,
};
