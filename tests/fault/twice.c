/*
 * Submit twice, go back, restart, double key: random interleavings of two programs on one database, with disks that fail in the
 * middle, against a model of plain arrays. Never two cases of one filing, never a number told that is not stored, never a case
 * that nobody was told after the program asked again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"
#include "judge.h"
#include "model/case.h"
#include "seams.h"
#include "world.h"

enum { HANDLES = 2, FILINGS = 10, ASKED_MAX = 6, STEPS = 200 };

struct one { /* a filing: the tries to submit it, each with other answers and another number */
	struct filed asked[ASKED_MAX];
	unsigned n;
	char token[33], told[CASENUM_LENGTH + 1]; /* told "": nobody was */
	uint64_t token_seed;
};

struct sim {
	struct store *handles[HANDLES];
	struct one filings[FILINGS];
	struct random r;
	struct tally *t;
	char path[700];
	unsigned numbers;
	long step;
};

static struct store *handle(struct sim *s)
{
	struct store **h = &s->handles[random_below(&s->r, HANDLES)];
	struct err e = { 0 };
	if (*h == NULL && !world_open(h, s->path, &e))
		tally_bad(s->t, &s->t->wrong, "step %ld: the database does not open: %s", s->step, e.text);
	return *h;
}

static void told(struct sim *s, struct one *f, const char *number)
{
	bool asked = false;
	if (f->told[0] != '\0' && strcmp(f->told, number) != 0)
		tally_bad(s->t, &s->t->lost, "step %ld: told %s, before that %s", s->step, number, f->told);
	for (unsigned i = 0; i < f->n; i++) {
		bool this = strcmp(f->asked[i].sealed.head.number, number) == 0;
		f->asked[i].acked = f->asked[i].acked || this;
		asked = asked || this;
	}
	if (!asked)
		tally_bad(s->t, &s->t->lost, "step %ld: told %s, which nobody asked for", s->step, number);
	snprintf(f->told, sizeof f->told, "%s", number);
}

/* A new try of this filing, or an old one once more. */
static struct filed *another(struct sim *s, struct one *f)
{
	if (f->n == ASKED_MAX || (f->n > 0 && random_below(&s->r, 3) == 0))
		return &f->asked[random_below(&s->r, f->n)];
	struct filed *c = &f->asked[f->n++];
	filed_make(c, random_next(&s->r), f->token_seed, s->numbers++, 20260302);
	return c;
}

/* `hurt`: the disk fails while it is stored, so that a COMMIT may or may not have happened. */
static void submit(struct sim *s, struct one *f, bool hurt)
{
	char number[CASENUM_LENGTH + 1] = "";
	struct err e = { 0 };
	struct filed *c = another(s, f);
	struct store *h = handle(s);

	if (h == NULL)
		return;
	if (hurt && random_below(&s->r, 2) == 0)
		disk_fail(DISK_SYNC_FAILS, 1 + (long)random_below(&s->r, 2), random_below(&s->r, 4) == 0);
	else if (hurt)
		disk_fail(DISK_EIO, 1 + (long)random_below(&s->r, 80), random_below(&s->r, 4) == 0);
	if (seam_on(SEAM_ACK_EARLY))
		told(s, f, c->sealed.head.number);
	bool stored = store_submit(h, f->token, &c->sealed, false, number, &e);
	disk_heal(NULL);
	if (stored)
		told(s, f, number);
	else if (!hurt)
		tally_bad(s->t, &s->t->wrong, "step %ld: not stored though nothing is wrong: %s", s->step, e.text);
	s->t->notes[0] += !stored;
}

static void save_draft(struct sim *s, struct one *f)
{
	struct filing draft;
	struct err e = { 0 };
	struct filed c = { .seed = random_next(&s->r), .file_size = (size_t)random_below(&s->r, 2000) };
	struct store *h = handle(s);

	memcpy(c.token, f->token, sizeof c.token);
	world_filing(&draft, &c);
	if (h != NULL && !store_draft_save(h, &draft, &e))
		tally_bad(s->t, &s->t->wrong, "step %ld: %s", s->step, e.text);
	filing_finish(&draft);
}

