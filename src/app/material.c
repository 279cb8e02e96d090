#include "app/material.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/home.h"
#include "app/take.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "vision/inspector.h"
#include "vision/material.h"

enum { COMPLAINTS_MAX = 3, CODE_MAX = 64 };

struct material_check {
	char code[CODE_MAX];
	unsigned char *bytes; /* the file, while it is being looked at; then the filing has it */
	size_t size;
	bool taken;
	struct inspection found;
	struct material_finding findings[FINDINGS_MAX];
	size_t n_findings;
	enum lang lang; /* of the findings */
};

static const struct material *material_of(const struct app *app, const char *code)
{
	return item_material(app->filing.item, code);
}

static enum inspect_what what_for(const struct material *m)
{
	return m->paper == PAPER_UNREAD ? INSPECT_MATERIAL : m->paper == PAPER_ID_CARD ? INSPECT_CARD : INSPECT_PAPER;
}

/* What was typed for a question, or found on the screen that asks the address. */
static const char *answer_of(const struct filing *f, const char *name)
{
	char text[ANSWER_NAME_MAX];
	if (!name || item_question(f->item, name, NULL))
		return name ? answers_text(f->answers, name) : "";
	snprintf(text, sizeof text, "%s.text", name);
	return answers_text(f->answers, text);
}

/* The library knows better than likeness whether the home that was read is the one that was typed. */
static void ask_library(struct app *app, struct material_finding *f)
{
	if (f->field != MATERIAL_ADDRESS || !*f->read)
		return;
	enum home_match match = home_compare(app->services.addresses(app), f->typed, f->read);
	if (match == HOME_SAME && f->verdict != MATERIAL_AGREES)
		material_conclude(f, MATERIAL_AGREES);
	else if (match == HOME_OTHER && f->verdict != MATERIAL_DIFFERS)
		material_conclude(f, MATERIAL_DIFFERS);
}

static void say_findings(struct app *app, struct material_check *c)
{
	const struct material *m = material_of(app, c->code);
	struct material_expected e = { .paper = m->paper,
		.name = answer_of(&app->filing, m->about.name),
		.id_number = answer_of(&app->filing, m->about.id_number),
		.address = answer_of(&app->filing, m->about.address),
		.today = app->facts.today };
	c->n_findings = material_findings(c->found.reading, &e, c->findings, FINDINGS_MAX);
	for (size_t k = 0; k < c->n_findings; k++)
		ask_library(app, &c->findings[k]);
	c->lang = i18n_get();
}

void material_show(void *ctx, struct material_view *ret)
{
	struct app *app = ctx;
	struct material_check *c = app->material;
	*ret = (struct material_view){ 0 };
	if (!c || !c->taken)
		return;
	if (c->lang != i18n_get())
		say_findings(app, c);
	ret->shown = (struct page_picture){ c->found.preview.width, c->found.preview.height, c->found.preview.rgb };
	for (size_t k = 0; k < c->n_findings; k++) {
		const struct material_finding *f = &c->findings[k];
		struct finding_view *v = &ret->findings[ret->n_findings++];
		v->field = material_field_name(f->field);
		v->doubt = f->verdict == MATERIAL_DIFFERS || f->verdict == MATERIAL_UNREAD;
		str_copy(v->typed, sizeof v->typed, f->typed);
		str_copy(v->read, sizeof v->read, f->read);
		str_copy(v->text, sizeof v->text, f->text);
	}
}

static bool acceptable(const struct inspection *i, size_t size, char *ret_why, size_t why_size)
{
	char *complaints[COMPLAINTS_MAX];
	struct str s;
	size_t n = material_complaints(i, size, complaints, COMPLAINTS_MAX);
	str_init(&s, why_size - 1);
	for (size_t c = 0; c < n; c++) {
		str_addf(&s, "%s%s", c ? "\n" : "", complaints[c]);
		free(complaints[c]);
	}
	if (n)
		str_copy(ret_why, why_size, s.text);
	str_finish(&s);
	return n == 0;
}

bool material_begin(struct app *app, int fd, const char *code, char *ret_why, size_t why_size)
{
	struct err e = { 0 };
	const struct material *m = material_of(app, code);
	material_drop(app);
	struct material_check *c = app->material = xcalloc(1, sizeof *c);
	c->bytes = take_copy(fd, &c->size, ret_why, why_size);
	if (c->bytes && !take_ask(app, what_for(m), c->bytes, c->size, &e))
		str_copy(ret_why, why_size, e.text);
	else if (c->bytes && str_copy(c->code, sizeof c->code, code))
		return true;
	material_drop(app);
	return false;
}

static void wipe_copy(struct material_check *c)
{
	if (c->bytes)
		explicit_bzero(c->bytes, c->size);
	free(c->bytes);
	c->bytes = NULL;
}

static bool attach(struct app *app, struct material_check *c, char *ret_about, size_t about_size, char *ret_why,
	size_t why_size)
{
	if (!acceptable(&c->found, c->size, ret_why, why_size))
		return false;
	if (!filing_attach(&app->filing, c->code, inspection_mime(&c->found), c->bytes, c->size)) {
		str_copy(ret_why, why_size, tr("文件太多或太大，放不下了。请选“到窗口出示原件”。"));
		return false;
	}
	say_findings(app, c);
	take_about(&c->found, c->size, ret_about, about_size);
	wipe_copy(c);
	return true;
}

enum check_state material_poll(void *ctx, char *ret_about, size_t about_size, char *ret_why, size_t why_size)
{
	struct app *app = ctx;
	struct material_check *c = app->material;
	struct err e = { 0 };
	if (!c || c->taken)
		return CHECK_FAILED;
	enum inspector_state state = inspector_poll(app->inspector, &c->found, &e);
	if (state == INSPECTOR_WAITING)
		return CHECK_RUNNING;
	if (state == INSPECTOR_DONE) {
		c->taken = attach(app, c, ret_about, about_size, ret_why, why_size);
	} else {
		log_warn("inspect", "name=%s failed=%d", c->code, e.code);
		str_copy(ret_why, why_size, e.text);
	}
	if (c->taken)
		return CHECK_DONE;
	material_drop(app);
	return CHECK_FAILED;
}

void material_drop(void *ctx)
{
	struct app *app = ctx;
	struct material_check *c = app->material;
	if (!c)
		return;
	if (app->inspector && !c->taken)
		inspector_cancel(app->inspector);
	wipe_copy(c);
	inspection_finish(&c->found);
	explicit_bzero(c, sizeof *c);
	free(c);
	app->material = NULL;
}

int material_fd(const struct app *app)
{
	return app->material && !app->material->taken ? inspector_fd(app->inspector) : -1;
}
