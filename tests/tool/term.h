#ifndef TEST_TERM_H
#define TEST_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <vterm.h>

/*
 * A real terminal for tests: the program runs on a pseudo terminal, libvterm (0.1.4) keeps the screen. Times are in
 * milliseconds; those of term_expect and the like are multiplied by TERM_SLOW (valgrind, sanitizers). One thread.
 */
struct term {
	int fd; /* the master side; -1 after term_hangup or before the first run */
	pid_t pid;
	int rows, cols;
	VTerm *vt;
	VTermScreen *screen;
	VTermState *state;
	bool cursor_shown;
	bool exited;
	int status;          /* as waitpid gives it; valid when exited */
	unsigned long bytes; /* that came from the program */
};

void term_init(struct term *t, int cols, int rows);
void term_finish(struct term *t); /* kills what still runs */

/* Starts argv with TERM=name on a cleared screen. False: errno says why. */
bool term_run(struct term *t, const char *name, char *const argv[]);
void term_resize(struct term *t, int cols, int rows);
void term_hangup(struct term *t); /* closes the terminal under the program */

void term_send(struct term *t, const char *bytes, size_t n);
/* Enter Tab Backtab Backspace Esc Up Down Left Right Ins Del Home End PgUp PgDn Space F1..F12 Ctrl-A..Ctrl-Z. */
bool term_key(struct term *t, const char *name);

/* Reads what comes, at most ms; returns early as soon as something was read. False: nothing came. */
bool term_read(struct term *t, int ms);
/* Sends a key and waits for the first byte that answers it: a second one must not overtake a slow program. */
bool term_answered(struct term *t, const char *key, int ms);
void term_settle(struct term *t, int quiet_ms); /* reads until nothing came for so long, at most 5 s */
bool term_wait(struct term *t, int ms);         /* until the program has ended */
int term_signal(const char *name);              /* TERM KILL HUP INT STOP CONT WINCH USR1; 0: none */
pid_t term_child(pid_t pid);                    /* the first child of a process; 0: it has none */
int term_slow(int ms);                          /* ms times TERM_SLOW */
double term_now(void);                          /* milliseconds, monotonic */

/* --- what is on the screen (screen.c) ------------------------------------------------------------------------------- */
enum { ROW_MAX = 8192 };
/* UTF-8 text of a row without the spaces at its end; a wide character counts once. */
void term_row(const struct term *t, int row, char out[static ROW_MAX]);
bool term_shows(const struct term *t, const char *text);     /* in one row */
bool term_marks(const struct term *t, const char *text);     /* a row's underlined parts, a space between two */
bool term_cursor_in(const struct term *t, const char *text); /* the cursor is shown and its row has the text */
char *term_text(const struct term *t);                       /* all rows, each with a newline; yours */
void term_dump(const struct term *t);                        /* prints the screen with a frame */

#endif
