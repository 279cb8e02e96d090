#include "model/outstanding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/case_shortfall.h"
#include "model/doubt.h"
#include "model/fact.h"
#include "model/filing.h"
#include "model/item.h"

/* Stable: rows of one kind stay in the order in which they are added, which is that of the route. */
static struct outstanding_row *add(struct outstanding *o, enum outstanding_what what, unsigned step, const char *title)
{
	if (o->n == OUTSTANDING_MAX)
		return NULL;
	unsigned at = o->n++;
	for (; at > 0 && o->rows[at - 1].what > what; at--)
		o->rows[at] = o->rows[at - 1];
	o->rows[at] = (struct outstanding_row){ .what = what, .step = step, .title = title, .remedy = "", .later = "" };
	o->count[what]++;
	return &o->rows[at];
}

static void note(struct outstanding *o, enum outstanding_what what, unsigned step, const char *title, const char *text,
	const char *remedy, const char *later)
{
	struct outstanding_row *r = add(o, what, step, title);
	if (!r)
		return;
	str_copy(r->text, sizeof r->text, text);
	r->remedy = remedy ? remedy : "";
	r->later = later ? later : "";
}

static const char *part(const struct answers *a, const char *name, const char *what)
{
	char full[ANSWER_NAME_MAX + 1];
	if ((size_t)snprintf(full, sizeof full, "%s.%s", name, what) >= sizeof full)
		return "";
	return answers_text(a, full);
}

static void note_doubts(struct outstanding *o, const struct answers *a, unsigned step, const char *name,
	const char *title)
{
	const char *codes = part(a, name, "doubt");
	for (unsigned i = 0; *codes && i < OUTSTANDING_DOUBTS_MAX; i++) {
		size_t n = strcspn(codes, " ");
		const struct doubt *d = doubt_find(codes, n);
		note(o, OUTSTANDING_DOUBTFUL, step, title, tr(d->text), d->remedy, d->later);
		codes += n + strspn(codes + n, " ");
	}
}

static void note_address(struct outstanding *o, const struct answers *a, unsigned step, const struct screen *s)
{
	if (str_eq(part(a, s->name, "match"), "manual"))
		note(o, OUTSTANDING_DOUBTFUL, step, s->title, tr("地址是自己填写的，不在标准地址库里"),
			N_("可以再查找一次。查不到也可以继续，工作人员会核对。"), N_("工作人员会核对。"));
	note_doubts(o, a, step, s->name, s->title);
}

/* What was only stated is looked at by staff, who have the register. */
static void note_registration(struct outstanding *o, const struct answers *a, unsigned step, const struct screen *s)
{
	if (str_eq(answers_text(a, s->name), "stated"))
		note(o, OUTSTANDING_DOUBTFUL, step, s->title, tr("登记的日期是自己填写的，没有回执"),
			N_("找到了回执，可以现在用它。没有也可以继续，工作人员会核对。"),
			N_("有居住登记凭证的，请带到窗口。"));
}

static void note_insurance(struct outstanding *o, const struct answers *a, unsigned step, const struct screen *s)
{
	if (str_eq(answers_text(a, "social_insurance"), "yes"))
		note(o, OUTSTANDING_DOUBTFUL, step, s->title, tr("登记不满六个月，按社会保险申请"),
			N_("可以继续，工作人员会核对社会保险。"), N_("工作人员会核对社会保险。"));
}

static void note_photo(struct outstanding *o, const struct answers *a, unsigned step, const struct screen *s)
{
	const char *way = answers_text(a, s->name);
	if (str_eq(way, "counter"))
		note(o, OUTSTANDING_COUNTER, step, s->title, tr("到窗口拍照"), N_("免费，工作人员帮您拍"),
			N_("免费，工作人员帮您拍"));
	else if (str_eq(way, "file"))
		note_doubts(o, a, step, s->name, s->title);
}

static void note_licence(struct outstanding *o, const struct answers *a, unsigned step, const struct material *m,
	int today)
{
	char text[200];
	int end = material_valid_to(a, m);
	if (!end || end < today || end >= date_add_months(today, 1))
		return; /* over: then it is missing, see material_answered */
	snprintf(text, sizeof text, tr("电子证照 %d-%02d-%02d 到期"), end / 10000, end / 100 % 100, end % 100);
	note(o, OUTSTANDING_DOUBTFUL, step, m->title, text,
		N_("换了新的，请交新的，或者到窗口出示。没有换，也可以继续。"), N_("换了新的，请带到窗口。"));
}

