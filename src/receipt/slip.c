#include "receipt/slip.h"

#include "base/i18n.h"
#include "base/xalloc.h"
#include "receipt/receipt.h"

enum { LINES_MAX = 12 };

/* Takes the text over. */
static void add(struct receipt *r, enum receipt_line_kind kind, const char *label, char *text)
{
	r->lines[r->n_lines++] = (struct receipt_line){ .kind = kind, .label = xstrdup(label), .text = text };
}

struct receipt *slip_create(const struct slip_words *w)
{
	struct receipt *r = xcalloc(1, sizeof *r);

	r->lines = xcalloc(LINES_MAX, sizeof *r->lines);
	add(r, RECEIPT_TITLE, "", xstrdup(tr("暂停办理取回单")));
	if (w->demo)
		add(r, RECEIPT_PARAGRAPH, "", xstrdup(tr("【演示】这是演示，未核验身份，样例数据。本单无效。")));
	add(r, RECEIPT_LINE, tr("申请事项"), xstrdup(tr(w->item)));
	add(r, RECEIPT_LINE, tr("取回码"), xstrdup(w->code));
	add(r, RECEIPT_LINE, tr("保留到"), xstrdup(w->until));
	add(r, RECEIPT_QR, "", xstrdup(w->payload));
	if (w->keep)
		add(r, RECEIPT_PARAGRAPH, "",
			xstrdup(tr("您的申报还没有暂停。很久没有按键、自助机结束办理时，填写的内容才会凭这个码保留；"
				   "您自己提交或退出后，这个码就没有用了。")));
	add(r, RECEIPT_PARAGRAPH, "",
		xasprintf(tr("在%s的这台自助机（%s号终端）选“继续暂停的申报”，输入取回码和申请人身份证号的最后四位，"
			     "就从停下的那一页接着办。想换一台，或要人帮忙，请问工作人员。"),
			w->center, w->station));
	add(r, RECEIPT_PARAGRAPH, "",
		xstrdup(tr(
			"取回码只能用一次，过了上面的时间，填写的内容就会清除。这还不是提交：什么也没有受理。请不要把"
			"码告诉别人。")));
	add(r, RECEIPT_LINE, tr("咨询电话"), xstrdup(w->hotline));
	return r;
}
