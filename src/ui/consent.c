#include "ui/consent.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/check.h"
#include "model/filing.h"
#include "model/item.h"
#include "model/licence.h"
#include "ui/kind.h"
#include "ui/page.h"
#include "ui/services.h"

enum { ID_NUMBER = ID_CONSENT, ID_CODE, ID_DONE, ID_NONE, ID_WAY, ID_MAX = 24, CODE_MAX = 12 };

static const struct way {
	const char *word, *label;
} WAYS[] = {
	{ "phone", N_("本人在手机上出示了电子证照") },
	{ "paper", N_("本人签了同意书，已经交来") },
};
enum { WAYS_COUNT = sizeof WAYS / sizeof *WAYS };
_Static_assert(ID_WAY + WAYS_COUNT <= ID_CONSENT_LAST + 1, "the rows have their numbers");

void consent_open(struct consent *c, const struct kind *k, const struct material *m)
{
	struct licence_holder h;
	licence_holder(k->filing, m, &h);
	*c = (struct consent){ .lang = i18n_get() };
	edit_init(&c->number, ID_MAX, h.id_number); /* it was given before, and nothing was found */
	edit_init(&c->code, CODE_MAX, "");
}

void consent_close(struct consent *c)
{
	explicit_bzero(c, sizeof *c);
}

/* The number as it is stored; its error becomes the sentence or "". */
static bool judge_number(struct consent *c, const struct kind *k, char *ret, size_t size)
{
	static char name[] = "holder_id", label[] = N_("近亲属的身份证号码"), check[] = "cn-id-number";
	const struct question q = { .name = name,
		.label = label,
		.type = QUESTION_TEXT,
		.check = check,
		.max = ID_MAX };
	char typed[EDIT_MAX * 4 + 1];
	edit_get(&c->number, typed, sizeof typed);
	c->number_error[0] = '\0';
	bool good = check_answer(&q, typed, k->filing->answers, k->facts, ret, size, c->number_error,
		sizeof c->number_error);
	explicit_bzero(typed, sizeof typed);
	if (!good || !str_eq(ret, answers_text(k->filing->answers, "id_number")))
		return good;
	str_copy(c->number_error, sizeof c->number_error, tr("这是申请人的身份证号码，请输入近亲属自己的身份证号码。"));
	return false;
}

static void translate_errors(struct consent *c, const struct kind *k)
{
	char value[40];
	if (c->lang == i18n_get())
		return;
	if (*c->number_error)
		judge_number(c, k, value, sizeof value);
	c->code_error[0] = '\0'; /* the code is gone, too */
	c->lang = i18n_get();
	explicit_bzero(value, sizeof value);
}

static bool staff_needed(const struct kind *k)
{
	return k->services->verify_way(k->services->ctx) != VERIFY_WAY_OFF;
}

static void describe_ways(struct kind *k, struct page *p)
{
	page_add_text(p,
		tr("这份电子证照是近亲属的，要本人同意才能查询。只查这一项，只用在这次申报上。\n\n"
		   "请本人在手机上向工作人员出示电子证照，或交一份签了名的同意书。"));
	page_add(p, ROW_VALUE, -1, tr("近亲属的姓名"))->value =
		page_own(p, "%s", answers_text(k->filing->answers, "kin_name"));
	page_add(p, ROW_TEXT, -1, "");
	for (unsigned i = 0; i < WAYS_COUNT; i++)
		page_add(p, ROW_OPTION, ID_WAY + (int)i, tr(WAYS[i].label))->digit = i + 1;
	page_add(p, ROW_OPTION, ID_NONE, tr("没有取得同意，用别的方式"))->digit = WAYS_COUNT + 1;
}

static void describe_number(struct consent *c, struct kind *k, struct page *p)
{
	struct row *r = page_add(p, ROW_INPUT, ID_NUMBER, tr("近亲属的身份证号码"));
	r->edit = &c->number;
	r->hint = page_own(p, tr("例：%s"), tr("18 位，最后一位可能是 X"));
	r->error = page_own(p, "%s", c->number_error);
	page_add(p, ROW_TEXT, -1, "");
	if (staff_needed(k)) {
		r = page_add(p, ROW_INPUT, ID_CODE, tr("工作代码（由工作人员输入）"));
		r->edit = &c->code;
		r->masked = true;
		r->error = page_own(p, "%s", c->code_error);
	} else {
		page_add(p, ROW_TEXT, -1, tr("演示模式：不核对。正式使用时，由工作人员在这里输入工作代码。"));
	}
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_DONE, tr("本人已同意，查询"))->primary = true;
}

void consent_describe(struct consent *c, struct kind *k, struct page *p, const struct material *m)
{
	translate_errors(c, k);
	page_add(p, ROW_HEADING, -1, tr(m->title));
	page_add(p, ROW_TEXT, -1, "");
	if (c->how)
		describe_number(c, k, p);
	else
		describe_ways(k, p);
}

bool consent_back(struct consent *c)
{
	bool second = c->how;
	c->how = NULL;
	return second;
}

/* Staff vouch last, so that nobody types a code for a form with mistakes. */
static bool judge_code(struct consent *c, const struct kind *k, char *ret_by, size_t size)
{
	char code[CODE_MAX * 4 + 1];
	if (!staff_needed(k))
		return str_copy(ret_by, size, "off");
	edit_get(&c->code, code, sizeof code);
	c->code_error[0] = '\0';
	bool good = k->services->attest(k->services->ctx, code, ret_by, size, c->code_error, sizeof c->code_error);
	explicit_bzero(code, sizeof code);
	edit_wipe(&c->code);
	edit_init(&c->code, CODE_MAX, "");
	return good;
}

static enum consent_result finish(struct consent *c, struct kind *k, struct page *p, const struct material *m)
{
	char number[40] = "", by[64] = "", at[26];
	bool good = judge_number(c, k, number, sizeof number);
	enum consent_result result = CONSENT_OPEN;
	if (good && judge_code(c, k, by, sizeof by)) {
		clock_time_text(clock_now(), at);
		licence_consent(k->filing, m, number, c->how, by, at);
		result = CONSENT_GIVEN;
	} else {
		page_focus_id(p, good ? ID_CODE : ID_NUMBER);
		page_say(p, true, "%s", tr("有一处需要改正，请看带“!”的说明。"));
	}
	explicit_bzero(number, sizeof number);
	return result;
}

enum consent_result consent_press(struct consent *c, struct kind *k, struct page *p, const struct material *m, int id)
{
	if (id == ID_NONE)
		return CONSENT_GIVEN_UP;
	if (id == ID_CODE || id == ID_DONE)
		return finish(c, k, p, m);
	if (id >= ID_WAY && id < ID_WAY + WAYS_COUNT) {
		c->how = WAYS[id - ID_WAY].word;
		p->focus = -1;
	} else {
		page_move(p, 1);
	}
	return CONSENT_OPEN;
}
