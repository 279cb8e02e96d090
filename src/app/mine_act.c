/* Withdrawing, rating, how the card is handed over. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/mine_own.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/case_move.h"
#include "model/case_reason.h"
#include "model/item.h"
#include "store/move.h"
#include "ui/kind.h"

static const char WITHDRAW[] = N_("撤回"), RATE[] = N_("评价这次服务"), PICKUP[] = N_("改领取方式");

/* As the applicant, from the state that was seen. */
static bool move(struct mine_case *m, int to, const char *reason, struct err *e)
{
	struct case_move move = { .from = (int)m->record->state,
		.to = to,
		.events = m->record->n_events,
		.actor = ACTOR_APPLICANT,
		.reason = reason,
		.card = m->item->card };
	return store_case_move(m->app->store, m->record->number, &move, e);
}

bool mine_withdraw_offered(const struct mine_case *m)
{
	return m->item && case_withdraw_open((int)m->record->state);
}

bool mine_withdraw(struct mine_case *m)
{
	struct err e = { 0 };
	/* No answer for long: idle time is counted on the page behind. */
	if (!session_confirm(m->app, N_("要撤回吗？"),
		    N_("撤回以后，这次申报不再办理，也不能恢复；以后还可以重新申报。"), N_("不撤回"),
		    N_("撤回这个办件")))
		return !m->app->ended;
	bool done = move(m, CASE_WITHDRAWN, "", &e);
	return mine_changed(m, done, &e, WITHDRAW, N_("已经撤回。"));
}

/* --- rating: five grades, once for each case (domain file 9: 好差评) --- */

static const char *const grades[] = { N_("非常满意"), N_("满意"), N_("基本满意"), N_("不满意"), N_("非常不满意") };
enum { GRADES = 5, ID_SEND = 1, ID_GRADE = 10 };

unsigned mine_rating(const struct mine_case *m)
{
	for (size_t i = 0; i < m->record->n_events; i++)
		if (case_rating(&m->record->events[i]))
			return case_rating(&m->record->events[i]);
	return 0;
}

const char *mine_grade(unsigned rating)
{
	return rating >= 1 && rating <= GRADES ? grades[GRADES - rating] : "";
}

bool mine_rate_offered(const struct mine_case *m)
{
	return m->item && case_is_ended((int)m->record->state) && !mine_rating(m);
}

struct rate_page {
	const struct mine_case *m;
	int chosen; /* index of the grade; -1: none yet */
};

static void describe_rate(void *ctx, struct page *p)
{
	const struct rate_page *r = ctx;
	p->item = tr(r->m->item->title);
	p->title = tr(RATE);
	page_add_text(p, tr("您对这次服务满意吗？只问这一个问题，每个办件评价一次，评价后不能改。"));
	for (unsigned i = 0; i < GRADES; i++) {
		struct row *row = page_add(p, ROW_OPTION, ID_GRADE + (int)i, tr(grades[i]));
		row->digit = i + 1;
		row->selected = (int)i == r->chosen;
	}
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_SEND, tr("提交评价"))->primary = true;
	page_add(p, ROW_BUTTON, ID_BACK, tr("返回"));
}

/* False: left without one. A grade is chosen first and then sent, since it cannot be changed. */
static bool ask_grade(struct rate_page *r, int *ret_id)
{
	struct page *p = &r->m->app->page;
	mine_begin(r->m->app);
	for (;;) {
		*ret_id = mine_turn(r->m->app, describe_rate, r);
		if (*ret_id >= ID_GRADE && *ret_id < ID_GRADE + GRADES) {
			r->chosen = *ret_id - ID_GRADE;
			page_focus_id(p, ID_SEND);
		} else if (*ret_id == ID_SEND && r->chosen < 0) {
			page_focus_id(p, ID_GRADE);
			page_say(p, true, "%s", tr("请先选一项。"));
		} else {
			return *ret_id == ID_SEND;
		}
	}
}

bool mine_rate(struct mine_case *m)
{
	char reason[REASON_SIZE];
	struct err e = { 0 };
	struct rate_page r = { m, -1 };
	int id;
	if (!ask_grade(&r, &id))
		return id != MINE_OVER;
	bool done =
		case_reason_rating(GRADES - (unsigned)r.chosen, reason) && move(m, (int)m->record->state, reason, &e);
	return mine_changed(m, done, &e, RATE, N_("谢谢您的评价。"));
}

/* --- pickup --- */

/* The step that asks for it; those behind it that depend on it belong to it. */
static bool pickup_step(const struct item *item, unsigned *ret)
{
	return item_question(item, "pickup", ret) != NULL;
}

bool mine_pickup_offered(const struct mine_case *m)
{
	unsigned step;
	return m->item && m->item->card && case_pickup_open((int)m->record->state) && pickup_step(m->item, &step);
}

static bool about_pickup(const struct step *s)
{
	for (unsigned i = 0; i < s->n_guards; i++)
		if (str_eq(s->guards[i].name, "pickup"))
			return true;
	return false;
}

static bool holds(const struct step *s, const struct answers *a)
{
	for (unsigned i = 0; i < s->n_guards; i++)
		if (!guard_holds(&s->guards[i], answers_get(a, s->guards[i].name)))
			return false;
	return true;
}

/* What a step that is not asked any more had stored. */
static void forget(const struct screen *s, struct answers *a)
{
	for (size_t i = answers_count(a); i-- > 0;)
		if (screen_has(s, answers_name_at(a, i)))
			answers_set(a, answers_name_at(a, i), NULL);
}

/* The screens of the item, in its order, over the working copy. */
static enum mine_screen ask_pickup(struct mine_case *m)
{
	struct answers *a = m->app->filing.answers;
	unsigned first, asked[8], n = 0;
	if (!pickup_step(m->item, &first))
		return MINE_SCREEN_BACK;
	unsigned i = first;
	while (i < m->item->n_steps && (i == first || about_pickup(&m->item->steps[i]))) {
		const struct step *s = &m->item->steps[i];
		if (i != first && !holds(s, a)) {
			forget(s->screen, a);
			i++;
			continue;
		}
		enum mine_screen result = mine_screen(m->app, s->screen, m->item->title);
		if (result == MINE_SCREEN_OVER || (result == MINE_SCREEN_BACK && n == 0))
			return result;
		if (result == MINE_SCREEN_BACK)
			i = asked[--n];
		else if (n < sizeof asked / sizeof *asked)
			asked[n++] = i++;
		else
			break;
	}
	return MINE_SCREEN_DONE;
}

bool mine_pickup(struct mine_case *m)
{
	struct err e = { 0 };
	bool going = true;
	mine_working_copy(m);
	enum mine_screen result = ask_pickup(m);
	if (result == MINE_SCREEN_DONE && answers_equal(m->app->filing.answers, m->record->answers)) {
		page_say(&m->app->page, false, "%s", tr("领取方式没有改变。"));
	} else if (result == MINE_SCREEN_DONE) {
		bool done = mine_revise(m, REVISION_PICKUP, &e);
		going = mine_changed(m, done, &e, PICKUP, N_("领取方式已经改好。"));
	}
	filing_finish(&m->app->filing);
	return going && result != MINE_SCREEN_OVER;
}
