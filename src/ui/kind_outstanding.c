/*
 * One-time notice (一次性告知): everything that is missing, doubtful or shown at the counter, each with its remedy; a row leads to
 * its screen and back here. Only what is missing stops. When nothing is open, the page stays and says so in one line: a step
 * that comes and goes with every answer would make "step 18 of 20" jump, and "nothing is missing" is worth hearing, too.
 */
#include "base/i18n.h"
#include "base/str.h"
#include "model/filing.h"
#include "model/item.h"
#include "model/outstanding.h"
#include "ui/kind.h"
#include "ui/page.h"

static const char *const headings[] = {
	[OUTSTANDING_MISSING] = N_("还没有完成，请现在补上"),
	[OUTSTANDING_DOUBTFUL] = N_("请再看一遍，也可以直接继续"),
	[OUTSTANDING_COUNTER] = N_("请带到窗口，或到窗口办"),
};

static void describe_row(struct page *p, const struct outstanding_row *o, unsigned part)
{
	const char *stop = i18n_get() == LANG_EN ? ". " : "。";
	struct row *r = page_add(p, ROW_VALUE, change_id(o->step, part), tr(o->title));
	bool sentence = o->what == OUTSTANDING_MISSING; /* a reason ends with its own full stop */
	r->value = page_own(p, "%s%s%s", o->text, sentence ? (i18n_get() == LANG_EN ? " " : "") : stop,
		*o->remedy ? tr(o->remedy) : "");
}

static void outstanding_describe(struct kind *k, struct page *p)
{
	struct outstanding *o = outstanding_of_filing(k->filing, k->facts);
	if (o->n)
		page_add_text(p, tr(k->screen->text));
	else
		page_add(p, ROW_TEXT, -1, tr("没有缺少的内容，也没有要带的材料。"));
	for (unsigned i = 0; i < o->n; i++) {
		if (i == 0 || o->rows[i].what != o->rows[i - 1].what) {
			if (i)
				page_add(p, ROW_TEXT, -1, "");
			page_add(p, ROW_HEADING, -1, tr(headings[o->rows[i].what]));
		}
		describe_row(p, &o->rows[i], i);
	}
	page_add_continue(p);
	/* With nothing to mend, Enter reads on and then goes on; the page is shown from its beginning all the same. */
	if (p->focus < 0 && !o->count[OUTSTANDING_MISSING]) {
		page_focus_id(p, ID_CONTINUE);
		p->scroll = PAGE_TOP;
	}
	outstanding_destroy(o);
}

static enum action outstanding_press(struct kind *k, struct page *p, int id)
{
	(void)k;
	(void)p;
	return id == ID_CONTINUE ? ACTION_NEXT : ACTION_CHANGE;
}

static bool outstanding_commit(struct kind *k, struct page *p)
{
	struct outstanding *o = outstanding_of_filing(k->filing, k->facts);
	unsigned missing = o->count[OUTSTANDING_MISSING];
	if (missing) {
		page_focus_id(p, change_id(o->rows[0].step, 0));
		page_say(p, true, tr("还有 %u 项没有完成。请选一项去补上。"), missing);
	}
	outstanding_destroy(o);
	return !missing;
}

const struct kind_ops kind_outstanding = {
	.name = "outstanding",
	.describe = outstanding_describe,
	.press = outstanding_press,
	.commit = outstanding_commit,
};
