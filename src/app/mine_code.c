/*
 * The way in by the receipt: a hand scanner types the 38 characters of the QR code and Enter; or the case number and the query
 * code are typed. What the check symbols find is a slip and costs nothing; a well-formed code that fits no case is a wrong try.
 */
#include <string.h>

#include "app/app.h"
#include "app/mine_own.h"
#include "app/open.h"
#include "app/tries.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/case.h"
#include "model/edit.h"
#include "model/item.h"
#include "store/audit.h"
#include "store/store.h"
#include "ui/kind.h"

enum { ID_CODE = 1, ID_QUERY = 2, TYPED_MAX = 100, NUMBER_TYPED_MAX = 40 };

/* What a try came to; each but the first two is one sentence. */
enum found {
	FOUND,
	FOUND_NUMBER, /* a good number; its query code is still to come */
	SLIP_CODE,
	SLIP_NUMBER,
	SLIP_QUERY,
	FORGED,
	UNKNOWN,
	ELSEWHERE,
	WRONG_QUERY,
	UNREADABLE,
	LOCKED
};

static const char *const sentences[] = {
	[SLIP_CODE] = N_("这不是完整的回执码，请再扫一次，或者照回执输入编号和查询码。"),
	[SLIP_NUMBER] = N_("办件编号是20位数字，请照回执再核对一遍。"),
	[SLIP_QUERY] = N_("查询码有10位字母和数字，请照回执再核对一遍。"),
	[FORGED] = N_("这个回执码不是本机发出的，请带回执到窗口核对。"),
	[UNKNOWN] = N_("没有这个编号的办件，请照回执核对；满了保存期的办件已经删除。"),
	[ELSEWHERE] = N_("这个办件是在别的终端提交的，请到提交的那个中心查询，或打咨询电话。"),
	[WRONG_QUERY] = N_("查询码和这个办件对不上，请照这张回执再输一次。"),
	[UNREADABLE] = N_("这个办件在这里打不开：在别的中心提交的，请到那里查询，否则请到窗口。"),
	[LOCKED] = N_("输错的次数太多了，请等到 %s 再试，或到窗口查询。"),
};

struct code_page {
	struct app *app;
	struct edit code, query;
	enum found code_said, query_said; /* FOUND: nothing */
	int64_t until;                    /* LOCKED */
	char number[CASENUM_LENGTH + 1];  /* known already; "" asked for */
};

static const char *said(struct page *p, const struct code_page *c, enum found what)
{
	char at[6];
	if (what == FOUND || what == FOUND_NUMBER)
		return "";
	if (what != LOCKED)
		return page_own(p, "%s", tr(sentences[what]));
	tries_until_text(c->until, at);
	return page_own(p, tr(sentences[LOCKED]), at);
}

static void describe_code(void *ctx, struct page *p)
{
	struct code_page *c = ctx;
	struct row *r;
	p->title = tr("凭回执查办件");
	if (*c->number) {
		char grouped[CASENUM_LENGTH + 5];
		casenum_group(c->number, grouped);
		page_add_text(p, tr("办件的内容是加密的，要用回执上的查询码打开。"));
		page_add(p, ROW_VALUE, -1, tr("办件编号"))->value = page_own(p, "%s", grouped);
		page_add(p, ROW_TEXT, -1, "");
	} else {
		page_add_text(p, tr("请用扫码枪扫回执上的二维码。没有扫码枪，就照回执输入编号和查询码。"));
		r = page_add(p, ROW_INPUT, ID_CODE, tr("二维码的内容，或者办件编号"));
		r->edit = &c->code;
		r->error = said(p, c, c->code_said);
		r->hint = page_own(p, "%s", tr("空格和大小写不要紧"));
		page_add(p, ROW_TEXT, -1, "");
	}
	r = page_add(p, ROW_INPUT, ID_QUERY, tr("查询码（扫了二维码就不用填）"));
	if (*c->number)
		r->label = page_own(p, "%s", tr("查询码"));
	r->edit = &c->query;
	r->error = said(p, c, c->query_said);
	page_add_continue(p);
	page_add(p, ROW_BUTTON, ID_BACK, tr("返回"));
}

/* Splits what was typed. FOUND: number and query code are whole; tag "" when they were typed one by one. */
static enum found read_typed(const struct code_page *c, struct receipt_code *ret)
{
	char typed[TYPED_MAX * 4 + 1], query[TYPED_MAX * 4 + 1];
	struct err e = { 0 };
	enum found f = FOUND;