static void note_materials(struct outstanding *o, const struct item *item, const struct answers *a, unsigned step,
	int today)
{
	for (unsigned i = 0; i < item->n_materials; i++) {
		const struct material *m = &item->materials[i];
		char name[ANSWER_NAME_MAX + 1];
		snprintf(name, sizeof name, "material.%s", m->code);
		const char *way = answers_text(a, name);
		if (str_eq(way, "counter")) {
			note(o, OUTSTANDING_COUNTER, step, m->title, tr("到窗口出示原件"), m->text, m->text);
			continue;
		}
		if (str_eq(way, "licence"))
			note_licence(o, a, step, m, today);
		if (*way)
			note_doubts(o, a, step, name, m->title);
	}
}

static void note_record(struct outstanding *o, const struct item *item, const struct answers *a, int today)
{
	for (unsigned i = 0; i < item->n_steps; i++) {
		const struct screen *s = item->steps[i].screen;
		for (unsigned k = 0; k < s->n_questions; k++)
			note_doubts(o, a, i, s->questions[k].name, s->questions[k].label);
		switch (s->kind) {
		case SCREEN_ADDRESS:
			note_address(o, a, i, s);
			break;
		case SCREEN_PHOTO:
			note_photo(o, a, i, s);
			break;
		case SCREEN_MATERIALS:
			note_materials(o, item, a, i, today);
			break;
		case SCREEN_REGISTRATION:
			note_registration(o, a, i, s);
			break;
		case SCREEN_ELIGIBILITY:
			note_insurance(o, a, i, s);
			break;
		case SCREEN_NOTICE:
		case SCREEN_CARRIED:
		case SCREEN_GROUP:
		case SCREEN_CENTER:
		case SCREEN_FORM:
		case SCREEN_VERIFY:
		case SCREEN_OUTSTANDING:
		case SCREEN_REVIEW:
		case SCREEN_END:
		case SCREEN_KINDS:
			break;
		}
	}
}

static void note_missing(struct outstanding *o, const struct filing *f, const struct facts *facts, unsigned step)
{
	const struct screen *s = f->item->steps[step].screen;
	char why[400];
	for (unsigned i = 0; s->kind == SCREEN_FORM && i < s->n_questions; i++)
		if (!question_answered(f, facts, &s->questions[i], why, sizeof why))
			note(o, OUTSTANDING_MISSING, step, s->questions[i].label, why, "", "");
	for (unsigned i = 0; s->kind == SCREEN_MATERIALS && i < f->item->n_materials; i++) {
		const struct material *m = &f->item->materials[i];
		if (route_material(f, facts, m) && !material_answered(f, facts, m, why, sizeof why))
			note(o, OUTSTANDING_MISSING, step, m->title, why, m->text, "");
	}
	bool whole = s->kind == SCREEN_MATERIALS || s->kind == SCREEN_FORM || s->kind == SCREEN_REVIEW;
	if (!whole && !step_answered(f, facts, step, why, sizeof why))
		note(o, OUTSTANDING_MISSING, step, s->title, why, "", "");
	explicit_bzero(why, sizeof why);
}

struct outstanding *outstanding_of_filing(const struct filing *f, const struct facts *facts)
{
	struct outstanding *o = xcalloc(1, sizeof *o);
	for (unsigned i = 0; i < f->item->n_steps; i++)
		if (route_has(f, facts, i))
			note_missing(o, f, facts, i);
	struct answers *record = filing_record(f, facts);
	note_record(o, f->item, record, facts->today);
	answers_destroy(record);
	return o;
}

struct outstanding *outstanding_of_record(const struct item *item, const struct answers *record, int today)
{
	struct outstanding *o = xcalloc(1, sizeof *o);
	note_record(o, item, record, today);
	return o;
}

struct outstanding *outstanding_of_case(const struct case_record *c, const struct item *item)
{
	struct civil day = clock_civil(c->submitted_at);
	struct outstanding *o = outstanding_of_record(item, c->answers, day.year * 10000 + day.month * 100 + day.day);
	struct shortfalls left;
	if (case_shortfall_left(c, &left))
		for (unsigned i = 0; i < left.n; i++)
			note(o, OUTSTANDING_COUNTER, 0, N_("其他"), left.row[i].text, "", "");
	return o;
}

static uint64_t mix(uint64_t mark, const char *text)
{
	for (; *text; text++)
		mark = (mark ^ (unsigned char)*text) * UINT64_C(0x100000001b3); /* FNV-1a */
	return mark ^ 0xff; /* an end that no text holds, so that two texts are not one */
}

uint64_t outstanding_mark(const struct outstanding *o)
{
	uint64_t mark = UINT64_C(0xcbf29ce484222325);
	for (unsigned i = 0; i < o->n; i++) {
		char kind[] = { (char)('0' + o->rows[i].what), '\0' };
		mark = mix(mix(mix(mark, kind), o->rows[i].title), o->rows[i].remedy);
	}
	return mark;
}

void outstanding_destroy(struct outstanding *o)
{
	if (o)
		explicit_bzero(o, sizeof *o);
	free(o);
}
