#include "model/filing.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/check.h"
#include "model/fact.h"
#include "model/item.h"

static bool screen_asks(const struct screen *screen, const char *name)
{
	for (unsigned i = 0; i < screen->n_questions; i++)
		if (strcmp(screen->questions[i].name, name) == 0)
			return true;
	return false;
}

enum { STEPS_MAX = 256 };

struct route {
	bool on[STEPS_MAX];
	unsigned n; /* steps judged so far */
};

static const char *guard_value(const struct filing *f, const struct facts *facts, const struct route *r, const char *name)
{
	if (fact_values(name))
		return fact_value(name, f->answers, facts);
	for (unsigned i = 0; i < r->n; i++)
		if (r->on[i] && screen_asks(f->item->steps[i].screen, name))
			return answers_get(f->answers, name);
	return NULL;
}

static bool guards_hold(const struct filing *f, const struct facts *facts, const struct route *r,
                        const struct guard *guards, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (!guard_holds(&guards[i], guard_value(f, facts, r, guards[i].name)))
			return false;
	return true;
}

/* Walks the steps in order. A way that cannot go on here is the last step of its route. */
static struct route walk(const struct filing *f, const struct facts *facts)
{
	struct route r = {.n = 0};
	bool ended = false;
	assert(f->item->n_steps <= STEPS_MAX);
	for (unsigned i = 0; i < f->item->n_steps; i++) {
		const struct step *step = &f->item->steps[i];
		r.on[i] = !ended && guards_hold(f, facts, &r, step->guards, step->n_guards);
		ended = ended || (r.on[i] && step->screen->kind == SCREEN_END);
		r.n = i + 1;
	}
	return r;
}

bool route_has(const struct filing *f, const struct facts *facts, unsigned step)
{
	struct route r = walk(f, facts);
	return step < r.n && r.on[step];
}

bool route_next(const struct filing *f, const struct facts *facts, unsigned step, unsigned *ret_step)
{
	struct route r = walk(f, facts);
	for (unsigned i = step + 1; i < r.n; i++) {
		if (!r.on[i])
			continue;
		*ret_step = i;
		return true;
	}
	return false;
}

bool route_back(const struct filing *f, const struct facts *facts, unsigned step, unsigned *ret_step)
{
	struct route r = walk(f, facts);
	for (unsigned i = step < r.n ? step : r.n; i-- > 0;) {
		if (!r.on[i])
			continue;
		*ret_step = i;
		return true;
	}
	return false;
}

void route_position(const struct filing *f, const struct facts *facts, unsigned step, unsigned *ret_n, unsigned *ret_of)
{
	struct route r = walk(f, facts);
	unsigned n = 0, of = 0;
	for (unsigned i = 0; i < r.n; i++) {
		of += r.on[i];
		n += r.on[i] && i <= step;
	}
	*ret_n = n;
	*ret_of = of;
}

bool route_material(const struct filing *f, const struct facts *facts, const struct material *m)
{
	struct route r = walk(f, facts);
	return guards_hold(f, facts, &r, m->guards, m->n_guards);
}

static bool refuse(char *why, size_t size, const char *sentence)
{
	str_copy(why, size, sentence);
	return false;
}

static const char *composite(const struct filing *f, const char *name, const char *part)
{
	char full[ANSWER_NAME_MAX + 1];
	if ((size_t)snprintf(full, sizeof full, "%s.%s", name, part) >= sizeof full)
		return "";
	return answers_text(f->answers, full);
}

static bool notice_answered(const struct filing *f, const struct facts *facts, const struct screen *s, char *why, size_t size)
{
	(void)facts;
	return *answers_text(f->answers, s->name) || refuse(why, size, tr("请先阅读本页，再选择“我已阅读”。"));
}

static bool form_answered(const struct filing *f, const struct facts *facts, const struct screen *s, char *why, size_t size)
{
	for (unsigned i = 0; i < s->n_questions; i++) {
		char value[ANSWER_VALUE_MAX + 1];
		const struct question *q = &s->questions[i];
		bool good = check_answer(q, answers_text(f->answers, q->name), f->answers, facts, value, sizeof value, why, size);
		explicit_bzero(value, sizeof value);
		if (!good)
			return false;
	}
	return true;
}

