#include "term.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct term *t = user;
	if (property == VTERM_PROP_CURSORVISIBLE)
		t->cursor_shown = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

double term_now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

int term_slow(int ms)
{
	const char *factor = getenv("TERM_SLOW");
	long n = factor ? strtol(factor, NULL, 10) : 1;
	return ms * (n > 0 && n < 1000 ? (int)n : 1);
}

void term_init(struct term *t, int cols, int rows)
{
	*t = (struct term){ .fd = -1, .rows = rows, .cols = cols, .cursor_shown = true, .exited = true };
	t->vt = vterm_new(rows, cols);
	vterm_set_utf8(t->vt, 1);
	t->screen = vterm_obtain_screen(t->vt);
	t->state = vterm_obtain_state(t->vt);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_reset(t->screen, 1);
}

static void stop(struct term *t)
{
	if (!t->exited) {
		kill(t->pid, SIGKILL);
		waitpid(t->pid, &t->status, 0);
		t->exited = true;
	}
	term_hangup(t);
}

void term_finish(struct term *t)
{
	stop(t);
	vterm_free(t->vt);
}

void term_hangup(struct term *t)
{
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
}

bool term_run(struct term *t, const char *name, char *const argv[])
{
	stop(t);
	vterm_screen_reset(t->screen, 1);
	t->cursor_shown = true;
	t->bytes = 0;
	struct winsize size = { .ws_row = (unsigned short)t->rows, .ws_col = (unsigned short)t->cols };
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	if (t->pid < 0)
		return false;
	if (t->pid == 0) {
		setenv("TERM", name, 1);
		unsetenv("COLUMNS");
		unsetenv("LINES");
		execvp(argv[0], argv);
		fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	t->exited = false;
	return true;
}

void term_resize(struct term *t, int cols, int rows)
{
	/* libvterm 0.1.4 crashes when a wide character meets a screen of one column: then only the program sees the size */
	if (cols > 1) {
		t->rows = rows;
		t->cols = cols;
		vterm_set_size(t->vt, rows, cols);
	}
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
	if (t->fd >= 0)
		ioctl(t->fd, TIOCSWINSZ, &size);
}

/* Writes without a deadlock when the program writes much at the same time. */
void term_send(struct term *t, const char *bytes, size_t n)
{
	double end = term_now() + term_slow(5000);
	while (n && t->fd >= 0 && term_now() < end) {
		struct pollfd p = { .fd = t->fd, .events = POLLIN | POLLOUT };
		if (poll(&p, 1, 100) <= 0)
			continue;
		if (p.revents & POLLIN)
			term_read(t, 0);
		if (p.revents & POLLOUT) {
			ssize_t k = write(t->fd, bytes, n < 256 ? n : 256);
			if (k <= 0)
				return;
			bytes += k;
			n -= (size_t)k;
		} else if (p.revents & (POLLERR | POLLHUP)) {
			return;
		}
	}
}

/* What libvterm has to say to the program: keys in the mode that is in force, and answers to queries. */
static void flush(struct term *t)
{
	char bytes[512];
	for (size_t n; (n = vterm_output_read(t->vt, bytes, sizeof bytes)) > 0;)
		if (t->fd < 0 || write(t->fd, bytes, n) < 0)
			return;
}

static const struct {
	const char *name;
	VTermKey key;
	VTermModifier with;
} keys[] = {
	{ "Enter", VTERM_KEY_ENTER, VTERM_MOD_NONE },
	{ "Tab", VTERM_KEY_TAB, VTERM_MOD_NONE },
	{ "Backtab", VTERM_KEY_TAB, VTERM_MOD_SHIFT },
	{ "Backspace", VTERM_KEY_BACKSPACE, VTERM_MOD_NONE },
	{ "Esc", VTERM_KEY_ESCAPE, VTERM_MOD_NONE },
	{ "Up", VTERM_KEY_UP, VTERM_MOD_NONE },
	{ "Down", VTERM_KEY_DOWN, VTERM_MOD_NONE },
	{ "Left", VTERM_KEY_LEFT, VTERM_MOD_NONE },
	{ "Right", VTERM_KEY_RIGHT, VTERM_MOD_NONE },
	{ "Ins", VTERM_KEY_INS, VTERM_MOD_NONE },
	{ "Del", VTERM_KEY_DEL, VTERM_MOD_NONE },
	{ "Home", VTERM_KEY_HOME, VTERM_MOD_NONE },
	{ "End", VTERM_KEY_END, VTERM_MOD_NONE },
	{ "PgUp", VTERM_KEY_PAGEUP, VTERM_MOD_NONE },
	{ "PgDn", VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE },
};

bool term_key(struct term *t, const char *name)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (!strcasecmp(name, keys[i].name)) {
			vterm_keyboard_key(t->vt, keys[i].key, keys[i].with);
			flush(t);
			return true;
		}
	}
	char *end = NULL;
	long n = name[0] == 'F' ? strtol(name + 1, &end, 10) : 0;
	if (n >= 1 && n <= 12 && !*end) {
		vterm_keyboard_key(t->vt, (VTermKey)VTERM_KEY_FUNCTION(n), VTERM_MOD_NONE);
		flush(t);
		return true;
	}
	if (!strcasecmp(name, "Space")) {
		term_send(t, " ", 1);
		return true;
	}
	if (!strncmp(name, "Ctrl-", 5) && name[5] >= 'A' && name[5] <= 'Z' && !name[6]) {
		term_send(t, &(char){ (char)(name[5] & 0x1f) }, 1);
		return true;
	}
	return false;
}

