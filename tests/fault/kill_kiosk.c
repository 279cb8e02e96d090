#include "kill_kiosk.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness.h"

enum { WAIT_MS = 20 * 1000, QUIET_MS = 2 };

static const char greeting[] = "逐行模式"; /* a program begins */
static const char asks[] = "> ";           /* it waits for a line */

double kiosk_now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

/* False: nothing came in this time, or the other side is closed (*ret_closed). */
static bool take(struct kiosk *k, int ms, bool *ret_closed)
{
	struct pollfd p = { .fd = k->fd, .events = POLLIN };
	*ret_closed = false;
	if (poll(&p, 1, ms) <= 0)
		return false;
	if (k->n + 1 >= sizeof k->out)
		harness_die("the kiosk writes without an end: %.300s", k->out);
	ssize_t n = read(k->fd, k->out + k->n, sizeof k->out - 1 - k->n);
	*ret_closed = n <= 0;
	if (n <= 0)
		return false;
	k->n += (size_t)n;
	k->out[k->n] = '\0';
	return true;
}

static void forget(struct kiosk *k)
{
	k->n = 0;
	k->out[0] = '\0';
}

static bool asked(const struct kiosk *k)
{
	size_t n = strlen(asks);
	return k->n >= n && memcmp(k->out + k->n - n, asks, n) == 0;
}

static bool wait_for(struct kiosk *k, const char *text)
{
	double end = kiosk_now() + WAIT_MS;
	bool closed = false;
	while (!asked(k) || !strstr(k->out, text))
		if ((!take(k, 100, &closed) && closed) || kiosk_now() > end)
			return false;
	return true;
}

bool kiosk_ready(struct kiosk *k)
{
	return wait_for(k, "");
}

bool kiosk_start(struct kiosk *k, const char *settings)
{
	const char *program = getenv("KIOSK"), *data = getenv("DATA"), *screens = getenv("SCREENS");
	forget(k);
	if (!program || !data || !screens)
		harness_die("KIOSK, DATA and SCREENS have to be set; tools/run-tests.sh does");
	k->supervisor = forkpty(&k->fd, NULL, NULL, NULL);
	if (k->supervisor < 0)
		harness_die("forkpty: %s", strerror(errno));
	if (k->supervisor == 0) {
		setenv("TERM", "dumb", 1);
		execlp(program, program, "--config", settings, "--data", data, "--screens", screens, "--linear",
			(char *)NULL);
		_exit(127);
	}
	return wait_for(k, greeting);
}

static void drain(struct kiosk *k)
{
	bool closed;
	while (take(k, QUIET_MS, &closed))
		continue;
}

/* Until everybody has closed the terminal: nothing of this kiosk runs any more. */
static void drain_to_end(struct kiosk *k)
{
	bool closed = false;
	for (double end = kiosk_now() + WAIT_MS; !closed && kiosk_now() < end;)
		take(k, 100, &closed);
	close(k->fd);
	k->fd = -1;
	if (!closed)
		harness_die("a process of the kiosk lives on");
}

int kiosk_end(struct kiosk *k)
{
	int status = 0;
	if (k->fd < 0)
		return 0;
	kill(k->supervisor, SIGTERM);
	drain_to_end(k);
	waitpid(k->supervisor, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void kiosk_type(struct kiosk *k, const char *line)
{
	char text[300];
	int n = snprintf(text, sizeof text, "%s\n", line);
	forget(k);
	if (write(k->fd, text, (size_t)n) != n)
		harness_die("the kiosk's terminal: %s", strerror(errno));
}

/* The last title: a page that did not change is not written again. */
static const char *last_title(const struct kiosk *k)
{
	const char *found = NULL;
	for (const char *p = k->out; (p = strstr(p, "\n== ")) != NULL; p += 4)
		found = p + 4;
	return found;
}

void kiosk_title(const struct kiosk *k, char out[static 200])
{
	const char *at = last_title(k), *end = at ? strstr(at, " ==") : NULL;
	snprintf(out, 200, "%.*s", end ? (int)(end - at) : 0, end ? at : "");
}

const char *kiosk_text(const struct kiosk *k)
{
	const char *at = last_title(k);
	return at ? at : "";
}

pid_t kiosk_program(const struct kiosk *k)
{
	char path[64], text[64] = "";
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)k->supervisor, (int)k->supervisor);
	FILE *f = fopen(path, "re");
	if (!f)
		return 0;
	text[fread(text, 1, sizeof text - 1, f)] = '\0';
	fclose(f);
	return (pid_t)strtol(text, NULL, 10);
}

