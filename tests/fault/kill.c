/*
 * kill -9 at random moments of whole filings at a real kiosk. Only the program of the session: the supervisor starts it again and
 * the applicant goes on. Supervisor and program together: the plug. Every number that was shown is a whole case, and a filing is
 * at most one case.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/str.h"
#include "harness.h"
#include "kill_judge.h"
#include "kill_kiosk.h"

enum { CRASHES = 5, STEPS = 16, SUBMIT = STEPS };

/* Bugs of a kiosk, as the harness can seed them from outside. */
enum bug { BUG_NONE, BUG_TOLD_EARLY, BUG_DRAFT_GONE, BUG_TOKEN_FORGOTTEN, BUG_HALF, BUGS };
/* What the tally counts besides. */
enum { NOTE_CASES, NOTE_RECEIPT_LATER, NOTE_NEVER_TOLD };

struct lane {
	struct random random;
	struct kiosk kiosk;
	struct judge judge;
	struct tally *tally;
	char settings[700];
	enum bug bug;
	long goal;
	unsigned crashes;  /* of this supervisor: after some more in a minute it gives up, as it should */
	long submit_calls; /* how many system calls submitting takes, -1: they cannot be counted */
	double submit_ms;  /* how long submitting takes */
	unsigned people;
	bool running;
};

/* What is typed at each step of the route; "M" is the mobile number, which tells one filing from the other. */
static const char *const lines[STEPS + 1][4] = { { 0 }, { "1" }, { "张伟", "32000019880512001X", "" }, { "" }, { "1" },
	{ "1" }, { "hz", "1" }, { "M", "" }, { "玄武区", "1" }, { "玄武大道一百号三单元五零二室", "" },
	{ "njxl 1266 3 502", "1", "" }, { "1" }, { "6" }, { "2" }, { "" }, { "" }, { "15", "" } };

static double between(struct lane *l, double from, double to)
{
	return from + (to - from) * (double)random_below(&l->random, 10001) / 10000;
}

static bool chance(struct lane *l, unsigned percent)
{
	return random_below(&l->random, 100) < percent;
}

static void pause_ms(double ms)
{
	if (ms > 0)
		usleep((useconds_t)(ms * 1000));
}

static void start(struct lane *l)
{
	l->running = kiosk_start(&l->kiosk, l->settings);
	if (!l->running)
		harness_die("the kiosk does not start: %.300s", l->kiosk.out);
	l->crashes = 0;
}

/* Until the write-ahead log has grown: the COMMIT is in progress or done. */
static void wait_for_commit(struct lane *l)
{
	char path[700];
	struct stat before = { 0 }, now = { 0 };
	snprintf(path, sizeof path, "%s-wal", l->judge.database);
	stat(path, &before);
	for (double end = kiosk_now() + 3 * l->submit_ms; kiosk_now() < end;)
		if (stat(path, &now) == 0 && now.st_size != before.st_size)
			return;
		else
			usleep(30);
}

/* --- one filing --------------------------------------------------------------------------------------------------------- */

struct place { /* where the applicant is */
	char title[200];
	int step;      /* 0: none */
	unsigned line; /* of this step or page */
};

static void look(struct lane *l, struct filing_seen *f, struct place *p)
{
	char title[200];
	int step = 0;
	kiosk_title(&l->kiosk, title);
	judge_read(f, l->kiosk.out);
	if (!*title)
		return;
	const char *at = strstr(title, "第 ");
	if (at && sscanf(at, "第 %d 步", &step) != 1)
		step = 0;
	if (step != p->step || (!step && !str_eq(title, p->title)))
		p->line = 0;
	p->step = step;
	str_copy(p->title, sizeof p->title, title);
}

/* The number in front of the row that says this; "" when there is none. */
static const char *number_of(const char *text, const char *label)
{
	static char digits[8];
	const char *at = strstr(text, label);
	unsigned number = 0;

	while (at && at > text && at[-1] != '\n')
		at--;
	digits[0] = '\0';
	if (at && sscanf(at, "%5u.", &number) == 1)
		snprintf(digits, sizeof digits, "%u", number);
	return digits;
}

