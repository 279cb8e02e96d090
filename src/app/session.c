#include "app/session.h"

#include <string.h>

#include "app/app.h"
#include "app/licences.h"
#include "app/material.h"
#include "app/pause.h"
#include "app/photo.h"
#include "app/upkeep.h"
#include "app/verify.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "model/item.h"
#include "ui/linear_text.h"

enum { TICK_MS = 250, ID_OPTION = 1 };

struct question_page {
	const char *title, *text;
	const char *const *options;
	int n;
	bool countdown;   /* the idle warning: any key is an answer */
	int seconds_left; /* -1: none shown */
	bool grave;       /* no digits: a code that is scanned in passing must not answer */
};

static void describe_question(void *ctx, struct page *p)
{
	const struct question_page *q = ctx;
	p->title = tr(q->title);
	page_add_text(p, tr(q->text));
	if (q->seconds_left >= 0) {
		page_add(p, ROW_TEXT, -1, page_own(p, tr("还剩 %d 秒。"), q->seconds_left));
		page_add(p, ROW_TEXT, -1, "");
	}
	for (int i = 0; i < q->n; i++) {
		struct row *r = page_add(p, ROW_BUTTON, ID_OPTION + i, tr(q->options[i]));
		r->digit = q->grave ? 0 : (unsigned)i + 1;
		r->primary = i == 0;
	}
}

/* Describes anew; the focus stays on the row with the same id. */
static void refresh(struct app *app, struct page *p, describe_fn *describe, void *ctx)
{
	int focus = p->focus;
	int id = focus >= 0 && focus < p->n_rows ? p->rows[focus].id : -1;
	if (app->linear)
		p->place = (struct page_place){ 0 }; /* it does not scroll */
	else if (focus < 0 && p->place.focus >= 0)
		p->place.shown = false; /* another page */
	page_clear(p);
	p->lines = app->linear;
	describe(ctx, p);
	if (id >= 0 && focus >= 0)
		page_focus_id(p, id);
	page_settle(p);
	if (app->advance) {
		page_move(p, 1);
		app->advance = false;
	}
	if (!p->message)
		p->message = "";
}

static void change_language(void)
{
	i18n_set(i18n_get() == LANG_ZH ? LANG_EN : LANG_ZH);
}

/* The linear view returns for a line even when it used it up itself. */
static bool from_person(const struct app *app, enum action a)
{
	return a != ACTION_TICK && a != ACTION_READY && (app->linear || (a != ACTION_REDRAW && a != ACTION_NONE));
}

/* A dialogue of its own; idle time is the caller's matter. limit_ms < 0: none. */
static int ask(struct app *app, struct question_page *q, int limit_ms)
{
	struct page p = { .focus = -1, .message = "" };
	int64_t until = clock_monotonic_ms() + limit_ms;
	int answer = -2;
	while (answer == -2) {
		struct event e;
		int pause_ms = limit_ms < 0 ? -1 : 1000;
		if (limit_ms >= 0) {
			int64_t left = until - clock_monotonic_ms();
			if (app->linear) /* what it said stays on the paper: nothing to do before the time is up */
				pause_ms = left < 0 ? 0 : (int)left;
			if (q->countdown && (!app->linear || q->seconds_left <= 0)) /* append-only: said once */
				q->seconds_left = (int)((left + 999) / 1000);
			if (left <= 0) {
				answer = -1;
				break;
			}
		}
		refresh(app, &p, describe_question, q);
		view_show(app->view, &p);
		view_wait(app->view, pause_ms, -1, &p, &e);
		if (e.action == ACTION_STOP || e.action == ACTION_CLOSED) {
			app->ended = true;
			answer = -1;
		} else if (e.action == ACTION_LANGUAGE) {
			change_language();
		} else if (e.action == ACTION_BACK) {
			answer = 0;
		} else {
			int focus = p.focus;
			if (page_act(&p, &e) == ACTION_PRESS)
				answer = p.rows[e.row].id - ID_OPTION;
			else if (q->countdown && p.focus != focus) /* somebody is choosing */
				until = clock_monotonic_ms() + limit_ms;
			else if (q->countdown && from_person(app, e.action))
				answer = e.action == ACTION_PAUSE && q->n > 1 ? 1 : 0;
		}
	}
	page_clear(&p);
	app->last_key = clock_monotonic_ms();
	return answer;
}

int session_ask(struct app *app, const char *title, const char *text, const char *const *options, int n)
{
	struct question_page q = { title, text, options, n, false, -1, false };
	return ask(app, &q, app->in_session ? (int)(app->config.idle_warn * 1000) : -1);
}

