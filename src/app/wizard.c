#include "app/wizard.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "app/app.h"
#include "app/session.h"
#include "app/submit.h"
#include "app/upkeep.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "model/answers.h"
#include "model/item.h"
#include "model/outstanding.h"
#include "seal/code.h"
#include "store/audit.h"
#include "store/store.h"
#include "ui/kind.h"

struct step_view {
	struct app *app;
	struct kind kind;
};

/* Back from a change: the list goes on with what stands after the answers that were shown, so that Enter alone comes to its end. */
static void focus_after(struct page *p, unsigned step)
{
	for (int i = 0; i < p->n_rows; i++) {
		if (!row_focusable(&p->rows[i]) || change_step(p->rows[i].id) <= step)
			continue;
		p->focus = i;
		return;
	}
}

static void describe_step(void *ctx, struct page *p)
{
	struct step_view *v = ctx;
	struct app *app = v->app;
	p->item = tr(app->filing.item->title);
	p->title = tr(v->kind.screen->title);
	p->pauses = true;
	route_position(&app->filing, &app->facts, app->filing.step, &p->n, &p->of);
	v->kind.ops->describe(&v->kind, p);
	if (app->changed && v->kind.screen->kind == SCREEN_REVIEW) {
		focus_after(p, app->changed - 1);
		app->changed = 0;
	}
}

static void save_draft(struct app *app)
{
	struct err e = { 0 };
	if (store_draft_save(app->store, &app->filing, &e))
		return;
	log_warn("draft-save", "failed=%d step=%u", e.code, app->filing.step);
	page_say(&app->page, true, "%s", tr("暂时存不下来，请告诉工作人员。您可以继续填写。"));
}

static uint64_t outstanding_now(const struct app *app)
{
	struct outstanding *o = outstanding_of_filing(&app->filing, &app->facts);
	uint64_t mark = outstanding_mark(o);
	outstanding_destroy(o);
	return mark;
}

/* The step before this one, when that is the list of all that is outstanding. */
static bool list_before(const struct app *app, unsigned step, unsigned *ret_step)
{
	const struct filing *f = &app->filing;
	unsigned before;
	if (!route_back(f, &app->facts, step, &before) || f->item->steps[before].screen->kind != SCREEN_OUTSTANDING)
		return false;
	*ret_step = before;
	return true;
}

/* Where a change was asked for; when it made the list another one, the list: nobody submits without having seen it. */
static void return_to_list(struct app *app)
{
	unsigned list;
	bool changed = list_before(app, app->return_to, &list) && outstanding_now(app) != app->told;
	app->filing.step = changed ? list : app->return_to;
	app->returning = false;
}

/* The steps that the way passes by, as bits; items have at most 60. */
static uint64_t resting(const struct app *app)
{
	uint64_t mask = 0;
	for (unsigned i = 0; i < app->filing.item->n_steps; i++)
		mask |= (uint64_t)route_rests(&app->filing, &app->facts, i) << i;
	return mask;
}

/* The first step before the list that the change has brought back: it was taken over and is to be answered now. */
static bool brought_back(struct app *app, unsigned *ret_step)
{
	struct filing *f = &app->filing;
	app->rested &= ~(UINT64_C(1) << f->step);
	for (unsigned i = 0; i < app->return_to; i++) {
		if (!(app->rested >> i & 1) || !route_has(f, &app->facts, i) || route_rests(f, &app->facts, i))
			continue;
		*ret_step = i;
		return true;
	}
	return false;
}

/* After an answered step: on along the route, or back to the list from which one answer was being changed. */
static void go_on(struct app *app)
{
	struct filing *f = &app->filing;
	unsigned open, next;
	char why[300];
	if (!app->returning) {
		if (route_next(f, &app->facts, f->step, &next))
			f->step = next;
	} else if (brought_back(app, &open)) {
		f->step = open;
	} else if (route_first_open(f, &app->facts, &open, why, sizeof why) && open < app->return_to) {
		f->step = open;
	} else {
		return_to_list(app);
	}
	save_draft(app);
}

static bool go_back(struct app *app)
{
	struct filing *f = &app->filing;
	unsigned before;
	if (app->returning) {
		return_to_list(app);
		return true;
	}
	if (!route_back(f, &app->facts, f->step, &before))
		return false;
	f->step = before;
	return true;
}

/*
 * Submitting was asked for while something is open (a licence ended at midnight, a file is gone): to the list that names
 * all of it at once; in an item without one, to the first open step.
 */
static void go_to_open(struct app *app, unsigned open)
{
	unsigned review = app->filing.step, list;
	bool listed = list_before(app, review, &list) && open < list;
	app->filing.step = listed ? list : open;
	app->returning = !listed;
	app->return_to = review;
}

enum outcome { STAY, MOVED, OVER };

