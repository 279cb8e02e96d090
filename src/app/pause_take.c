/* Taking up a paused filing: the code, the proof of who it is, then the screen at which it was paused. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "app/app.h"
#include "app/pause.h"
#include "app/session.h"
#include "app/wizard.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "model/edit.h"
#include "model/item.h"
#include "seal/code.h"
#include "store/paused.h"
#include "ui/kind.h"

enum { ID_CODE = 1, ID_LAST = 2, CODE_MAX = 30 };

struct take_page {
	struct app *app;
	struct edit code, last;
	bool found; /* head says what; the proof is asked */
	struct paused_head head;
	char error[300];
};

static void describe_take(void *ctx, struct page *p)
{
	struct take_page *t = ctx;
	struct row *r;
	p->title = tr("继续暂停的申报");
	if (t->found) {
		page_add_text(p, tr("为了保护您的资料，请输入申请人身份证号的最后四位。"));
		r = page_add(p, ROW_INPUT, ID_LAST, tr("身份证号最后四位"));
		r->edit = &t->last;
		r->masked = true;
	} else {
		page_add_text(p,
			tr("请输入纸条上的取回码，或用扫码枪扫二维码。大小写、空格都可以；不分 O 和 0，I、L 和 1。"));
		r = page_add(p, ROW_INPUT, ID_CODE, tr("取回码"));
		r->edit = &t->code;
		r->hint = page_own(p, "%s", tr("十个字母和数字"));
	}
	r->error = page_own(p, "%s", t->error);
	page_add_continue(p);
}

static void say(struct take_page *t, const char *sentence)
{
	str_copy(t->error, sizeof t->error, sentence);
	t->app->page.focus = -1;
}

static void say_refused(struct take_page *t, int64_t until)
{
	char text[26];
	clock_time_text(until, text);
	text[19] = '\0';
	snprintf(t->error, sizeof t->error, tr("输错的次数太多了。请等到 %s 再试，或到窗口办理。"), text + 11);
	t->app->page.focus = -1;
}

static void say_gone(struct take_page *t)
{
	say(t,
		tr("没有凭这个码暂停的申报：可能输错了，可能是在别的自助机上暂停的，可能已经取回过一次，"
		   "也可能过了时间。请对照纸条再输；还不行，请问工作人员，或重新办理。"));
}

/* The item as it was when the filing was paused; NULL: it is another one now. */
static const struct item *item_of(const struct app *app, const struct paused_head *h)
{
	for (size_t i = 0; i < app->n_items; i++) {
		const struct item *item = app->items[i];
		if (str_eq(item->code, h->item) && item->version == h->item_version && h->step < item->n_steps &&
			str_eq(item->steps[h->step].screen_name, h->screen))
			return item;
	}
	return NULL;
}

/* True: the filing is open in app->filing. */
static bool take(struct take_page *t)
{
	struct app *app = t->app;
	struct err e = { 0 };
	static const char none[33] = "";

	filing_init(&app->filing, item_of(app, &t->head), none);
	app->filing_open = true;
	if (store_paused_take(app->store, &t->head, &app->filing, &e))
		return true;
	log_warn("take-up", "failed=%d", e.code);
	filing_finish(&app->filing);
	app->filing_open = t->found = false;
	if (e.code == ERR_NO)
		say_gone(t);
	else
		say(t, tr("现在取不出来。请过一会儿再试，或到窗口办理。"));
	return false;
}

static bool try_code(struct take_page *t)
{
	struct app *app = t->app;
	struct err e = { 0 };
	char typed[CODE_MAX * 4 + 1], code[QUERY_CODE_LENGTH + 1] = "";

	edit_get(&t->code, typed, sizeof typed);
	bool good = query_code_read(typed, code);
	explicit_bzero(typed, sizeof typed);
	if (!good) {
		say(t, tr("码输错了：取回码是十个字母和数字。请对照纸条再输一次。"));
		return false;
	}
	good = store_paused_find(app->store, code, &t->head, &e);
	explicit_bzero(code, sizeof code);
	if (!good) {
		log_warn("take-up", "failed=%d", e.code);
		say(t, tr("现在取不出来。请过一会儿再试，或到窗口办理。"));
	} else if (t->head.state == PAUSED_REFUSED) {
		say_refused(t, t->head.until);
	} else if (t->head.state == PAUSED_UNKNOWN) {
		say_gone(t);
	} else if (t->head.state == PAUSED_EXPIRED) {
		say(t, tr("这个码已经过期：过了下班时间，填写的内容已经清除。请重新办理。"));
	} else if (!item_of(app, &t->head)) {
		say(t, tr("这个事项换了新的版本，暂停的申报不能在这里接着填。请重新办理，或到窗口办理。"));
	} else {
		t->found = true;
		say(t, "");
		return !t->head.last[0] && take(t);
	}
	return false;
}

static bool try_last(struct take_page *t)
{
	struct err e = { 0 };
	int64_t until = 0;
	char typed[32];

	edit_get(&t->last, typed, sizeof typed);
	bool good = strcasecmp(typed, t->head.last) == 0, empty = !typed[0];
	explicit_bzero(typed, sizeof typed);
	if (good)
		return take(t);
	if (empty)
		return false;
	if (store_paused_try(t->app->store, &until, &e)) {
		say(t, tr("不对。请看身份证再输一次；最后一位可能是X。"));
	} else if (until > 0) {
		t->found = false;
		say_refused(t, until);
	} else {
		log_warn("take-up", "failed=%d", e.code);
		say(t, tr("现在取不出来。请过一会儿再试，或到窗口办理。"));
	}
	return false;
}

/* Where the person was, as far as that is still on the route; the clock can have gone on. */
static void go_to_step(struct app *app, const struct paused_head *h)
{
	struct filing *f = &app->filing;
	unsigned open;
	char why[300];

	app->facts.today = clock_today();
	i18n_set(h->english ? LANG_EN : LANG_ZH);
	f->demo = f->demo || app->config.demo;
	if (!route_has(f, &app->facts, f->step))
		f->step = route_first_open(f, &app->facts, &open, why, sizeof why) ? open : 0;
	/* A code shows who has the slip. Staff or a device saw the person on the day of the pause: that counts for this day. */
	struct civil then = clock_civil(h->paused_at), now = clock_civil(clock_now());
	if (then.year != now.year || then.month != now.month || then.day != now.day)
		wizard_verify_again(app);
}

void pause_take_up(struct app *app)
{
	struct take_page t = { .app = app };
	bool taken = false;

	if (!wizard_room(app))
		return;
	edit_init(&t.code, CODE_MAX, "");
	edit_init(&t.last, 4, "");
	app->in_session = true;
	app->last_key = clock_monotonic_ms();
	app->page.focus = -1;
	while (!taken) {
		struct event e;
		enum action a = session_turn(app, describe_take, &t, &e);
		if (a == ACTION_FINISH || a == ACTION_BACK)
			break;
		if (a == ACTION_PRESS)
			taken = t.found ? try_last(&t) : try_code(&t);
	}
	struct paused_head head = t.head;
	edit_wipe(&t.code);
	edit_wipe(&t.last);
	explicit_bzero(&t, sizeof t);
	if (taken) {
		go_to_step(app, &head);
		explicit_bzero(&head, sizeof head);
		wizard_run(app);
		return;
	}
	explicit_bzero(&head, sizeof head);
	/* Back at the start screen; an interrupted filing that waits there stays. */
	app->in_session = app->idled = false;
	page_clear(&app->page);
	app->page.message = "";
}
