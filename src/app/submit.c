#include "app/submit.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/open.h"
#include "app/paper.h"
#include "app/session.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/item.h"
#include "receipt/receipt.h"
#include "seal/code.h"
#include "seal/envelope.h"
#include "store/store.h"
#include "ui/kind.h"

enum { ID_QR = 1, ID_PRINT = 2, ID_LOOK = 3, ID_FINISH = 4 };

struct receipt_page {
	struct app *app;
	struct case_record *record;
	struct receipt *receipt;
	enum { PRINT_NONE, PRINTED, PRINT_FAILED } printed;
	bool alone, look, opened;
};

static struct receipt *build(const struct app *app, const struct case_record *c)
{
	return paper_receipt(app, c, app->filing.item, app->filing.query);
}

static void describe_look(struct receipt_page *r, struct page *p)
{
	for (size_t i = 0; i < r->receipt->n_lines; i++) {
		const struct receipt_line *line = &r->receipt->lines[i];
		if (line->kind == RECEIPT_LINE)
			page_add(p, ROW_VALUE, -1, line->label)->value = page_own(p, "%s", line->text);
		else if (line->kind == RECEIPT_PARAGRAPH)
			page_add(p, ROW_TEXT, -1, line->text);
	}
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_LOOK, tr("返回"))->primary = true;
}

static const char *about_print(const struct receipt_page *r)
{
	return r->printed == PRINTED ? tr("回执已经打印，请取走。")
		: r->printed == PRINT_NONE
		? tr("正在打印回执。")
		: tr("回执没有打印出来。申报已经保存，请抄下编号和查询码，或请工作人员帮忙。");
}

static void describe_receipt(void *ctx, struct page *p)
{
	struct receipt_page *r = ctx;
	char number[CASENUM_LENGTH + 5], query[QUERY_CODE_LENGTH + 2], code[RECEIPT_CODE_LENGTH + 1];
	char term[PROMISE_TERM_SIZE];
	p->item = tr(r->app->filing.item->title);
	p->title = tr("提交成功");
	p->alone = r->alone;
	if (r->look) {
		describe_look(r, p);
		return;
	}
	casenum_group(r->record->number, number);
	query_code_group(r->app->filing.query, query);
	receipt_code_make(r->record->number, r->app->filing.query, r->app->keys.tag, code);
	struct promise_rule promise = promise_of(&r->app->config, &r->app->holidays);
	promise_term(&promise, term);
	struct row *qr = page_add(p, ROW_QR, ID_QR, tr("二维码"));
	qr->value = page_own(p, "%s", code);
	qr->hint = page_own(p, "%s %s\n%s %s", tr("办件编号"), number, tr("查询码"), query);
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_VALUE, -1, tr("办件编号"))->value = page_own(p, "%s", number);
	page_add(p, ROW_VALUE, -1, tr("查询码"))->value = page_own(p, "%s", query);
	page_add(p, ROW_TEXT, -1, about_print(r));
	page_add(p, ROW_TEXT, -1,
		page_own(p, tr("窗口受理后 %s内办结。请留好编号和查询码，查询进度要用；查询码只有您知道。"), term));
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_LOOK, tr("看完整的回执"));
	page_add(p, ROW_BUTTON, ID_PRINT, tr("再打印一次"));
	page_add(p, ROW_BUTTON, ID_FINISH, tr("结束"))->primary = true;
	if (p->focus < 0) { /* Enter pressed twice by mistake reads on, or opens what has the numbers, too */
		page_focus_id(p, ID_LOOK);
		p->scroll = r->opened ? 0 : PAGE_TOP;
		r->opened = true;
	}
}

static void receipt_act(struct receipt_page *r, int id)
{
	struct app *app = r->app;
	switch (id) {
	case ID_QR:
		r->alone = true;
		break;
	case ID_LOOK:
		r->look = !r->look;
		app->page.focus = -1;
		break;
	case ID_PRINT:
		r->printed = paper_print_again(app, r->record->number, r->receipt) ? PRINTED : PRINT_FAILED;
		page_say(&app->page, r->printed != PRINTED, "%s",
			r->printed == PRINTED ? tr("又打印了一份，请取走。") : tr("打印机没有反应，请找工作人员。"));
		break;
	default:
		break;
	}
}

/* The receipt in the language of the moment. */
static void rebuild(struct receipt_page *r)
{
	receipt_destroy(r->receipt);
	r->receipt = build(r->app, r->record);
}

