#include <langinfo.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/doctor_checks.h"

enum { COLUMNS_MIN = 40, ROWS_MIN = 15 };

enum doctor_verdict doctor_locale(const struct cli *cli, struct doctor_note *note)
{
	(void)cli;
	const char *codeset = nl_langinfo(CODESET);
	if (strcmp(codeset, "UTF-8") != 0)
		return doctor_say(note, DOCTOR_FAIL, "the encoding is %s; install libc-bin, which brings C.UTF-8",
			codeset);
	return doctor_say(note, DOCTOR_PASS, "UTF-8");
}

/* Where ncurses looks for a description (terminfo(5), "Fetching Compiled Descriptions"); only its file is looked for
 * here. */
static bool terminfo_known(const char *term)
{
	const char *home = getenv("HOME"), *own = getenv("TERMINFO");
	char user[PATH_MAX] = "";
	if (home)
		snprintf(user, sizeof user, "%s/.terminfo", home);
	const char *folders[] = { own ? own : "", user, "/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo" };
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		char path[PATH_MAX];
		if (*folders[i] &&
			(size_t)snprintf(path, sizeof path, "%s/%c/%s", folders[i], term[0], term) < sizeof path &&
			access(path, R_OK) == 0)
			return true;
	}
	return false;
}

enum doctor_verdict doctor_terminal(const struct cli *cli, struct doctor_note *note)
{
	(void)cli;
	struct winsize size = { 0 };
	const char *term = getenv("TERM");
	if (!term || !*term)
		return doctor_say(note, DOCTOR_FAIL,
			"TERM is not set; set it to the terminal's kind, or use juzhu-kiosk --linear");
	if (strchr(term, '/') || !terminfo_known(term))
		return doctor_say(note, DOCTOR_FAIL,
			"TERM=%s is not described here; install ncurses-term or set another TERM", term);
	if (!isatty(STDIN_FILENO) || ioctl(STDIN_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return doctor_say(note, DOCTOR_SKIP,
			"TERM=%s is described; standard input is no terminal, so its size is not known", term);
	if (size.ws_col < COLUMNS_MIN || size.ws_row < ROWS_MIN)
		return doctor_say(note, DOCTOR_FAIL,
			"TERM=%s, %u x %u is too small; at least %d x %d is needed: choose a smaller font", term,
			size.ws_col, size.ws_row, COLUMNS_MIN, ROWS_MIN);
	return doctor_say(note, DOCTOR_PASS, "TERM=%s, %u x %u", term, size.ws_col, size.ws_row);
}

/* The column the terminal's cursor is in after the character, asked from the terminal (DSR 6, ECMA-48 8.3.35). 0: no
 * answer. */
static unsigned measured_column(void)
{
	struct termios before, raw;
	char answer[32] = "";
	size_t n = 0;
	unsigned row = 0, column = 0;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0)
		return 0;
	raw = before;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	fflush(stdout);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw) != 0)
		return 0;
	static const char ASK[] = "\r居\x1b[6n", CLEAN[] = "\r\x1b[K";
	if (write(STDOUT_FILENO, ASK, sizeof ASK - 1) == (ssize_t)sizeof ASK - 1) {
		struct pollfd wait = { .fd = STDIN_FILENO, .events = POLLIN };
		while (n < sizeof answer - 1 && !memchr(answer, 'R', n) && poll(&wait, 1, 300) > 0) {
			ssize_t got = read(STDIN_FILENO, answer + n, 1);
			if (got <= 0)
				break;
			n += (size_t)got;
		}
		(void)!write(STDOUT_FILENO, CLEAN, sizeof CLEAN - 1);
	}
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	return sscanf(answer, "\x1b[%3u;%4uR", &row, &column) == 2 ? column : 0;
}

enum doctor_verdict doctor_width(const struct cli *cli, struct doctor_note *note)
{
	(void)cli;
	int width = utf8_width("居");
	if (width != 2)
		return doctor_say(note, DOCTOR_FAIL,
			"the C library says %d columns instead of 2; run in a UTF-8 locale such as C.UTF-8", width);
	unsigned column = measured_column();
	if (column == 0)
		return doctor_say(note, DOCTOR_PASS,
			"2 columns in the C library; the terminal was not asked or did not answer");
	if (column != 3)
		return doctor_say(note, DOCTOR_FAIL,
			"the terminal draws %u columns instead of 2; give it a Chinese font (fonts-noto-cjk) "
			"and UTF-8",
			column - 1);
	return doctor_say(note, DOCTOR_PASS, "2 columns in the C library and on this terminal");
}
