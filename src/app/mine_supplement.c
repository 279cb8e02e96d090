/*
 * Supplementing: everything that the counter found missing on one screen, each given as in the filing, with the same checks,
 * or shown at the counter; all of it submitted at once as a revision of the case (Decree 663 art. 9: no second round).
 */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/mine_own.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/case_shortfall.h"
#include "model/given.h"
#include "model/item.h"
#include "ui/kind.h"

static const char TITLE[] = N_("补充材料");
enum { ID_REST = 1, ID_SUBMIT = 2, ID_ROW = 100 };

struct supplement {
	struct mine_case *m;
	struct shortfalls missing;
};

static const struct screen *screen_of(const struct item *item, enum screen_kind_id kind)
{
	for (unsigned i = 0; i < item->n_steps; i++)
		if (item->steps[i].screen->kind == kind)
			return item->steps[i].screen;
	return NULL;
}

/* Can it be given here? Else it is something for the counter. */
static bool is_photo(const struct supplement *s, unsigned i)
{
	const struct screen *photo = screen_of(s->m->item, SCREEN_PHOTO);
	return photo && str_eq(s->missing.row[i].name, photo->name);
}

static const struct material *material_of(const struct supplement *s, unsigned i)
{
	return screen_of(s->m->item, SCREEN_MATERIALS) ? item_material(s->m->item, s->missing.row[i].name) : NULL;
}

static bool here(const struct supplement *s, unsigned i)
{
	return is_photo(s, i) || material_of(s, i);
}

static const char *how(const struct supplement *s, unsigned i)
{
	const struct filing *f = &s->m->app->filing;
	return is_photo(s, i) ? answers_text(f->answers, s->missing.row[i].name) : given_how(f, material_of(s, i));
}

static const char *title_of(const struct supplement *s, unsigned i)
{
	if (is_photo(s, i))
		return tr(screen_of(s->m->item, SCREEN_PHOTO)->title);
	return material_of(s, i) ? tr(material_of(s, i)->title) : tr("其他");
}

const char *mine_shortfall_title(const struct mine_case *m, const struct shortfalls *missing, unsigned i)
{
	struct supplement s = { .m = (struct mine_case *)m, .missing = *missing };
	return title_of(&s, i);
}

/* How it is given now. */
static const char *given_text(const struct supplement *s, struct page *p, unsigned i)
{
	const struct filing *f = &s->m->app->filing;
	const char *way = how(s, i);
	if (str_eq(way, "file")) {
		char name[ANSWER_NAME_MAX];
		snprintf(name, sizeof name, "%s.about", s->missing.row[i].name);
		return page_own(p, tr("文件 %s"),
			is_photo(s, i) ? answers_text(f->answers, name) : given_detail(f, material_of(s, i), "about"));
	}
	if (str_eq(way, "licence"))
		return page_own(p, tr("电子证照 %s"), given_detail(f, material_of(s, i), "number"));
	if (str_eq(way, "counter"))
		return page_own(p, "%s", is_photo(s, i) ? tr("到窗口拍照") : tr("到窗口出示原件"));
	return page_own(p, "%s", tr("还没有提供"));
}

static void describe(void *ctx, struct page *p)
{
	const struct supplement *s = ctx;
	unsigned digit = 0, open = 0;
	p->item = tr(s->m->item->title);
	p->title = tr(TITLE);
	page_add_text(p,
		page_own(p,
			tr("这里是要补充的全部内容，最晚%04d-%02d-%02d。每一项可以交文件，也可以到窗口出示原件。选好以后一次提交。"),
			s->missing.until / 10000, s->missing.until / 100 % 100, s->missing.until % 100));
	for (unsigned i = 0; i < s->missing.n; i++) {
		if (!here(s, i)) {
			page_add(p, ROW_VALUE, -1, title_of(s, i))->value =
				page_own(p, tr("%s（这一项请到窗口办）"), s->missing.row[i].text);
			continue;
		}
		struct row *r = page_add(p, ROW_OPTION, ID_ROW + (int)i, title_of(s, i));
		r->digit = ++digit <= 9 ? digit : 0;
		r->selected = *how(s, i);
		r->value = given_text(s, p, i);
		r->hint = page_own(p, "%s", s->missing.row[i].text);
		open += !*how(s, i);
	}
	page_add(p, ROW_TEXT, -1, "");
	if (open)
		page_add(p, ROW_BUTTON, ID_REST, tr("其余的到窗口出示原件"));
	page_add(p, ROW_BUTTON, ID_SUBMIT, tr("提交补充的内容"))->primary = true;
	page_add(p, ROW_BUTTON, ID_BACK, tr("返回"));
}

