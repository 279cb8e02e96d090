#include "app/registration.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/open.h"
#include "app/receipt_open.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "device/printer.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/case_move.h"
#include "model/eligibility.h"
#include "model/item.h"
#include "receipt/reminder.h"
#include "seal/envelope.h"
#include "store/store.h"

static bool refuse(char *ret_why, size_t size, const char *sentence)
{
	str_copy(ret_why, size, sentence);
	return false;
}

/* Why a case cannot be built on; NULL: it can. */
static const char *objection(const struct app *app, const struct case_record *c)
{
	const char *id = answers_text(app->filing.answers, "verified.id");
	if (!str_eq(c->item, app->filing.item->builds_on))
		return tr("这是另一个事项的回执。请用居住登记的回执。");
	if (c->state == CASE_WITHDRAWN)
		return tr("这件居住登记已经撤回了。请重新办理居住登记，或到窗口询问。");
	if (case_state_label(c->state) && !registration_day(c))
		return tr("这件居住登记还没有办好。办得怎样，请到“我的办件”查询；办好以后再来。");
	if (*id && !str_eq(id, answers_text(c->answers, "id_number")))
		return tr("这是另一个人的回执。请用申请人自己的回执。");
	return NULL;
}

/* `name` itself or one of its parts. */
static bool belongs(const char *prefix, const char *name)
{
	size_t n = prefix ? strlen(prefix) : 0;
	return n && strncmp(prefix, name, n) == 0 && (name[n] == '\0' || name[n] == '.');
}

/* An answer that this item takes over: of a step that can be carried. */
static bool carries(const struct item *item, const char *name)
{
	for (unsigned i = 0; i < item->n_steps; i++) {
		const struct screen *s = item->steps[i].screen;
		if (!item->steps[i].n_carried)
			continue;
		if (belongs(s->name, name))
			return true;
		for (unsigned k = 0; k < s->n_questions; k++)
			if (belongs(s->questions[k].name, name))
				return true;
	}
	return false;
}

static void take_answers(struct filing *f, const struct answers *from)
{
	struct str given;
	str_init(&given, ANSWER_VALUE_MAX);
	for (size_t i = 0; i < answers_count(from); i++) {
		const char *name = answers_name_at(from, i), *code = name + strlen("material.");
		if (carries(f->item, name))
			answers_set(f->answers, name, answers_value_at(from, i));
		if (strncmp(name, "material.", strlen("material.")) == 0 && !strchr(code, '.'))
			str_addf(&given, "%s%s", given.len ? " " : "", code);
	}
	answers_set(f->answers, "registration.materials", given.text);
	str_finish(&given);
}

static const char *photo_name(const struct item *item)
{
	for (unsigned i = 0; i < item->n_steps; i++)
		if (item->steps[i].screen->kind == SCREEN_PHOTO && item->steps[i].n_carried)
			return item->steps[i].screen->name;
	return NULL;
}

/* The photo file goes along. */
static bool take_photo(struct app *app, const struct case_record *c, const unsigned char key[static 32], struct err *e)
{
	const char *name = photo_name(app->filing.item);
	if (!name)
		return true;
	for (unsigned i = 0; i < c->n_files; i++) {
		unsigned char *bytes = NULL;
		size_t size = 0;
		if (!str_eq(c->files[i].name, name))
			continue;
		bool good = open_file(app, c, key, i, &bytes, &size, e) &&
			(filing_attach(&app->filing, name, c->files[i].mime, bytes, size) ||
				err_set(e, ERR_STORAGE, "the photo of the registration is too large"));
		if (bytes)
			explicit_bzero(bytes, size);
		free(bytes);
		return good;
	}
	return true;
}

/* All or nothing: the answers change only when the photo could be read. */
static bool take_over(struct app *app, const struct case_record *c, const unsigned char key[static 32], struct err *e)
{
	struct answers *a = app->filing.answers;
	char day[16];
	if (!take_photo(app, c, key, e))
		return false;
	answers_remove_prefix(a, "registration.");
	take_answers(&app->filing, c->answers);
	const char *photo = photo_name(app->filing.item);
	if (photo && str_eq(answers_text(a, photo), "counter")) /* it was taken there, and is with the registration */
		answers_set(a, photo, "registration");
	snprintf(day, sizeof day, "%d", registration_day(c));
	answers_set(a, "registration", "opened");
	answers_set(a, "registration.number", c->number);
	answers_set(a, "registration.id", answers_text(c->answers, "id_number"));
	answers_set(a, "registration.on", day);
	answers_set(a, "registration.type", answers_text(c->answers, "residence_type"));
	return answers_set(a, "registration.address", answers_text(c->answers, "address.text"));
}

bool registration_open(void *ctx, const char *typed, const char *query, enum receipt_row *ret_row, char *ret_why,
	size_t why_size)
{
	struct app *app = ctx;
	struct err e = { 0 };
	struct receipt_try tried;
	struct receipt_opened opened = { 0 };
	if (!receipt_open(app, typed, query, &tried, &opened)) {
		*ret_row = tried.row;
		receipt_why(&tried, ret_why, why_size);
		return false;
	}
	*ret_row = RECEIPT_ROW_CODE; /* what is objected to is the receipt */
	struct case_record *c = opened.record;
	const char *why = objection(app, c);
	if (!why && !take_over(app, c, opened.key, &e)) {
		log_warn("registration", "failed=%d %s", e.code, e.text);
		why = tr("现在读不出这件登记，请过一会儿再试，或到窗口办理。");
	}
	explicit_bzero(&opened, sizeof opened);
	case_record_destroy(c);
	return !why || refuse(ret_why, why_size, why);
}

struct looking {
	const char *item;
	char number[CASENUM_LENGTH + 1];
};

static void look(const struct case_head *h, void *ctx)
{
	struct looking *l = ctx;
	if (str_eq(h->item, l->item) && case_is_open((enum case_state)h->state))
		str_copy(l->number, sizeof l->number, h->number);
}

bool registration_application(void *ctx, char ret_number[static 21])
{
	struct app *app = ctx;
	struct err e = { 0 };
	struct looking l = { .item = app->filing.item->code };
	unsigned char person[PERSON_SIZE];
	const char *id = answers_text(app->filing.answers, "id_number");
	ret_number[0] = '\0';
	if (!app->filing.item->single || !*id)
		return false;
	if (!person_index(id, app->keys.index, &seal_cost_default, person, &e) ||
		!store_case_of_person(app->store, person, look, &l, &e)) {
		log_warn("own-cases", "failed=%d", e.code);
		return false; /* submitting looks again */
	}
	str_copy(ret_number, CASENUM_LENGTH + 1, l.number);
	return l.number[0] != '\0';
}

bool registration_remind(void *ctx)
{
	struct app *app = ctx;
	struct err e = { 0 };
	struct eligibility el;
	char job[32];
	snprintf(job, sizeof job, "reminder-%lld", (long long)clock_now());
	eligibility_judge(app->filing.answers, &app->facts, &el);
	char *text = reminder_text(&el, app->filing.item, app->config.center, app->config.hotline, &e);
	bool good = text && printer_print(app->config.printer, app->config.printer_dir, job, text, &e);
	if (!good)
		log_warn("remind", "failed=%d", e.code);
	str_wipe_free(text);
	return good;
}

void registration_center(void *ctx, struct center *ret)
{
	struct app *app = ctx;
	const struct answers *a = app->filing.answers;
	center_of(&app->centers, answers_text(a, "address.town_code"), answers_text(a, "address.town"), ret);
}
