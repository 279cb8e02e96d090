#include "app/supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "app/app.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "seal/secret.h"

enum { CRASHES_MAX = 5, CRASHES_MS = 60 * 1000, ARGUMENTS_MAX = 32 };

static volatile sig_atomic_t child, stopping;

static void pass_on(int number)
{
	int saved = errno;
	stopping = 1; /* also when it comes between two programs */
	if (child > 0)
		kill((pid_t)child, number);
	errno = saved;
}

/* What the keyboard could send concerns the program that reads it; being told to end is passed on. */
static void signals_begin_here(void)
{
	static const int passed[] = { SIGTERM, SIGHUP };
	static const int ignored[] = { SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE };
	struct sigaction action = { .sa_handler = pass_on, .sa_flags = SA_RESTART };
	for (size_t i = 0; i < sizeof passed / sizeof *passed; i++)
		sigaction(passed[i], &action, NULL);
	action.sa_handler = SIG_IGN;
	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		sigaction(ignored[i], &action, NULL);
}

void supervise_demo_paths(struct app *app)
{
	free(app->config.database);
	free(app->config.printer_dir);
	app->config.database = xasprintf("%s/juzhu.db", app->demo_dir);
	app->config.printer_dir = xasprintf("%s/receipts", app->demo_dir);
}

/* A demonstration keeps nothing: its database and receipts are in a folder of its own. */
static bool demo_begin(struct app *app, struct err *e)
{
	if (!app->config.demo || app->config.database)
		return true;
	const char *tmp = getenv("TMPDIR");
	app->demo_dir = xasprintf("%s/juzhu-demo-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (mkdtemp(app->demo_dir)) {
		supervise_demo_paths(app);
		return true;
	}
	err_set(e, ERR_STORAGE, "demonstration: cannot make %s: %s; set TMPDIR to a folder that can be written",
		app->demo_dir, strerror(errno));
	free(app->demo_dir);
	app->demo_dir = NULL;
	return false;
}

static void demo_end(struct app *app)
{
	static const char *const suffixes[] = { "", "-wal", "-shm", ".ballast" };
	if (!app->demo_dir)
		return;
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		char *path = xasprintf("%s/juzhu.db%s", app->demo_dir, suffixes[i]);
		unlink(path);
		free(path);
	}
	char *receipts = xasprintf("%s/receipts", app->demo_dir);
	rmdir(receipts);
	if (rmdir(app->demo_dir) != 0) /* receipts were printed */
		fprintf(stderr, "juzhu-kiosk: demonstration ended; the receipts are in %s\n", receipts);
	free(receipts);
	free(app->demo_dir);
	app->demo_dir = NULL;
}

/* In a child. Without the supervisor there is no key for drafts. */
static void stay_with(pid_t supervisor)
{
	signal(SIGTERM, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != supervisor)
		_exit(ERR_BUG);
}

/* In a child. The program is found by its file, so that an update in between is taken up by the next applicant. */
static _Noreturn void execute(const struct app *app, char **argv, const struct secret *s)
{
	char self[4096], fd[16], *words[ARGUMENTS_MAX + 8];
	size_t n = 0;

	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
	if (length <= 0)
		_exit(ERR_BUG);
	self[length] = '\0';
	snprintf(fd, sizeof fd, "%d", s->fd);
	fcntl(s->fd, F_SETFD, 0);
	words[n++] = argv[0];
	words[n++] = "--under";
	words[n++] = fd;
	if (app->demo_dir) {
		words[n++] = "--demo-dir";
		words[n++] = app->demo_dir;
	}
	for (size_t i = 1; i < ARGUMENTS_MAX && argv[i]; i++)
		words[n++] = argv[i];
	words[n] = NULL;
	execv(self, words);
	_exit(ERR_BUG);
}

/*
 * Waits for the program of one session. Its exit status; CRASHED; 0 when we were told to end before it began; in the first
 * program itself IS_PROGRAM.
 */
enum { CRASHED = -1, IS_PROGRAM = -2 };
static int run_program(struct app *app, char **argv, const struct secret *s, bool first)
{
	sigset_t all, before;
	int status = 0;
	pid_t self = getpid();

	/* What comes from here on is delivered when the child is known; what came before is in `stopping`. */
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	pid_t pid = stopping ? -1 : fork();
	if (pid == 0) {
		stay_with(self);
		sigprocmask(SIG_SETMASK, &before, NULL);
		if (first) {
			app->secret_fd = s->fd;
			return IS_PROGRAM;
		}
		execute(app, argv, s);
	}
	child = pid > 0 ? pid : 0;
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (pid < 0)
		return stopping ? 0 : ERR_BUG;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	child = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : CRASHED;
}

/* More than a few crashes in a minute: starting again would only hide it. */
static bool crashing(int64_t crashes[static CRASHES_MAX], unsigned *n)
{
	int64_t now = clock_monotonic_ms(), oldest = crashes[*n % CRASHES_MAX];
	crashes[*n % CRASHES_MAX] = now;
	return ++*n > CRASHES_MAX && now - oldest < CRASHES_MS;
}

static bool run_sessions(struct app *app, char **argv, struct secret *s, bool *ret_program, int *ret_status,
	struct err *e)
{
	int64_t crashes[CRASHES_MAX] = { 0 };
	unsigned n = 0;
	struct termios terminal;
	bool is_terminal = tcgetattr(STDIN_FILENO, &terminal) == 0;

	for (bool first = true;; first = false) {
		int status = run_program(app, argv, s, first);
		if (status == IS_PROGRAM) {
			*ret_program = true;
			return true;
		}
		bool crashed = status < 0 || status == ERR_BUG;
		if (crashed && is_terminal)
			tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal);
		if (stopping || (!crashed && status != EXIT_NEXT && status != EXIT_KEEP)) {
			*ret_status = stopping ? 0 : status;
			return true;
		}
		if (status == EXIT_NEXT)
			secret_renew(s, SECRET_DRAFT_KEY);
		else if (crashed && crashing(crashes, &n))
			return err_set(e, ERR_BUG, "it crashed %d times within a minute; the log says where",
				CRASHES_MAX + 1);
	}
}

bool supervise(struct app *app, char **argv, bool *ret_program, int *ret_status, struct err *e)
{
	const struct rlimit none = { 0, 0 };
	struct secret s = { 0 };

	prctl(PR_SET_DUMPABLE, 0);
	setrlimit(RLIMIT_CORE, &none);
	if (!demo_begin(app, e))
		return false;
	signals_begin_here();
	bool good = secret_make(&s, SECRET_DRAFT_KEY + SECRET_SEED, e) &&
		run_sessions(app, argv, &s, ret_program, ret_status, e);
	if (*ret_program)
		return true; /* the secret and the folder stay the supervisor's */
	secret_finish(&s);
	demo_end(app);
	return good;
}
