/*
 * Memory that is not there: every allocation of SQLite fails once, or from then on; then every one of the project's own code, in a
 * process of its own, because that ends the program. What was told is there afterwards, and the next program works.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "disk.h"
#include "judge.h"
#include "seams.h"
#include "world.h"

enum { CASES = 2, AFTER = 1, SAMPLE = 64 };

static sqlite3_mem_methods real;
static long calls, nth_fails;
static bool for_ever_fails;

static bool refused(void)
{
	calls++;
	return nth_fails > 0 && (calls == nth_fails || (for_ever_fails && calls > nth_fails));
}

static void *sqlite_malloc(int n)
{
	return refused() ? NULL : real.xMalloc(n);
}

static void *sqlite_realloc(void *p, int n)
{
	return refused() ? NULL : real.xRealloc(p, n);
}

struct plan {
	bool own, for_ever;
	const char *name;
};

/* Returns how many allocations there were. */
static long fail(const struct plan *p, long nth)
{
	long n = calls;
	calls = 0;
	nth_fails = p->own ? 0 : nth;
	for_ever_fails = p->for_ever;
	return p->own ? (long)seam_fail_malloc((unsigned long)nth, p->for_ever) : n;
}

static long calls_of(const struct plan *p, const char *empty, const char *path, long *ret_opening)
{
	struct filed *filed = filed_make_all(1, CASES);
	struct session s = { .path = empty, .n = 0 }, all = { .path = path, .filed = filed, .n = CASES };

	session_run(&s);
	fail(p, 0);
	session_run(&s);
	*ret_opening = fail(p, 0);
	world_copy(empty, path);
	fail(p, 0);
	session_run(&all);
	long n = fail(p, 0);
	if (s.errors + all.errors > 0)
		harness_die("without a fault: %s%s", s.first.text, all.first.text);
	filed_finish_all(filed, CASES);
	return n;
}

static int told_pipe = -1;
static void tell_parent(unsigned i)
{
	unsigned char byte = (unsigned char)i;
	if (write(told_pipe, &byte, 1) != 1)
		_exit(99);
}

/* The project's own code ends the program; what it says comes back in `say`. */
static int in_child(const struct plan *p, long nth, struct session *s, char *say, size_t size)
{
	int acks[2], words[2], status = 0;
	unsigned char byte;

	if (pipe(acks) != 0 || pipe(words) != 0)
		harness_die("pipe");
	fflush(NULL);
	pid_t pid = fork();
	if (pid < 0)
		harness_die("fork");
	if (pid == 0) {
		dup2(words[1], STDERR_FILENO);
		told_pipe = acks[1];
		s->acked = tell_parent;
		fail(p, nth);
		session_run(s);
		_exit(0);
	}
	close(acks[1]);
	close(words[1]);
	while (read(acks[0], &byte, 1) == 1)
		s->filed[byte].acked = true;
	ssize_t n = read(words[0], say, size - 1);
	say[n > 0 ? n : 0] = '\0';
	close(acks[0]);
	close(words[0]);
	waitpid(pid, &status, 0);
	return status;
}

static void one(const struct plan *p, long nth, const char *empty, const char *path, struct filed *filed,
	struct tally *t)
{
	char what[120], say[200] = "";

	for (unsigned i = 0; i < CASES + AFTER; i++)
		filed[i].acked = false;
	world_copy(empty, path);
	snprintf(what, sizeof what, "%s, allocation %ld", p->name, nth);
	struct session s = { .path = path, .filed = filed, .n = CASES, .again = true };
	struct session after = { .path = path, .filed = filed + CASES, .n = AFTER };
	if (p->own) {
		int status = in_child(p, nth, &s, say, sizeof say);
		bool clean = WIFEXITED(status) && WEXITSTATUS(status) == 0;
		bool ended =
			WIFEXITED(status) && WEXITSTATUS(status) == ERR_BUG && strstr(say, "out of memory") != NULL;
		if (!clean && !ended)
			tally_bad(t, &t->wrong, "%s: wait status %d, \"%s\"", what, status, say);
		t->notes[0] += ended;
	} else {
		fail(p, nth);
		session_run(&s);
		fail(p, 0);
		t->notes[0] += s.errors > 0;
		if (s.errors > 0 && s.first.code == ERR_BUG)
			tally_bad(t, &t->wrong, "%s: reported as \"%s\"", what, s.first.text);
	}
	session_run(&after);
	if (after.errors > 0)
		tally_bad(t, &t->wrong, "%s: does not work again: %s", what, after.first.text);
	if (nth % SAMPLE == 0)
		judge_store(path, filed, CASES + AFTER, t, what);
	else
		judge_file(path, filed, CASES + AFTER, t, what);
	t->times++;
}

