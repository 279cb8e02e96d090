#include "ui/material_rows.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/file_name.h"
#include "model/filing.h"
#include "model/given.h"
#include "model/item.h"
#include "ui/findings.h"
#include "ui/licence_text.h"
#include "ui/page.h"
#include "ui/services.h"

enum licence_state material_licence(const struct kind *k, const struct material *m, struct licence *ret)
{
	struct licence_holder holder;
	*ret = (struct licence){ 0 };
	if (!m->licence)
		return LICENCE_OFF;
	licence_holder(k->filing, m, &holder);
	return k->services->licence(k->services->ctx, m->licence, &holder, ret);
}

/* A relative's licence that was not agreed to yet; nobody was asked. */
static bool consent_missing(const struct kind *k, const struct material *m)
{
	struct licence_holder holder;
	licence_holder(k->filing, m, &holder);
	return str_eq(holder.subject, "relative") && !*holder.consent;
}

const char *material_licence_taken(struct kind *k, struct page *p, const struct material *m)
{
	struct licence l = { .valid_to = (int)strtol(given_detail(k->filing, m, "valid_to"), NULL, 10) };
	str_copy(l.number, sizeof l.number, given_detail(k->filing, m, "number"));
	str_copy(l.issuer, sizeof l.issuer, given_detail(k->filing, m, "issuer"));
	return licence_about(p, &l);
}

/* The ways that a licence offers, or why it offers none. */
static void describe_licence(struct kind *k, struct page *p, const struct material *m, unsigned *digit)
{
	struct licence licence;
	struct row *r;
	enum licence_state state = material_licence(k, m, &licence);
	bool relative = str_eq(m->holder, "relative"), met = str_eq(given_how(k->filing, m), "licence");
	const char *why_not = licence_why_not(p, state, &licence, relative && !consent_missing(k, m));
	if (why_not && !met) {
		page_add(p, ROW_TEXT, -1, page_own(p, state == LICENCE_ASKING ? "%s" : "! %s", why_not));
		page_add(p, ROW_TEXT, -1, "");
	}
	if (met || state == LICENCE_VALID) {
		r = page_add(p, ROW_OPTION, ID_LICENCE, tr("用电子证照"));
		r->digit = ++*digit;
		r->selected = met;
		r->hint = met ? material_licence_taken(k, p, m) : licence_about(p, &licence);
	} else if (state == LICENCE_UNANSWERED) {
		page_add(p, ROW_OPTION, ID_AGAIN, tr("再查一次电子证照"))->digit = ++*digit;
	}
	if (relative && state != LICENCE_OFF && state != LICENCE_VALID && state != LICENCE_ASKING && !met) {
		r = page_add(p, ROW_OPTION, ID_RELATIVE, tr("用近亲属的电子证照"));
		r->digit = ++*digit;
		r->hint = page_own(p, "%s", tr("要本人同意，由工作人员当场确认"));
	}
}

/* One more file, the other side or the next page; or that there are as many as there can be. */
static void add_row(struct kind *k, struct page *p, const struct material *m, enum row_kind kind, unsigned *digit)
{
	unsigned n = filing_files(k->filing, m->code);
	if (n == MATERIAL_FILES_MAX) {
		page_add(p, ROW_TEXT, -1, page_own(p, tr("已交 %u 个文件，不能再加了。"), n));
		return;
	}
	struct row *r = page_add(p, kind, ID_ADD, tr("再加一个文件（另一面或下一页）"));
	r->digit = ++*digit;
	if (kind == ROW_OPTION) /* a button has no room for it */
		r->hint = page_own(p, tr("已交 %u 个文件"), n);
}

void material_describe(struct kind *k, struct page *p, const struct material *m)
{
	unsigned digit = 0;
	bool file = str_eq(given_how(k->filing, m), "file");
	page_add(p, ROW_HEADING, -1, tr(m->title));
	page_add(p, ROW_TEXT, -1, "");
	page_add_text(p, m->text ? tr(m->text) : NULL);
	describe_licence(k, p, m, &digit);
	struct row *r = page_add(p, ROW_OPTION, ID_FILE, tr("从U盘选择图片或PDF文件"));
	r->digit = ++digit;
	r->selected = file;
	if (file)
		r->hint = page_own(p, "%s", tr("会换掉已经交的文件"));
	if (file)
		add_row(k, p, m, ROW_OPTION, &digit);
	r = page_add(p, ROW_OPTION, ID_COUNTER, tr("到窗口出示原件"));
	r->digit = ++digit;
	r->selected = str_eq(given_how(k->filing, m), "counter");
}

void material_describe_findings(struct kind *k, struct page *p, const struct material *m)
{
	unsigned digit = 1, n = filing_files(k->filing, m->code);
	bool several = n > 1;
	findings_describe(k->services, p, tr(m->title));
	if (several && n < MATERIAL_FILES_MAX)
		page_add(p, ROW_TEXT, -1, page_own(p, tr("已交 %u 个文件"), n));
	struct row *r = page_add(p, ROW_BUTTON, ID_GOOD, several ? tr("看过了，用这些文件") : tr("看过了，用这个文件"));
	r->digit = digit;
	r->primary = true;
	add_row(k, p, m, ROW_BUTTON, &digit);
	page_add(p, ROW_BUTTON, ID_FILE, several ? tr("换掉这些文件") : tr("换一个文件"))->digit = ++digit;
	page_add(p, ROW_BUTTON, ID_COUNTER, tr("到窗口出示原件"))->digit = ++digit;
}