/* What to type now. NULL: the applicant is done; *ret_lost: nobody asks to go on with what was begun. */
static const char *next(const struct lane *l, const struct filing_seen *f, const struct place *p, bool *ret_lost)
{
	static const char *const proof[] = { "001X", "" };
	static const char resume[] = "继续刚才中断的申报";
	const char *text = kiosk_text(&l->kiosk);
	bool resumes = strstr(text, resume) != NULL;
	*ret_lost = false;
	if (strstr(p->title, "欢迎")) {
		*ret_lost = !resumes && f->saved && !f->shown;
		return resumes ? number_of(text, resume) : f->shown || *ret_lost ? NULL : "1";
	}
	if (str_eq(p->title, resume) && p->line < 2)
		return proof[p->line];
	if (strstr(p->title, "提交成功"))
		return "4";
	const char *line = p->step >= 1 && p->step <= STEPS && p->line < 4 ? lines[p->step][p->line] : NULL;
	*ret_lost = !line;
	return line && str_eq(line, "M") ? f->mobile : line;
}

enum blow { NO_BLOW, BLOW_PROGRAM, BLOW_ALL };

struct plan {
	enum blow blow;
	bool commit; /* wait until the COMMIT is seen */
	long calls;  /* after so many system calls; 0: after a time */
	double ms;
};

/* Shall it be killed after this line, and when? Most often around the submission. */
static struct plan plan(struct lane *l, const struct place *p, bool submits)
{
	bool receipt = strstr(p->title, "提交成功") != NULL, between_pages = p->step == 0 && !receipt;
	unsigned percent = submits ? 60 : receipt ? 30 : between_pages ? 8 : 2;
	struct plan b = { .ms = between(l, 0, submits ? 1.2 * l->submit_ms : 12) };
	bool after = l->bug == BUG_DRAFT_GONE || l->bug == BUG_TOKEN_FORGOTTEN;

	if (l->bug == BUG_TOLD_EARLY && submits)
		return (struct plan){ .blow = BLOW_ALL, .ms = between(l, 0, 0.3 * l->submit_ms) };
	if (l->bug == BUG_NONE ? !chance(l, percent) : !submits || !after || l->crashes >= CRASHES)
		return b;
	b.blow = l->crashes < CRASHES && (after || chance(l, 70)) ? BLOW_PROGRAM : BLOW_ALL;
	if (submits && l->submit_calls >= 0 && chance(l, after ? 100 : 60)) {
		/* Twice as often in the second half, where the transaction is. */
		double from = after || chance(l, 67) ? 0.5 : 0;
		b.calls = 1 + (long)(between(l, from, 1) * (double)l->submit_calls);
		b.ms = 0;
	} else if (submits && chance(l, 50)) {
		b.commit = true;
		b.ms = between(l, 0, 3);
	}
	return b;
}

/* Types the line. True: the blow has to fall now. */
static bool type_until(struct lane *l, const char *line, const struct plan *b)
{
	long made = -1;
	if (b->calls > 0) {
		bool stopped = kiosk_type_until(&l->kiosk, line, b->calls, &made);
		if (!stopped && made >= 0)
			l->submit_calls = made;
		if (stopped || made >= 0)
			return stopped;
		l->submit_calls = -1; /* only root may trace it: by time, then */
	}
	kiosk_type(&l->kiosk, line);
	if (b->commit)
		wait_for_commit(l);
	if (b->blow != NO_BLOW)
		pause_ms(b->ms);
	return b->blow != NO_BLOW;
}

static void seed_bug(struct lane *l)
{
	if (l->bug == BUG_DRAFT_GONE)
		judge_meddle(&l->judge, "DELETE FROM draft WHERE number IS NOT NULL");
	if (l->bug == BUG_TOKEN_FORGOTTEN)
		judge_meddle(&l->judge,
			"UPDATE draft SET number = NULL;"
			" UPDATE cases SET token = lower(hex(randomblob(16))) WHERE token IN (SELECT token FROM draft)");
	if (l->bug == BUG_HALF)
		judge_meddle(&l->judge, "DROP TRIGGER IF EXISTS case_event_no_delete; DELETE FROM case_event");
}

/* False: nobody will go on. */
static bool strike(struct lane *l, struct filing_seen *f, struct place *p, enum blow blow)
{
	if (blow == BLOW_ALL) {
		kiosk_kill_all(&l->kiosk);
		l->tally->times++;
		f->unplugged = true;
		l->running = false;
		look(l, f, p); /* what was shown was shown */
		return false;
	}
	if (kiosk_kill_program(&l->kiosk)) {
		l->tally->times++;
		l->crashes++;
	}
	look(l, f, p);
	*p = (struct place){ .step = -1 };
	seed_bug(l);
	if (l->bug == BUG_NONE && l->crashes < CRASHES && chance(l, 10)) { /* and again while it starts */
		kiosk_let(&l->kiosk);
		pause_ms(between(l, 0, 40));
		if (kiosk_kill_program(&l->kiosk)) {
			l->tally->times++;
			l->crashes++;
		}
	}
	if (kiosk_again(&l->kiosk))
		return true;
	harness_die("the supervisor starts nothing anew: %.300s", l->kiosk.out);
}

