/*
 * The linear view: an append-only numbered dialogue on standard input and output, for braille displays, screen readers,
 * TERM=dumb and pipes. A line that was typed goes to the input that is asked; a number presses the row of that number.
 * Nothing is ever painted over; when the session ends the terminal forgets all of it.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "model/edit.h"
#include "ui/page.h"
#include "ui/signals.h"
#include "ui/term.h"
#include "ui/view.h"

enum { LINE_MAX_BYTES = 1000, SHOWN_MAX = 64 * 1024 };

struct linear {
	struct view view;
	char line[LINE_MAX_BYTES];
	size_t used;
	bool overlong; /* the rest of this line is dropped */
	bool ended;
	bool asked;         /* the prompt stands there, and nothing was typed since */
	struct str shown;   /* the page as it was last printed, without what stands in inputs */
	struct str message; /* last message printed */
};

/* "/x" commands, so that any text can be typed into a field; the words are the same in both languages. */
static const struct {
	const char *command;
	enum action action;
} commands[] = {
	{ "/b", ACTION_BACK },
	{ "/h", ACTION_HELP },
	{ "/l", ACTION_LANGUAGE },
	{ "/q", ACTION_LEAVE },
	{ "/s", ACTION_PAUSE },
	{ "/n", ACTION_PAGE_DOWN },
	{ "/p", ACTION_PAGE_UP },
	{ "/r", ACTION_REDRAW },
};

/* The number of a row: its digit, the same as on the full screen; rows without one are counted on after the digits. */
static int row_number(const struct page *p, int row)
{
	int n = 0;
	if (p->rows[row].digit)
		return (int)p->rows[row].digit;
	for (int i = 0; i < p->n_rows; i++) {
		if ((int)p->rows[i].digit > n)
			n = (int)p->rows[i].digit;
	}
	for (int i = 0; i <= row; i++)
		n += row_focusable(&p->rows[i]) && !p->rows[i].digit;
	return n;
}

static int numbered_row(const struct page *p, long number)
{
	for (int i = 0; i < p->n_rows; i++)
		if (row_focusable(&p->rows[i]) && row_number(p, i) == number)
			return i;
	return -1;
}

static void describe_row(const struct page *p, int i, struct str *out)
{
	char text[1200];
	const struct row *r = &p->rows[i];
	if (r->kind == ROW_TEXT && !*r->label)
		return;
	if (r->kind == ROW_INPUT) /* what stands in it is said when it is asked */
		snprintf(text, sizeof text, "%s:%s%s%s%s", r->label, *r->error ? " ! " : "", r->error,
			*r->value ? " " : "", r->value);
	else
		row_describe(p, i, text, sizeof text);
	if (row_focusable(r))
		str_addf(out, "%3d. %s\n", row_number(p, i), text);
	else
		str_addf(out, "%s\n", text);
}

static void describe_page(const struct view *v, const struct page *p, struct str *out)
{
	str_addf(out, "\n== %s%s%s", p->item, *p->item ? " · " : "", p->title);
	if (p->of)
		str_addf(out, tr(" · 第 %u 步，共 %u 步"), p->n, p->of);
	str_addf(out, " ==\n");
	if (*v->chrome.mark)
		str_addf(out, "%s\n", tr(v->chrome.mark));
	for (int i = 0; i < p->n_rows; i++)
		describe_row(p, i, out);
}

/* The terminal itself shows what is typed; a staff code shall not be read by those who stand around. */
static void show_typing(bool on)
{
	struct termios now;
	if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &now) != 0)
		return;
	now.c_lflag = on ? now.c_lflag | ECHO : (now.c_lflag & ~(tcflag_t)ECHO) | ECHONL;
	tcsetattr(STDIN_FILENO, TCSANOW, &now);
}

static void prompt(const struct page *p)
{
	char text[1200];
	show_typing(p->focus < 0 || !p->rows[p->focus].masked);
	if (p->focus >= 0 && p->rows[p->focus].kind == ROW_INPUT) {
		row_describe(p, p->focus, text, sizeof text);
		printf("%s > ", text);
	} else if (p->focus >= 0) {
		printf(tr("编号（直接回车 = %d)> "), row_number(p, p->focus));
	} else {
		printf("> ");
	}
	explicit_bzero(text, sizeof text);
	fflush(stdout);
}

static void linear_show(struct view *v, struct page *p)
{
	struct linear *l = (struct linear *)v;
	struct str now;
	str_init(&now, SHOWN_MAX);
	describe_page(v, p, &now);
	if (!str_eq(now.text ? now.text : "", l->shown.text ? l->shown.text : "")) {
		fputs(now.text, stdout);
		str_clear(&l->shown);
		str_add(&l->shown, now.text);
		l->asked = false;
	}
	str_finish(&now);
	if (*p->message && !str_eq(p->message, l->message.text ? l->message.text : "")) {
		printf("%s%s\n", p->message_error ? "! " : "", p->message);
		l->asked = false;
	}
	str_clear(&l->message);
	str_add(&l->message, p->message);
	if (!l->asked) /* once: time that passes is no reason to ask again */
		prompt(p);
	l->asked = true;
}

