#include "app/pause.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "app/app.h"
#include "app/session.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "device/printer.h"
#include "model/item.h"
#include "receipt/receipt.h"
#include "receipt/slip.h"
#include "seal/code.h"
#include "store/paused.h"
#include "store/store.h"
#include "ui/kind.h"

enum { SLIP_COLUMNS = 48, ID_QR = 1, ID_PRINT = 2, ID_GO_ON = 3 };

/* The page that tells the code. */
struct code_page {
	struct app *app;
	int64_t until;
	bool keep; /* the filing goes on after it */
	bool tried, printed, alone;
	char job[sizeof "pause-" + 16]; /* names the slip; says nothing about the code */
};

static int64_t closing_time(const struct app *app)
{
	/* The settings were judged: HH:MM. */
	long h = strtol(app->config.closes, NULL, 10), m = strtol(app->config.closes + 3, NULL, 10);
	return clock_next(clock_now(), (int)h, (int)m);
}

/* "2026-03-02 17:30" */
static void until_text(int64_t until, char out[static 26])
{
	clock_time_text(until, out);
	out[10] = ' ';
	out[16] = '\0';
}

static void print(struct code_page *c)
{
	struct app *app = c->app;
	struct err e = { 0 };
	char code[QUERY_CODE_LENGTH + 2], until[26];

	query_code_group(app->filing.pause, code);
	until_text(c->until, until);
	struct receipt *slip = slip_create(&(struct slip_words){ .center = app->config.center,
		.station = app->config.station,
		.hotline = app->config.hotline,
		.item = app->filing.item->title,
		.code = code,
		.payload = app->filing.pause,
		.until = until,
		.keep = c->keep,
		.demo = app->filing.demo });
	char *text = receipt_text(slip, SLIP_COLUMNS, &e);
	c->printed = text && printer_print(app->config.printer, app->config.printer_dir, c->job, text, &e);
	c->tried = true;
	if (!c->printed)
		log_warn("print", "job=%s failed=%d", c->job, e.code);
	str_wipe_free(text);
	receipt_destroy(slip);
	explicit_bzero(code, sizeof code);
}

static const char *about_print(const struct code_page *c)
{
	if (!c->tried)
		return tr("正在打印纸条。");
	return c->printed ? tr("纸条已经打印，请取走。") : tr("纸条没有打印出来，请现在抄下取回码，或请工作人员帮忙。");
}

static void describe_code(void *ctx, struct page *p)
{
	struct code_page *c = ctx;
	char code[QUERY_CODE_LENGTH + 2], until[26];

	query_code_group(c->app->filing.pause, code);
	until_text(c->until, until);
	p->item = tr(c->app->filing.item->title);
	p->title = c->keep ? tr("没有按键时为您保留") : tr("已经暂停");
	p->alone = c->alone;
	struct row *qr = page_add(p, ROW_QR, ID_QR, tr("二维码"));
	qr->value = page_own(p, "%s", c->app->filing.pause);
	qr->hint = page_own(p, "%s %s\n%s %s", tr("取回码"), code, tr("保留到"), until);
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_VALUE, -1, tr("取回码"))->value = page_own(p, "%s", code);
	page_add(p, ROW_VALUE, -1, tr("保留到"))->value = page_own(p, "%s", until);
	page_add(p, ROW_TEXT, -1, about_print(c));
	page_add(p, ROW_TEXT, -1,
		c->keep ? tr("您可以接着办理。很久没有按键时，填写的内容会凭这个码保留；您提交或退出后，码就没有用了。")
			: page_own(p,
				  tr("在这台自助机（%s号终端）选“继续暂停的申报”，输入取回码。想换一台，请问工作人员。"
				     "只能用一次，过了时间就清除。"),
				  c->app->config.station));
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_PRINT, tr("再打印一次"));
	page_add(p, ROW_BUTTON, ID_GO_ON, c->keep ? tr("继续办理") : tr("结束"))->primary = true;
	explicit_bzero(code, sizeof code);
}

