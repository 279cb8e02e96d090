#include "ui/findings.h"

#include <string.h>

#include "base/i18n.h"
#include "ui/page.h"

void findings_take(struct findings *f, const struct services *s)
{
	f->n = s->findings(s->ctx, f->view);
}

void findings_forget(struct findings *f)
{
	explicit_bzero(f, sizeof *f);
}

void findings_describe(const struct findings *f, struct page *p, const char *title)
{
	page_add(p, ROW_HEADING, -1, title);
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_TEXT, -1, tr("这是机器从文件里读到的，可能读错。请和填写的内容核对。"));
	for (size_t i = 0; i < f->n; i++) {
		const struct finding_view *v = &f->view[i];
		page_add(p, ROW_TEXT, -1, page_own(p, tr("%s %s：%s"), v->doubt ? "!" : " ", v->field, v->text));
		if (v->doubt && *v->typed)
			page_add(p, ROW_TEXT, -1, page_own(p, tr("    填写的：%s"), v->typed));
		if (*v->read)
			page_add(p, ROW_TEXT, -1, page_own(p, tr("    读到的：%s"), v->read));
	}
	page_add(p, ROW_TEXT, -1, "");
}

const char *findings_doubt(const struct findings *f)
{
	bool differs = false, unread = false;
	for (size_t i = 0; i < f->n; i++) {
		differs |= f->view[i].doubt && *f->view[i].read;
		unread |= f->view[i].doubt && !*f->view[i].read;
	}
	return differs && unread ? "differs unreadable" : differs ? "differs" : unread ? "unreadable" : NULL;
}
