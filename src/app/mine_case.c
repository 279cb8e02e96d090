/* One case that was opened by its code: how it stands, what was filed, what can be done with it. */
#include <string.h>

#include "app/app.h"
#include "app/mine_own.h"
#include "app/open.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/case_move.h"
#include "model/case_reason.h"
#include "model/case_shortfall.h"
#include "model/item.h"
#include "model/outstanding.h"
#include "model/promise.h"
#include "receipt/receipt.h"
#include "ui/kind.h"

enum { ID_PLAIN = 1, ID_ACTION = 10 };

static bool show(struct mine_case *m, describe_fn *describe)
{
	mine_begin(m->app);
	for (;;) {
		int id = mine_turn(m->app, describe, m);
		if (id != ID_PLAIN)
			return id != MINE_OVER;
		m->plain = !m->plain;
	}
}

static void head(const struct mine_case *m, struct page *p, const char *title)
{
	p->item = m->item ? tr(m->item->title) : "";
	p->title = tr(title);
}

static void describe_answers(void *ctx, struct page *p)
{
	struct mine_case *m = ctx;
	head(m, p, N_("填报的内容"));
	mine_add_answers(m, p);
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_BACK, tr("返回"))->primary =
		true; /* first: an Enter too many shows nobody's number */
	page_add(p, ROW_BUTTON, ID_PLAIN, m->plain ? tr("隐去姓名和号码") : tr("显示完整的姓名和号码"));
}

static void describe_materials(void *ctx, struct page *p)
{
	struct mine_case *m = ctx;
	head(m, p, N_("交过的材料"));
	mine_add_materials(m, p);
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_BACK, tr("返回"))->primary = true;
}

static void describe_history(void *ctx, struct page *p)
{
	struct mine_case *m = ctx;
	head(m, p, N_("办理经过"));
	mine_add_history(m, p);
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_BACK, tr("返回"))->primary = true;
}

static bool always(const struct mine_case *m)
{
	return m->item != NULL;
}

static bool run_answers(struct mine_case *m)
{
	m->plain = false;
	return show(m, describe_answers);
}

static bool run_materials(struct mine_case *m)
{
	return show(m, describe_materials);
}

static bool with_history(const struct mine_case *m)
{
	return m->record->n_events > 0;
}

static bool run_history(struct mine_case *m)
{
	return show(m, describe_history);
}

/* What can be done with a case, in this order; a row is shown when it is offered. */
static const struct mine_action {
	const char *label;
	bool (*offered)(const struct mine_case *m);
	bool (*run)(struct mine_case *m); /* false: the session is over */
} ACTIONS[] = {
	{ N_("补充材料"), mine_supplement_offered, mine_supplement },
	{ N_("填报的内容"), always, run_answers },
	{ N_("交过的材料"), always, run_materials },
	{ N_("办理经过"), with_history, run_history },
	{ N_("打印凭证"), mine_certificate_offered, mine_certificate },
	{ N_("评价这次服务"), mine_rate_offered, mine_rate },
	{ N_("改领取方式"), mine_pickup_offered, mine_pickup },
	{ N_("再打印回执"), mine_reprint_offered, mine_reprint },
	{ N_("撤回"), mine_withdraw_offered, mine_withdraw },
};
enum { N_ACTIONS = sizeof ACTIONS / sizeof *ACTIONS };

/* Until when it is promised; before acceptance, how long it will take from then on. */
static void add_promise(const struct mine_case *m, struct page *p)
{
	struct promise_rule rule = promise_of(&m->app->config, &m->app->holidays);
	char term[PROMISE_TERM_SIZE];
	int day = promise_date(&rule, m->record);
	promise_term(&rule, term);
	if (day)
		page_add(p, ROW_VALUE, -1, tr("承诺办结"))->value = page_own(p,
			day < m->app->facts.today ? tr("%04d-%02d-%02d，已经过了，请打咨询电话") : "%04d-%02d-%02d",
			day / 10000, day / 100 % 100, day % 100);
	else if (m->record->state == CASE_SUBMITTED)
		page_add(p, ROW_VALUE, -1, tr("承诺办结"))->value = page_own(p, tr("受理后 %s内"), term);
}

/* How the card is handed over. */
static void add_pickup(const struct mine_case *m, struct page *p)
{
	const struct answers *a = m->record->answers;
	const struct question *q = m->item && m->item->card ? item_question(m->item, "pickup", NULL) : NULL;
	const char *way = q ? option_label(q, answers_text(a, "pickup")) : NULL,
		   *center = answers_text(a, "pickup_center");
	if (way)
		page_add(p, ROW_VALUE, -1, tr("领证方式"))->value =
			page_own(p, "%s%s%s", tr(way), *center ? "  " : "", *center ? tr(center) : "");
}

/* What the counter found missing. */
static void add_shortfalls(const struct mine_case *m, struct page *p)
{
	struct shortfalls missing;
	if (!m->item || !case_shortfall_now(m->record, &missing))
		return;
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_HEADING, -1, tr("要补充的内容"));
	page_add(p, ROW_VALUE, -1, tr("最晚"))->value =
		page_own(p, "%04d-%02d-%02d", missing.until / 10000, missing.until / 100 % 100, missing.until % 100);
	for (unsigned i = 0; i < missing.n; i++)
		page_add(p, ROW_VALUE, -1, mine_shortfall_title(m, &missing, i))->value =
			page_own(p, "%s", missing.row[i].text);
}

static void add_time(struct page *p, const char *label, int64_t time)
{
	char at[26];
	clock_time_text(time, at);
	at[10] = ' ';
	at[16] = '\0';
	page_add(p, ROW_VALUE, -1, label)->value = page_own(p, "%s", at);
}

