/*
 * Clocks that jump: ten years there and back, a little back, not at all, between everything that the store does. Numbers stay
 * unique, histories and the log stay whole, nobody is locked out for longer than the rule says or tries more often than it allows,
 * no draft goes early, and no purge takes a case that is open or not old enough.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "disk.h"
#include "judge.h"
#include "model/case.h"
#include "seams.h"
#include "store/db.h"
#include "store/upkeep.h"
#include "world.h"

enum { CASES_MAX = 60, STEPS = 250, DAYS = 180, FREE_TRIES = 4, DAY = 86400, DRAFT_AGE = 1800, VERIFY_EVERY = 100 };

struct sim {
	struct store *store;
	struct random r;
	struct tally *t;
	char path[700];
	struct filed cases[CASES_MAX];
	bool gone[CASES_MAX], closed[CASES_MAX];
	int64_t last[CASES_MAX]; /* time of the last event */
	unsigned n;
	int64_t wrong;    /* tries in a row that were looked at */
	int64_t draft_at; /* 0: no orphan */
	long step;
};

static void jump(struct sim *s)
{
	char text[26];
	int64_t base = 1772415000, to = clock_now(); /* 2026-03-02 */

	switch (random_below(&s->r, 6)) {
	case 0:
		to = base - 10 * 365 * (int64_t)DAY + (int64_t)random_below(&s->r, 20 * 365 * (uint64_t)DAY);
		break;
	case 1:
		to -= (int64_t)random_below(&s->r, 3 * DAY);
		break;
	case 2:
		to += (int64_t)random_below(&s->r, 400 * (uint64_t)DAY);
		break;
	case 3:
		to += (int64_t)random_below(&s->r, 120);
		break;
	default: /* the same second */
		return;
	}
	clock_time_text(to, text);
	text[19] = '\0';
	if (!clock_fix(text))
		harness_die("the clock refuses %s", text);
}

static void file_case(struct sim *s)
{
	char number[CASENUM_LENGTH + 1] = "";
	struct err e = { 0 };
	struct filed *c = &s->cases[s->n];
	uint64_t seed = random_next(&s->r);

	if (s->n == CASES_MAX)
		return;
	filed_make(c, seed, seed, 0, clock_today());
	if (!store_number(s->store, "01", number, &e)) {
		tally_bad(s->t, &s->t->wrong, "step %ld: no number: %s", s->step, e.text);
		return;
	}
	for (unsigned i = 0; i < s->n; i++)
		if (!s->gone[i] && strcmp(s->cases[i].sealed.head.number, number) == 0)
			tally_bad(s->t, &s->t->wrong, "step %ld: number %s was given twice", s->step, number);
	filed_seal(c, number);
	if (!store_submit(s->store, c->token, &c->sealed, false, number, &e)) {
		tally_bad(s->t, &s->t->lost, "step %ld: not filed: %s", s->step, e.text);
		return;
	}
	c->acked = true;
	s->gone[s->n] = s->closed[s->n] = false;
	s->last[s->n++] = clock_now();
}