bool term_read(struct term *t, int ms)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };
	if (t->fd < 0) {
		poll(NULL, 0, ms);
		return false;
	}
	if (poll(&p, 1, ms) <= 0)
		return false;
	char bytes[65536];
	ssize_t n = read(t->fd, bytes, sizeof bytes);
	if (n <= 0) { /* EIO: the program has closed its side; do not spin */
		poll(NULL, 0, ms < 5 ? ms : 5);
		return false;
	}
	vterm_input_write(t->vt, bytes, (size_t)n);
	flush(t);
	t->bytes += (unsigned long)n;
	return true;
}

void term_settle(struct term *t, int quiet_ms)
{
	double end = term_now() + 5000;
	while (term_now() < end && term_read(t, quiet_ms))
		;
}

bool term_answered(struct term *t, const char *key, int ms)
{
	unsigned long before = t->bytes;
	double end = term_now() + ms;
	term_key(t, key);
	while (t->bytes == before && term_now() < end)
		term_read(t, 20);
	return t->bytes != before;
}

bool term_wait(struct term *t, int ms)
{
	double end = term_now() + ms;
	while (!t->exited) {
		if (waitpid(t->pid, &t->status, WNOHANG) == t->pid) {
			t->exited = true;
			term_settle(t, 0);
		} else if (term_now() >= end) {
			return false;
		} else {
			term_read(t, 5);
		}
	}
	return true;
}

int term_signal(const char *name)
{
	static const struct {
		const char *name;
		int number;
	} signals[] = { { "TERM", SIGTERM }, { "KILL", SIGKILL }, { "HUP", SIGHUP }, { "INT", SIGINT },
		{ "STOP", SIGSTOP }, { "CONT", SIGCONT }, { "WINCH", SIGWINCH }, { "USR1", SIGUSR1 } };
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		if (!strcmp(name, signals[i].name))
			return signals[i].number;
	return 0;
}

pid_t term_child(pid_t pid)
{
	char path[64], text[64] = "";
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
	FILE *f = fopen(path, "re");
	if (!f)
		return 0;
	size_t n = fread(text, 1, sizeof text - 1, f);
	fclose(f);
	text[n] = '\0';
	return (pid_t)strtol(text, NULL, 10);
}
