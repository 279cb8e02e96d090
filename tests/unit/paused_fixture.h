#ifndef TESTS_UNIT_PAUSED_FIXTURE_H
#define TESTS_UNIT_PAUSED_FIXTURE_H

#include "store_fixture.h"

#include "store/paused.h"

/* What the tests of paused filings share. */

enum { DAY = 24 * 60 * 60 };

static inline void paused_filing(struct filing *f, size_t photo)
{
	fixture_filing(f, 'a', photo);
	assert_true(answers_set(f->answers, "id_number", "32000019880512001X"));
	assert_true(answers_set(f->answers, "applicant.name", "CANARY-NAME"));
	query_code_make(f->pause);
	f->demo = true;
}

static inline void pause_it(struct store *s, const struct filing *f, int64_t until)
{
	struct err e = { 0 };
	if (!store_paused_save(s, f, until, true, &e))
		fail_msg("%s", e.text);
}

static inline enum paused_state find(struct store *s, const char *code, struct paused_head *h)
{
	struct err e = { 0 };
	if (!store_paused_find(s, code, h, &e))
		fail_msg("%s", e.text);
	return h->state;
}

static inline bool take(struct store *s, const struct paused_head *h, struct filing *g, struct err *e)
{
	filing_init(g, fixture_item(), "ffffffffffffffffffffffffffffffff");
	return store_paused_take(s, h, g, e);
}

#endif
