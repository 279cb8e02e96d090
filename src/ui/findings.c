#include "ui/findings.h"

#include <string.h>

#include "base/i18n.h"
#include "ui/page.h"

bool findings_any(const struct services *s)
{
	struct material_view view;
	s->material_show(s->ctx, &view);
	bool any = view.n_findings || view.shown.rgb;
	explicit_bzero(&view, sizeof view);
	return any;
}

static void describe_field(struct page *p, const struct finding_view *v)
{
	page_add(p, ROW_TEXT, -1, page_own(p, tr("%s %s：%s"), v->doubt ? "!" : " ", v->field, v->text));
	if (v->doubt && *v->typed)
		page_add(p, ROW_TEXT, -1, page_own(p, tr("    填写的：%s"), v->typed));
	if (*v->read)
		page_add(p, ROW_TEXT, -1, page_own(p, tr("    读到的：%s"), v->read));
}

void findings_describe(const struct services *s, struct page *p, const char *title)
{
	struct material_view view;
	s->material_show(s->ctx, &view);
	page_add(p, ROW_HEADING, -1, title);
	if (view.shown.rgb) {
		struct row *r = page_add(p, ROW_PICTURE, -1, tr("您选的文件"));
		r->picture = view.shown;
		r->aside = true;
	}
	page_add(p, ROW_TEXT, -1, "");
	if (view.n_findings)
		page_add(p, ROW_TEXT, -1, tr("这是机器从文件里读到的，可能读错。请和填写的内容核对。"));
	else
		page_add(p, ROW_TEXT, -1, tr("请看一看，是不是您要交的文件。"));
	for (size_t i = 0; i < view.n_findings; i++)
		describe_field(p, &view.findings[i]);
	page_add(p, ROW_TEXT, -1, "");
	explicit_bzero(&view, sizeof view);
}

const char *findings_doubt(const struct services *s)
{
	struct material_view view;
	bool differs = false, unread = false;
	s->material_show(s->ctx, &view);
	for (size_t i = 0; i < view.n_findings; i++) {
		differs |= view.findings[i].doubt && *view.findings[i].read;
		unread |= view.findings[i].doubt && !*view.findings[i].read;
	}
	explicit_bzero(&view, sizeof view);
	return differs && unread ? "differs unreadable" : differs ? "differs" : unread ? "unreadable" : NULL;
}
