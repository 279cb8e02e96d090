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
#include "ui/linear_text.h"
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
	bool typed;         /* into an input, and no row was pressed since */
	struct str shown;   /* the page as it was last printed, without what stands in inputs */
	struct str message; /* last message printed */
};

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
		printf(tr("编号（直接回车 = %d)> "), linear_number(p, p->focus));
	} else {
		printf("> ");
	}
	explicit_bzero(text, sizeof text);
	fflush(stdout);
}

static void linear_show(struct view *v, struct page *p)
{
	struct linear *l = (struct linear *)v;
	struct str key, now;
	str_init(&key, SHOWN_MAX);
	str_init(&now, SHOWN_MAX);
	linear_page(v, p, false, &key);
	if (!str_eq(key.text ? key.text : "", l->shown.text ? l->shown.text : "")) {
		linear_page(v, p, true, &now);
		fputs(now.text ? now.text : "", stdout);
		str_clear(&l->shown);
		str_add(&l->shown, key.text);
		l->asked = false;
	}
	str_finish(&now);
	str_finish(&key);
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
	utf8_clean(out, size, l->line, n, EDIT_MAX + 1); /* one more: whoever takes it sees that it is too long */
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

/*
 * Where an empty line leads from an input; -1: it presses the input. What stands there stays as it is. After the last input
 * the page checks what was typed; when nothing new was, its numbered rows are next, or nobody would get away from a
 * field that he cannot fill.
 */
static int row_after(const struct linear *l, const struct page *p)
{
	int next = -1, first = -1, primary = -1;
	for (int i = p->n_rows - 1; i >= 0; i--) {
		const struct row *r = &p->rows[i];
		if (r->kind == ROW_INPUT && i <= p->focus)
			continue;
		if (r->kind == ROW_BUTTON && r->primary)
			primary = i;
		if (row_focusable(r) && i > p->focus)
			next = i;
		if (row_focusable(r))
			first = i;
	}
	for (int i = p->focus + 1; i < p->n_rows; i++)
		if (p->rows[i].kind == ROW_INPUT)
			return i;
	if (l->typed)
		return -1;
	return primary >= 0 ? primary : next >= 0 ? next : first;
}

static void type_line(const struct page *p, const char *line, struct event *e)
{
	const struct edit *into = p->rows[p->focus].edit;
	e->action = ACTION_TYPE;
	e->row = p->focus;
	str_copy(e->text, sizeof e->text, line);
	if (into && utf8_length(line) > into->max) {
		printf("! ");
		printf(tr("太长了：只收下了前 %u 个字，后面的没有收下。"), into->max);
		putchar('\n');
	}
}

/* Prints what one of linear_text.h has written, and wipes it. */
static void say(struct str *text)
{
	fputs(text->text ? text->text : "", stdout);
	str_finish(text);
}

static void say_code(const struct row *r)
{
	struct str text;
	str_init(&text, 1000);
	linear_code(r, &text);
	say(&text);
}

static void say_choices(const struct page *p)
{
	struct str text;
	str_init(&text, SHOWN_MAX);
	linear_choices(p, &text);
	say(&text);
}

static void say_commands(const struct page *p, const char *before)
{
	struct str text;
	str_init(&text, 500);
	linear_commands(p, &text);
	fputs(before, stdout);
	say(&text);
	putchar('\n');
}

static void choose(const struct page *p, const char *digits, struct event *e)
{
	e->row = linear_row(p, strtol(digits, NULL, 10));
	if (e->row < 0)
		printf("! %s\n", tr("没有这个编号。"));
	else if (p->rows[e->row].kind == ROW_INPUT)
		e->action = ACTION_NEXT_FIELD; /* asked next; see linear_wait */
	else if (p->rows[e->row].kind == ROW_QR)
		say_code(&p->rows[e->row]);
	else
		e->action = ACTION_PRESS;
}

static void empty_line(const struct linear *l, const struct page *p, struct event *e)
{
	const struct row *at = p->focus >= 0 ? &p->rows[p->focus] : NULL;
	e->action = ACTION_ENTER;
	if (at && at->kind == ROW_QR) {
		e->action = ACTION_NONE;
		say_code(at);
	}
	e->row = at && at->kind == ROW_INPUT ? row_after(l, p) : -1;
	if (e->row < 0)
		return;
	e->action = ACTION_NEXT_FIELD;
	if (p->rows[e->row].kind != ROW_INPUT)
		say_choices(p);
}

static void understand(struct linear *l, const char *line, const struct page *p, struct event *e)
{
	bool asks = p->focus >= 0 && p->rows[p->focus].kind == ROW_INPUT;
	bool number = (line[0] == '#' && all_digits(line + 1)) || ((!asks || p->digits_pick) && all_digits(line));
	e->action = linear_command(line);
	if (e->action == ACTION_REDRAW)
		str_clear(&l->shown);
	if (e->action == ACTION_BACK)
		l->typed = false;
	if (e->action != ACTION_NONE)
		return;
	if (number)
		choose(p, line[0] == '#' ? line + 1 : line, e);
	else if (!*line)
		empty_line(l, p, e);
	else if (asks)
		type_line(p, line, e);
	else
		say_commands(p, tr("! 请输入编号，或一个命令："));
	if (e->action == ACTION_TYPE || e->action == ACTION_PRESS || e->action == ACTION_ENTER)
		l->typed = e->action == ACTION_TYPE;
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
	say_commands(&(struct page){ 0 }, tr("逐行模式。输入内容后按回车。命令："));
	return &l->view;
}
