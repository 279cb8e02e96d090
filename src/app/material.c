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
#include "model/file_name.h"
#include "model/filing.h"
#include "model/given.h"
#include "model/item.h"
#include "vision/inspector.h"
#include "vision/material.h"

enum { COMPLAINTS_MAX = 3 };

struct material_check {
	char code[FILE_NAME_SIZE];
	unsigned number;      /* of the file that is being given, from 1 */
	unsigned looking;     /* the one that the inspector looks at; 0: at none */
	unsigned taken;       /* files of the filing that the findings are of; 0: there is nothing to show */
	unsigned char *bytes; /* the file that is being given, until the filing has it */
	size_t size;
	struct {
		bool there; /* it was looked at; nothing found: it could not be */
		struct inspection found;
	} file[MATERIAL_FILES_MAX]; /* [0] is file 1 */
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

/* Of each file for itself, the library asked, and then of all together. */
static void say_findings(struct app *app, struct material_check *c)
{
	const struct material *m = material_of(app, c->code);
	struct material_finding more[FINDINGS_MAX];
	struct material_expected e = { .paper = m->paper,
		.name = answer_of(&app->filing, m->about.name),
		.id_number = answer_of(&app->filing, m->about.id_number),
		.address = answer_of(&app->filing, m->about.address),
		.today = app->facts.today };
	for (unsigned i = 0; i < c->taken; i++) {
		struct material_finding *to = i == 0 ? c->findings : more;
		c->n_findings = material_findings(c->file[i].found.reading, &e, to, FINDINGS_MAX);
		for (size_t k = 0; k < c->n_findings; k++)
			ask_library(app, &to[k]);
		if (i > 0)
			material_merge(c->findings, more, c->n_findings, m->paper);
	}
	explicit_bzero(more, sizeof more);
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
	const struct picture *newest = &c->file[c->taken - 1].found.preview;
	ret->shown = (struct page_picture){ newest->width, newest->height, newest->rgb };
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

/* What is known of this material: of another one, or when all its files are replaced, nothing. */
static struct material_check *check_of(struct app *app, const char *name)
{
	char code[FILE_NAME_SIZE];
	file_code(code, name);
	unsigned number = file_number(name, code);
	if (number <= 1 || !app->material || !str_eq(app->material->code, code)) {
		material_drop(app);
		app->material = xcalloc(1, sizeof *app->material);
		str_copy(app->material->code, sizeof app->material->code, code);
	}
	app->material->number = number;
	return app->material;
}

bool material_begin(struct app *app, int fd, const char *name, char *ret_why, size_t why_size)
{
	struct err e = { 0 };
	material_stop(app);
	struct material_check *c = check_of(app, name);
	const struct material *m = material_of(app, c->code);
	if (!m || c->number == 0) { /* no screen asks for such a file */
		str_copy(ret_why, why_size, tr("现在不能检查文件，请选“到窗口”，或告诉工作人员。"));
		return false;
	}
	c->bytes = take_copy(fd, &c->size, ret_why, why_size);
	if (c->bytes && take_ask(app, what_for(m), c->bytes, c->size, &e)) {
		c->looking = c->number;
		return true;
	}
	if (c->bytes)
		str_copy(ret_why, why_size, e.text);
	material_stop(app);
	return false;
}

static void wipe_copy(struct material_check *c)
{
	if (c->bytes)
		explicit_bzero(c->bytes, c->size);
	free(c->bytes);
	c->bytes = NULL;
}

/* The readings of earlier files are gone when the page was left meanwhile: they are read again out of the filing, one a call. */
static bool ask_again(struct app *app, struct material_check *c)
{
	struct err e = { 0 };
	for (unsigned n = 1; n < c->number; n++) {
		const struct attachment *a = filing_file(&app->filing, c->code, n);
		if (c->file[n - 1].there || !a)
			continue;
		if (take_ask(app, what_for(material_of(app, c->code)), a->bytes, a->size, &e)) {
			c->looking = n;
			return true;
		}
		log_warn("inspect", "name=%s number=%u failed=%d", c->code, n, e.code);
		c->file[n - 1].there = true; /* said as: could not be read */
	}
	return false;
}

/* Files of materials that are not asked for any more, because an answer was changed, go first. True: there were some. */
static bool make_room(struct app *app)
{
	struct filing *f = &app->filing;
	bool any = false;
	for (unsigned i = 0; i < f->item->n_materials; i++) {
		const struct material *m = &f->item->materials[i];
		if (filing_files(f, m->code) == 0 || route_material(f, &app->facts, m))
			continue;
		given_set(f, m, "", "", "");
		any = true;
	}
	return any;
}

static bool attach(struct app *app, struct material_check *c, char *ret_about, size_t about_size, char *ret_why,
	size_t why_size)
{
	const struct inspection *found = &c->file[c->number - 1].found;
	const char *mime = inspection_mime(found);
	if (!filing_give(&app->filing, c->code, c->number, mime, c->bytes, c->size) &&
		!(make_room(app) && filing_give(&app->filing, c->code, c->number, mime, c->bytes, c->size))) {
		snprintf(ret_why, why_size,
			tr("加上这个文件，交的文件一共超过 %d MB，放不下了。请换一个小一点的文件，或选“到窗口出示原件”。"),
			FILING_SIZE_MAX / 1024 / 1024);
		return false;
	}
	c->taken = c->number;
	say_findings(app, c);
	take_about(found, c->size, ret_about, about_size);
	wipe_copy(c);
	return true;
}

enum check_state material_poll(void *ctx, char *ret_about, size_t about_size, char *ret_why, size_t why_size)
{
	struct app *app = ctx;
	struct material_check *c = app->material;
	struct err e = { 0 };
	if (!c || !c->looking)
		return CHECK_FAILED;
	unsigned n = c->looking;
	struct inspection *found = &c->file[n - 1].found;
	enum inspector_state state = inspector_poll(app->inspector, found, &e);
	if (state == INSPECTOR_WAITING)
		return CHECK_RUNNING;
	c->looking = 0;
	c->file[n - 1].there = true;
	bool good = state == INSPECTOR_DONE;
	if (!good) {
		log_warn("inspect", "name=%s number=%u failed=%d", c->code, n, e.code);
		if (n == c->number)
			str_copy(ret_why, why_size, e.text);
	}
	if (n == c->number)
		good = good && acceptable(found, c->size, ret_why, why_size);
	else
		good = true; /* taken before; that it could not be read again is said as for any other */
	if (good && ask_again(app, c))
		return CHECK_RUNNING;
	if (good && attach(app, c, ret_about, about_size, ret_why, why_size))
		return CHECK_DONE;
	material_stop(app);
	return CHECK_FAILED;
}

void material_stop(void *ctx)
{
	struct app *app = ctx;
	struct material_check *c = app->material;
	if (!c)
		return;
	if (app->inspector && c->looking)
		inspector_cancel(app->inspector);
	c->looking = 0;
	wipe_copy(c);
	if (c->number > c->taken) {
		inspection_finish(&c->file[c->number - 1].found);
		c->file[c->number - 1].there = false;
	}
}

void material_drop(void *ctx)
{
	struct app *app = ctx;
	struct material_check *c = app->material;
	if (!c)
		return;
	material_stop(app);
	for (unsigned i = 0; i < MATERIAL_FILES_MAX; i++)
		inspection_finish(&c->file[i].found);
	explicit_bzero(c, sizeof *c);
	free(c);
	app->material = NULL;
}

int material_fd(const struct app *app)
{
	return app->material && app->material->looking ? inspector_fd(app->inspector) : -1;
}