/* State letter of /proc/PID/stat; 0: no such process. */
static char state_of(pid_t pid)
{
	char path[64], text[300] = "";
	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	FILE *f = fopen(path, "re");
	if (!f)
		return 0;
	text[fread(text, 1, sizeof text - 1, f)] = '\0';
	fclose(f);
	const char *after = strrchr(text, ')');
	return after && after[1] ? after[2] : 0;
}

static bool wait_state(pid_t pid, const char *states)
{
	for (double end = kiosk_now() + WAIT_MS; kiosk_now() < end; usleep(100)) {
		char state = state_of(pid);
		if (strchr(states, state)) /* also true for 0: gone */
			return true;
	}
	return false;
}

/* The one who traces is told of the end first; only then does the supervisor hear of it. */
static void end_trace(struct kiosk *k)
{
	int status;
	while (k->traced > 0 && waitpid(k->traced, &status, __WALL) == k->traced && !WIFSIGNALED(status))
		continue;
	k->traced = 0;
}

bool kiosk_kill_program(struct kiosk *k)
{
	/*
	 * The supervisor shall not start the next one before the old one's last words were read. It stops before it does anything
	 * else, so there is no need to wait for it, except when it is just starting a program.
	 */
	kill(k->supervisor, SIGSTOP);
	pid_t pid = kiosk_program(k);
	if (pid == 0) {
		wait_state(k->supervisor, "T");
		pid = kiosk_program(k);
	}
	if (pid > 0)
		kill(pid, SIGKILL);
	end_trace(k);
	bool killed = pid > 0 && wait_state(pid, "ZX");
	drain(k);
	return killed;
}

void kiosk_let(struct kiosk *k)
{
	forget(k);
	kill(k->supervisor, SIGCONT);
}

bool kiosk_again(struct kiosk *k)
{
	kiosk_let(k);
	return wait_for(k, greeting);
}

void kiosk_kill_all(struct kiosk *k)
{
	int status;
	kill(-k->supervisor, SIGKILL);
	end_trace(k);
	waitpid(k->supervisor, &status, 0);
	drain_to_end(k);
}

bool kiosk_type_until(struct kiosk *k, const char *line, long n, long *ret_calls)
{
	int status;
	long calls = 0; /* each stops twice, before and after */
	pid_t pid = kiosk_program(k);
	bool stopped = false;

	*ret_calls = -1;
	if (pid <= 0 || ptrace(PTRACE_SEIZE, pid, NULL, (void *)PTRACE_O_TRACESYSGOOD) != 0)
		return false;
	if (ptrace(PTRACE_INTERRUPT, pid, NULL, NULL) != 0 || waitpid(pid, &status, __WALL) != pid)
		harness_die("tracing the program: %s", strerror(errno));
	kiosk_type(k, line);
	ptrace(PTRACE_SYSCALL, pid, NULL, NULL);
	while (!stopped) {
		bool closed;
		pid_t got = waitpid(pid, &status, __WALL | WNOHANG);
		if (got == 0) {
			take(k, 0, &closed);
			if (asked(k))
				break;
			usleep(20);
			continue;
		}
		if (got < 0 || !WIFSTOPPED(status))
			harness_die("the program that was traced ended with %d", status);
		stopped = ++calls >= n;
		if (!stopped)
			ptrace(PTRACE_SYSCALL, pid, NULL,
				WSTOPSIG(status) == (SIGTRAP | 0x80) ? NULL : (void *)(long)WSTOPSIG(status));
	}
	*ret_calls = calls;
	if (stopped) {
		k->traced = pid;
		return true;
	}
	ptrace(PTRACE_INTERRUPT, pid, NULL, NULL);
	waitpid(pid, &status, __WALL);
	ptrace(PTRACE_DETACH, pid, NULL, NULL);
	return false;
}
