#include "app/material.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/take.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/filing.h"
#include "vision/inspector.h"
#include "vision/material.h"

enum { COMPLAINTS_MAX = 3, CODE_MAX = 64 };

struct material_check {
	char code[CODE_MAX];
	unsigned char *bytes; /* the file */
	size_t size;
};

/* Of whom and of which home a material is: names of answers. */
static const struct about {
	const char *code, *name, *id_number, *address;
	enum inspect_what what;
} ABOUT[] = {
	{ "id-card", "name", "id_number", "household_address", INSPECT_CARD },
	{ "agent-id", "agent_name", "agent_id_number", "", INSPECT_CARD },
	{ "property", "name", "id_number", "address.text", INSPECT_PAPER },
	{ "lease-filing", "name", "id_number", "address.text", INSPECT_PAPER },
	{ "lease-contract", "name", "id_number", "address.text", INSPECT_PAPER },
	{ "kin-property", "kin_name", "", "address.text", INSPECT_PAPER },
	{ "kin-lease-filing", "kin_name", "", "address.text", INSPECT_PAPER },
	{ "kin-lease-contract", "kin_name", "", "address.text", INSPECT_PAPER },
};

static const struct about *about(const char *code)
{
	for (size_t k = 0; k < sizeof ABOUT / sizeof *ABOUT; k++)
		if (str_eq(ABOUT[k].code, code))
			return &ABOUT[k];
	return NULL;
}

static enum inspect_what what_for(const char *name)
{
	const struct about *a = about(name);
	return a ? a->what : material_known(name) ? INSPECT_PAPER : INSPECT_MATERIAL;
}

static void compare(struct app *app, const char *name, const struct inspection *i)
{
	const struct answers *answers = app->filing.answers;
	const struct about *a = about(name);
	struct material_expected e = { .code = name, .today = app->facts.today };
	if (a) {
		e.name = answers_text(answers, a->name);
		e.id_number = answers_text(answers, a->id_number);
		e.address = answers_text(answers, a->address);
	}
	app->n_findings = material_findings(i->reading, &e, app->findings, FINDINGS_MAX);
}

size_t material_show(void *ctx, struct finding_view out[static FINDINGS_MAX])
{
	struct app *app = ctx;
	size_t n = app->n_findings;
	for (size_t k = 0; k < n; k++) {
		const struct material_finding *f = &app->findings[k];
		out[k] = (struct finding_view){ .field = material_field_name(f->field),
			.doubt = f->verdict == MATERIAL_DIFFERS || f->verdict == MATERIAL_UNREAD };
		str_copy(out[k].typed, sizeof out[k].typed, f->typed);
		str_copy(out[k].read, sizeof out[k].read, f->read);
		str_copy(out[k].text, sizeof out[k].text, f->text);
	}
	explicit_bzero(app->findings, sizeof app->findings);
	app->n_findings = 0;
	return n;
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
	material_drop(app);
	struct material_check *c = app->material = xcalloc(1, sizeof *c);
	app->n_findings = 0;
	c->bytes = take_copy(fd, &c->size, ret_why, why_size);
	if (c->bytes && !take_ask(app, what_for(code), c->bytes, c->size, &e))
		str_copy(ret_why, why_size, e.text);
	else if (c->bytes && str_copy(c->code, sizeof c->code, code))
		return true;
	material_drop(app);
	return false;
}

static bool attach(struct app *app, const struct material_check *c, const struct inspection *i, char *ret_about,
	size_t about_size, char *ret_why, size_t why_size)
{
	if (!acceptable(i, c->size, ret_why, why_size))
		return false;
	if (!filing_attach(&app->filing, c->code, inspection_mime(i), c->bytes, c->size)) {
		str_copy(ret_why, why_size, tr("文件太多或太大，放不下了。请选“到窗口出示原件”。"));
		return false;
	}
	compare(app, c->code, i);
	take_about(i, c->size, ret_about, about_size);
	return true;
}

enum check_state material_poll(void *ctx, char *ret_about, size_t about_size, char *ret_why, size_t why_size)
{
	struct app *app = ctx;
	struct material_check *c = app->material;
	struct inspection i = { 0 };
	struct err e = { 0 };
	bool taken = false;
	if (!c)
		return CHECK_FAILED;
	enum inspector_state state = inspector_poll(app->inspector, &i, &e);
	if (state == INSPECTOR_WAITING)
		return CHECK_RUNNING;
	if (state == INSPECTOR_DONE) {
		taken = attach(app, c, &i, ret_about, about_size, ret_why, why_size);
	} else {
		log_warn("inspect", "name=%s failed=%d", c->code, e.code);
		str_copy(ret_why, why_size, e.text);
	}
	inspection_finish(&i);
	material_drop(app);
	return taken ? CHECK_DONE : CHECK_FAILED;
}

void material_drop(void *ctx)
{
	struct app *app = ctx;
	struct material_check *c = app->material;
	if (!c)
		return;
	if (app->inspector)
		inspector_cancel(app->inspector);
	if (c->bytes)
		explicit_bzero(c->bytes, c->size);
	free(c->bytes);
	free(c);
	app->material = NULL;
}

int material_fd(const struct app *app)
{
	return app->material ? inspector_fd(app->inspector) : -1;
}
