#include "model/filing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/check.h"
#include "model/eligibility.h"
#include "model/fact.h"
#include "model/item.h"
#include "model/licence.h"

/* One step being judged: where it looks, and where its sentence goes. */
struct asked {
	const struct filing *f;
	const struct facts *facts;
	const struct screen *s;
	const struct step *step; /* NULL: a question or a material alone */
	char *why;
	size_t size;
};

static bool refuse(const struct asked *a, const char *sentence)
{
	str_copy(a->why, a->size, sentence);
	return false;
}

static const char *composite(const struct filing *f, const char *name, const char *part)
{
	char full[ANSWER_NAME_MAX + 1];
	if ((size_t)snprintf(full, sizeof full, "%s.%s", name, part) >= sizeof full)
		return "";
	return answers_text(f->answers, full);
}

static bool notice_answered(const struct asked *a)
{
	return *answers_text(a->f->answers, a->s->name) || refuse(a, tr("请先阅读本页，再选择“我已阅读”。"));
}

bool question_answered(const struct filing *f, const struct facts *facts, const struct question *q, char *ret_why,
	size_t size)
{
	char value[ANSWER_VALUE_MAX + 1];
	bool good = check_answer(q, answers_text(f->answers, q->name), f->answers, facts, value, sizeof value, ret_why,
		size);
	explicit_bzero(value, sizeof value);
	return good;
}

static bool form_answered(const struct asked *a)
{
	for (unsigned i = 0; i < a->s->n_questions; i++)
		if (!question_answered(a->f, a->facts, &a->s->questions[i], a->why, a->size))
			return false;
	return true;
}

static bool verify_answered(const struct asked *a)
{
	if (!*composite(a->f, a->s->name, "by"))
		return refuse(a, tr("身份还没有核验，请先完成核验。"));
	/* a changed identity number opens the verification again */
	const char *id = answers_text(a->f->answers, str_eq(a->s->subject, "agent") ? "agent_id_number" : "id_number");
	if (!*id || strcmp(composite(a->f, a->s->name, "id"), id) != 0)
		return refuse(a, tr("身份证号码已更改，请重新核验身份。"));
	return true;
}

static bool address_answered(const struct asked *a)
{
	return *composite(a->f, a->s->name, "text") || refuse(a, tr("请选择或填写现在居住的地址。"));
}

static bool registration_answered(const struct asked *a)
{
	const char *way = answers_text(a->f->answers, a->s->name);
	struct eligibility e;
	eligibility_judge(a->f->answers, a->facts, &e);
	if (!registration_own(a->f->answers))
		return refuse(a, tr("这是另一个人的居住登记。请用申请人自己的回执。"));
	if (e.registered &&
		(strcmp(way, "stated") == 0 || (strcmp(way, "opened") == 0 && *composite(a->f, a->s->name, "number"))))
		return true;
	return refuse(a, tr("请先找到居住登记：用登记的回执，或者填写登记的日期。"));
}

static bool eligibility_answered(const struct asked *a)
{
	struct eligibility e;
	char text[300];
	eligibility_judge(a->f->answers, a->facts, &e);
	if (e.may)
		return true;
	if (e.registered && !e.in_force)
		return refuse(a, tr("居住登记已经过期，请先重新登记。"));
	snprintf(text, sizeof text, tr("登记还不满六个月，%d年%d月%d日起可以申请。"), e.from / 10000,
		e.from / 100 % 100, e.from % 100);
	return refuse(a, text);
}

/* It asks nothing: it shows what was taken over. */
static bool carried_answered(const struct asked *a)
{
	(void)a;
	return true;
}

/* Nobody in it is fine; whoever is in it is there completely, and once. */
static bool group_answered(const struct asked *a)
{
	struct question q;
	char name[GROUP_NAME];
	for (unsigned slot = 1; slot <= a->s->max; slot++) {
		for (unsigned i = 0; group_used(a->f, a->s, slot) && i < a->s->n_questions; i++) {
			group_question(a->s, slot, i, &q, name);
			if (!question_answered(a->f, a->facts, &q, a->why, a->size))
				return false;
		}
		if (group_repeated(a->f, a->s, slot))
			return refuse(a, tr("这个身份证号码已经填过了，请核对。"));
	}
	return true;
}

