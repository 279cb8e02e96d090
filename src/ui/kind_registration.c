/*
 * The registration that the item builds on: a scanned or typed receipt opens it, and nothing that it holds is asked again. Who
 * has no receipt states the day, and answers everything; staff look at it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/carried.h"
#include "model/check_text.h"
#include "model/edit.h"
#include "model/eligibility.h"
#include "model/fact.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/kind.h"
#include "ui/page.h"
#include "ui/services.h"

enum { ID_CODE = 1, ID_QUERY, ID_DAY, ID_STATE, ID_OTHER, NUMBER_DIGITS = 20 };

struct registration {
	enum { BY_RECEIPT, FOUND, BY_DAY } mode;
	struct edit code, query, day;
	char error[300];
	enum lang lang; /* in which it was said */
	int wrong;      /* row of the error */
};

static void set_mode(struct registration *r, int mode, struct page *p)
{
	r->mode = mode;
	r->error[0] = '\0';
	p->focus = -1;
}

static void registration_open(struct kind *k)
{
	struct registration *r = k->own;
	const struct answers *a = k->filing->answers;
	const char *way = answers_text(a, "registration");
	edit_init(&r->code, 60, "");
	edit_init(&r->query, 20, "");
	edit_init(&r->day, 20, str_eq(way, "stated") ? answers_text(a, "registration.on") : "");
	r->mode = str_eq(way, "opened") ? FOUND : str_eq(way, "stated") ? BY_DAY : BY_RECEIPT;
	if (!registration_own(a)) { /* another ID number was typed afterwards */
		r->mode = BY_RECEIPT;
		r->wrong = ID_CODE;
		r->lang = i18n_get();
		str_copy(r->error, sizeof r->error, tr("这是另一个人的居住登记。请用申请人自己的回执。"));
	}
}

static void describe_found(struct kind *k, struct page *p)
{
	const struct answers *a = k->filing->answers;
	char number[40];
	const char *n = answers_text(a, "registration.number");
	struct eligibility e;
	eligibility_judge(a, k->facts, &e);
	snprintf(number, sizeof number, "%.4s %.4s %.4s %.4s %.4s", n, n + 4, n + 8, n + 12, n + 16);
	page_add(p, ROW_TEXT, -1, tr("已经找到您的居住登记："));
	page_add(p, ROW_VALUE, -1, tr("申请人"))->value = page_own(p, "%s", answers_text(a, "name"));
	page_add(p, ROW_VALUE, -1, tr("办件编号"))->value = page_own(p, "%s", number);
	page_add(p, ROW_VALUE, -1, tr("登记日期"))->value =
		page_own(p, "%04d-%02d-%02d", e.registered / 10000, e.registered / 100 % 100, e.registered % 100);
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_CONTINUE, tr("继续"))->primary = true;
	page_add(p, ROW_BUTTON, ID_OTHER, tr("换一张回执"));
}

static void registration_describe(struct kind *k, struct page *p)
{
	struct registration *r = k->own;
	struct row *row;
	if (r->lang != i18n_get()) /* what was wrong is said anew when it is tried again */
		r->error[0] = '\0';
	if (r->mode == FOUND) {
		describe_found(k, p);
		return;
	}
	if (r->mode == BY_DAY) {
		page_add_text(p,
			tr("没有回执也可以办，只是要重新填写全部内容，材料也要再交。\n\n"
			   "请看居住登记凭证，填写登记的日期。工作人员会核对。"));
		row = page_add(p, ROW_INPUT, ID_DAY, tr("登记的日期"));
		row->edit = &r->day;
		row->hint = page_own(p, "%s", tr("八位数字，例如2026年3月2日写成20260302"));
		row->error = page_own(p, "%s", r->error);
		page_add_continue(p);
		page_add(p, ROW_BUTTON, ID_OTHER, tr("用回执查找"));
		return;
	}
	page_add_text(p, tr(k->screen->text));
	row = page_add(p, ROW_INPUT, ID_CODE, tr("扫描回执的二维码，或输入办件编号"));
	row->edit = &r->code;
	row->error = page_own(p, "%s", r->wrong == ID_CODE ? r->error : "");
	row = page_add(p, ROW_INPUT, ID_QUERY, tr("查询码（扫描了二维码不用填）"));
	row->edit = &r->query;
	row->error = page_own(p, "%s", r->wrong == ID_QUERY ? r->error : "");
	page_add_continue(p);
	page_add(p, ROW_BUTTON, ID_STATE, tr("我没有回执"));
}

