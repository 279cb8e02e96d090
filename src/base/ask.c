#include "base/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/xalloc.h"

enum { LINGER_MS = 1000 }; /* after its answer */

struct ask {
	struct child child;
	int64_t end; /* monotonic milliseconds: killed then */
	char answer[ASK_LINE_MAX + 1];
	size_t n;
	bool whole; /* a whole line is there */
	enum ask_state state;
	const char *why;
};

bool ask_ready(const char *program, struct err *e)
{
	char found[PATH_MAX];
	if (!program || program[0] != '/')
		return err_set(e, ERR_CONFIG, "the program has to be given by an absolute path");
	return child_find(program, found, sizeof found, e);
}

/* The question waits in a pipe before the program starts, so that writing can neither block nor raise SIGPIPE. -1: failed. */
static int pipe_with(const char *line, size_t n, struct err *e)
{
	int ends[2];
	if (n > ASK_LINE_MAX) {
		err_set(e, ERR_BUG, "the question is longer than %d bytes", ASK_LINE_MAX);
		return -1;
	}
	if (pipe2(ends, O_CLOEXEC) != 0) {
		err_set(e, ERR_DEVICE, "no pipe: %s", strerror(errno));
		return -1;
	}
	/* at most PIPE_BUF bytes into an empty pipe: whole or not at all, at once */
	ssize_t written = write(ends[1], line, n);
	close(ends[1]);
	if (written == (ssize_t)n)
		return ends[0];
	err_set(e, ERR_DEVICE, "cannot write the question");
	close(ends[0]);
	return -1;
}

bool ask_start(struct ask **ret, char *program, const char *line, size_t n, unsigned limit_s, struct err *e)
{
	if (!ask_ready(program, e))
		return false;
	int in = pipe_with(line, n, e);
	if (in < 0)
		return false;
	char *argv[] = { program, NULL };
	struct ask *a = xcalloc(1, sizeof *a);
	a->end = clock_monotonic_ms() + (int64_t)limit_s * 1000;
	bool ok = child_start(&a->child, argv, in, e);
	close(in);
	if (!ok) {
		free(a);
		return false;
	}
	*ret = a;
	return true;
}

int ask_fd(const struct ask *a)
{
	return a->state == ASK_RUNNING ? a->child.out : -1;
}

/* `why` NULL: what is there counts. */
static void stop(struct ask *a, const char *why)
{
	child_end(&a->child);
	a->state = why ? ASK_FAILED : ASK_ANSWERED;
	a->why = why;
}

static void look(struct ask *a)
{
	size_t got = 0;
	int more = child_read(&a->child, a->answer + a->n, sizeof a->answer - a->n, &got);
	a->n += got;
	if (!a->whole && memchr(a->answer, '\n', a->n)) {
		int64_t linger = clock_monotonic_ms() + LINGER_MS;
		a->whole = true;
		a->end = linger < a->end ? linger : a->end;
	}
	if (more < 0)
		stop(a, "reading its answer failed");
	else if (a->n > ASK_LINE_MAX)
		stop(a, "its answer is too long");
	else if (more == 0)
		stop(a, a->n ? NULL : "it ended without an answer");
	else if (clock_monotonic_ms() >= a->end)
		stop(a, a->whole ? NULL : "it did not answer in time");
}

enum ask_state ask_poll(struct ask *a, const char **ret_answer, size_t *ret_n, const char **ret_why)
{
	if (a->state == ASK_RUNNING)
		look(a);
	if (a->state == ASK_ANSWERED) {
		*ret_answer = a->answer;
		*ret_n = a->n;
	} else if (a->state == ASK_FAILED) {
		*ret_why = a->why;
	}
	return a->state;
}

void ask_end(struct ask *a)
{
	if (!a)
		return;
	child_end(&a->child);
	explicit_bzero(a, sizeof *a);
	free(a);
}