	*ret = (struct receipt_code){ 0 };
	edit_get(&c->code, typed, sizeof typed);
	edit_get(&c->query, query, sizeof query);
	if (*c->number)
		memcpy(ret->number, c->number, sizeof ret->number);
	else if (case_number_read(typed, ret->number))
		f = FOUND;
	else if (receipt_code_read(typed, ret, &e))
		goto out;
	else
		f = utf8_length(typed) <= 30 ? SLIP_NUMBER : SLIP_CODE;
	if (f == FOUND && !*query)
		f = FOUND_NUMBER;
	else if (f == FOUND && !query_code_read(query, ret->query))
		f = SLIP_QUERY;
out:
	explicit_bzero(typed, sizeof typed);
	explicit_bzero(query, sizeof query);
	return f;
}

static enum found why_not(struct app *app, const struct receipt_code *code, const struct err *e)
{
	struct case_record *there = NULL;
	struct err ignored = { 0 };
	if (e->code != ERR_NO) {
		log_warn("mine", "case=%s failed=%d", code->number, e->code);
		return UNREADABLE;
	}
	if (store_case_load(app->store, code->number, &there, &ignored)) {
		case_record_destroy(there);
		return WRONG_QUERY;
	}
	return strncmp(code->number + 2, app->config.station, 4) == 0 ? UNKNOWN : ELSEWHERE;
}

static const struct item *item_of(const struct app *app, const struct case_record *c)
{
	for (size_t i = 0; i < app->n_items; i++)
		if (str_eq(app->items[i]->code, c->item))
			return app->items[i];
	return NULL;
}

static enum found open_case(struct code_page *c, const struct receipt_code *code, struct mine_case *ret)
{
	struct app *app = c->app;
	struct err e = { 0 };

	if (tries_locked(app, &c->until))
		return LOCKED;
	/* Only the station that made a receipt has the key of its tag; a case of another one proves itself by opening. */
	if (*code->tag && strncmp(code->number + 2, app->config.station, 4) == 0 &&
		!receipt_code_verify(code, app->keys.tag, &e)) {
		tries_wrong(app, "");
		return FORGED;
	}
	if (!open_by_code(app, code->number, code->query, &ret->record, ret->key, &e)) {
		enum found f = why_not(app, code, &e);
		if (f != UNREADABLE)
			tries_wrong(app, f == WRONG_QUERY ? code->number : "");
		return f;
	}
	ret->app = app;
	ret->item = item_of(app, ret->record);
	memcpy(ret->query, code->query, sizeof ret->query);
	if (!store_audit(app->store, AUDIT_OPENED, code->number, "code", &e))
		log_warn("audit", "failed=%d", e.code);
	return FOUND;
}

static void say_fault(struct code_page *c, enum found f)
{
	struct page *p = &c->app->page;
	bool query = f == SLIP_QUERY || f == WRONG_QUERY || *c->number;
	*(query ? &c->query_said : &c->code_said) = f;
	page_focus_id(p, query ? ID_QUERY : ID_CODE);
	page_say(p, true, "%s", tr("有一处需要改正，请看带“!”的说明。"));
}

/* Row `id` was pressed: opens what was typed and shows it. False: the session is over. */
static bool try(struct code_page *c, int id, bool *ret_shown)
{
	struct receipt_code code;
	struct mine_case m = { 0 };
	enum found f = read_typed(c, &code);
	bool going = true;

	if (f == FOUND)
		f = open_case(c, &code, &m);
	explicit_bzero(&code, sizeof code);
	c->code_said = c->query_said = FOUND;
	if (f == FOUND) {
		edit_set(&c->code, "");
		edit_set(&c->query, "");
		*ret_shown = true;
		going = mine_case_run(&m);
		case_record_destroy(m.record);
		mine_begin(c->app);
	} else if (f == FOUND_NUMBER && id == ID_CODE) {
		page_focus_id(&c->app->page, ID_QUERY);
	} else {
		say_fault(c, f == FOUND_NUMBER ? SLIP_QUERY : f);
	}
	explicit_bzero(&m, sizeof m);
	return going;
}

bool mine_by_code(struct app *app, const char *number)
{
	struct code_page c = { .app = app };
	bool going = true, shown = false;
	str_copy(c.number, sizeof c.number, number);
	edit_init(&c.code, TYPED_MAX, "");
	edit_init(&c.query, NUMBER_TYPED_MAX, "");
	mine_begin(app);
	/* Who came from the list goes back to it; who typed a code may have another receipt. */
	while (going && !(shown && *c.number)) {
		int id = mine_turn(app, describe_code, &c);
		if (id == MINE_BACK || id == ID_BACK)
			break;
		going = id != MINE_OVER && try(&c, id, &shown);
	}
	edit_wipe(&c.code);
	edit_wipe(&c.query);
	return going;
}