/* A scanner types the whole code and Enter; a person types 20 digits and goes on to the query code. */
static bool whole_code(const struct edit *e)
{
	char typed[EDIT_MAX * 4 + 1];
	unsigned letters = 0;
	edit_get(e, typed, sizeof typed);
	for (const char *c = typed; *c; c++)
		letters += *c != ' ' && *c != '-';
	explicit_bzero(typed, sizeof typed);
	return letters > NUMBER_DIGITS;
}

static enum action registration_press(struct kind *k, struct page *p, int id)
{
	struct registration *r = k->own;
	switch (id) {
	case ID_CODE:
		if (whole_code(&r->code))
			return ACTION_NEXT;
		page_move(p, 1);
		return ACTION_NONE;
	case ID_STATE:
		set_mode(r, BY_DAY, p);
		return ACTION_NONE;
	case ID_OTHER:
		set_mode(r, BY_RECEIPT, p);
		return ACTION_NONE;
	default:
		return ACTION_NEXT;
	}
}

static bool refuse(struct registration *r, struct page *p, int id, const char *sentence)
{
	str_copy(r->error, sizeof r->error, sentence);
	r->lang = i18n_get();
	r->wrong = id;
	page_focus_id(p, id);
	page_say(p, true, "%s", tr("有一处需要改正，请看带“!”的说明。"));
	return false;
}

static bool commit_day(struct kind *k, struct page *p)
{
	struct registration *r = k->own;
	struct answers *a = k->filing->answers;
	char typed[EDIT_MAX * 4 + 1];
	edit_get(&r->day, typed, sizeof typed);
	check_text_phone(typed, sizeof typed); /* digits alone */
	int day = strlen(typed) == 8 && strspn(typed, "0123456789") == 8 ? (int)strtol(typed, NULL, 10) : 0;
	if (!day || !date_real(day / 10000, day / 100 % 100, day % 100))
		return refuse(r, p, ID_DAY, tr("这不是一个日期。请输入八位数字：四位年、两位月、两位日。"));
	if (day > k->facts->today)
		return refuse(r, p, ID_DAY, tr("这一天还没有到。请看居住登记凭证上的日期。"));
	if (str_eq(answers_text(a, "registration"), "opened")) /* answered anew, as the page says */
		carried_forget(k->filing);
	answers_set(a, "registration", "stated");
	answers_set(a, "registration.on", typed);
	return true;
}

static bool registration_commit(struct kind *k, struct page *p)
{
	struct registration *r = k->own;
	char code[EDIT_MAX * 4 + 1], query[EDIT_MAX * 4 + 1], why[sizeof r->error];
	enum receipt_row row = RECEIPT_ROW_CODE;
	if (r->mode == FOUND)
		return true;
	if (r->mode == BY_DAY)
		return commit_day(k, p);
	edit_get(&r->code, code, sizeof code);
	edit_get(&r->query, query, sizeof query);
	r->error[0] = '\0';
	bool good = k->services->registration_open(k->services->ctx, code, query, &row, why, sizeof why);
	explicit_bzero(code, sizeof code);
	explicit_bzero(query, sizeof query);
	if (!good)
		return refuse(r, p, row == RECEIPT_ROW_QUERY ? ID_QUERY : ID_CODE, why);
	r->mode = FOUND; /* shown before it is gone on from */
	p->focus = -1;
	edit_wipe(&r->query);
	edit_wipe(&r->code);
	return false;
}

static void registration_close(struct kind *k)
{
	struct registration *r = k->own;
	edit_wipe(&r->code);
	edit_wipe(&r->query);
	edit_wipe(&r->day);
}

const struct kind_ops kind_registration = {
	.name = "registration",
	.private_size = sizeof(struct registration),
	.open = registration_open,
	.describe = registration_describe,
	.press = registration_press,
	.commit = registration_commit,
	.close = registration_close,
};
