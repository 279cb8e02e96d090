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
#include "model/carried.h"
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
	if (!registration_day(c))
		return case_is_ended((int)c->state)
			? tr("这件居住登记没有办成，请重新办理。为什么没有办成，请到“我的办件”查询。")
			: tr("这件居住登记还没有办好。办得怎样，请到“我的办件”查询；办好以后再来。");
	if (*id && !str_eq(id, answers_text(c->answers, "id_number")))
		return tr("这是另一个人的回执。请用申请人自己的回执。");
	return NULL;
}

struct photo_file {
	unsigned char *bytes;
	size_t size;
	const char *mime; /* borrowed from the case */
};

static void photo_finish(struct photo_file *p)
{
	if (p->bytes)
		explicit_bzero(p->bytes, p->size);
	free(p->bytes);
	*p = (struct photo_file){ 0 };
}

/* Without bytes: the case has none, it was taken at the counter. */
static bool photo_load(struct app *app, const struct case_record *c, const unsigned char key[static 32],
	struct photo_file *ret, struct err *e)
{
	const char *name = carried_photo(app->filing.item);
	*ret = (struct photo_file){ 0 };
	for (unsigned i = 0; name && i < c->n_files; i++) {
		if (!str_eq(c->files[i].name, name))
			continue;
		ret->mime = c->files[i].mime;
		return open_file(app, c, key, i, &ret->bytes, &ret->size, e);
	}
	return true;
}

/* The answers change only when the photo could be read. What an earlier receipt gave does not stay under this one's number. */
static bool take_over(struct app *app, const struct case_record *c, const unsigned char key[static 32], struct err *e)
{
	struct filing *f = &app->filing;
	struct answers *a = f->answers;
	const char *photo = carried_photo(f->item);
	struct photo_file file;
	char day[16];
	if (!photo_load(app, c, key, &file, e))
		return false;
	bool good = !file.bytes || filing_attach(f, photo, file.mime, file.bytes, file.size);
	if (good && !file.bytes && photo)
		filing_detach(f, photo);
	photo_finish(&file);
	if (!good)
		return err_set(e, ERR_STORAGE, "there is no room for the photo of the registration");
	carried_take(f, c->answers);
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
