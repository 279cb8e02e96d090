#include "receipt/receipt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/case_move.h"
#include "model/file_name.h"
#include "model/casenum.h"
#include "model/center.h"
#include "model/item.h"
#include "model/outstanding.h"
#include "model/promise.h"

enum { LINES_MAX = 200 }; /* at most 40 materials, OUTSTANDING_MAX and the rest */

/* Takes both texts over. */
static void add(struct receipt *r, enum receipt_line_kind kind, char *label, char *text)
{
	if (r->n_lines == LINES_MAX) {
		str_wipe_free(label);
		str_wipe_free(text);
		return;
	}
	r->lines[r->n_lines++] = (struct receipt_line){ .kind = kind, .label = label, .text = text };
}

static void add_line(struct receipt *r, const char *label, char *text)
{
	add(r, RECEIPT_LINE, xstrdup(label), text);
}

static void add_paragraph(struct receipt *r, char *text)
{
	add(r, RECEIPT_PARAGRAPH, xstrdup(""), text);
}

static void add_person(struct receipt *r, const struct answers *a, const char *label, const char *name_key,
	const char *id_key)
{
	char name[200], id[64];
	if (!answers_get(a, name_key))
		return;
	mask_name(answers_text(a, name_key), name, sizeof name);
	mask_id_number(answers_text(a, id_key), id, sizeof id);
	add_line(r, label, xasprintf("%s  %s", name, id));
}

static void add_head(struct receipt *r, const struct case_record *c, const struct item *item,
	const struct receipt_words *words)
{
	char number[CASENUM_LENGTH + 5], at[26];
	casenum_group(c->number, number);
	clock_time_text(c->submitted_at, at);
	at[10] = ' ';
	at[16] = 0; /* to the minute */

	add(r, RECEIPT_TITLE, xstrdup(""), xstrdup(tr("申报提交确认单")));
	if (c->demo || words->demo)
		add_paragraph(r, xstrdup(tr("【演示】这是演示，未核验身份，样例数据。本单无效。")));
	else if (str_eq(answers_text(c->answers, "verified.way"), "off"))
		add_paragraph(r, xstrdup(tr("【注意】本次申报没有核验身份。")));
	add_line(r, tr("申请事项"), xstrdup(item ? tr(item->title) : c->item));
	add_line(r, tr("办件编号"), xstrdup(number));
	add_line(r, tr("查询码"), xstrdup(words->query));
	add_person(r, c->answers, tr("申请人"), "name", "id_number");
	add_person(r, c->answers, tr("代办人"), "agent_name", "agent_id_number");
	add_line(r, tr("提交时间"), xstrdup(at));
	add_line(r, tr("提交地点"), xasprintf(tr("%s，%s号终端"), words->center, c->station));
}

/* Only up to the road: a slip gets lost (domain file 9). */
static void add_address(struct receipt *r, const struct answers *a)
{
	const char *district = answers_text(a, "address.district"), *street = answers_text(a, "address.street");
	if (*district || *street)
		add_line(r, tr("居住地址"), xasprintf(tr("上海市%s%s（详细门牌不打印）"), district, street));
}

/* Where the counter of the residence is; any center takes the case, this is the near one. */
static void add_center(struct receipt *r, const struct answers *a, const struct centers *centers)
{
	struct center c;
	if (!centers)
		return;
	center_of(centers, answers_text(a, "address.town_code"), answers_text(a, "address.town"), &c);
	if (!c.name[0])
		return;
	add_line(r, tr("居住地受理窗口"), xstrdup(c.name));
	if (*c.address)
		add_line(r, tr("窗口地址"), xstrdup(c.address));
	if (*c.hours)
		add_line(r, tr("窗口时间"), xstrdup(c.hours));
	if (*c.phone)
		add_line(r, tr("窗口电话"), xstrdup(c.phone));
}

/* What the applicant has given already. */
static void add_given(struct receipt *r, const struct case_record *c, const char *name, const char *code,
	const char *title)
{
	const char *way = answers_text(c->answers, name);
	unsigned n = 0;
	for (size_t i = 0; i < c->n_files; i++)
		n += file_number(c->files[i].name, code) > 0;
	if (str_eq(way, "licence"))
		add_line(r, title, xstrdup(tr("用电子证照，不用再交")));
	else if (str_eq(way, "file"))
		add_line(r, title, n > 1 ? xasprintf(tr("已交 %u 个文件"), n) : xstrdup(tr("已交文件")));
}

