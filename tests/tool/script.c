/* The commands of a .drive script: one table row and one function each. */
#include "script.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wordexp.h>

#include "golden.h"
#include "measure.h"
#include "reports.h"
#include "term.h"

enum { WAIT_MS = 5000 };

struct script {
	const char *path;
	struct term term;
	char term_name[64];
	struct golden golden;
	long presses; /* of keys since the program was started */
	char why[256];
};

static bool fail(struct script *s, const char *why)
{
	snprintf(s->why, sizeof s->why, "%s", why);
	return false;
}

static bool play(struct script *s, const char *path);

/* --- waiting ---------------------------------------------------------------------------------------------------------- */

static bool wait_until(struct script *s, bool (*test)(const struct term *, const char *), const char *text, bool wanted)
{
	double end = term_now() + term_slow(WAIT_MS);
	for (; test(&s->term, text) != wanted; term_read(&s->term, 20))
		if (term_now() >= end || (term_wait(&s->term, 0) && !term_read(&s->term, 0)))
			return test(&s->term, text) == wanted;
	return true;
}

static bool do_expect(struct script *s, char *text)
{
	return wait_until(s, term_shows, text, true) || fail(s, "the text did not appear");
}

static bool do_await(struct script *s, char *text) /* what a child computes takes its time on a busy machine */
{
	return wait_until(s, term_shows, text, true) || wait_until(s, term_shows, text, true) || do_expect(s, text);
}

static bool do_absent(struct script *s, char *text)
{
	return wait_until(s, term_shows, text, false) || fail(s, "the text is still there");
}

static bool do_cursor_on(struct script *s, char *text)
{
	return wait_until(s, term_cursor_in, text, true) || fail(s, "the cursor is not on a row with this text");
}

static bool do_marked(struct script *s, char *text)
{
	return wait_until(s, term_marks, text, true) || fail(s, "no row has just this underlined");
}

static bool do_settle(struct script *s, char *text)
{
	(void)text;
	term_settle(&s->term, term_slow(100));
	return true;
}

/* --- keys --------------------------------------------------------------------------------------------------------------- */

static bool do_type(struct script *s, char *text)
{
	term_send(&s->term, text, strlen(text));
	for (; *text; text++)
		s->presses += ((unsigned char)*text & 0xC0) != 0x80; /* characters of UTF-8 */
	return true;
}

/* The first line of a file: what a scanner would read from a receipt that was printed a moment ago. */
static bool do_type_file(struct script *s, char *text)
{
	char line[256];
	FILE *f = fopen(text, "r");
	bool good = f && fgets(line, sizeof line, f);
	if (f)
		fclose(f);
	if (!good)
		return fail(s, "no such file, or it is empty");
	term_send(&s->term, line, strcspn(line, "\n")); /* not counted: nobody presses a key */
	return true;
}

static bool do_key(struct script *s, char *text)
{
	char *save = NULL, *name = strtok_r(text, " ", &save), *times = strtok_r(NULL, " ", &save);
	for (long n = times ? strtol(times, NULL, 10) : 1; n > 0; n--, s->presses++)
		if (!name || !term_key(&s->term, name))
			return fail(s, "no such key");
	return true;
}

static bool do_send(struct script *s, char *text)
{
	for (char *end = text; *text; text = end) {
		char byte = (char)strtol(text, &end, 16);
		if (end == text)
			return fail(s, "send wants bytes in hexadecimal");
		term_send(&s->term, &byte, 1);
		end += strspn(end, " ");
	}
	return true;
}

/* Down until the cursor stands on the text: a script says where it goes, not how many rows away that is today. */
static bool do_goto(struct script *s, char *text)
{
	for (int i = 0, still = 0; i < 100 && still < 2; i++) {
		term_settle(&s->term, term_slow(30));
		if (term_cursor_in(&s->term, text))
			return true;
		still = term_answered(&s->term, "Down", term_slow(1500)) ? 0 : still + 1;
	}
	return fail(s, "Down did not reach the text");
}

/* --- the program ---------------------------------------------------------------------------------------------------------- */

