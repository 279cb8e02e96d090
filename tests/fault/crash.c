/*
 * Power cuts at any moment: what a session wrote is rebuilt as a disk may hold it, and judged. With a second cut: the store opens
 * what the first one left, goes on with another case, and the power fails again.
 */
#include <stdio.h>
#include <string.h>

#include "disk.h"
#include "judge.h"
#include "replay.h"
#include "seams.h"
#include "world.h"

enum { SESSIONS = 3, EACH = 3, CASES = SESSIONS * EACH, MORE = 2, SAMPLE = 64 };

/* Which cases were told before the cut? */
static void told_until(const struct disk_log *l, long cut, struct filed *filed)
{
	for (long i = 0; i < cut; i++)
		if (l->ops[i].kind == DISK_ACK)
			filed[l->ops[i].at].acked = true;
}

/* Any moment; every second time one soon after a case was told or, with `begin`, after the beginning. */
static long pick(const struct disk_log *l, bool begin, struct random *rnd)
{
	enum { SOON = 16 };
	long cut = (long)random_below(rnd, (uint64_t)l->n + 1);

	if (random_below(rnd, 2) == 0)
		return cut;
	if (begin)
		cut = 0;
	while (!begin && cut < l->n && l->ops[cut].kind != DISK_ACK)
		cut++;
	cut += (long)random_below(rnd, SOON);
	return cut < l->n ? cut : l->n;
}

static unsigned base;
static void acked_first(unsigned i)
{
	disk_ack((long)(base + i));
}

/* Open, applicants, clean end; so that taking the log away and making it anew are in the recording. */
static void record(struct disk_log *l, const char *path, struct filed *filed)
{
	disk_record(l, path);
	for (base = 0; base < CASES; base += EACH) {
		struct session s = { .path = path,
			.filed = filed + base,
			.n = EACH,
			.tidy = true,
			.acked = acked_first };
		session_run(&s);
		if (s.errors > 0)
			harness_die("the session itself failed: %s", s.first.text);
	}
	disk_stop();
	world_remove(path);
}

/* What is on the disk now is opened again; the power fails somewhere in that. */
static long cut_again(struct replay *r, const char *path, struct filed *filed, struct random *rnd)
{
	struct disk_log l;
	disk_record(&l, path);
	base = CASES;
	struct session s = { .path = path, .filed = filed + CASES, .n = MORE, .acked = acked_first };
	session_run(&s);
	disk_stop();
	for (unsigned i = 0; i < MORE; i++)
		filed[CASES + i].acked = false;
	long cut = pick(&l, true, rnd);
	told_until(&l, cut, filed);
	replay_write(r, &l, cut, rnd, path);
	disk_log_finish(&l);
	return s.errors > 0 ? -1 : cut;
}

static void states(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx)
{
	const bool twice = *(const bool *)ctx;
	char path[700], what[120];
	struct disk_log l;
	struct replay r = { 0 }, r2 = { 0 };
	struct random rnd = random_from(seed);

	world_begin(seed);
	snprintf(path, sizeof path, "%s/a.db", dir);
	struct filed *filed = filed_make_all(seed, CASES + MORE);
	record(&l, path, filed);
	for (long i = 0; i < n; i++) {
		long cut = pick(&l, false, &rnd), second = 0;
		for (unsigned k = 0; k < CASES + MORE; k++)
			filed[k].acked = false;
		told_until(&l, cut, filed);
		replay_write(&r, &l, cut, &rnd, path);
		if (twice)
			second = cut_again(&r2, path, filed, &rnd);
		snprintf(what, sizeof what, "state %ld, power cut at operation %ld of %ld%s", i, cut, l.n,
			second < 0      ? ", opened again with errors"
				: twice ? ", and again while it recovered"
					: "");
		if (second < 0)
			tally_bad(t, &t->wrong, "%s", what);
		if (i % SAMPLE == 0)
			judge_store(path, filed, CASES + MORE, t, what);
		else
			judge_file(path, filed, CASES + MORE, t, what);
		t->times++;
	}
	world_remove(path);
	replay_finish(&r);
	replay_finish(&r2);
	disk_log_finish(&l);
	filed_finish_all(filed, CASES + MORE);
}

int main(int argc, char **argv)
{
	static const bool once = false, twice = true;
	static const struct seeded bugs[] = { { "sync-off", 100 }, { "sync-normal", 200 }, { "two-transactions", 200 },
		{ "ack-early", 200 }, { "psow", 500 } };
	static const struct seeded bugs_twice[] = { { "no-checkpoint", 500 } };
	struct tally t;
	enum { CHUNK = 250, DOUBLES_MAX = 200000 };

	harness_begin(argc, argv, 10000);
	struct caught c = harness_seeded(bugs, sizeof bugs / sizeof bugs[0], CHUNK, 0, states, &once);
	struct caught c2 = harness_seeded(bugs_twice, 1, CHUNK, 0, states, &twice);
	if (!harness_wants_rows())
		return c.seen < c.of || c2.seen < c2.of;
	harness_run(&t, "crash", harness.times, CHUNK, 0, states, &once);
	harness_row("power cut, any moment", "crash VFS: drop, keep, tear, garbage", &t, c);
	long doubles = harness.times * 2 / 5;
	harness_run(&t, "double", doubles < DOUBLES_MAX ? doubles : DOUBLES_MAX, CHUNK, 0, states, &twice);
	harness_row("power cut while recovering", "crash VFS, two cuts", &t, c2);
	return harness_end();
}