/* Opening takes most of the allocations: of those only every `step`th, of the rest each. */
struct job {
	const struct plan *plan;
	long opening, step, all;
};

static struct job plan_job(const struct plan *p, long times, const char *empty, const char *path)
{
	struct job j = { .plan = p, .all = calls_of(p, empty, path, &j.opening) + 1, .step = 1 };
	if (times >= j.all)
		return j;
	long rest = j.all - j.opening, left = times > rest ? times - rest : 1;
	j.step = (j.opening + left - 1) / left;
	return j;
}

static long job_points(const struct job *j)
{
	return j->opening / j->step + j->all - j->opening;
}

static void points(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx)
{
	const struct job *j = ctx;
	char empty[700], path[700];
	long sparse = j->opening / j->step, ignored;

	snprintf(empty, sizeof empty, "%s/empty.db", dir);
	snprintf(path, sizeof path, "%s/a.db", dir);
	world_begin(seed);
	calls_of(j->plan, empty, path, &ignored);
	struct filed *filed = filed_make_all(seed, CASES + AFTER);
	for (long i = harness.at; i < harness.at + n; i++)
		one(j->plan, i < sparse ? 1 + i * j->step : j->opening + 1 + i - sparse, empty, path, filed, t);
	filed_finish_all(filed, CASES + AFTER);
}

static void replace_malloc(void)
{
	static sqlite3_mem_methods failing;

	sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);
	failing = real;
	failing.xMalloc = sqlite_malloc;
	failing.xRealloc = sqlite_realloc;
	sqlite3_config(SQLITE_CONFIG_MALLOC, &failing);
	/* Without its own small pools each allocation can fail. */
	sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
}

int main(int argc, char **argv)
{
	static const struct plan plans[] = {
		{ false, false, "SQLite's memory fails once" },
		{ false, true, "SQLite's memory fails from then on" },
		{ true, false, "own memory fails" },
	};
	static const struct seeded bugs[] = { { "ignore-errors", 500 }, { "ack-early", 500 } };
	enum { CHUNK = 60, PLANS = sizeof plans / sizeof plans[0] };
	struct caught c = { 0, 0 };
	struct tally sum = { 0 };
	char empty[600], path[600];

	replace_malloc();
	harness_begin(argc, argv, 1000);
	world_begin(harness.seed);
	snprintf(empty, sizeof empty, "%s/empty.db", harness.dir);
	snprintf(path, sizeof path, "%s/a.db", harness.dir);
	for (size_t i = 0; i < PLANS; i++) {
		struct job job = plan_job(&plans[i], harness.times, empty, path), some = job;
		some.step = some.opening; /* a bug of submitting shows behind the opening */
		if (i < sizeof bugs / sizeof bugs[0]) {
			struct caught more = harness_seeded(&bugs[i], 1, CHUNK, 0, points, &some);
			c.seen += more.seen;
			c.of += more.of;
		}
		if (!harness_wants_rows())
			continue;
		struct tally t;
		harness_run(&t, plans[i].name, job_points(&job), CHUNK, 0, points, &job);
		tally_add(&sum, &t);
		fprintf(stderr, "memory: %s: %ld reported of %ld\n", plans[i].name, t.notes[0], t.times);
	}
	if (!harness_wants_rows())
		return c.seen < c.of;
	harness_row("memory fails", "SQLite's and own allocations, once, for ever", &sum, c);
	return harness_end();
}
