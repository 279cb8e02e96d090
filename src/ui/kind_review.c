/*
 * Check answers: every answer of the route with "change", which comes back here; the declaration; submission as a focused
 * press of its own. No single key can submit: the focus starts at the top.
 */
#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/answer_rows.h"
#include "ui/kind.h"
#include "ui/page.h"

enum { ID_DECLARE = 1, ID_SUBMIT = 2 };

static void review_describe(struct kind *k, struct page *p)
{
	const struct item *item = k->filing->item;
	page_add_text(p, k->screen->text ? tr(k->screen->text) : NULL);
	for (unsigned i = 0; i < item->n_steps; i++)
		if (route_has(k->filing, k->facts, i))
			answer_rows(k, p, i);
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
		page_say(p, true, "%s", tr("提交前，请先选中声明。"));
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
