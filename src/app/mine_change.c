/*
 * What the applicant changes of a case: each change is one transaction of the store, which refuses it when the case is not as it
 * was seen here any more. Then the case is loaded again and the person is told; nothing has changed twice.
 */
#include <string.h>

#include "app/app.h"
#include "app/mine_own.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/item.h"
#include "seal/envelope.h"
#include "seal/revision.h"
#include "store/move.h"
#include "store/store.h"
#include "ui/kind.h"

void mine_working_copy(struct mine_case *m)
{
	static const char token[33] = "";
	struct filing *f = &m->app->filing;
	filing_init(f, m->item, token);
	f->demo = m->record->demo;
	for (size_t i = 0; i < answers_count(m->record->answers); i++)
		answers_set(f->answers, answers_name_at(m->record->answers, i),
			answers_value_at(m->record->answers, i));
}

/* What differs between the case and the working copy; a file that was given anew counts although its answer is the same. */
static struct answers *changed(const struct mine_case *m)
{
	const struct answers *before = m->record->answers;
	const struct filing *f = &m->app->filing;
	struct answers *out = answers_create();
	bool good = true;
	for (size_t i = 0; i < answers_count(before); i++) {
		const char *name = answers_name_at(before, i);
		if (!answers_get(f->answers, name))
			good = good && revision_remove(out, name);
	}
	for (size_t i = 0; i < answers_count(f->answers); i++) {
		const char *name = answers_name_at(f->answers, i), *value = answers_value_at(f->answers, i);
		const char *dot = strncmp(name, "material.", 9) == 0 ? name + 9 : name;
		bool file = str_eq(value, "file") && filing_attachment(f, dot);
		if (file || !str_eq(value, answers_get(before, name)))
			good = good && answers_set(out, name, value);
	}
	if (good)
		return out;
	answers_destroy(out);
	return NULL;
}

bool mine_revise(struct mine_case *m, enum revision_kind kind, struct err *e)
{
	const struct case_record *c = m->record;
	unsigned char key[SEAL_KEY_SIZE];
	struct sealed_case sealed = { 0 };
	struct answers *record = changed(m);
	struct seal_request r = { .head = { .item_version = c->item_version,
					  .revision = revision_newest(c) + 1,
					  .created = clock_now(),
					  .demo = c->demo },
		.record = record,
		.filing = &m->app->filing,
		.key = key,
		.query = m->query,
		.person = "" };
	if (!record)
		return err_set(e, ERR_BUG, "too much was changed at once");
	str_copy(r.head.number, sizeof r.head.number, c->number);
	str_copy(r.head.item, sizeof r.head.item, c->item);
	revision_key(m->key, r.head.revision, key);
	bool good = case_seal(&sealed, &r, &m->app->keys, e) &&
		store_case_revise(m->app->store, &sealed, kind, c->n_events, e);
	explicit_bzero(key, sizeof key);
	sealed_case_finish(&sealed);
	answers_destroy(record);
	return good;
}

struct refusal {
	const char *title;
	int state;        /* of the case now; -1: not changed by anybody */
	const char *text; /* then: why not */
};

static void describe_refusal(void *ctx, struct page *p)
{
	const struct refusal *r = ctx;
	const char *label = r->state < 0 ? NULL : case_state_label((enum case_state)r->state);
	p->title = tr(r->title);
	if (label)
		page_add_text(p,
			page_own(p, tr("这个办件刚才有了变化，现在是“%s”。您这次的操作没有生效，什么也没有改变。"),
				tr(label)));
	else
		page_add_text(p, tr(r->text));
	page_add(p, ROW_BUTTON, ID_BACK, tr("返回"))->primary = true;
}

bool mine_changed(struct mine_case *m, bool done, const struct err *why, const char *title, const char *said)
{
	struct err e = { 0 };
	struct refusal r = { title, -1, N_("现在存不下来，什么也没有改变。请过一会儿再试，或到窗口办理。") };
	size_t events = m->record->n_events;
	if (!mine_case_reload(m, &e)) {
		log_warn("mine", "case=%s failed=%d", m->record->number, e.code);
		m->stale = true;
		return mine_tell(m->app, title, N_("这个办件现在打不开，请到窗口查询。"));
	}
	if (done) {
		log_info("mine", "case=%s changed=1", m->record->number);
		page_say(&m->app->page, false, "%s", tr(said));
		return true;
	}
	log_warn("mine", "case=%s refused=%d", m->record->number, why->code);
	if (why->code == ERR_NO && m->record->n_events > events)
		r.state = (int)m->record->state;
	else if (why->code == ERR_NO) /* changed too often already */
		r.text = N_("这个办件不能再在这里改了，什么也没有改变。请到窗口办理。");
	mine_begin(m->app);
	return mine_turn(m->app, describe_refusal, &r) != MINE_OVER;
}