/* One line, without its end, cleaned; invalid bytes and control characters are left out. */
static bool take_line(struct linear *l, char *out, size_t size)
{
	char *end = memchr(l->line, '\n', l->used);
	if (!end && l->used < sizeof l->line && !(l->ended && l->used))
		return false;
	size_t n = end ? (size_t)(end - l->line) : l->used;
	bool whole = !l->overlong;
	l->overlong = !end && !l->ended;
	utf8_clean(out, size, l->line, n, EDIT_MAX);
	size_t eaten = end ? n + 1 : n;
	memmove(l->line, l->line + eaten, l->used - eaten);
	l->used -= eaten;
	explicit_bzero(l->line + l->used, eaten);
	return whole;
}

static bool all_digits(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0' && strlen(s) < 4;
}

static void understand(struct linear *l, const char *line, const struct page *p, struct event *e)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (str_eq(line, commands[i].command)) {
			e->action = commands[i].action;
			if (e->action == ACTION_REDRAW)
				str_clear(&l->shown);
			return;
		}
	bool asks = p->focus >= 0 && p->rows[p->focus].kind == ROW_INPUT;
	bool number = (line[0] == '#' && all_digits(line + 1)) || ((!asks || p->digits_pick) && all_digits(line));
	if (number) {
		e->row = numbered_row(p, strtol(line[0] == '#' ? line + 1 : line, NULL, 10));
		if (e->row < 0)
			printf("! %s\n", tr("没有这个编号。"));
		else if (p->rows[e->row].kind == ROW_INPUT)
			e->action = ACTION_NEXT_FIELD; /* asked next; see linear_wait */
		else
			e->action = ACTION_PRESS;
	} else if (asks && *line) {
		e->action = ACTION_TYPE;
		e->row = p->focus;
		str_copy(e->text, sizeof e->text, line);
	} else if (!*line) {
		e->action = ACTION_ENTER;
	} else {
		printf("! %s\n", tr("请输入编号。/b 返回 /h 帮助 /l English /s 暂停 /q 退出 /r 重读"));
	}
}

static void fill(struct linear *l)
{
	/* From a pipe byte by byte: what comes after this session's last line is for the program that follows. */
	size_t room = isatty(STDIN_FILENO) ? sizeof l->line - l->used : 1;
	ssize_t n = read(STDIN_FILENO, l->line + l->used, room);
	if (n > 0)
		l->used += (size_t)n;
	else if (n == 0 || errno != EINTR)
		l->ended = true;
}

static void linear_wait(struct view *v, int timeout_ms, int watch_fd, struct page *p, struct event *e)
{
	struct linear *l = (struct linear *)v;
	int64_t until = timeout_ms < 0 ? -1 : clock_monotonic_ms() + timeout_ms;
	*e = (struct event){ .action = ACTION_NONE, .row = -1 };
	for (;;) {
		char line[LINE_MAX_BYTES + 1];
		if (take_line(l, line, sizeof line)) {
			if (!isatty(STDIN_FILENO))
				putchar('\n'); /* nobody echoed the line's end */
			l->asked = false;
			understand(l, line, p, e);
			explicit_bzero(line, sizeof line);
			if (e->action == ACTION_NEXT_FIELD) {
				p->focus = e->row;
				e->action = ACTION_NONE;
			}
			return;
		}
		if (l->ended) {
			e->action = ACTION_CLOSED;
			return;
		}
		struct pollfd fds[3] = { { .fd = STDIN_FILENO, .events = POLLIN },
			{ .fd = signals_fd(), .events = POLLIN }, { .fd = watch_fd, .events = POLLIN } };
		int ready = poll(fds, 3, until < 0 ? -1 : clock_wait_ms(until - clock_monotonic_ms()));
		if (fds[1].revents && signals_take() == ACTION_STOP) {
			e->action = ACTION_STOP;
			return;
		}
		if (ready > 0 && fds[0].revents) {
			fill(l);
		} else if (ready > 0 && fds[2].revents) {
			e->action = ACTION_READY;
			return;
		} else if (ready == 0) {
			e->action = ACTION_TICK;
			return;
		}
	}
}

static void linear_beep(struct view *v)
{
	(void)v; /* the sentence is enough; a reader speaks it */
}

static void linear_destroy(struct view *v)
{
	struct linear *l = (struct linear *)v;
	str_finish(&l->shown);
	str_finish(&l->message);
	explicit_bzero(l->line, sizeof l->line);
	show_typing(true);
	fputs("\n", stdout);
	fflush(stdout);
	term_forget();
	signals_end();
	free(l);
}

static const struct view_ops linear_ops = {
	.show = linear_show, .wait = linear_wait, .beep = linear_beep, .destroy = linear_destroy
};

struct view *view_linear_create(const struct chrome *chrome, struct err *e)
{
	if (!signals_begin(e))
		return NULL;
	struct linear *l = xcalloc(1, sizeof *l);
	l->view.ops = &linear_ops;
	l->view.chrome = *chrome;
	str_init(&l->shown, SHOWN_MAX);
	str_init(&l->message, 1000);
	term_forget(); /* the program before may have ended without a word */
	printf("%s\n", tr("逐行模式。输入内容后按回车。命令:/b 返回 /h 帮助 /l English /s 暂停 /q 退出 /r 重读"));
	return &l->view;
}