/* When it was accepted, and when it ended (domain file 1.5). */
static void add_times(const struct mine_case *m, struct page *p)
{
	const struct case_event *accepted = NULL, *ended = NULL;
	for (size_t i = 0; i < m->record->n_events; i++) {
		const struct case_event *v = &m->record->events[i];
		if (v->from == v->to)
			continue;
		if (v->to == CASE_ACCEPTED)
			accepted = v;
		if (case_is_ended(v->to))
			ended = v;
	}
	add_time(p, tr("提交时间"), m->record->submitted_at);
	if (accepted)
		add_time(p, tr("受理时间"), accepted->at);
	if (ended)
		add_time(p, tr("办结时间"), ended->at);
}

static void add_person(const struct mine_case *m, struct page *p)
{
	char name[200], id[64];
	mask_name(answers_text(m->record->answers, "name"), name, sizeof name);
	mask_id_number(answers_text(m->record->answers, "id_number"), id, sizeof id);
	if (*name)
		page_add(p, ROW_VALUE, -1, tr("申请人"))->value = page_own(p, "%s  %s", name, id);
}

/* The parcel with the card, and what the person said about the service. */
static void add_events(const struct mine_case *m, struct page *p)
{
	const char *waybill = NULL;
	for (size_t i = 0; i < m->record->n_events; i++)
		if (case_waybill(&m->record->events[i]))
			waybill = case_waybill(&m->record->events[i]);
	if (waybill)
		page_add(p, ROW_VALUE, -1, tr("快递单号"))->value = page_own(p, "%s", waybill);
	if (mine_rating(m))
		page_add(p, ROW_VALUE, -1, tr("您的评价"))->value = page_own(p, "%s", tr(mine_grade(mine_rating(m))));
}

/* What is still to be brought: as the receipt says. Only while the counter waits for it. */
static void add_outstanding(const struct mine_case *m, struct page *p)
{
	const char *stop = i18n_get() == LANG_EN ? ". " : "。";
	if (!m->item || m->record->state != CASE_SUBMITTED)
		return;
	struct outstanding *o = outstanding_of_case(m->record, m->item);
	if (o->n) {
		page_add(p, ROW_TEXT, -1, "");
		page_add(p, ROW_HEADING, -1, tr("还要办的"));
	}
	for (unsigned i = 0; i < o->n; i++) {
		const struct outstanding_row *row = &o->rows[i];
		page_add(p, ROW_VALUE, -1, tr(row->title))->value =
			page_own(p, "%s%s%s", row->text, *row->later ? stop : "", *row->later ? tr(row->later) : "");
	}
	outstanding_destroy(o);
}

static void describe_case(void *ctx, struct page *p)
{
	struct mine_case *m = ctx;
	const struct case_record *c = m->record;
	const char *label = case_state_label(c->state), *meaning = mine_state_meaning(c->state);
	const char *counter = mine_supplement_not_here(m), *next = counter ? counter : mine_state_next(c->state);
	char number[CASENUM_LENGTH + 5];
	unsigned digit = 0;

	head(m, p, N_("办件详情"));
	casenum_group(c->number, number);
	page_add(p, ROW_VALUE, -1, tr("状态"))->value = page_own(p, "%s", label ? tr(label) : "");
	page_add(p, ROW_TEXT, -1,
		page_own(p, "%s%s%s", tr(meaning), i18n_get() == LANG_EN ? " " : "", *next ? tr(next) : ""));
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_VALUE, -1, tr("申请事项"))->value = page_own(p, "%s", m->item ? tr(m->item->title) : c->item);
	page_add(p, ROW_VALUE, -1, tr("办件编号"))->value = page_own(p, "%s", number);
	add_person(m, p);
	add_times(m, p);
	page_add(p, ROW_VALUE, -1, tr("提交终端"))->value = page_own(p, "%s", c->station);
	add_promise(m, p);
	add_pickup(m, p);
	add_events(m, p);
	if (c->demo)
		page_add(p, ROW_TEXT, -1, tr("【演示】这是演示，未核验身份，样例数据。本单无效。"));
	add_shortfalls(m, p);
	add_outstanding(m, p);
	page_add(p, ROW_TEXT, -1, "");
	for (int i = 0; i < N_ACTIONS; i++) {
		if (!ACTIONS[i].offered(m))
			continue;
		struct row *r = page_add(p, ROW_BUTTON, ID_ACTION + i, tr(ACTIONS[i].label));
		r->digit = ++digit <= 9 ? digit : 0;
	}
	page_add(p, ROW_BUTTON, ID_BACK, tr("返回"));
	if (p->focus < 0) { /* the state is seen first; what was done here just now, where it was done */
		page_focus_id(p, m->at);
		p->scroll = p->message && *p->message ? 0 : PAGE_TOP;
	}
}

bool mine_case_reload(struct mine_case *m, struct err *e)
{
	struct case_record *fresh = NULL;
	unsigned char key[sizeof m->key];
	bool good = open_by_code(m->app, m->record->number, m->query, &fresh, key, e);
	explicit_bzero(key, sizeof key);
	if (!good)
		return false;
	case_record_destroy(m->record);
	m->record = fresh;
	return true;
}

bool mine_case_run(struct mine_case *m)
{
	while (!m->stale) {
		mine_begin(m->app);
		int id = mine_turn(m->app, describe_case, m);
		if (id < ID_ACTION || id >= ID_ACTION + N_ACTIONS)
			return id != MINE_OVER;
		m->at = id;
		log_info("mine", "action=%d", id - ID_ACTION);
		if (!ACTIONS[id - ID_ACTION].run(m))
			return false;
	}
	return true;
}
