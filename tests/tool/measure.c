#include "measure.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wordexp.h>

#include "term.h"

enum { TIMES_MAX = 5000, COMMANDS_MAX = 4, LIMIT_MS = 5000 };

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void report(const char *name, double *ms, size_t n)
{
	qsort(ms, n, sizeof *ms, by_size);
	printf("measured %s %.0f %.0f\n", name, ms[n / 2] * 1e3, ms[n * 99 / 100] * 1e3);
}

/* Milliseconds from fork until the text is on the screen; negative: it did not come. */
static double start_once(struct term *t, const char *term_name, const char *text, const char *command)
{
	wordexp_t words;
	if (wordexp(command, &words, WRDE_NOCMD) != 0)
		return -1;
	double begin = term_now();
	bool ok = words.we_wordc && term_run(t, term_name, words.we_wordv);
	while (ok && !term_shows(t, text) && term_now() - begin < LIMIT_MS)
		term_read(t, 10);
	double took = ok && term_shows(t, text) ? term_now() - begin : -1;
	wordfree(&words);
	term_settle(t, 20);
	kill(t->pid, SIGTERM);
	term_wait(t, LIMIT_MS);
	return took;
}

static bool measure_start(struct term *t, const char *term_name, size_t n, char **words, const char **ret_why)
{
	static double ms[COMMANDS_MAX][TIMES_MAX];
	long times = n ? strtol(words[0], NULL, 10) : 0;
	size_t commands = n ? (n - 1) / 3 : 0;
	*ret_why = "start TIMES (NAME TEXT COMMAND)...";
	if (times < 1 || times > TIMES_MAX || commands < 1 || commands > COMMANDS_MAX || n != 1 + 3 * commands)
		return false;
	*ret_why = "the text did not appear";
	for (long i = -1; i < times; i++) { /* the first round warms the caches and does not count */
		for (size_t c = 0; c < commands; c++) {
			double took = start_once(t, term_name, words[2 + 3 * c], words[3 + 3 * c]);
			if (took < 0)
				return false;
			if (i >= 0)
				ms[c][i] = took;
		}
	}
	for (size_t c = 0; c < commands; c++)
		report(words[1 + 3 * c], ms[c], (size_t)times);
	return true;
}

static bool measure_keys(struct term *t, size_t n, char **words, const char **ret_why)
{
	static double ms[TIMES_MAX];
	long times = n == 2 ? strtol(words[1], NULL, 10) : 0;
	*ret_why = "keys NAME TIMES";
	if (times < 1 || times > TIMES_MAX)
		return false;
	*ret_why = "a key changed nothing on the screen";
	char before[ROW_MAX], now[ROW_MAX];
	VTermPos from, to;
	vterm_state_get_cursorpos(t->state, &from);
	for (long i = 0; i < times; i++) {
		term_settle(t, 12); /* a gap as between keys of a person: without one the kiosk sees a flood */
		term_row(t, from.row, before);
		bool back = i / 10 % 2;
		double begin = term_now();
		term_send(t, back ? "\177" : &"1234567890"[i % 10], 1);
		do {
			if (term_now() - begin > LIMIT_MS)
				return false;
			term_read(t, 10);
			vterm_state_get_cursorpos(t->state, &to);
			term_row(t, from.row, now);
		} while (to.row != from.row || to.col == from.col || !strcmp(before, now));
		from = to;
		ms[i] = term_now() - begin;
	}
	report(words[0], ms, (size_t)times);
	return true;
}

static long memory_row(const char *status, const char *name)
{
	const char *row = strstr(status, name);
	return row ? strtol(row + strlen(name), NULL, 10) : -1;
}

static bool measure_memory(struct term *t, size_t n, char **words, const char **ret_why)
{
	char path[64], status[8192];
	long now = 0, most = 0;
	*ret_why = "memory NAME, of a program that runs";
	if (n != 1)
		return false;
	/* The kiosk is a supervisor and the program that it started. */
	for (pid_t pid = t->pid; pid > 0; pid = term_child(pid)) {
		snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
		FILE *f = fopen(path, "r");
		if (!f)
			return false;
		status[fread(status, 1, sizeof status - 1, f)] = '\0';
		fclose(f);
		now += memory_row(status, "VmRSS:");
		most += memory_row(status, "VmHWM:");
	}
	printf("measured %s %ld %ld\n", words[0], now, most);
	return true;
}

bool measure(struct term *t, const char *term_name, const char *text, const char **ret_why)
{
	wordexp_t words;
	*ret_why = "measure start, keys or memory";
	if (wordexp(text, &words, WRDE_NOCMD) != 0 || !words.we_wordc)
		return false;
	const char *kind = words.we_wordv[0];
	size_t n = words.we_wordc - 1;
	char **rest = words.we_wordv + 1;
	bool ok = false;
	if (!strcmp(kind, "start"))
		ok = measure_start(t, term_name, n, rest, ret_why);
	else if (!strcmp(kind, "keys"))
		ok = measure_keys(t, n, rest, ret_why);
	else if (!strcmp(kind, "memory"))
		ok = measure_memory(t, n, rest, ret_why);
	wordfree(&words);
	return ok;
}