static bool verify_answered(const struct filing *f, const struct facts *facts, const struct screen *s, char *why, size_t size)
{
	(void)facts;
	if (!*composite(f, s->name, "by"))
		return refuse(why, size, tr("身份还没有核验，请先完成核验。"));
	/* a changed identity number opens the verification again */
	const char *id = answers_text(f->answers, str_eq(s->subject, "agent") ? "agent_id_number" : "id_number");
	if (!*id || strcmp(composite(f, s->name, "id"), id) != 0)
		return refuse(why, size, tr("身份证号码已更改，请重新核验身份。"));
	return true;
}

static bool address_answered(const struct filing *f, const struct facts *facts, const struct screen *s, char *why, size_t size)
{
	(void)facts;
	return *composite(f, s->name, "text") || refuse(why, size, tr("请选择或填写现在居住的地址。"));
}

static bool photo_answered(const struct filing *f, const struct facts *facts, const struct screen *s, char *why, size_t size)
{
	(void)facts;
	const char *way = answers_text(f->answers, s->name);
	if (strcmp(way, "counter") == 0 || (strcmp(way, "file") == 0 && filing_attachment(f, s->name)))
		return true;
	return refuse(why, size, tr("请选择照片文件，或选择在窗口拍照。"));
}

static bool materials_answered(const struct filing *f, const struct facts *facts, const struct screen *s, char *why, size_t size)
{
	(void)s;
	for (unsigned i = 0; i < f->item->n_materials; i++) {
		const struct material *m = &f->item->materials[i];
		if (!route_material(f, facts, m))
			continue;
		char name[ANSWER_NAME_MAX + 1];
		snprintf(name, sizeof name, "material.%s", m->code);
		const char *way = answers_text(f->answers, name);
		if (strcmp(way, "counter") == 0 || (strcmp(way, "file") == 0 && filing_attachment(f, m->code)) ||
		    (strcmp(way, "licence") == 0 && m->licence && *composite(f, name, "number")))
			continue;
		char text[512];
		snprintf(text, sizeof text, tr("请选择怎样提供“%s”。"), tr(m->title));
		return refuse(why, size, text);
	}
	return true;
}

static bool review_answered(const struct filing *f, const struct facts *facts, const struct screen *s, char *why, size_t size)
{
	(void)facts, (void)s;
	return strcmp(answers_text(f->answers, "declaration"), "yes") == 0 ||
	       refuse(why, size, tr("请核对填写的内容，并确认声明。"));
}

static bool end_answered(const struct filing *f, const struct facts *facts, const struct screen *s, char *why, size_t size)
{
	(void)f, (void)facts, (void)s;
	return refuse(why, size, tr("这种情况不能在本机继续办理，请按屏幕上的说明前往窗口。"));
}

bool step_answered(const struct filing *f, const struct facts *facts, unsigned step, char *ret_why, size_t size)
{
	static bool (*const judges[SCREEN_KINDS])(const struct filing *, const struct facts *, const struct screen *, char *,
	                                          size_t) = {
		[SCREEN_NOTICE] = notice_answered,
		[SCREEN_FORM] = form_answered,
		[SCREEN_VERIFY] = verify_answered,
		[SCREEN_ADDRESS] = address_answered,
		[SCREEN_PHOTO] = photo_answered,
		[SCREEN_MATERIALS] = materials_answered,
		[SCREEN_REVIEW] = review_answered,
		[SCREEN_END] = end_answered,
	};
	const struct screen *screen = f->item->steps[step].screen;
	return judges[screen->kind](f, facts, screen, ret_why, size);
}

bool route_first_open(const struct filing *f, const struct facts *facts, unsigned *ret_step, char *ret_why, size_t size)
{
	struct route r = walk(f, facts);
	for (unsigned i = 0; i < r.n; i++) {
		if (!r.on[i] || step_answered(f, facts, i, ret_why, size))
			continue;
		*ret_step = i;
		return true;
	}
	return false;
}