static void set_way(struct supplement *s, unsigned i, const char *way)
{
	struct filing *f = &s->m->app->filing;
	char prefix[ANSWER_NAME_MAX];
	if (material_of(s, i) && !is_photo(s, i)) {
		given_set(f, material_of(s, i), way, "", "");
		return;
	}
	snprintf(prefix, sizeof prefix, "%s.", s->missing.row[i].name);
	answers_remove_prefix(f->answers, prefix);
	answers_set(f->answers, s->missing.row[i].name, way);
	filing_take_back(f, s->missing.row[i].name);
}

/* The materials screen of the item, for this one material alone and whatever its guards say: the counter asked for it. */
static enum mine_screen give_material(struct supplement *s, const struct material *m)
{
	enum { FIRST_MATERIAL = 10 }; /* its row on that screen */
	struct filing *f = &s->m->app->filing;
	struct material alone = *m;
	struct item item = *s->m->item;
	alone.guards = NULL;
	alone.n_guards = 0;
	item.materials = &alone;
	item.n_materials = 1;
	f->item = &item;
	enum mine_screen result =
		mine_screen_row(s->m->app, screen_of(&item, SCREEN_MATERIALS), item.title, FIRST_MATERIAL);
	f->item = s->m->item;
	return result;
}

static enum mine_screen give(struct supplement *s, unsigned i)
{
	if (is_photo(s, i))
		return mine_screen(s->m->app, screen_of(s->m->item, SCREEN_PHOTO), s->m->item->title);
	return give_material(s, material_of(s, i));
}

/* The first that is not given yet; n: none. */
static unsigned first_open(const struct supplement *s)
{
	unsigned i = 0;
	while (i < s->missing.n && (!here(s, i) || *how(s, i)))
		i++;
	return i;
}

static bool anything_given(const struct supplement *s)
{
	for (unsigned i = 0; i < s->missing.n; i++)
		if (here(s, i) && *how(s, i))
			return true;
	return false;
}

/* Going back loses what was chosen: asked before. */
static bool may_leave(struct supplement *s, bool *ret_going)
{
	static const char *const options[] = { N_("继续补充"), N_("不提交，返回") };
	if (!anything_given(s))
		return true;
	int answer = session_ask(s->m->app, N_("要返回吗？"), N_("选好的内容还没有提交，返回就清除了。"), options, 2);
	*ret_going = !s->m->app->ended;
	return answer == 1; /* no answer for long: idle time is counted on the page behind */
}

static bool submit(struct supplement *s, bool *ret_done)
{
	struct err e = { 0 };
	struct page *p = &s->m->app->page;
	unsigned open = first_open(s);
	if (open < s->missing.n || !anything_given(s)) {
		page_focus_id(p, ID_ROW + (int)open);
		page_say(p, true, "%s", tr("还有没提供的内容。没带来的，可以选“到窗口出示原件”。"));
		return true;
	}
	bool done = mine_revise(s->m, REVISION_SUPPLEMENT, &e);
	*ret_done = true;
	return mine_changed(s->m, done, &e, TITLE, N_("补充的内容已经提交。"));
}

/* After the last day nothing is taken any more; the system ends such cases once a day. */
const char *mine_supplement_not_here(const struct mine_case *m)
{
	struct supplement s = { .m = (struct mine_case *)m };
	if (!m->item || !case_shortfall_now(m->record, &s.missing))
		return NULL;
	if (clock_today() > s.missing.until)
		return N_("补充的期限已经过了，请尽快到窗口询问。");
	for (unsigned i = 0; i < s.missing.n; i++)
		if (here(&s, i))
			return NULL;
	return N_("要补充的内容只能到窗口办，请尽早去。");
}

bool mine_supplement_offered(const struct mine_case *m)
{
	struct shortfalls missing;
	return m->item && case_shortfall_now(m->record, &missing) && !mine_supplement_not_here(m);
}

bool mine_supplement(struct mine_case *m)
{
	struct supplement s = { .m = m };
	bool going = true, done = !case_shortfall_now(m->record, &s.missing);
	mine_working_copy(m);
	for (unsigned i = 0; i < s.missing.n; i++)
		if (here(&s, i))
			set_way(&s, i, "");
	mine_begin(m->app);
	while (going && !done) {
		int id = mine_turn(m->app, describe, &s);
		if (id == MINE_OVER) {
			going = false;
		} else if (id == MINE_BACK || id == ID_BACK) {
			done = may_leave(&s, &going);
		} else if (id == ID_SUBMIT) {
			going = submit(&s, &done);
		} else if (id == ID_REST) {
			for (unsigned i = first_open(&s); i < s.missing.n; i = first_open(&s))
				set_way(&s, i, "counter");
			page_focus_id(&m->app->page, ID_SUBMIT);
		} else {
			going = give(&s, (unsigned)(id - ID_ROW)) != MINE_SCREEN_OVER;
			mine_begin(m->app);
		}
	}
	filing_finish(&m->app->filing);
	return going;
}
