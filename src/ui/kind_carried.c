/* What was taken over from the registration, every answer with a way to change it. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/fact.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/answer_rows.h"
#include "ui/kind.h"
#include "ui/page.h"

static bool moved(const struct kind *k)
{
	return str_eq(fact_value("residence_changed", k->filing->answers, k->facts), "yes");
}

/* A proof of the residence, which a move makes worthless. */
static bool about_residence(const struct material *m)
{
	for (unsigned i = 0; i < m->n_guards; i++)
		if (str_eq(m->guards[i].name, "residence_changed"))
			return true;
	return false;
}

/* "registration.materials": codes of what was given with the registration, parted by blanks. */
static void describe_materials(struct kind *k, struct page *p)
{
	const char *codes = answers_text(k->filing->answers, "registration.materials");
	char code[ANSWER_NAME_MAX];
	while (sscanf(codes, "%63s", code) == 1) {
		const struct material *m = item_material(k->filing->item, code);
		if (m && !(moved(k) && about_residence(m)))
			page_add(p, ROW_VALUE, -1, tr(m->title))->value = page_own(p, "%s", tr("登记时已经交过"));
		codes = strstr(codes, code) + strlen(code);
	}
}

/* Also what was changed from here, or after a move, and is asked again further on. */
static bool shown(const struct kind *k, unsigned step)
{
	const struct step *s = &k->filing->item->steps[step];
	char why[300];
	return s->n_carried && s->screen->kind != SCREEN_PHOTO && route_has(k->filing, k->facts, step) &&
		step_answered(k->filing, k->facts, step, why, sizeof why);
}

static void carried_describe(struct kind *k, struct page *p)
{
	page_add_text(p, tr(k->screen->text));
	if (moved(k))
		page_add_text(p, tr("住处和登记的时候不一样了：后面会再问一遍住处，要交新的居住证明。"));
	for (unsigned i = 0; i < k->filing->item->n_steps; i++)
		if (route_rests(k->filing, k->facts, i) || shown(k, i))
			answer_rows(k, p, i);
	describe_materials(k, p);
	page_add_continue(p);
	if (p->focus < 0) { /* nothing has to be changed: Enter reads on, then goes on */
		page_focus_id(p, ID_CONTINUE);
		p->scroll = PAGE_TOP;
	}
}

static enum action carried_press(struct kind *k, struct page *p, int id)
{
	(void)k;
	(void)p;
	return id == ID_CONTINUE ? ACTION_NEXT : ACTION_CHANGE;
}

const struct kind_ops kind_carried = {
	.name = "carried",
	.describe = carried_describe,
	.press = carried_press,
};