bool session_confirm(struct app *app, const char *title, const char *text, const char *stay, const char *go)
{
	const char *const options[] = { stay, go };
	struct question_page q = { title, text, options, 2, false, -1, true };
	return ask(app, &q, (int)(app->config.idle_warn * 1000)) == 1;
}

/* No filing is being filled in: it was submitted, paused, or there is none. */
static bool nothing_to_lose(const struct app *app)
{
	return !app->filing_open || *app->filing.number || app->paused;
}

enum idle { IDLE_THERE, IDLE_PAUSED, IDLE_GONE };

static enum idle idle_warning(struct app *app)
{
	static const char *const options[] = { N_("继续办理"), N_("暂停办理，或没有按键时为我保留") };
	bool kept = pause_kept(app);
	struct question_page q = {
		.title = N_("您还在吗？"),
		.text = nothing_to_lose(app)
			? N_("很久没有按键了。按任意键继续；时间到了，屏幕上的内容会清除。已经提交的办件和已经暂停的申报不受影响。")
			: kept
			? N_("很久没有按键了。按回车键继续办理；时间到了，您填写的内容会为您保留，凭取回码再来办。")
			: N_("很久没有按键了。按回车键继续办理；时间到了，您填写的内容会全部清除。"),
		.options = options,
		.n = app->page.pauses ? 2 : 1,
		.countdown = true,
	};
	log_info("idle-warning", "step=%u", app->filing_open ? app->filing.step : 0);
	q.seconds_left = (int)app->config.idle_wipe;
	view_beep(app->view);
	int answer = ask(app, &q, (int)(app->config.idle_wipe * 1000));
	if (answer != 1)
		return answer < 0 ? IDLE_GONE : IDLE_THERE;
	return pause_dialogue(app) ? IDLE_PAUSED : IDLE_THERE;
}

bool session_leave(struct app *app)
{
	static const char *const options[] = { N_("继续办理"), N_("退出并清除"), N_("暂停，以后再来办") };
	static const char *const looking[] = { N_("留在这里"), N_("离开") };
	if (nothing_to_lose(app))
		return session_ask(app, N_("要离开吗？"),
			       N_("离开以后，这里的内容就清除了。已经提交的办件和已经暂停的申报不受影响。"), looking,
			       2) == 1 ||
			app->ended;
	int answer = session_ask(app, N_("要退出吗？"), N_("退出后，您填写的内容会全部清除，什么也不会提交。"), options,
		app->page.pauses ? 3 : 2);
	return answer == 1 || (answer == 2 && pause_dialogue(app)) || app->ended;
}

/* How this view is worked. */
static void add_keys(const struct app *app, struct str *out)
{
	if (!app->linear) {
		str_addf(out, "%s\n\n",
			tr("↑ ↓ 移动，Enter 确定，Esc 返回上一步，F2 换语言，F9 暂停，F10 退出。也可以按前面的数字选择。"));
		return;
	}
	struct str known;
	str_init(&known, 500);
	linear_commands(&app->page, &known);
	str_addf(out, "%s\n\n%s\n\n",
		tr("每次输入一行，再按回车。输入行前的编号，就选中那一行。正在填写一项时，输入的就是它的内容；"
		   "空行保留原来的内容，接着问下一项；输入 # 和编号，可以直接到那一行。"),
		known.text ? known.text : "");
	str_finish(&known);
}

static void build_help(void *ctx, struct str *out)
{
	const struct app *app = ctx;
	const struct screen *s = app->filing_open ? app->filing.item->steps[app->filing.step].screen : NULL;
	if (s && s->help)
		str_addf(out, "%s\n\n", tr(s->help));
	for (unsigned i = 0; s && i < s->n_questions; i++)
		if (s->questions[i].why)
			str_addf(out, tr("为什么问“%s”：%s\n\n"), tr(s->questions[i].label), tr(s->questions[i].why));
	add_keys(app, out);
	str_add(out,
		tr("填错了没关系：提交前都可以改。每一步都会保存，返回不会丢内容。\n\n"
		   "需要帮助请找工作人员。"));
	if (!app->linear) /* that view says it itself at the end of this page */
		str_addf(out, "\n\n%s %s", tr("咨询电话"), app->config.hotline);
}

struct text_page {
	const char *title;
	build_fn *build;
	void *ctx;
};

static void describe_text(void *ctx, struct page *p)
{
	const struct text_page *t = ctx;
	struct str text;
	str_init(&text, 8000);
	t->build(t->ctx, &text);
	p->title = tr(t->title);
	page_add_text(p, text.text);
	str_finish(&text);
	page_add(p, ROW_BUTTON, ID_OPTION, tr("返回"))->primary = true;
}

