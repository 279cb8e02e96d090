#include "receipt/reminder.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "model/eligibility.h"
#include "model/item.h"
#include "receipt/receipt.h"

enum { COLUMNS = 48 };

static char *day_text(int day)
{
	return xasprintf("%d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
}

char *reminder_text(const struct eligibility *el, const struct item *item, const char *center, const char *hotline,
	struct err *e)
{
	struct receipt_line lines[] = {
		{ RECEIPT_TITLE, NULL, xstrdup(tr("提醒单")) },
		{ RECEIPT_LINE, xstrdup(tr("要办的事")), xstrdup(tr(item->title)) },
		{ RECEIPT_LINE, xstrdup(tr("登记日期")), day_text(el->registered) },
		{ RECEIPT_LINE, xstrdup(tr("可以申请的日期")),
			xasprintf(tr("%d-%02d-%02d 起"), el->from / 10000, el->from / 100 % 100, el->from % 100) },
		{ RECEIPT_LINE, xstrdup(tr("登记有效到")), day_text(el->until) },
		{ RECEIPT_PARAGRAPH, NULL,
			xstrdup(tr(
				"从登记那天算，满六个月可以申请；从到上海那天算不行。请在登记到期以前来，过期要重新登记。")) },
		{ RECEIPT_PARAGRAPH, NULL, xstrdup(tr("来的时候，请带身份证和居住登记的回执。")) },
		{ RECEIPT_LINE, xstrdup(tr("打印地点")), xstrdup(center) },
		{ RECEIPT_LINE, xstrdup(tr("咨询电话")), xstrdup(hotline) },
	};
	struct receipt r = { .lines = lines, .n_lines = sizeof lines / sizeof *lines };
	char *text = receipt_text(&r, COLUMNS, e);
	for (size_t i = 0; i < r.n_lines; i++) {
		free(lines[i].label);
		free(lines[i].text);
	}
	return text;
}
