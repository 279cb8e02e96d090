#include "app/start.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/mine.h"
#include "app/pause.h"
#include "app/session.h"
#include "app/submit.h"
#include "app/upkeep.h"
#include "app/wizard.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/edit.h"
#include "model/item.h"
#include "store/audit.h"
#include "store/store.h"
#include "ui/kind.h"

enum { ID_SEARCH = 1, ID_RESUME = 2, ID_MINE = 3, ID_PAUSED = 4, ID_ITEM = 10, ID_INFO = 100, ITEMS_SHOWN = 8 };

struct start_page {
	struct app *app;
	struct edit search;
	struct draft_head draft;
	bool has_draft;
};

static bool fits(const struct item *item, const char *query)
{
	return !*query || strstr(item->title, query) || strstr(item->summary, query) ||
		strstr(tr(item->title), query) || strcasestr(tr(item->title), query);
}

static void describe_start(void *ctx, struct page *p)
{
	struct start_page *s = ctx;
	struct app *app = s->app;
	char query[EDIT_MAX * 4 + 1];
	unsigned shown = 0;
	edit_get(&s->search, query, sizeof query);
	p->title = tr("欢迎，请选择要办的事");
	if (s->has_draft) {
		struct row *r = page_add(p, ROW_BUTTON, ID_RESUME, tr("继续刚才中断的申报"));
		r->primary = true;
		page_add(p, ROW_TEXT, -1, "");
	}
	for (size_t i = 0; i < app->n_items && shown < ITEMS_SHOWN; i++) {
		if (!fits(app->items[i], query))
			continue;
		struct row *r = page_add(p, ROW_OPTION, ID_ITEM + (int)i, tr(app->items[i]->title));
		r->digit = ++shown;
		r->hint = page_own(p, "%s", tr(app->items[i]->summary));
		page_add(p, ROW_BUTTON, ID_INFO + (int)i, tr("须知"))->hint =
			page_own(p, "%s", tr("谁能办、带什么、要多久"));
		page_add(p, ROW_TEXT, -1, "");
	}
	if (app->trouble[0]) {
		page_add(p, ROW_TEXT, -1, tr("这台机器现在不能办理，请到窗口办理。"));
		page_add(p, ROW_TEXT, -1, page_own(p, tr("工作人员请看：%s"), app->trouble));
		page_add(p, ROW_TEXT, -1, "");
	}
	if (!*query || strcasestr(tr("我的办件"), query)) {
		struct row *r = page_add(p, ROW_OPTION, ID_MINE, tr("我的办件"));
		r->digit = ++shown;
		r->hint = page_own(p, "%s", tr("查进度、补充材料、撤回、再打印回执"));
		page_add(p, ROW_BUTTON, ID_PAUSED, tr("继续暂停的申报"))->hint =
			page_own(p, "%s", tr("凭纸条上的取回码"));
		page_add(p, ROW_TEXT, -1, "");
	}
	if (!shown)
		page_add(p, ROW_TEXT, -1, tr("没有找到。请换个说法，或问工作人员。"));
	struct row *r = page_add(p, ROW_INPUT, ID_SEARCH, tr("查找事项"));
	r->edit = &s->search;
	p->digits_pick = true;
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_TEXT, -1,
		page_own(p, tr("%u 秒没有按键，会提醒您；之后填写的内容会清除。"), app->config.idle_warn));
}

static void build_information(void *ctx, struct str *out)
{
	const struct item *item = ctx;
	const struct {
		const char *heading, *text;
	} parts[] = { { N_("谁能办"), item->who }, { N_("带什么"), item->bring }, { N_("多久"), item->takes },
		{ N_("有什么用"), item->use } };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].text && *parts[i].text)
			str_addf(out, "%s【%s】\n\n%s", out->len ? "\n\n" : "", tr(parts[i].heading),
				tr(parts[i].text));
}

/* Whoever takes up an interrupted filing shows that it is his: the last four characters of the applicant's ID number. */
struct proof_page {
	struct edit last;
	char error[200];
};

static void describe_proof(void *ctx, struct page *p)
{
	struct proof_page *proof = ctx;
	p->title = tr("继续刚才中断的申报");
	page_add_text(p, tr("为了保护您的资料，请输入申请人身份证号的最后四位。"));
	struct row *r = page_add(p, ROW_INPUT, ID_SEARCH, tr("身份证号最后四位"));
	r->edit = &proof->last;
	r->masked = true;
	r->error = page_own(p, "%s", proof->error);
	page_add_continue(p);
}

static bool prove(struct app *app)
{
	const char *id = answers_text(app->filing.answers, "id_number");
	struct proof_page proof = { 0 };
	if (strlen(id) < 4)
		return true; /* nothing personal was typed yet */
	edit_init(&proof.last, 4, "");
	bool good = false;
	app->in_session = true;
	app->last_key = clock_monotonic_ms();
	app->page.focus = -1;
	for (int tries = 0; tries < 3 && !good;) {
		struct event e;
		char typed[32];
		enum action a = session_turn(app, describe_proof, &proof, &e);
		if (a == ACTION_FINISH || a == ACTION_BACK)
			break;
		edit_get(&proof.last, typed, sizeof typed);
		if (a != ACTION_PRESS || !*typed)
			continue;
		good = strcasecmp(typed, id + strlen(id) - 4) == 0;
		explicit_bzero(typed, sizeof typed);
		tries++;
		str_copy(proof.error, sizeof proof.error,
			good ? "" : tr("不对。请看身份证再输一次；最后一位可能是X。"));
	}
	edit_wipe(&proof.last);
	return good;
}