static void add_materials(struct receipt *r, const struct case_record *c, const struct item *item)
{
	for (unsigned i = 0; i < item->n_steps; i++) {
		const struct screen *s = item->steps[i].screen;
		if (s->kind == SCREEN_PHOTO)
			add_given(r, c, s->name, s->name, tr(s->title));
	}
	for (unsigned i = 0; i < item->n_materials; i++) {
		const struct material *m = &item->materials[i];
		char name[ANSWER_NAME_MAX];
		snprintf(name, sizeof name, "material.%s", m->code);
		add_given(r, c, name, m->code, tr(m->title));
	}
}

/* The one-time notice once more (model/outstanding.h): each with its number, so that nobody overlooks the last. */
static void add_outstanding(struct receipt *r, const struct case_record *c, const struct item *item)
{
	struct outstanding *o = outstanding_of_case(c, item);
	const char *stop = i18n_get() == LANG_EN ? ". " : "。";
	if (o->count[OUTSTANDING_COUNTER])
		add_paragraph(r,
			xasprintf(
				tr("一次告知：下面是全部还要办的，共 %u 项。请带齐原件和本单，尽早到社区事务受理服务中心的窗口办理。"),
				o->n));
	else if (o->n)
		add_paragraph(r, xasprintf(tr("一次告知：没有要带到窗口的材料。下面 %u 项由工作人员核对。"), o->n));
	else
		add_paragraph(r, xstrdup(tr("一次告知：没有缺少的内容，也没有要带到窗口的材料。")));
	for (unsigned i = 0; i < o->n; i++) {
		const struct outstanding_row *row = &o->rows[i];
		add(r, RECEIPT_LINE, xasprintf("%u. %s", i + 1, tr(row->title)),
			xasprintf("%s%s%s", row->text, *row->later ? stop : "", *row->later ? tr(row->later) : ""));
	}
	outstanding_destroy(o);
}

/* How the card is handed over, and what its holder must not forget: Interim Regulations on Residence Permits art. 10. */
static void add_card(struct receipt *r, const struct answers *a, const struct item *item)
{
	const struct question *q = item_question(item, "pickup", NULL);
	const char *way = q ? option_label(q, answers_text(a, "pickup")) : NULL;
	if (!item->card)
		return;
	if (way)
		add_line(r, tr("领证方式"), xstrdup(tr(way)));
	if (str_eq(answers_text(a, "pickup"), "courier"))
		add_paragraph(r, xstrdup(tr("居住证做好以后用邮政快递寄出，邮费15元，收到时付。")));
	else if (*answers_text(a, "pickup_center"))
		add_line(r, tr("领证地点"), xstrdup(tr(answers_text(a, "pickup_center"))));
	add_paragraph(r,
		xstrdup(tr(
			"请记住：居住证每年要签注一次，在满一年以前的三十天内办理，不收费。逾期不签注，居住证的功能会中止。")));
}

static void add_next(struct receipt *r, const struct case_record *c, const struct receipt_words *words)
{
	char term[PROMISE_TERM_SIZE];
	const char *label = case_state_label(c->state);
	promise_term(words->promise, term);
	if (case_is_ended((int)c->state)) /* a receipt that is printed again */
		add_line(r, tr("状态"), xstrdup(label ? tr(label) : ""));
	else
		add_paragraph(r,
			xasprintf(tr("接下来：工作人员核对您提交的内容和材料。材料齐全就受理，"
				     "从受理那天起 %s内办完；有缺少的，会一次告诉您全部要补的内容。"),
				term));
	add_paragraph(r,
		xstrdup(tr(
			"查询进度：在自助机上选“我的办件”，扫本单的二维码，或者输入办件编号和查询码。打咨询电话只报办件编号。"
			"查询码能打开您申报的全部内容，请收好，不要给别人。")));
	if (words->hotline && *words->hotline)
		add_line(r, tr("咨询电话"), xstrdup(words->hotline));
}

struct receipt *receipt_create(const struct case_record *c, const struct item *item, const struct receipt_words *words)
{
	struct receipt *r = xcalloc(1, sizeof *r);
	r->lines = xcalloc(LINES_MAX, sizeof *r->lines);
	add_head(r, c, item, words);
	add(r, RECEIPT_QR, xstrdup(""), xstrdup(words->code));
	add_address(r, c->answers);
	if (item) {
		add_materials(r, c, item);
		if (!case_is_ended((int)c->state))
			add_outstanding(r, c, item);
		add_card(r, c->answers, item);
	}
	add_center(r, c->answers, words->centers);
	add_next(r, c, words);
	return r;
}

void receipt_destroy(struct receipt *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n_lines; i++) {
		str_wipe_free(r->lines[i].label);
		str_wipe_free(r->lines[i].text);
	}
	free(r->lines);
	free(r);
}
