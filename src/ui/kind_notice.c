/* Notice: text, and "I have read this" as an explicit act (PIPL art. 17). Also the end screen, which leads nowhere. */
#include "base/i18n.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/kind.h"
#include "ui/page.h"

enum { ID_READ = 1, ID_LEAVE = 2 };

static void notice_describe(struct kind *k, struct page *p)
{
	page_add_text(p, tr(k->screen->text));
	struct row *r = page_add(p, ROW_BUTTON, ID_READ, tr("我已阅读，开始办理"));
	r->primary = true;
	r->digit = 1;
	r = page_add(p, ROW_BUTTON, ID_LEAVE, tr("不办了"));
	r->digit = 2;
}

static enum action notice_press(struct kind *k, struct page *p, int id)
{
	(void)p;
	if (id == ID_LEAVE)
		return ACTION_LEAVE;
	answers_set(k->filing->answers, k->screen->name, "read");
	return ACTION_NEXT;
}

const struct kind_ops kind_notice = {
	.name = "notice",
	.describe = notice_describe,
	.press = notice_press,
};

static void end_describe(struct kind *k, struct page *p)
{
	page_add_text(p, tr(k->screen->text));
	struct row *r = page_add(p, ROW_BUTTON, ID_BACK, tr("返回上一步"));
	r->digit = 1;
	r->primary = true;
	page_add(p, ROW_BUTTON, ID_LEAVE, tr("结束"))->digit = 2;
}

static enum action end_press(struct kind *k, struct page *p, int id)
{
	(void)k;
	(void)p;
	return id == ID_BACK ? ACTION_BACK : ACTION_LEAVE;
}

const struct kind_ops kind_end = {
	.name = "end",
	.describe = end_describe,
	.press = end_press,
};
