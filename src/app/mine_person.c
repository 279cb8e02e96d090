/*
 * The way in by a verified person: name and ID number, the configured verification, then what lies open of the own cases. The
 * two screens are those that every item asks, run over a filing that is stored nowhere.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/mine_own.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/item.h"
#include "seal/envelope.h"
#include "store/audit.h"
#include "store/store.h"
#include "ui/kind.h"

enum { ID_CASE = 100, CASES_SHOWN = 50, DIGITS = 9 };

static const char TITLE[] = N_("我的办件");
static const char *const ASKED[] = { "person", "verify-applicant" };
enum { N_ASKED = sizeof ASKED / sizeof *ASKED };

static const struct screen *screen_called(const struct app *app, const char *name)
{
	for (size_t i = 0; i < app->n_items; i++)
		for (unsigned k = 0; k < app->items[i]->n_steps; k++)
			if (str_eq(app->items[i]->steps[k].screen_name, name))
				return app->items[i]->steps[k].screen;
	return NULL;
}

bool mine_person_possible(const struct app *app)
{
	for (unsigned i = 0; i < N_ASKED; i++)
		if (!screen_called(app, ASKED[i]))
			return false;
	return true;
}

struct list {
	struct app *app;
	struct case_head heads[CASES_SHOWN];
	size_t n, all;
	unsigned char person[PERSON_SIZE];
};

static void add(const struct case_head *h, void *ctx)
{
	struct list *l = ctx;
	l->all++;
	if (l->n < CASES_SHOWN)
		l->heads[l->n++] = *h;
}

static const char *item_title(const struct app *app, const char *code)
{
	for (size_t i = 0; i < app->n_items; i++)
		if (str_eq(app->items[i]->code, code))
			return tr(app->items[i]->title);
	return code;
}

static void describe_list(void *ctx, struct page *p)
{
	const struct list *l = ctx;
	p->title = tr(TITLE);
	if (l->n)
		page_add_text(p,
			tr("这里只有编号、日期和状态。内容是加密的：选中一件，输入回执上的查询码，才能打开。"));
	else
		page_add_text(p, tr("没有找到用这个身份证号提交的办件。在别的中心提交的，请到那里查询。"));
	for (size_t i = 0; i < l->n; i++) {
		const struct case_head *h = &l->heads[i];
		char number[CASENUM_LENGTH + 5], at[11];
		const char *label = case_state_label((enum case_state)h->state);
		casenum_group(h->number, number);
		clock_date_text(h->submitted_at, at);
		struct row *r = page_add(p, ROW_OPTION, ID_CASE + (int)i, item_title(l->app, h->item));
		r->digit = i < DIGITS ? (unsigned)i + 1 : 0;
		r->value = page_own(p, "%s", label ? tr(label) : "");
		r->hint = page_own(p, "%s  %s", at, number);
	}
	if (l->all > l->n)
		page_add(p, ROW_TEXT, -1, page_own(p, tr("还有更早的 %zu 件，请到窗口查询。"), l->all - l->n));
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_BACK, tr("返回"));
}

/* As it stands now: a case may have been changed from here. */
static bool load(struct list *l, struct err *e)
{
	l->n = l->all = 0;
	return store_case_of_person(l->app->store, l->person, add, l, e);
}

static bool find(struct list *l, struct err *e)
{
	char many[24];
	const char *id = answers_text(l->app->filing.answers, "id_number");
	if (!person_index(id, l->app->keys.index, &seal_cost_default, l->person, e) || !load(l, e))
		return false;
	snprintf(many, sizeof many, "%zu", l->all);
	return store_audit(l->app->store, AUDIT_LISTED, "", many, e);
}

static bool show(struct app *app)
{
	struct list *l = xcalloc(1, sizeof *l);
	struct err e = { 0 };
	bool going = true;
	l->app = app;
	bool good = find(l, &e);
	for (int id = 0; going && good && id != MINE_BACK && id != ID_BACK;) {
		mine_begin(app);
		id = mine_turn(app, describe_list, l);
		if (id >= ID_CASE && (size_t)(id - ID_CASE) < l->n) {
			going = mine_by_code(app, l->heads[id - ID_CASE].number);
			good = load(l, &e);
		} else {
			going = id != MINE_OVER;
		}
	}
	if (going && !good) {
		log_warn("mine-list", "failed=%d", e.code);
		going = mine_tell(app, TITLE, N_("现在查不到，请稍后再试，或到窗口查询。"));
	}
	explicit_bzero(l, sizeof *l);
	free(l);
	return going;
}

bool mine_by_person(struct app *app)
{
	static const char token[33] = "";
	struct step steps[N_ASKED] = { 0 };
	struct item asked = { .code = (char[]){ "my-cases" }, .title = (char[]){ "我的办件" }, .steps = steps };
	enum mine_screen result = MINE_SCREEN_DONE;
	unsigned step = 0;

	for (; asked.n_steps < N_ASKED; asked.n_steps++)
		steps[asked.n_steps].screen = (struct screen *)screen_called(app, ASKED[asked.n_steps]);
	filing_init(&app->filing, &asked, token);
	app->filing.demo = app->config.demo;
	while (step < N_ASKED && result != MINE_SCREEN_OVER) {
		result = mine_screen(app, steps[step].screen, TITLE);
		if (result == MINE_SCREEN_BACK && step == 0)
			break;
		step += result == MINE_SCREEN_DONE ? 1 : (unsigned)-1;
	}
	bool going = result != MINE_SCREEN_OVER;
	if (going && step == N_ASKED)
		going = show(app);
	filing_finish(&app->filing);
	return going;
}