static void show_receipt(struct app *app, struct case_record *record)
{
	struct receipt_page r = { .app = app, .record = record, .receipt = build(app, record) };
	enum lang lang = i18n_get();
	r.printed = paper_print_job(app, record->number, r.receipt) ? PRINTED : PRINT_FAILED;
	/*
	 * The log has no redundancy: a bit that falls over in it would end it there. Nobody waits for this: the case moves into
	 * the file while the person reads.
	 */
	store_tidy(app->store);
	/* On a small screen the code takes all the room: then this line says it. */
	page_say(&app->page, r.printed != PRINTED, "%s", about_print(&r));
	app->page.focus = -1;
	app->page.n_rows = 0;
	app->page.scroll = 0;
	for (;;) {
		struct event e;
		enum action a = session_turn(app, describe_receipt, &r, &e);
		if (lang != i18n_get()) {
			lang = i18n_get();
			rebuild(&r);
		}
		if (a == ACTION_FINISH)
			break;
		if (r.alone && e.action != ACTION_NONE && e.action != ACTION_TICK && e.action != ACTION_REDRAW) {
			r.alone = false; /* any key brings the page back */
			continue;
		}
		if (r.look && a == ACTION_BACK)
			receipt_act(&r, ID_LOOK);
		if (a != ACTION_PRESS)
			continue;
		int id = app->page.rows[e.row].id;
		if (id == ID_FINISH)
			break;
		receipt_act(&r, id);
	}
	receipt_destroy(r.receipt);
}

static void tell_failure(struct app *app, const struct err *e)
{
	static const char *const options[] = { N_("返回") };
	log_warn("submit", "failed=%d", e->code);
	if (e->code == ERR_EXISTS) {
		session_ask(app, N_("没有提交"),
			N_("您已经有一件同样的申请正在办理，不能再提交一件。办得怎样，请到“我的办件”查询，或到窗口询问。"),
			options, 1);
		return;
	}
	session_ask(app, N_("没有提交成功"),
		N_("这台机器暂时存不下您的申报，什么也没有提交。您填写的内容都还在：请过一会儿再按“提交”，或告诉工作人员。"),
		options, 1);
}

/* The case is stored but could not be read back: number and code are what the person needs. */
static void build_number(void *ctx, struct str *out)
{
	const struct app *app = ctx;
	char number[CASENUM_LENGTH + 5], query[QUERY_CODE_LENGTH + 2];
	casenum_group(app->filing.number, number);
	query_code_group(app->filing.query, query);
	str_addf(out, "%s %s\n%s %s", tr("办件编号"), number, tr("查询码"), query);
}

void submit_show(struct app *app)
{
	struct err e = { 0 };
	struct case_record *record = NULL;
	app->in_session = true;
	app->last_key = clock_monotonic_ms();
	/* what the receipt says is what is on the disk */
	if (open_by_key(app, app->filing.number, app->filing.key, &record, &e)) {
		show_receipt(app, record);
	} else {
		log_warn("receipt", "case=%s failed=%d", app->filing.number, e.code);
		session_tell(app, N_("提交成功"), build_number, app);
	}
	case_record_destroy(record);
}

/* Under a free number, to the center and to the query code that only the receipt will tell. */
static bool seal(struct app *app, const struct answers *record, struct sealed_case *ret, struct err *e)
{
	const struct filing *f = &app->filing;
	struct seal_request r = {
		.head = { .item_version = f->item->version, .revision = 1, .created = clock_now(), .demo = f->demo },
		.record = record,
		.filing = f,
		.key = f->key,
		.query = f->query,
		.person = answers_text(record, "id_number")
	};
	str_copy(r.head.item, sizeof r.head.item, f->item->code);
	return store_number(app->store, f->item->number, r.head.number, e) && case_seal(ret, &r, &app->keys, e);
}

static bool store(struct app *app, struct err *e)
{
	enum { TRIES = 5 }; /* another program of this station can take the number in between */
	struct answers *record = filing_record(&app->filing, &app->facts);
	bool stored = false;
	for (unsigned i = 0; !stored && (i == 0 || (e->code == ERR_NO && i < TRIES)); i++) {
		struct sealed_case sealed = { 0 };
		stored = seal(app, record, &sealed, e) &&
			store_submit(app->store, app->filing.token, &sealed, app->filing.item->single,
				app->filing.number, e);
		sealed_case_finish(&sealed);
	}
	answers_destroy(record);
	return stored;
}

bool submit_run(struct app *app)
{
	struct err e = { 0 };
	if (!store(app, &e)) {
		tell_failure(app, &e);
		return app->ended;
	}
	log_info("submitted", "case=%s item=%s", app->filing.number, app->filing.item->code);
	submit_show(app);
	return true;
}
