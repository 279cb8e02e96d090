/* The history of a case: when, from which state to which, who, and why. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/mine_own.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/str.h"
#include "model/case.h"
#include "ui/page.h"

enum { EVENTS_SHOWN = 80 };

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

void mine_add_history(const struct mine_case *m, struct page *p)
{
	const struct case_record *c = m->record;
	size_t first = c->n_events > EVENTS_SHOWN ? c->n_events - EVENTS_SHOWN : 0;
	for (size_t i = first; i < c->n_events; i++) {
		const struct case_event *v = &c->events[i];
		char at[26];
		clock_time_text(v->at, at);
		at[10] = ' ';
		at[16] = '\0';
		page_add(p, ROW_VALUE, -1, at)->value =
			page_own(p, tr("%s（%s）"), state_text(v->to), actor_text(v->actor));
		if (*v->reason)
			page_add(p, ROW_TEXT, -1, v->reason);
	}
}