static bool do_run(struct script *s, char *text)
{
	wordexp_t words;
	if (wordexp(text, &words, WRDE_NOCMD | WRDE_UNDEF) != 0)
		return fail(s, "unknown variable or bad quoting");
	s->presses = 0;
	bool ok = words.we_wordc && term_run(&s->term, s->term_name, words.we_wordv);
	wordfree(&words);
	return ok || fail(s, "cannot start");
}

/* How many keys a person had to press, at most; a "goto" counts none, so write its keys out where it matters. */
static bool do_presses(struct script *s, char *text)
{
	if (s->presses <= strtol(text, NULL, 10))
		return true;
	snprintf(s->why, sizeof s->why, "%ld keys were pressed", s->presses);
	return false;
}

static bool do_term(struct script *s, char *text)
{
	snprintf(s->term_name, sizeof s->term_name, "%s", text);
	return true;
}

static bool do_env(struct script *s, char *text)
{
	char *value = strchr(text, '=');
	if (!value)
		return fail(s, "env wants NAME=VALUE");
	*value++ = '\0';
	setenv(text, value, 1);
	return true;
}

static bool do_resize(struct script *s, char *text)
{
	char *x = NULL;
	long cols = strtol(text, &x, 10), rows = *x == 'x' ? strtol(x + 1, NULL, 10) : 0;
	if (cols < 1 || cols > 500 || rows < 1 || rows > 200)
		return fail(s, "a size is COLUMNSxROWS");
	term_resize(&s->term, (int)cols, (int)rows);
	return true;
}

static bool do_kill(struct script *s, char *text)
{
	char *to = strchr(text, ' ');
	bool below = to && strcmp(to + 1, "child") == 0;
	if (to)
		*to = '\0';
	int number = term_signal(text);
	if (!number || s->term.exited)
		return fail(s, number ? "nothing runs" : "unknown signal");
	pid_t pid = below ? term_child(s->term.pid) : s->term.pid;
	return (pid > 0 && kill(pid, number) == 0) || fail(s, "cannot send the signal");
}

static bool do_hangup(struct script *s, char *text)
{
	(void)text;
	term_hangup(&s->term);
	return true;
}

static bool do_wait_exit(struct script *s, char *text)
{
	char *save = NULL, *want = strtok_r(text, " ", &save), *limit = strtok_r(NULL, " ", &save);
	if (!want)
		return fail(s, "wait-exit wants a status or the name of a signal");
	if (!term_wait(&s->term, term_slow(limit ? (int)strtol(limit, NULL, 10) : WAIT_MS)))
		return fail(s, "the program still runs");
	int status = s->term.status, number = term_signal(want);
	bool same = number ? WIFSIGNALED(status) && WTERMSIG(status) == number
			   : WIFEXITED(status) && WEXITSTATUS(status) == strtol(want, NULL, 10);
	if (same)
		return true;
	snprintf(s->why, sizeof s->why, "it ended with %s %d", WIFSIGNALED(status) ? "signal" : "status",
		WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	return false;
}

static bool do_sh(struct script *s, char *text)
{
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", text, (char *)NULL);
		_exit(127);
	}
	int status = 1;
	if (pid > 0)
		waitpid(pid, &status, 0);
	return status == 0 || fail(s, "the command did not succeed");
}

/* --- whole screens --------------------------------------------------------------------------------------------------------- */

static bool do_mask(struct script *s, char *text)
{
	return golden_mask(&s->golden, text) || fail(s, "bad regular expression, or too many");
}

static bool do_golden(struct script *s, char *name)
{
	return golden_compare(&s->golden, &s->term, name) ||
		fail(s, "the screen differs (BLESS=1 rewrites the golden file)");
}

static bool do_dump(struct script *s, char *text)
{
	do_settle(s, text);
	term_dump(&s->term);
	return true;
}

static bool do_measure(struct script *s, char *text)
{
	const char *why = "";
	return measure(&s->term, s->term_name, text, &why) || fail(s, why);
}

static bool do_use(struct script *s, char *name)
{
	char path[4096];
	const char *slash = name[0] == '/' ? NULL : strrchr(s->path, '/'); /* beside this one, or where it says */
	snprintf(path, sizeof path, "%.*s%s", slash ? (int)(slash + 1 - s->path) : 0, s->path, name);
	return play(s, path);
}

static bool do_nothing(struct script *s, char *text)
{
	return s && text;
}

