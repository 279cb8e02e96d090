/* May it be applied for now? Each condition with its day; who comes too early is told the day and what can be done until then. */
#include <stdio.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/casenum.h"
#include "model/eligibility.h"
#include "model/fact.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/kind.h"
#include "ui/page.h"
#include "ui/services.h"

enum { ID_REMIND = 1, ID_LEAVE };

struct eligibility_page {
	char open_case[CASENUM_LENGTH + 1]; /* that stands in the way; "" none */
};

static void eligibility_open(struct kind *k)
{
	struct eligibility_page *v = k->own;
	k->services->application_open(k->services->ctx, v->open_case);
}

static void add_day(struct page *p, const char *label, int day, bool good, const char *what)
{
	page_add(p, ROW_VALUE, -1, label)->value =
		page_own(p, "%d-%02d-%02d  %s %s", day / 10000, day / 100 % 100, day % 100, good ? "√" : "×", what);
}

static void eligibility_describe(struct kind *k, struct page *p)
{
	struct eligibility_page *v = k->own;
	struct eligibility e;
	bool may;
	eligibility_judge(k->filing->answers, k->facts, &e);
	may = e.may && !*v->open_case;
	if (may)
		page_add_text(p, tr("可以申请居住证。"));
	else if (*v->open_case)
		page_add_text(p, tr("您已经有一件居住证申请正在办理，不用再申请。办得怎样，请到“我的办件”查询。"));
	else if (!e.in_force)
		page_add_text(p, tr("居住登记已经过期，现在不能申请居住证。请重新办理居住登记，满六个月再来。"));
	else
		page_add_text(p,
			page_own(p, tr("还没有到时间：%d年%d月%d日起，就可以申请居住证。"), e.from / 10000,
				e.from / 100 % 100, e.from % 100));
	page_add(p, ROW_VALUE, -1, tr("登记日期"))->value =
		page_own(p, "%d-%02d-%02d", e.registered / 10000, e.registered / 100 % 100, e.registered % 100);
	add_day(p, tr("登记满六个月"), e.from, e.half_year, e.half_year ? tr("已满") : tr("未满"));
	add_day(p, tr("登记有效到"), e.until, e.in_force, e.in_force ? tr("有效") : tr("过期"));
	if (e.insured && !e.half_year)
		page_add(p, ROW_VALUE, -1, tr("社会保险"))->value =
			page_own(p, "√ %s", tr("已连续缴纳六个月，由工作人员核对"));
	if (*v->open_case) {
		char number[CASENUM_LENGTH + 5];
		casenum_group(v->open_case, number);
		page_add(p, ROW_VALUE, -1, tr("正在办理"))->value = page_own(p, "%s", number);
	}
	page_add(p, ROW_TEXT, -1, "");
	if (may) {
		page_add(p, ROW_BUTTON, ID_CONTINUE, tr("继续"))->primary = true;
		return;
	}
	page_add_text(p, tr(k->screen->text));
	if (!*v->open_case)
		page_add(p, ROW_BUTTON, ID_REMIND, tr("打印提醒单"))->primary = true;
	page_add(p, ROW_BUTTON, ID_LEAVE, tr("结束"));
}

static enum action eligibility_press(struct kind *k, struct page *p, int id)
{
	if (id == ID_LEAVE)
		return ACTION_LEAVE;
	if (id != ID_REMIND)
		return ACTION_NEXT;
	bool printed = k->services->remind(k->services->ctx);
	page_say(p, !printed, "%s",
		printed ? tr("提醒单已经打印，请取走。") : tr("没有打印出来，请把日期抄下来，或找工作人员。"));
	return ACTION_NONE;
}

static bool eligibility_commit(struct kind *k, struct page *p)
{
	struct eligibility_page *v = k->own;
	struct eligibility e;
	(void)p;
	eligibility_judge(k->filing->answers, k->facts, &e);
	return e.may && !*v->open_case;
}

const struct kind_ops kind_eligibility = {
	.name = "eligibility",
	.private_size = sizeof(struct eligibility_page),
	.open = eligibility_open,
	.describe = eligibility_describe,
	.press = eligibility_press,
	.commit = eligibility_commit,
};
