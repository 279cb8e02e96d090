#include "ui/term.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "ui/input.h"
#include "ui/keys.h"
#include "ui/signals.h"
#include "ui/theme.h"

enum { ESCAPE_MS = 25, QUIET_MS = 5 };

static SCREEN *screen;
static WINDOW *keys; /* a pad: reading from it repaints nothing */
static struct input input;
static int saved_stderr = -1;
static bool paste_on;

static bool xterm_like(void)
{
	const char *name = getenv("TERM");
	return name &&
		(strncmp(name, "xterm", 5) == 0 || strncmp(name, "foot", 4) == 0 || strncmp(name, "tmux", 4) == 0 ||
			strncmp(name, "screen", 6) == 0);
}

static void send(const char *bytes)
{
	fputs(bytes, stdout);
	fflush(stdout);
}

bool term_begin(struct err *e)
{
	int status = 0;
	const char *name = getenv("TERM");
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(e, ERR_DEVICE,
			"terminal: standard input and output are no terminal; use --linear in a pipe");
	if (!name || setupterm(name, STDOUT_FILENO, &status) != OK)
		return err_set(e, ERR_DEVICE,
			"terminal: TERM=%s is not known here; set it right or install ncurses-term, or use --linear",
			name ? name : "");
	bool places = cursor_address != NULL;
	del_curterm(cur_term); /* it was only asked; newterm makes its own */
	if (!places)
		return err_set(e, ERR_DEVICE, "terminal: TERM=%s cannot place the cursor; use --linear", name);
	if (!signals_begin(e))
		return false;
	saved_stderr = dup(STDERR_FILENO);
	if (isatty(STDERR_FILENO))
		dup2(log_fd(), STDERR_FILENO); /* a library's words never land on the screen */
	use_tioctl(TRUE);                      /* the size that the terminal has, not the one of the environment */
	screen = newterm(NULL, stdout, stdin);
	if (!screen)
		return err_set(e, ERR_DEVICE, "terminal: TERM=%s could not be opened; use --linear", name);
	signals_begin(e); /* newterm puts handlers of its own for some */
	raw();
	noecho();
	nonl();
	set_escdelay(ESCAPE_MS);
	keys = newpad(1, 1);
	keypad(keys, TRUE);
	nodelay(keys, TRUE);
	meta(keys, TRUE);
	theme_begin();
	input_init(&input);
	term_resize();
	paste_on = xterm_like();
	if (paste_on)
		send("\033[?2004h\033[c"); /* and what can it do? (DA1) */
	return true;
}

void term_end(void)
{
	if (screen) {
		if (paste_on)
			send("\033[?2004l");
		bkgdset(A_NORMAL);
		clear();
		refresh();
		endwin();
		if (xterm_like())
			send("\033[3J"); /* nor in what can be scrolled back to */
		delwin(keys);
		delscreen(screen);
		screen = NULL;
	}
	if (saved_stderr >= 0) {
		dup2(saved_stderr, STDERR_FILENO);
		close(saved_stderr);
		saved_stderr = -1;
	}
	signals_end();
}

void term_forget(void)
{
	int status;
	const char *name = getenv("TERM");
	if (!isatty(STDOUT_FILENO) || !name || setupterm(name, STDOUT_FILENO, &status) != OK)
		return;
	if (clear_screen) {
		bool ansi = strncmp(clear_screen, "\033[", 2) == 0;
		putp(clear_screen);
		send(ansi ? "\033[3J" : "");
	}
	del_curterm(cur_term);
}

bool term_sixel(void)
{
	return input.sixel;
}

void term_resize(void)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
		resizeterm(size.ws_row, size.ws_col);
}

static bool understand(struct key k, struct event *e)
{
	switch (k.kind) {
	case KEY_ESCAPE:
		e->action = ACTION_BACK;
		return true;
	case KEY_FLOOD:
		beep();
		return false;
	case KEY_POINT:
	case KEY_CURSES:
		if (k.kind == KEY_CURSES && k.point == KEY_RESIZE)
			return false;
		e->action = keys_action(k.kind == KEY_CURSES, k.point);
		e->point = k.point;
		return e->action != ACTION_NONE;
	case KEY_NOTHING:
		break;
	}
	return false;
}

/* Takes what is there already. True: an event. */
static bool drain(struct event *e, bool *ret_any)
{
	for (int c; (c = wgetch(keys)) != ERR;) {
		*ret_any = true;
		if (understand(input_feed(&input, c, clock_monotonic_ms()), e))
			return true;
	}
	return false;
}

static int wait_ms(int64_t until)
{
	if (input_pending(&input))
		return QUIET_MS;
	return until < 0 ? -1 : clock_wait_ms(until - clock_monotonic_ms());
}

void term_wait(int timeout_ms, int watch_fd, struct event *e)
{
	int64_t until = timeout_ms < 0 ? -1 : clock_monotonic_ms() + timeout_ms;
	int empty = 0; /* times that input was announced and nothing could be read: the other end is gone */
	*e = (struct event){ .action = ACTION_NONE, .row = -1 };
	for (;;) {
		bool any = false;
		if (drain(e, &any))
			return;
		empty = any ? 0 : empty;
		struct pollfd fds[3] = { { .fd = STDIN_FILENO, .events = POLLIN },
			{ .fd = signals_fd(), .events = POLLIN }, { .fd = watch_fd, .events = POLLIN } };
		int ready = poll(fds, 3, wait_ms(until));
		if (ready < 0)
			continue; /* a signal: the pipe tells which */
		enum action signal = fds[1].revents ? signals_take() : ACTION_NONE;
		if (signal == ACTION_REDRAW)
			term_resize();
		if (signal != ACTION_NONE) {
			e->action = signal;
			return;
		}
		if ((fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) || (fds[0].revents && ++empty > 3)) {
			e->action = ACTION_CLOSED;
			return;
		}
		if (fds[2].revents) {
			e->action = ACTION_READY;
			return;
		}
		if (ready == 0 && input_pending(&input)) {
			if (understand(input_quiet(&input), e))
				return;
		} else if (ready == 0 && until >= 0 && clock_monotonic_ms() >= until) {
			e->action = ACTION_TICK;
			return;
		}
	}
}