static void delete_draft(struct sim *s, struct one *f)
{
	struct err e = { 0 };
	struct store *h = handle(s);
	if (h != NULL && !store_draft_delete(h, f->token, &e))
		tally_bad(s->t, &s->t->wrong, "step %ld: %s", s->step, e.text);
}

static void restart(struct sim *s)
{
	struct store **h = &s->handles[random_below(&s->r, HANDLES)];
	store_close(*h);
	*h = NULL;
}

static void one_step(struct sim *s)
{
	struct one *f = &s->filings[random_below(&s->r, FILINGS)];

	switch (random_below(&s->r, 8)) {
	case 0:
	case 1:
		save_draft(s, f);
		break;
	case 2:
		submit(s, f, false);
		break;
	case 3:
	case 4:
		submit(s, f, true);
		break;
	case 5: /* double key */
		submit(s, f, random_below(&s->r, 2) == 0);
		submit(s, f, false);
		break;
	case 6:
		delete_draft(s, f);
		break;
	default:
		restart(s);
		break;
	}
	s->t->times++;
}

/* Every filing that was ever asked for is asked for again; then what is there is what was told, no more and no less. */
static void settle(struct sim *s)
{
	struct filed *all = calloc(FILINGS * ASKED_MAX, sizeof *all);
	unsigned n = 0;

	if (all == NULL)
		harness_die("out of memory");
	for (unsigned i = 0; i < FILINGS; i++) {
		struct one *f = &s->filings[i];
		if (f->n > 0)
			submit(s, f, false);
		for (unsigned k = 0; k < f->n; k++)
			all[n++] = f->asked[k];
	}
	for (unsigned i = 0; i < HANDLES; i++) {
		store_close(s->handles[i]);
		s->handles[i] = NULL;
	}
	if (judge_store(s->path, all, n, s->t, "at the end")) {
		struct store *store = handle(s);
		for (unsigned i = 0; store != NULL && i < n; i++) {
			struct case_record *c = NULL;
			struct err e = { 0 };
			if (all[i].acked)
				continue;
			if (store_case_load(store, all[i].sealed.head.number, &c, &e))
				tally_bad(s->t, &s->t->partial, "case %s is stored, but nobody was told",
					all[i].sealed.head.number);
			case_record_destroy(c);
		}
		for (unsigned i = 0; i < HANDLES; i++) {
			store_close(s->handles[i]);
			s->handles[i] = NULL;
		}
	}
	free(all);
}

static void simulate(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx)
{
	static struct sim s;

	(void)ctx;
	s = (struct sim){ .r = random_from(seed), .t = t };
	snprintf(s.path, sizeof s.path, "%s/a.db", dir);
	world_begin(seed);
	for (unsigned i = 0; i < FILINGS; i++) {
		struct filed c;
		s.filings[i].token_seed = random_next(&s.r);
		filed_make(&c, 1, s.filings[i].token_seed, 0, 20260302);
		memcpy(s.filings[i].token, c.token, sizeof c.token);
		filed_finish(&c);
	}
	for (s.step = 1; s.step <= n; s.step++)
		one_step(&s);
	settle(&s);
	for (unsigned i = 0; i < FILINGS; i++)
		for (unsigned k = 0; k < s.filings[i].n; k++)
			filed_finish(&s.filings[i].asked[k]);
}

int main(int argc, char **argv)
{
	static const struct seeded bugs[] = { { "never-found", 400 }, { "ack-early", 400 }, { "ignore-errors", 1000 } };
	struct tally t;

	harness_begin(argc, argv, 10000);
	struct caught c = harness_seeded(bugs, sizeof bugs / sizeof bugs[0], STEPS, 0, simulate, NULL);
	if (!harness_wants_rows())
		return c.seen < c.of;
	harness_run(&t, "twice", harness.times, STEPS, 0, simulate, NULL);
	fprintf(stderr, "twice: %ld submissions failed on a failing disk\n", t.notes[0]);
	harness_row("submit twice, back, restart", "two programs, random interleavings, failing disk", &t, c);
	return harness_end();
}