/* --- lines -------------------------------------------------------------------------------------------------------------------- */

// clang-format off
static const struct command {
	const char *name;
	bool (*run)(struct script *s, char *text);
	bool raw; /* the command or a shell expands $NAME itself */
} commands[] = {
	{ "absent", do_absent, false }, { "cursor-on", do_cursor_on, false }, { "marked", do_marked, false }, { "dump", do_dump, false },
	{ "await", do_await, false }, { "env", do_env, false }, { "expect", do_expect, false }, { "golden", do_golden, false },
	{ "goto", do_goto, false }, { "hangup", do_hangup, false }, { "key", do_key, false },
	{ "kill", do_kill, false }, { "mask", do_mask, true }, { "measure", do_measure, true },
	{ "presses", do_presses, false }, { "resize", do_resize, false }, { "run", do_run, true }, { "send", do_send, false },
	{ "settle", do_settle, false }, { "sh", do_sh, true }, { "size", do_resize, false },
	{ "sizes", do_nothing, false }, { "term", do_term, false }, { "type", do_type, false },
	{ "type-file", do_type_file, false }, { "use", do_use, false }, { "wait-exit", do_wait_exit, false },
};
// clang-format on

/* $NAME becomes the variable's value; a $ before anything else stays. */
static char *expanded(const char *text)
{
	char *out = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&out, &size);
	if (!f)
		abort();
	while (*text) {
		size_t n = *text == '$' ? strspn(text + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") : 0;
		if (!n) {
			fputc(*text++, f);
			continue;
		}
		char *name = strndup(text + 1, n);
		const char *value = name ? getenv(name) : NULL;
		fputs(value ? value : "", f);
		free(name);
		text += n + 1;
	}
	fclose(f);
	return out;
}

static bool run_line(struct script *s, const char *line)
{
	size_t n = strcspn(line, " ");
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		if (strlen(commands[i].name) != n || strncmp(commands[i].name, line, n) != 0)
			continue;
		const char *rest = line[n] ? line + n + 1 : "";
		char *text = commands[i].raw ? strdup(rest) : expanded(rest);
		bool ok = text && commands[i].run(s, text);
		free(text);
		return ok;
	}
	return fail(s, "unknown command");
}

static bool play(struct script *s, const char *path)
{
	FILE *f = fopen(path, "r");
	if (!f)
		return fail(s, "cannot open the script");
	char *line = NULL;
	size_t size = 0;
	bool ok = true;
	for (int number = 1; ok && getline(&line, &size, f) > 0; number++) {
		line[strcspn(line, "\n")] = '\0';
		if (!*line || *line == '#')
			continue;
		ok = run_line(s, line);
		if (!ok)
			printf("%s:%d: %s\n    %s\n", path, number, line, s->why);
	}
	free(line);
	fclose(f);
	return ok;
}

bool script_run(const char *path, int cols, int rows)
{
	struct script s = { .path = path, .term_name = "xterm-256color" };
	const char *folder = getenv("TMP");
	reports_begin(folder);
	term_init(&s.term, cols, rows);
	bool ok = play(&s, path);
	if (!ok)
		term_dump(&s.term);
	if (ok && !s.term.exited && s.term.fd >= 0) {
		kill(s.term.pid, SIGTERM);
		ok = term_wait(&s.term, term_slow(WAIT_MS));
		if (!ok)
			printf("%s: the program did not end on SIGTERM\n", path);
	}
	term_finish(&s.term);
	golden_finish(&s.golden);
	return reports_end(folder) && ok;
}

int script_sizes(const char *path, int max, int cols[], int rows[])
{
	FILE *f = fopen(path, "r");
	if (!f) {
		perror(path);
		return 0;
	}
	char *line = NULL;
	size_t size = 0;
	int n = 0;
	while (getline(&line, &size, f) > 0) {
		if (strncmp(line, "sizes ", 6) != 0)
			continue;
		for (char *p = line + 5, *end = p; n < max; p = end) {
			cols[n] = (int)strtol(p, &end, 10);
			if (end == p || *end != 'x')
				break;
			rows[n++] = (int)strtol(end + 1, &end, 10);
		}
	}
	free(line);
	fclose(f);
	if (!n) {
		cols[0] = 80;
		rows[n++] = 24;
	}
	return n;
}
