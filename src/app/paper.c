#include "app/paper.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/err.h"
#include "base/log.h"
#include "base/xalloc.h"
#include "device/printer.h"
#include "model/case.h"
#include "receipt/receipt.h"
#include "seal/code.h"
#include "store/audit.h"
#include "store/store.h"

enum { PAPER_COLUMNS = 48 };

struct receipt *paper_receipt(const struct app *app, const struct case_record *c, const struct item *item,
	const char *query)
{
	char code[RECEIPT_CODE_LENGTH + 1], grouped[QUERY_CODE_LENGTH + 2];
	receipt_code_make(c->number, query, app->keys.tag, code);
	query_code_group(query, grouped);
	struct promise_rule promise = promise_of(&app->config, &app->holidays);
	struct receipt_words words = { .center = app->config.center,
		.hotline = app->config.hotline,
		.promise = &promise,
		.demo = c->demo,
		.code = code,
		.query = grouped,
		.centers = &app->centers };
	struct receipt *r = receipt_create(c, item, &words);
	explicit_bzero(code, sizeof code);
	explicit_bzero(grouped, sizeof grouped);
	return r;
}

static bool print(struct app *app, const char *number, const char *name, const struct receipt *r, struct err *e)
{
	char *text = receipt_text(r, PAPER_COLUMNS, e);
	bool good = text && printer_print(app->config.printer, app->config.printer_dir, name, text, e);
	str_wipe_free(text);
	if (!good)
		log_warn("print", "case=%s failed=%d", number, e->code);
	return good;
}

static void note(struct app *app, const char *number, const char *detail, bool good)
{
	struct err e = { 0 };
	if (!store_audit(app->store, good ? AUDIT_PRINTED : AUDIT_PRINT_FAILED, number, detail, &e))
		log_warn("audit", "failed=%d", e.code);
}

bool paper_print_job(struct app *app, const char *number, const struct receipt *r)
{
	struct err e = { 0 };
	struct print_job job;
	if (!store_job_next(app->store, number, &job, &e))
		return false;
	bool good = print(app, number, number, r, &e);
	if (!store_job_done(app->store, job.id, good, good ? "" : e.text, &e))
		log_warn("print-job", "case=%s failed=%d", number, e.code);
	note(app, number, "", good);
	return good;
}

bool paper_print_again(struct app *app, const char *number, const struct receipt *r)
{
	struct err e = { 0 };
	struct print_job job;
	/* One that failed before is repeated instead of printing two. */
	if (!store_job_next(app->store, number, &job, &e) && !store_job_add(app->store, number, &e))
		log_warn("print-again", "case=%s failed=%d", number, e.code);
	return paper_print_job(app, number, r);
}

bool paper_print_other(struct app *app, const char *number, const char *part, const struct receipt *r)
{
	struct err e = { 0 };
	char name[41];
	snprintf(name, sizeof name, "%s-%s", number, part);
	bool good = print(app, number, name, r, &e);
	note(app, number, part, good);
	return good;
}