static const struct item *item_called(const struct app *app, const char *code, unsigned version)
{
	for (size_t i = 0; i < app->n_items; i++)
		if (str_eq(app->items[i]->code, code) && app->items[i]->version == version)
			return app->items[i];
	return NULL;
}

static void resume(struct start_page *s)
{
	struct app *app = s->app;
	struct err e = { 0 };
	const struct item *item = item_called(app, s->draft.item, s->draft.item_version);
	s->has_draft = false;
	if (!item) {
		log_warn("resume", "item=%s version=%u unknown", s->draft.item, s->draft.item_version);
		return;
	}
	filing_init(&app->filing, item, s->draft.token);
	app->filing_open = true;
	if (!store_draft_load(app->store, s->draft.token, &app->filing, &e)) {
		log_warn("resume", "failed=%d", e.code);
		session_wipe(app);
		return;
	}
	app->filing.demo = app->config.demo;
	if (!prove(app)) {
		/* Nobody showed that it is theirs: who holds a slip of it can still take it up. */
		app->idled = app->filing.pause[0] != '\0';
		session_wipe(app);
		return;
	}
	pause_withdraw(app);
	if (!store_audit(app->store, AUDIT_RESUMED, "", item->code, &e))
		log_warn("audit", "failed=%d", e.code);
	if (app->filing.number[0]) { /* it was submitted, but the receipt was not taken yet */
		submit_show(app);
		session_wipe(app);
	} else {
		wizard_run(app);
	}
}

static void look_for_draft(struct start_page *s)
{
	struct err e = { 0 };
	int64_t max_age = (int64_t)s->app->retention.draft_minutes * 60;
	if (!store_draft_purge(s->app->store, max_age, &e))
		log_warn("draft-purge", "failed=%d", e.code);
	s->has_draft = store_draft_orphan(s->app->store, max_age, &s->draft, &e);
}

static void focus_first_item(struct page *p)
{
	for (int i = p->n_rows - 1; i >= 0; i--)
		if (p->rows[i].kind == ROW_OPTION)
			p->focus = i;
}

static void press(struct start_page *s, int id)
{
	struct app *app = s->app;
	if (id == ID_RESUME) {
		resume(s);
	} else if (id == ID_MINE) {
		mine_run(app);
	} else if (id == ID_PAUSED) {
		pause_take_up(app);
	} else if (id >= ID_INFO && (size_t)(id - ID_INFO) < app->n_items) {
		session_tell(app, app->items[id - ID_INFO]->title, build_information, app->items[id - ID_INFO]);
		return;
	} else if (id >= ID_ITEM && (size_t)(id - ID_ITEM) < app->n_items) {
		if (wizard_begin(app, app->items[id - ID_ITEM]))
			wizard_run(app);
	} else {
		focus_first_item(&app->page); /* from the search */
		return;
	}
	edit_set(&s->search, "");
	app->page.focus = -1;
}

static void describe_trouble(void *ctx, struct page *p)
{
	const struct err *e = ctx;
	p->title = tr("暂停服务");
	page_add_text(p, tr("这台机器现在不能办理，请到窗口办理。"));
	page_add(p, ROW_TEXT, -1, page_own(p, tr("工作人员请看：%s"), e->text));
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_RESUME, tr("重新启动"))->primary = true;
}

void start_out_of_service(struct app *app, const struct err *e)
{
	enum { SHOWN_MS = 60 * 1000 };
	int64_t until = clock_monotonic_ms() + SHOWN_MS;
	struct err copy = *e;
	struct page *p = &app->page;

	if (!app->view || app->linear)
		return; /* it is said on standard error */
	app->page.focus = -1;
	for (bool done = false; !done;) {
		struct event event;
		int64_t left = until - clock_monotonic_ms();
		session_show(app, describe_trouble, &copy);
		view_wait(app->view, left < 0 ? 0 : (int)left, -1, p, &event);
		if (event.action == ACTION_LANGUAGE)
			i18n_set(i18n_get() == LANG_ZH ? LANG_EN : LANG_ZH);
		else
			done = event.action == ACTION_STOP || event.action == ACTION_CLOSED ||
				event.action == ACTION_TICK || page_act(p, &event) == ACTION_PRESS;
	}
	page_clear(p);
}

void start_preview(struct app *app)
{
	struct start_page s = { .app = app };
	edit_init(&s.search, 30, "");
	app->page.focus = -1;
	session_show(app, describe_start, &s);
}

void start_run(struct app *app)
{
	struct start_page s = { .app = app };
	edit_init(&s.search, 30, "");
	app->page.focus = -1;
	app->page.message = "";
	look_for_draft(&s);
	upkeep_run(app);
	/* One session, then the program ends and is started anew: nothing of this person is left for the next. */
	while (!app->ended && app->sessions == 0) {
		struct event e;
		enum action a = session_turn(app, describe_start, &s, &e);
		if (a == ACTION_TICK && upkeep_wait_ms(app) == 0)
			upkeep_run(app);
		if (a == ACTION_PRESS)
			press(&s, app->page.rows[e.row].id);
		if (a == ACTION_BACK) {
			edit_set(&s.search, "");
			app->page.focus = -1;
		}
	}
	edit_wipe(&s.search);
}