void session_tell(struct app *app, const char *title, build_fn *build, void *ctx)
{
	struct text_page t = { title, build, ctx };
	struct page p = { .focus = -1, .message = "" };
	for (bool done = false; !done && !app->ended;) {
		struct event e;
		refresh(app, &p, describe_text, &t);
		view_show(app->view, &p);
		view_wait(app->view, (int)app->config.idle_warn * 1000, -1, &p, &e);
		if (e.action == ACTION_STOP || e.action == ACTION_CLOSED)
			app->ended = true;
		else if (e.action == ACTION_LANGUAGE)
			change_language();
		else if (e.action == ACTION_TICK || e.action == ACTION_BACK || e.action == ACTION_HELP)
			done = true;
		else
			done = page_act(&p, &e) == ACTION_PRESS;
	}
	page_clear(&p);
	app->page.message = "";
}

/* Other words have other lines: what was read from its top is read from there on, and a field that is typed in stays in sight. */
static void read_on_from_top(struct page *p)
{
	if (p->place.top == 0 && p->focus >= 0 && p->rows[p->focus].kind != ROW_INPUT)
		p->place.shown = false;
}

static enum action common(struct app *app, enum action a)
{
	switch (a) {
	case ACTION_LANGUAGE:
		change_language();
		read_on_from_top(&app->page);
		return ACTION_NONE;
	case ACTION_LINEAR:
		app->restart_view = true;
		return ACTION_NONE;
	case ACTION_HELP:
		session_tell(app, N_("帮助"), build_help, app);
		return app->ended ? ACTION_FINISH : ACTION_NONE;
	case ACTION_LEAVE:
		if (!app->in_session)
			return ACTION_NONE;
		return session_leave(app) ? ACTION_FINISH : ACTION_NONE;
	case ACTION_PAUSE:
		return app->page.pauses && pause_dialogue(app) ? ACTION_FINISH : ACTION_NONE;
	default:
		return a;
	}
}

static bool change_view(struct app *app)
{
	struct err e;
	app->restart_view = false;
	app->linear = !app->linear;
	view_destroy(app->view);
	app->view = NULL;
	if (app_open_view(app, &e))
		return true;
	log_warn("view", "failed=%d", e.code);
	app->linear = !app->linear;
	return app_open_view(app, &e);
}

/* What an outside program is being asked; -1: nothing. */
/* Of a file that the inspector looks at. */
static int looked_fd(const struct app *app)
{
	return photo_fd(app) >= 0 ? photo_fd(app) : material_fd(app);
}

static int watched(const struct app *app)
{
	if (app->verify)
		return verify_fd(app->verify);
	return looked_fd(app) >= 0 ? looked_fd(app) : licences_fd(app->licences);
}

static int wait_ms(const struct app *app)
{
	if (app->verify || looked_fd(app) >= 0 || licences_fd(app->licences) >= 0)
		return TICK_MS;
	if (!app->in_session)
		return upkeep_wait_ms(app);
	int64_t left = app->last_key + (int64_t)app->config.idle_warn * 1000 - clock_monotonic_ms();
	return left < 0 ? 0 : (int)left;
}

void session_show(struct app *app, describe_fn *describe, void *ctx)
{
	refresh(app, &app->page, describe, ctx);
	view_show(app->view, &app->page);
}

enum action session_turn(struct app *app, describe_fn *describe, void *ctx, struct event *event)
{
	struct page *p = &app->page;
	if (app->restart_view && !change_view(app))
		app->ended = true;
	if (app->ended)
		return ACTION_FINISH;
	app->facts.today = clock_today();
	session_show(app, describe, ctx);
	view_wait(app->view, wait_ms(app), watched(app), p, event);
	licences_poll(app->licences, app->facts.today);
	if (from_person(app, event->action)) {
		app->last_key = clock_monotonic_ms();
		p->message = "";
		p->message_error = false;
	}
	if (event->action == ACTION_STOP || event->action == ACTION_CLOSED) {
		app->ended = true;
		return ACTION_FINISH;
	}
	bool idle = app->in_session && clock_monotonic_ms() - app->last_key >= (int64_t)app->config.idle_warn * 1000;
	if (event->action == ACTION_TICK && idle && !app->verify) {
		enum idle idle_now = idle_warning(app);
		app->idled = idle_now == IDLE_GONE;
		return idle_now == IDLE_THERE ? ACTION_NONE : ACTION_FINISH;
	}
	bool typed_line = event->action == ACTION_TYPE;
	enum action a = page_act(p, event);
	app->advance = typed_line && a == ACTION_TYPE;
	return common(app, a);
}
