/*
 * Real power cuts on real file systems: a process submits and tells through a pipe, the shutdown call drops what the file system
 * has not written, and after a new mount everything that was told before is there. Only what was read from the pipe before the
 * call counts: an fdatasync that races it can come back with success.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "judge.h"
#include "loop.h"
#include "seams.h"
#include "world.h"

enum { CASES = 400, CHUNK = 10, LONGEST_US = 15000, START_MS = 20000 };

static int told_pipe = -1;
static unsigned first_case;

static void tell_parent(unsigned i)
{
	unsigned short n = (unsigned short)(first_case + i);
	if (write(told_pipe, &n, sizeof n) != sizeof n)
		_exit(99);
}

static pid_t start(const char *path, struct filed *filed, unsigned from, int *ret_read)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		harness_die("pipe");
	fflush(NULL);
	pid_t pid = fork();
	if (pid < 0)
		harness_die("fork");
	if (pid == 0) {
		told_pipe = ends[1];
		first_case = from;
		struct session s = { .path = path, .filed = filed + from, .n = CASES - from, .acked = tell_parent };
		session_run(&s);
		_exit(0);
	}
	close(ends[1]);
	*ret_read = ends[0];
	return pid;
}

/* Takes what was told so far; returns the highest one + 1. */
static unsigned take(int fd, struct filed *filed, unsigned next)
{
	unsigned short n;
	fcntl(fd, F_SETFL, O_NONBLOCK);
	while (read(fd, &n, sizeof n) == sizeof n) {
		filed[n].acked = true;
		next = n + 1u;
	}
	return next;
}

static void cuts(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx)
{
	const char *type = ctx;
	struct loop_fs fs;
	struct random r = random_from(seed);
	char path[700], what[80];
	unsigned next = 0;

	loop_private();
	world_begin(seed);
	struct filed *filed = filed_make_all(seed, CASES);
	if (!loop_make(&fs, dir, type) || !loop_mount(&fs))
		harness_die("%s on %s cannot be made", type, fs.image);
	snprintf(path, sizeof path, "%s/a.db", fs.mount);
	for (long i = 0; i < n; i++) {
		int fd = -1;
		if (next > CASES / 2) {
			world_remove(path);
			for (unsigned k = 0; k < CASES; k++)
				filed[k].acked = false;
			next = 0;
		}
		pid_t pid = start(path, filed, next, &fd);
		/* Some are cut while the database is made or opened. */
		struct pollfd p = { .fd = fd, .events = POLLIN };
		if (i % 5 != 4)
			poll(&p, 1, START_MS);
		usleep((useconds_t)random_below(&r, LONGEST_US));
		next = take(fd, filed, next);
		if (!loop_cut(&fs))
			tally_bad(t, &t->wrong, "the shutdown call failed");
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		close(fd);
		next += 4; /* the one under way may be there */
		if (!loop_unmount(&fs) || !loop_mount(&fs))
			harness_die("%s cannot be mounted again", type);
		snprintf(what, sizeof what, "%s, cut %ld", type, harness.at + i);
		if (!judge_file(path, filed, CASES, t, what))
			next = CASES;
		t->times++;
	}
	loop_finish(&fs);
	filed_finish_all(filed, CASES);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *type, *fault;
		unsigned part; /* of the times: 1 / part, */
		long most;     /* so many at most */
		struct seeded bugs[3];
		unsigned n;
	} rows[] = {
		{ "ext4", "power cut, ext4", 1, 1000000,
			{ { "sync-off", 6 }, { "two-transactions", 10 }, { "ack-early", 20 } }, 3 },
		{ "xfs", "power cut, xfs", 2, 1000, { { "sync-off", 6 } }, 1 },
	};
	int status = 0;

	harness_begin(argc, argv, 20);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct tally t;
		const char *why = loop_missing(rows[i].type, harness.dir);
		if (why != NULL) {
			harness_skip(rows[i].fault, "shutdown call on a loop file", why);
			continue;
		}
		struct caught c = harness_seeded(rows[i].bugs, rows[i].n, CHUNK, 0, cuts, rows[i].type);
		status = status || c.seen < c.of;
		if (!harness_wants_rows())
			continue;
		long times = (harness.times + rows[i].part - 1) / rows[i].part;
		harness_run(&t, rows[i].type, times < rows[i].most ? times : rows[i].most, CHUNK, 0, cuts,
			rows[i].type);
		harness_row(rows[i].fault, "shutdown call on a loop file", &t, c);
	}
	return harness_wants_rows() ? harness_end() : status;
}