/* What a counter will do one day: the case is decided. Through SQLite; the store has no call for it yet. */
static void close_case(struct sim *s)
{
	unsigned i = s->n == 0 ? 0 : (unsigned)random_below(&s->r, s->n);
	unsigned char before[16] = { 0 }, sum[16];
	sqlite3 *db = NULL;
	sqlite3_stmt *q = NULL;

	if (s->n == 0 || s->gone[i] || s->closed[i])
		return;
	const char *number = s->cases[i].sealed.head.number;
	int64_t at = clock_now() > s->last[i] ? clock_now() : s->last[i];
	db_event_sum(before, world_station, number, 1, s->last[i], 0, CASE_SUBMITTED, "applicant", "", sum);
	memcpy(before, sum, sizeof before);
	db_event_sum(before, world_station, number, 2, at, CASE_SUBMITTED, CASE_DONE, "staff", "", sum);
	if (sqlite3_open_v2(s->path, &db, SQLITE_OPEN_READWRITE, "unix") != SQLITE_OK ||
		sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK ||
		sqlite3_prepare_v2(db,
			"INSERT INTO case_event (station, number, seq, at, from_state, to_state, actor, reason, sum)"
			" VALUES ('0001', ?1, 2, ?2, 10, 90, 'staff', '', ?3)",
			-1, &q, NULL) != SQLITE_OK)
		harness_die("closing a case: %s", sqlite3_errmsg(db));
	sqlite3_bind_text(q, 1, number, -1, SQLITE_STATIC);
	sqlite3_bind_int64(q, 2, at);
	sqlite3_bind_blob(q, 3, sum, sizeof sum, SQLITE_STATIC);
	if (sqlite3_step(q) != SQLITE_DONE)
		harness_die("closing a case: %s", sqlite3_errmsg(db));
	sqlite3_finalize(q);
	sqlite3_prepare_v2(db, "UPDATE cases SET state = 90 WHERE number = ?1", -1, &q, NULL);
	sqlite3_bind_text(q, 1, number, -1, SQLITE_STATIC);
	if (sqlite3_step(q) != SQLITE_DONE || sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		harness_die("closing a case: %s", sqlite3_errmsg(db));
	sqlite3_finalize(q);
	sqlite3_close(db);
	s->closed[i] = true;
	s->last[i] = at;
}

static int64_t rule(int64_t wrong)
{
	int64_t wait = 30;
	if (wrong <= FREE_TRIES)
		return 0;
	for (int64_t i = FREE_TRIES + 1; i < wrong && wait < 12 * 3600; i++)
		wait *= 2;
	return wait < 12 * 3600 ? wait : 12 * 3600;
}

/* There is no staff in this database, so a try costs no time. */
static void try_code(struct sim *s)
{
	char name[128];
	int64_t until = 0, now = clock_now();
	struct err e = { 0 };

	if (!store_staff_wait(s->store, &until, &e)) {
		tally_bad(s->t, &s->t->wrong, "step %ld: %s", s->step, e.text);
		return;
	}
	if (until != 0 && (until <= now || until > now + rule(s->wrong)))
		tally_bad(s->t, &s->t->wrong, "step %ld: locked for %lld s after %lld wrong codes", s->step,
			(long long)(until - now), (long long)s->wrong);
	if (store_staff_attest(s->store, "111213", name, sizeof name, &e))
		tally_bad(s->t, &s->t->wrong, "step %ld: a code of nobody was right", s->step);
	bool looked = strstr(e.text, "locked") == NULL;
	if (looked != (until == 0))
		tally_bad(s->t, &s->t->wrong, "step %ld: %s", s->step,
			looked ? "a try while it was locked" : "locked though no time was left");
	s->wrong += looked;
	if (looked && (!store_staff_wait(s->store, &until, &e) || (until == 0) != (rule(s->wrong) == 0)))
		tally_bad(s->t, &s->t->wrong, "step %ld: no lock after %lld wrong codes", s->step, (long long)s->wrong);
}

/* A program that saves a draft and is gone. */
static void leave_draft(struct sim *s)
{
	struct err e = { 0 };
	struct filed c = { .token = "dddddddddddddddddddddddddddddddd", .seed = s->r.state };
	int status = 0;

	pid_t pid = fork();
	if (pid == 0) {
		struct store *store = NULL;
		struct filing f;
		world_filing(&f, &c);
		_exit(world_open(&store, s->path, &e) && store_draft_save(store, &f, &e) ? 0 : 1);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		tally_bad(s->t, &s->t->wrong, "step %ld: a draft was not saved", s->step);
	s->draft_at = clock_now();
}

static void purge_drafts(struct sim *s)
{
	struct draft_head head;
	struct err e = { 0 };
	bool old = s->draft_at != 0 && s->draft_at < clock_now() - DRAFT_AGE;

	if (!store_draft_purge(s->store, DRAFT_AGE, &e))
		tally_bad(s->t, &s->t->wrong, "step %ld: %s", s->step, e.text);
	e = (struct err){ 0 };
	bool there = store_draft_orphan(s->store, INT64_MAX / 2, &head, &e);
	if (s->draft_at != 0 && there == old)
		tally_bad(s->t, there ? &s->t->wrong : &s->t->lost, "step %ld: a draft of %lld s ago %s", s->step,
			(long long)(clock_now() - s->draft_at), there ? "stayed" : "was deleted");
	if (!there)
		s->draft_at = 0;
}

static void quiet(void *ctx, const char *line)
{
	(void)ctx;
	(void)line;
}

static void purge(struct sim *s)
{
	static const struct retention rules = { .draft_minutes = DRAFT_AGE / 60,
		.states = { { CASE_SUBMITTED, 0 }, { CASE_DONE, DAYS } },
		.n_states = 2 };
	struct purge_counts counts = { 0 };
	struct err e = { 0 };

	if (!store_purge(s->store, &rules, false, quiet, NULL, &counts, &e))
		tally_bad(s->t, &s->t->wrong, "step %ld: purge: %s", s->step, e.text);
	for (unsigned i = 0; i < s->n; i++) {
		struct case_record *c = NULL;
		if (s->gone[i])
			continue;
		bool there = store_case_load(s->store, s->cases[i].sealed.head.number, &c, &e);
		bool old = s->closed[i] && s->last[i] < clock_now() - DAYS * (int64_t)DAY;
		if (!there && !old)
			tally_bad(s->t, &s->t->lost, "step %ld: purge took a case that is %s", s->step,
				s->closed[i] ? "not old enough" : "open");
		if (there && c->state != (s->closed[i] ? CASE_DONE : CASE_SUBMITTED))
			tally_bad(s->t, &s->t->partial, "step %ld: a case changed its state", s->step);
		s->gone[i] = !there;
		s->t->notes[0] += !there;
		case_record_destroy(c);
	}
	if (s->draft_at != 0 && s->draft_at < clock_now() - DRAFT_AGE)
		s->draft_at = 0;
}

static void keep_problem(void *ctx, const char *line)
{
	char *first = ctx;
	if (first[0] == '\0' && strncmp(line, "problem", 7) == 0)
		snprintf(first, 300, "%s", line);
}

static void verify(struct sim *s)
{
	char first[300] = "";
	struct verify_counts counts;
	struct err e = { 0 };
	if (!store_verify(s->store, world_keys.centers, world_keys.n_centers, keep_problem, first, &counts, &e))
		tally_bad(s->t, &s->t->partial, "step %ld: %s; %s", s->step, first, e.text);
}

static void one_step(struct sim *s)
{
	static void (*const acts[])(
		struct sim *) = { file_case, file_case, close_case, try_code, try_code, try_code, purge_drafts, purge };

	jump(s);
	uint64_t which = random_below(&s->r, 8 * 5);
	if (which == 39)
		leave_draft(s);
	acts[which % 8](s);
	if (s->step % VERIFY_EVERY == 0)
		verify(s);
	s->t->times++;
}

static void simulate(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx)
{
	static struct sim s;
	struct err e = { 0 };

	(void)ctx;
	s = (struct sim){ .r = random_from(seed), .t = t };
	snprintf(s.path, sizeof s.path, "%s/a.db", dir);
	world_begin(seed);
	if (!world_open(&s.store, s.path, &e))
		harness_die("%s", e.text);
	for (s.step = 1; s.step <= n; s.step++)
		one_step(&s);
	verify(&s);
	store_close(s.store);
	for (unsigned i = 0; i < s.n; i++)
		filed_finish(&s.cases[i]);
}

int main(int argc, char **argv)
{
	static const struct seeded bugs[] = { { "wait-not", 500 } };
	struct tally t;

	harness_begin(argc, argv, 10000);
	struct caught c = harness_seeded(bugs, 1, STEPS, 0, simulate, NULL);
	if (!harness_wants_rows())
		return c.seen < c.of;
	harness_run(&t, "clock", harness.times, STEPS, 0, simulate, NULL);
	if (t.notes[0] == 0 && harness.only < 0)
		tally_bad(&t, &t.wrong, "no case was ever purged");
	harness_row("clock jumps", "10 years there and back, between all calls", &t, c);
	return harness_end();
}
