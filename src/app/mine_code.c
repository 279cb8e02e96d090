/*
 * The way in by the receipt: a hand scanner types the 38 characters of the QR code and Enter; or the case number and the query
 * code are typed. What the check symbols find is a slip and costs nothing; a well-formed code that fits no case is a wrong try.
 */
#include <string.h>

#include "app/app.h"
#include "app/mine_own.h"
#include "app/receipt_open.h"
#include "base/i18n.h"
#include "base/str.h"
#include "model/case.h"
#include "model/edit.h"
#include "model/item.h"
#include "ui/kind.h"

enum { ID_CODE = 1, ID_QUERY = 2, TYPED_MAX = 100, NUMBER_TYPED_MAX = 40 };

struct code_page {
	struct app *app;
	struct edit code, query;
	struct receipt_try tried;        /* OPENED: nothing is to be said */
	char number[CASENUM_LENGTH + 1]; /* known already; "" asked for */
};

/* What is said at a row; the number that is known has none. */
static const char *said(struct page *p, const struct code_page *c, enum receipt_row row)
{
	char why[300];
	if (row != (*c->number ? RECEIPT_ROW_QUERY : c->tried.row))
		return "";
	receipt_why(&c->tried, why, sizeof why);
	return page_own(p, "%s", why);
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
		r->error = said(p, c, RECEIPT_ROW_CODE);
		r->hint = page_own(p, "%s", tr("空格和大小写不要紧"));
		page_add(p, ROW_TEXT, -1, "");
	}
	r = page_add(p, ROW_INPUT, ID_QUERY, tr("查询码（扫了二维码就不用填）"));
	if (*c->number)
		r->label = page_own(p, "%s", tr("查询码"));
	r->edit = &c->query;
	r->error = said(p, c, RECEIPT_ROW_QUERY);
	page_add_continue(p);
	page_add(p, ROW_BUTTON, ID_BACK, tr("返回"));
}

static const struct item *item_of(const struct app *app, const struct case_record *c)
{
	for (size_t i = 0; i < app->n_items; i++)
		if (str_eq(app->items[i]->code, c->item))
			return app->items[i];
	return NULL;
}

/* True: the case is open. What was typed is wiped here, and in the page when it is not needed any more. */
static bool open_case(struct code_page *c, struct mine_case *ret)
{
	char typed[TYPED_MAX * 4 + 1], query[NUMBER_TYPED_MAX * 4 + 1];
	struct receipt_opened opened = { 0 };

	edit_get(&c->code, typed, sizeof typed);
	edit_get(&c->query, query, sizeof query);
	bool good = receipt_open(c->app, *c->number ? c->number : typed, query, &c->tried, &opened);
	if (good) {
		ret->app = c->app;
		ret->record = opened.record;
		ret->item = item_of(c->app, opened.record);
		memcpy(ret->key, opened.key, sizeof ret->key);
		memcpy(ret->query, opened.query, sizeof ret->query);
		edit_set(&c->code, "");
		edit_set(&c->query, "");
	}
	explicit_bzero(typed, sizeof typed);
	explicit_bzero(query, sizeof query);
	explicit_bzero(&opened, sizeof opened);
	return good;
}

/* Row `id` was pressed: opens what was typed and shows it. False: the session is over. */
static bool try(struct code_page *c, int id, bool *ret_shown)
{
	struct page *p = &c->app->page;
	struct mine_case m = { 0 };
	bool going = true;

	if (open_case(c, &m)) {
		*ret_shown = true;
		going = mine_case_run(&m);
		case_record_destroy(m.record);
		mine_begin(c->app);
	} else if (c->tried.verdict == RECEIPT_NO_QUERY && id == ID_CODE) {
		c->tried.verdict = RECEIPT_OPENED; /* a person goes on to the query code */
		page_focus_id(p, ID_QUERY);
	} else {
		page_focus_id(p, *c->number || c->tried.row == RECEIPT_ROW_QUERY ? ID_QUERY : ID_CODE);
		page_say(p, true, "%s", tr("有一处需要改正，请看带“!”的说明。"));
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
