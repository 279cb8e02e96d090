#include "ui/licence_text.h"

#include <stddef.h>
#include <stdio.h>

#include "base/i18n.h"
#include "ui/page.h"

static const char *day(int yyyymmdd, char out[static 16])
{
	snprintf(out, 16, "%04d-%02d-%02d", yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100);
	return out;
}

const char *licence_about(struct page *p, const struct licence *l)
{
	char end[16];
	if (!l->valid_to)
		return page_own(p, tr("%s，%s 签发，长期有效"), l->number, l->issuer);
	return page_own(p, tr("%s，%s 签发，有效期到 %s"), l->number, l->issuer, day(l->valid_to, end));
}

const char *licence_why_not(struct page *p, enum licence_state state, const struct licence *l, bool asked)
{
	char when[16];
	switch (state) {
	case LICENCE_ASKING:
		return page_own(p, "%s", tr("正在查询电子证照…"));
	case LICENCE_UNANSWERED:
		return page_own(p, "%s", tr("现在查不到电子证照。可以再查一次，也可以交文件，或到窗口出示原件。"));
	case LICENCE_EXPIRED:
		return page_own(p,
			tr("电子证照 %s 已在 %s 到期，不能用。有新证件的，请交文件或到窗口出示；没有的，请先换新。"),
			l->number, day(l->valid_to, when));
	case LICENCE_EARLY:
		return page_own(p, tr("电子证照 %s 要到 %s 才生效。现在请交别的证明文件，或到窗口出示原件。"),
			l->number, day(l->valid_from, when));
	case LICENCE_OTHER:
		return page_own(p, "%s",
			tr("查到的电子证照是别人的，不能用。请核对姓名和身份证号码，或交文件，或到窗口出示原件。"));
	case LICENCE_NONE:
		if (asked)
			return page_own(p, "%s",
				tr("没有查到这项电子证照。请核对身份证号码，或交文件，或到窗口出示原件。"));
		break;
	case LICENCE_OFF:
	case LICENCE_VALID:
	case LICENCE_STATES:
		break;
	}
	return NULL;
}