/* What the kind asks for; the digit of an option only chooses, Enter goes on (WCAG 3.2.2: no move by typing alone). */
static enum outcome act(struct step_view *v, enum action a, int row_id)
{
	struct app *app = v->app;
	unsigned open;
	char why[300];
	switch (a) {
	case ACTION_NEXT:
		if (v->kind.ops->commit && !v->kind.ops->commit(&v->kind, &app->page))
			return STAY;
		go_on(app);
		return MOVED;
	case ACTION_BACK:
		if (v->kind.ops->back && v->kind.ops->back(&v->kind, &app->page))
			return STAY;
		if (go_back(app))
			return MOVED;
		return act(v, ACTION_LEAVE, row_id);
	case ACTION_LEAVE:
		return session_leave(app) ? OVER : STAY;
	case ACTION_CHANGE:
		answers_set(app->filing.answers, "declaration", NULL); /* it was about the answers as they stood */
		app->return_to = app->filing.step;
		app->rested = resting(app);
		app->told = outstanding_now(app);
		app->filing.step = change_step(row_id);
		app->changed = v->kind.screen->kind == SCREEN_REVIEW ? app->filing.step + 1 : 0;
		app->returning = true;
		return MOVED;
	case ACTION_SUBMIT:
		if (route_first_open(&app->filing, &app->facts, &open, why, sizeof why)) {
			go_to_open(app, open);
			page_say(&app->page, true, "%s", why);
			return MOVED;
		}
		return submit_run(app) ? OVER : STAY;
	case ACTION_FINISH:
		return OVER;
	default:
		return STAY;
	}
}

static enum outcome turn(struct step_view *v)
{
	struct app *app = v->app;
	struct event e;
	enum action a = session_turn(app, describe_step, v, &e);
	struct page *p = &app->page;
	int id = e.row >= 0 && e.row < p->n_rows ? p->rows[e.row].id : -1;
	switch (a) {
	case ACTION_PRESS: {
		bool chooses = e.action == ACTION_CHAR && p->rows[e.row].kind == ROW_OPTION;
		a = v->kind.ops->press(&v->kind, p, id);
		return chooses && a == ACTION_NEXT ? STAY : act(v, a, id);
	}
	case ACTION_TYPE:
		if (v->kind.ops->typed)
			v->kind.ops->typed(&v->kind, p, id);
		return STAY;
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
	case ACTION_TICK:
	case ACTION_READY:
		return act(v, v->kind.ops->turn ? v->kind.ops->turn(&v->kind, p, a) : ACTION_NONE, id);
	default:
		return act(v, a, id);
	}
}

void wizard_run(struct app *app)
{
	bool over = false;
	app->in_session = true;
	app->last_key = clock_monotonic_ms();
	save_draft(app);
	while (!over) {
		struct step_view v = { .app = app };
		const struct step *step = &app->filing.item->steps[app->filing.step];
		log_info("step", "item=%s screen=%s", app->filing.item->code, step->screen_name);
		app->facts.today = clock_today();
		kind_open(&v.kind, step->screen, &app->filing, &app->facts, &app->services);
		app->page.focus = -1;
		app->page.n_rows = 0;
		app->page.scroll = 0;
		enum outcome o;
		do
			o = turn(&v);
		while (o == STAY);
		kind_close(&v.kind);
		over = o == OVER;
	}
	session_wipe(app);
}

/* Submission token (128 random bits as hex digits), key and query code: made once for a filing, however often it is submitted. */
static bool make_secrets(char token[static 33], unsigned char key[static 32])
{
	unsigned char random[16 + 32];
	if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
		return false;
	for (size_t i = 0; i < 16; i++)
		snprintf(token + 2 * i, 3, "%02x", random[i]);
	memcpy(key, random + 16, 32);
	explicit_bzero(random, sizeof random);
	return true;
}

bool wizard_room(struct app *app)
{
	static const char *const options[] = { N_("返回") };
	if (upkeep_space(app))
		return true;
	log_warn("begin", "refused=1");
	session_ask(app, N_("现在不能办理"), N_("这台机器的存储空间不够了。请到窗口办理，或告诉工作人员。"), options,
		1);
	return false;
}

void wizard_verify_again(struct app *app)
{
	struct filing *f = &app->filing;
	unsigned open;
	char why[300];

	app->told = outstanding_now(app);
	for (unsigned i = 0; i < f->item->n_steps; i++) {
		const struct screen *s = f->item->steps[i].screen;
		char prefix[ANSWER_NAME_MAX];
		snprintf(prefix, sizeof prefix, "%s.", s->kind == SCREEN_VERIFY ? s->name : "");
		if (s->kind == SCREEN_VERIFY)
			answers_remove_prefix(f->answers, prefix);
	}
	if (!route_first_open(f, &app->facts, &open, why, sizeof why) || open >= f->step)
		return;
	app->returning = true;
	app->return_to = f->step;
	app->rested = 0; /* of an earlier change */
	f->step = open;
}

bool wizard_begin(struct app *app, const struct item *item)
{
	struct err e = { 0 };
	char token[33];
	unsigned char key[32];
	if (!wizard_room(app) || !make_secrets(token, key))
		return false;
	filing_init(&app->filing, item, token);
	memcpy(app->filing.key, key, sizeof key);
	explicit_bzero(key, sizeof key);
	query_code_make(app->filing.query);
	if (!store_audit(app->store, AUDIT_SESSION, "", item->code, &e))
		log_warn("audit", "failed=%d", e.code);
	app->filing.demo = app->config.demo;
	app->filing_open = true;
	return true;
}
