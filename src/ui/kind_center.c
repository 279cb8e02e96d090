/* Where the card is collected: the community affairs center of the residence's subdistrict or town. */
#include <stdio.h>

#include "base/i18n.h"
#include "model/answers.h"
#include "model/center.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/kind.h"
#include "ui/page.h"
#include "ui/services.h"

static void center_describe(struct kind *k, struct page *p)
{
	struct center c;
	k->services->center(k->services->ctx, &c);
	page_add_text(p, tr(k->screen->text));
	page_add(p, ROW_VALUE, -1, tr("领证地点"))->value =
		page_own(p, "%s", c.name[0] ? c.name : tr("工作人员核对住址后告诉您"));
	const struct {
		const char *label, *value;
	} rows[] = { { N_("窗口地址"), c.address }, { N_("窗口时间"), c.hours }, { N_("窗口电话"), c.phone } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (*rows[i].value)
			page_add(p, ROW_VALUE, -1, tr(rows[i].label))->value = page_own(p, "%s", rows[i].value);
	page_add_continue(p);
}

static enum action center_press(struct kind *k, struct page *p, int id)
{
	(void)k;
	(void)p;
	(void)id;
	return ACTION_NEXT;
}

static bool center_commit(struct kind *k, struct page *p)
{
	struct answers *a = k->filing->answers;
	struct center c;
	char name[ANSWER_NAME_MAX];
	(void)p;
	k->services->center(k->services->ctx, &c);
	answers_set(a, k->screen->name, c.name[0] ? c.name : N_("工作人员核对住址后告诉您"));
	snprintf(name, sizeof name, "%s.town_code", k->screen->name);
	return answers_set(a, name, answers_text(a, "address.town_code"));
}

const struct kind_ops kind_center = {
	.name = "center",
	.describe = center_describe,
	.press = center_press,
	.commit = center_commit,
};
