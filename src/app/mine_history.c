/* The history of a case: when, from which state to which, who, and why. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/mine_own.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/str.h"
#include "model/case.h"
#include "model/case_reason.h"
#include "model/case_shortfall.h"
#include "ui/page.h"

enum { ROWS_SPARE = 8 }; /* of a page, for what stands around */

/* Events name an actor, some with a person's own name behind it ("center:Wang"), which is for staff. */
static const char *actor_text(const char *actor)
{
	static const struct {
		const char *word, *text;
	} actors[] = { { "applicant", N_("申请人") }, { "center", N_("窗口") }, { "police", N_("公安机关") },
		{ "system", N_("系统") } };
	size_t n = strcspn(actor, ":");
	for (size_t i = 0; i < sizeof actors / sizeof *actors; i++)
		if (strlen(actors[i].word) == n && strncmp(actor, actors[i].word, n) == 0)
			return tr(actors[i].text);
	return actor;
}

static const char *state_text(int state)
{
	const char *label = case_state_label((enum case_state)state);
	return label ? tr(label) : "";
}

/* At most: a notice of shortfalls or paragraphs by hand, with an empty line behind. */
static int reason_rows(const struct case_event *v)
{
	int rows = 2;
	for (const char *c = v->reason; *c; c++)
		rows += *c == '\n';
	return rows;
}

/* What a program wrote as the reason, in words; what staff wrote stays as it is. */
static void add_reason(const struct mine_case *m, const struct case_event *v, struct page *p)
{
	struct shortfalls missing;
	enum revision_kind kind;
	uint64_t revision;
	if (case_waybill(v)) {
		page_add(p, ROW_TEXT, -1, page_own(p, "%s %s", tr("快递单号"), case_waybill(v)));
	} else if (case_rating(v)) {
		page_add(p, ROW_TEXT, -1, page_own(p, "%s %s", tr("您的评价"), tr(mine_grade(case_rating(v)))));
	} else if (case_revision(v, &revision, &kind)) {
		page_add(p, ROW_TEXT, -1, kind == REVISION_SUPPLEMENT ? tr("提交了补充的内容") : tr("改了领取方式"));
	} else if (v->to == CASE_SUPPLEMENT && case_shortfall_read(v->reason, &missing)) {
		for (unsigned i = 0; i < missing.n; i++)
			page_add(p, ROW_TEXT, -1,
				page_own(p, tr("%s：%s"),
					m->item ? mine_shortfall_title(m, &missing, i) : missing.row[i].name,
					missing.row[i].text));
	} else {
		page_add_text(p, v->reason);
	}
}

void mine_add_history(const struct mine_case *m, struct page *p)
{
	const struct case_record *c = m->record;
	size_t first = c->n_events;
	int rows = ROWS_SPARE;
	/* From the newest back, as many as a page has room for. */
	while (first > 0 && rows + 1 + reason_rows(&c->events[first - 1]) <= PAGE_ROWS_MAX)
		rows += 1 + reason_rows(&c->events[--first]);
	for (size_t i = first; i < c->n_events; i++) {
		const struct case_event *v = &c->events[i];
		char at[26];
		clock_time_text(v->at, at);
		at[10] = ' ';
		at[16] = '\0';
		page_add(p, ROW_VALUE, -1, at)->value =
			page_own(p, tr("%s（%s）"), state_text(v->to), actor_text(v->actor));
		if (*v->reason)
			add_reason(m, v, p);
	}
}
