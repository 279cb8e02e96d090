/*
 * Every call to the disk fails once, or from then on: I/O error, full disk, a write that stops half way. What was told is there
 * afterwards, the failure is reported or made good, and without the fault the store works again.
 */
#include <stdio.h>
#include <string.h>

#include "disk.h"
#include "judge.h"
#include "seams.h"
#include "world.h"

enum { CASES = 3, AFTER = 1, SAMPLE = 32 };

struct plan {
	enum disk_fault fault;
	bool for_ever, fresh; /* fresh: the database has to be made, too */
	const char *name;
};

/* Makes an empty database to start from; returns how many calls the session has that can fail. */
static long calls_of(const struct plan *p, const char *empty, const char *path)
{
	struct filed *filed = filed_make_all(1, CASES);
	struct session s = { .path = empty, .n = 0 }, all = { .path = path, .filed = filed, .n = CASES, .tidy = true };

	session_run(&s);
	world_remove(path);
	if (!p->fresh)
		world_copy(empty, path);
	disk_fail(p->fault, 0, false);
	session_run(&all);
	long n = disk_heal(NULL);
	if (s.errors + all.errors > 0)
		harness_die("without a fault: %s%s", s.first.text, all.first.text);
	filed_finish_all(filed, CASES);
	return n;
}

static void one(const struct plan *p, long nth, const char *empty, const char *path, struct filed *filed,
	struct tally *t)
{
	char what[120];
	bool hit = false;

	for (unsigned i = 0; i < CASES + AFTER; i++)
		filed[i].acked = false;
	world_remove(path);
	if (!p->fresh)
		world_copy(empty, path);
	struct session s = { .path = path, .filed = filed, .n = CASES, .tidy = true, .again = true };
	struct session after = { .path = path, .filed = filed + CASES, .n = AFTER };
	disk_fail(p->fault, nth, p->for_ever);
	session_run(&s);
	disk_heal(&hit);
	snprintf(what, sizeof what, "%s, call %ld", p->name, nth);
	/* Something failed and nobody said so: then everything has to be there. */
	for (unsigned i = 0; hit && s.errors == 0 && i < CASES; i++)
		if (!filed[i].acked)
			tally_bad(t, &t->wrong, "%s: neither told nor reported", what);
	if (s.errors > 0 && (s.first.code == ERR_BUG || s.first.text[0] == '\0'))
		tally_bad(t, &t->wrong, "%s: reported as \"%s\"", what, s.first.text);
	t->notes[0] += s.errors > 0;
	t->notes[1] += hit && s.errors == 0;
	session_run(&after);
	if (after.errors > 0)
		tally_bad(t, &t->wrong, "%s: does not work again: %s", what, after.first.text);
	if (nth % SAMPLE == 0)
		judge_store(path, filed, CASES + AFTER, t, what);
	else
		judge_file(path, filed, CASES + AFTER, t, what);
	t->times++;
}

struct job {
	const struct plan *plan;
	long step;
};

static void points(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx)
{
	const struct job *j = ctx;
	char empty[700], path[700];

	snprintf(empty, sizeof empty, "%s/empty.db", dir);
	snprintf(path, sizeof path, "%s/a.db", dir);
	world_begin(seed);
	calls_of(j->plan, empty, path);
	struct filed *filed = filed_make_all(seed, CASES + AFTER);
	for (long i = harness.at; i < harness.at + n; i++)
		one(j->plan, 1 + i * j->step, empty, path, filed, t);
	filed_finish_all(filed, CASES + AFTER);
}

int main(int argc, char **argv)
{
	static const struct plan plans[] = {
		{ DISK_EIO, false, false, "I/O error once" },
		{ DISK_EIO, true, false, "I/O error from then on" },
		{ DISK_EIO, false, true, "I/O error once, new database" },
		{ DISK_FULL, false, false, "disk full once" },
		{ DISK_FULL, true, false, "disk full from then on" },
		{ DISK_SHORT, false, false, "write stops half way" },
	};
	static const struct seeded bugs[] = { { "ignore-errors", 100 }, { "ack-early", 100 } };
	enum { CHUNK = 40, FIRST_FULL = 3, PLANS = sizeof plans / sizeof plans[0] };
	struct caught c = { 0, 0 };
	struct tally sum = { 0 };

	harness_begin(argc, argv, 1000000);
	world_begin(harness.seed);
	for (size_t i = 0; i < PLANS; i++) {
		char empty[600], path[600];
		struct tally t;
		snprintf(empty, sizeof empty, "%s/empty.db", harness.dir);
		snprintf(path, sizeof path, "%s/a.db", harness.dir);
		long calls = calls_of(&plans[i], empty, path) + 1;
		struct job job = { &plans[i], (calls + harness.times - 1) / harness.times },
			   some = { &plans[i], calls / 100 };
		if (i == 1 || i == FIRST_FULL + 1) {
			struct caught more = harness_seeded(bugs, 2, CHUNK, 0, points, &some);
			c.seen += more.seen;
			c.of += more.of;
		}
		if (!harness_wants_rows())
			continue;
		harness_run(&t, plans[i].name, calls / job.step, CHUNK, 0, points, &job);
		tally_add(&sum, &t);
		fprintf(stderr, "io: %s: %ld reported, %ld made good\n", plans[i].name, t.notes[0], t.notes[1]);
		if (i + 1 != FIRST_FULL && i + 1 != PLANS)
			continue;
		harness_row(i < FIRST_FULL ? "I/O error" : "disk full, short write",
			"VFS, every call, once and for ever", &sum, c);
		sum = (struct tally){ 0 };
		c = (struct caught){ 0, 0 };
	}
	return harness_wants_rows() ? harness_end() : c.seen < c.of;
}