/* Until the person goes on; true: the session is over. The code stands on the screen before anything of the filing's draft is deleted. */
static bool show_code(struct code_page *c)
{
	struct app *app = c->app;
	struct err e = { 0 };

	session_show(app, describe_code, c);
	print(c);
	if (!c->keep && !store_draft_delete(app->store, app->filing.token, &e))
		log_warn("draft-delete", "failed=%d", e.code);
	page_say(&app->page, !c->printed, "%s", about_print(c));
	for (;;) {
		struct event event;
		enum action a = session_turn(app, describe_code, c, &event);
		if (a == ACTION_FINISH)
			return true;
		if (c->alone && event.action != ACTION_NONE && event.action != ACTION_TICK &&
			event.action != ACTION_REDRAW) {
			c->alone = false; /* any key brings the page back */
			continue;
		}
		int id = a == ACTION_PRESS ? app->page.rows[event.row].id : 0;
		if (id == ID_GO_ON || (c->keep && a == ACTION_BACK))
			return !c->keep;
		if (id == ID_QR)
			c->alone = true;
		if (id == ID_PRINT) {
			print(c);
			page_say(&app->page, !c->printed, "%s", about_print(c));
		}
	}
}

/* Over the page that is open, which comes back as it was. */
static bool tell_code(struct app *app, int64_t until, bool keep)
{
	struct code_page c = { .app = app, .until = until, .keep = keep };
	unsigned char random[8];
	struct page under = app->page;

	if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
		memset(random, 0, sizeof random); /* the name only has to be free */
	int n = snprintf(c.job, sizeof c.job, "pause-");
	for (size_t i = 0; i < sizeof random; i++)
		n += snprintf(c.job + n, sizeof c.job - (size_t)n, "%02x", random[i]);
	app->page = (struct page){ .focus = -1, .message = "" };
	bool over = show_code(&c);
	page_clear(&app->page);
	app->page = under;
	app->page.message = "";
	return over;
}

static void tell_failure(struct app *app)
{
	static const char *const options[] = { N_("返回") };
	session_ask(app, N_("没有暂停成功"),
		N_("这台机器暂时存不下来，您填写的内容都还在。请告诉工作人员，或接着办理。"), options, 1);
}

/* The code goes into the draft first: whoever takes the draft up after a crash knows what lies under the code. */
static bool make_code(struct app *app)
{
	struct err e = { 0 };

	if (!app->filing.pause[0])
		query_code_make(app->filing.pause);
	if (store_draft_save(app->store, &app->filing, &e))
		return true;
	log_warn("draft-save", "failed=%d", e.code);
	return false;
}

/* A code that nobody was told is none: nothing may be kept under it. */
static void forget_code(struct app *app)
{
	struct err e = { 0 };

	explicit_bzero(app->filing.pause, sizeof app->filing.pause);
	if (!store_draft_save(app->store, &app->filing, &e))
		log_warn("draft-save", "failed=%d", e.code);
}

static bool save(struct app *app, int64_t until)
{
	struct err e = { 0 };

	if (store_paused_save(app->store, &app->filing, until, i18n_get() == LANG_EN, &e)) {
		app->paused = true;
		return true;
	}
	log_warn("pause", "failed=%d", e.code);
	return false;
}

bool pause_dialogue(struct app *app)
{
	static const char *const options[] = { N_("继续办理"), N_("现在暂停，打印取回码"), N_("没有按键时为我保留") };
	int answer = session_ask(app, N_("暂停办理"),
		N_("填好的内容会加密保留到下班时间，凭取回码再来办。这一页还没有确定的内容不会保留。"), options, 3);
	int64_t until = closing_time(app);
	bool fresh = !app->filing.pause[0];

	if (answer < 1 || app->ended)
		return app->ended;
	if (!make_code(app) || (answer == 1 && !save(app, until))) {
		if (fresh)
			forget_code(app);
		tell_failure(app);
		return app->ended;
	}
	return tell_code(app, until, answer == 2);
}

bool pause_kept(const struct app *app)
{
	return app->filing_open && !app->filing.number[0] && app->filing.pause[0] && !app->paused;
}

bool pause_at_end(struct app *app)
{
	return !pause_kept(app) || !(app->idled || app->ended) || save(app, closing_time(app));
}

void pause_withdraw(struct app *app)
{
	struct err e = { 0 };
	if (app->filing.pause[0] && !store_paused_drop(app->store, app->filing.pause, &e))
		log_warn("pause-drop", "failed=%d", e.code);
}