/* The center follows from the residence: an answer from before a move does not stand. */
static bool center_answered(const struct asked *a)
{
	bool seen = *answers_text(a->f->answers, a->s->name);
	return (seen &&
		       strcmp(composite(a->f, a->s->name, "town_code"),
			       answers_text(a->f->answers, "address.town_code")) == 0) ||
		refuse(a, tr("请看一遍领证的地点，再继续。"));
}

/* Whether the photo is the one that was taken over ("photo.registered") has to be what was said about it. */
static bool photo_chosen(const struct asked *a)
{
	bool keep = route_carries(a->f, a->facts, (unsigned)(a->step - a->f->item->steps));
	bool registered = strcmp(composite(a->f, a->s->name, "registered"), "yes") == 0;
	if (keep == registered)
		return true;
	return refuse(a,
		keep ? tr("您选了用登记时的照片，可是它已经换掉了。请改选“换一张新的”，或者再扫一次登记的回执。")
		     : tr("现在还是登记时的照片。请选一张新的，或选择在窗口拍照。"));
}

static bool photo_answered(const struct asked *a)
{
	const char *way = answers_text(a->f->answers, a->s->name);
	bool registered = strcmp(way, "registration") == 0 &&
		str_eq(fact_value("registration", a->f->answers, a->facts), "opened");
	if (registered || strcmp(way, "counter") == 0 ||
		(strcmp(way, "file") == 0 && filing_attachment(a->f, a->s->name)))
		return photo_chosen(a);
	return refuse(a, tr("请选择照片文件，或选择在窗口拍照。"));
}

int material_valid_to(const struct answers *a, const struct material *m)
{
	char name[ANSWER_NAME_MAX];
	snprintf(name, sizeof name, "material.%s.valid_to", m->code);
	const char *text = answers_text(a, name);
	if (strlen(text) != 8 || strspn(text, "0123456789") != 8)
		return 0;
	int date = (int)strtol(text, NULL, 10);
	return date_real(date / 10000, date / 100 % 100, date % 100) ? date : 0;
}

bool material_answered(const struct filing *f, const struct facts *facts, const struct material *m, char *ret_why,
	size_t size)
{
	char name[ANSWER_NAME_MAX], text[512];
	snprintf(name, sizeof name, "material.%s", m->code);
	const char *way = answers_text(f->answers, name);
	if (strcmp(way, "counter") == 0 || (strcmp(way, "file") == 0 && filing_attachment(f, m->code)) ||
		licence_stands(f, m, facts->today))
		return true;
	snprintf(text, sizeof text, tr("请选择怎样提供“%s”。"), tr(m->title));
	str_copy(ret_why, size, text);
	return false;
}

static bool materials_answered(const struct asked *a)
{
	for (unsigned i = 0; i < a->f->item->n_materials; i++) {
		const struct material *m = &a->f->item->materials[i];
		if (route_material(a->f, a->facts, m) && !material_answered(a->f, a->facts, m, a->why, a->size))
			return false;
	}
	return true;
}

/* It asks nothing: it repeats what the others left open. */
static bool outstanding_answered(const struct asked *a)
{
	(void)a;
	return true;
}

static bool review_answered(const struct asked *a)
{
	return strcmp(answers_text(a->f->answers, "declaration"), "yes") == 0 ||
		refuse(a, tr("请核对填写的内容，并确认声明。"));
}

static bool end_answered(const struct asked *a)
{
	return refuse(a, tr("这种情况不能在本机继续办理，请按屏幕上的说明前往窗口。"));
}

bool step_answered(const struct filing *f, const struct facts *facts, unsigned step, char *ret_why, size_t size)
{
	static bool (*const judges[SCREEN_KINDS])(const struct asked *) = {
		[SCREEN_NOTICE] = notice_answered,
		[SCREEN_FORM] = form_answered,
		[SCREEN_VERIFY] = verify_answered,
		[SCREEN_ADDRESS] = address_answered,
		[SCREEN_REGISTRATION] = registration_answered,
		[SCREEN_ELIGIBILITY] = eligibility_answered,
		[SCREEN_CARRIED] = carried_answered,
		[SCREEN_GROUP] = group_answered,
		[SCREEN_CENTER] = center_answered,
		[SCREEN_PHOTO] = photo_answered,
		[SCREEN_MATERIALS] = materials_answered,
		[SCREEN_OUTSTANDING] = outstanding_answered,
		[SCREEN_REVIEW] = review_answered,
		[SCREEN_END] = end_answered,
	};
	const struct step *s = &f->item->steps[step];
	return judges[s->screen->kind](&(struct asked){ f, facts, s->screen, s, ret_why, size });
}
