#include "receipt/certificate.h"

#include <assert.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/eligibility.h"
#include "model/item.h"
#include "receipt/receipt.h"

enum { LINES_MAX = 16, VALID_MONTHS = 12 };

/* Takes the text over. */
static void add(struct receipt *r, enum receipt_line_kind kind, const char *label, char *text)
{
	assert(r->n_lines < LINES_MAX);
	r->lines[r->n_lines++] = (struct receipt_line){ .kind = kind, .label = xstrdup(label), .text = text };
}

static char *day_text(int day)
{
	return xasprintf("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
}

struct receipt *certificate_create(const struct case_record *c, const struct item *item,
	const struct receipt_words *words)
{
	struct receipt *r = xcalloc(1, sizeof *r);
	const struct answers *a = c->answers;
	char number[CASENUM_LENGTH + 5], name[200], id[64];
	int day = registration_day(c);

	r->lines = xcalloc(LINES_MAX, sizeof *r->lines);
	casenum_group(c->number, number);
	mask_name(answers_text(a, "name"), name, sizeof name);
	mask_id_number(answers_text(a, "id_number"), id, sizeof id);
	add(r, RECEIPT_TITLE, "", xstrdup(tr(item->certificate)));
	if (words->demo)
		add(r, RECEIPT_PARAGRAPH, "", xstrdup(tr("【演示】这是演示，未核验身份，样例数据。本单无效。")));
	add(r, RECEIPT_LINE, tr("办件编号"), xstrdup(number));
	add(r, RECEIPT_LINE, tr("姓名"), xstrdup(name));
	add(r, RECEIPT_LINE, tr("身份证号"), xstrdup(id));
	add(r, RECEIPT_LINE, tr("居住地址"),
		xasprintf(tr("上海市%s%s（详细门牌不打印）"), answers_text(a, "address.district"),
			answers_text(a, "address.street")));
	add(r, RECEIPT_LINE, tr("登记日期"), day_text(day));
	add(r, RECEIPT_LINE, tr("有效期至"), day_text(date_add_months(day, VALID_MONTHS)));
	add(r, RECEIPT_LINE, tr("打印地点"), xstrdup(words->center));
	add(r, RECEIPT_PARAGRAPH, "",
		xstrdup(tr(
			"本凭证说明已经办理居住登记，不是居住证。有效期一年，到期请重新登记；住处变了，请在三十天内重新登记。")));
	if (words->hotline && *words->hotline)
		add(r, RECEIPT_LINE, tr("咨询电话"), xstrdup(words->hotline));
	return r;
}