static void file_once(struct lane *l)
{
	struct filing_seen f = { 0 };
	struct place p = { 0 };
	bool lost = false, owed = false; /* owed: killed, not submitted again, no receipt yet */

	snprintf(f.mobile, sizeof f.mobile, "139%08u", l->people++);
	if (!l->running)
		start(l);
	for (unsigned typed = 0; !lost; typed++) {
		look(l, &f, &p);
		l->tally->notes[NOTE_RECEIPT_LATER] += owed && f.shown;
		owed = owed && !f.shown;
		f.saved = f.saved || p.step > 0;
		const char *line = next(l, &f, &p, &lost);
		bool submits = p.step == SUBMIT && p.line == 1;
		if (!line || typed > 400)
			break;
		double before = kiosk_now();
		struct plan b = plan(l, &p, submits);
		f.shown = f.shown || (submits && l->bug == BUG_TOLD_EARLY);
		owed = owed && !submits;
		bool now = type_until(l, line, &b);
		p.line++;
		if (now) {
			if (!strike(l, &f, &p, b.blow))
				break;
			owed = submits && !f.shown;
		} else if (!kiosk_ready(&l->kiosk)) {
			lost = true;
		} else if (submits && b.calls == 0) {
			l->submit_ms = 0.7 * l->submit_ms + 0.3 * (kiosk_now() - before);
		}
	}
	if (l->bug == BUG_HALF)
		seed_bug(l);
	if (lost || (!f.unplugged && !f.shown))
		tally_bad(l->tally, &l->tally->lost, "filing %s: nobody can go on with it, at \"%s\": %.200s", f.mobile,
			p.title, kiosk_text(&l->kiosk));
	if (!l->running && chance(l, 50))
		start(l); /* what was left behind is judged as it is, or as the next kiosk finds it */
	judge_filing(&l->judge, &f, l->tally);
	if (lost) {
		kiosk_kill_all(&l->kiosk);
		l->running = false;
	} else if (l->running && l->crashes >= CRASHES) {
		if (kiosk_end(&l->kiosk) != 0)
			tally_bad(l->tally, &l->tally->wrong, "the kiosk did not end with status 0");
		l->running = false;
	}
}

static void chunk(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx)
{
	static struct lane l;
	l = (struct lane){ .random = random_from(seed),
		.tally = t,
		.bug = *(const enum bug *)ctx,
		.submit_ms = 150,
		.submit_calls = 400 };
	l.kiosk.fd = -1;
	judge_begin(&l.judge, dir, l.settings, sizeof l.settings);
	/* A seeded bug is looked for until it is seen. */
	while (l.bug == BUG_NONE ? t->times < n : l.people < (unsigned)n && t->lost + t->partial == 0)
		file_once(&l);
	if (l.running && kiosk_end(&l.kiosk) != 0)
		tally_bad(t, &t->wrong, "the kiosk did not end with status 0");
	judge_end(&l.judge, t);
}

int main(int argc, char **argv)
{
	static const char *const names[BUGS] = { "", "told-early", "draft-gone", "token-forgotten", "half-a-case" };
	enum { PER_CHUNK = 25, SEEDED = 40 };
	struct caught c = { 0, 0 };
	struct tally t;

	harness_begin(argc, argv, 150);
	for (enum bug bug = BUG_TOLD_EARLY; bug < BUGS; bug++) {
		if (harness.seeded && !str_eq(harness.seeded, names[bug]))
			continue;
		harness_run(&t, names[bug], SEEDED, SEEDED, 1, chunk, &bug);
		bool seen = t.lost + t.partial > 0;
		c.of++;
		c.seen += seen;
		fprintf(stderr, "%s: seeded %s: %s: %s\n", harness.name, names[bug], seen ? "caught" : "NOT CAUGHT",
			t.first);
	}
	if (!harness_wants_rows())
		return c.seen < c.of;
	static const enum bug none = BUG_NONE;
	harness_run(&t, "kill", harness.times, PER_CHUNK, 2, chunk, &none);
	fprintf(stderr,
		"%s: %ld cases; %ld kills between COMMIT and receipt that led to the receipt, %ld that pulled the plug there\n",
		harness.name, t.notes[NOTE_CASES], t.notes[NOTE_RECEIPT_LATER], t.notes[NOTE_NEVER_TOLD]);
	harness_row("kill -9, any moment", "real kiosk on a pseudo terminal", &t, c);
	return harness_end();
}
