#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/err.h"
#include "cli/cli.h"
#include "store/store.h"

static const char help[] =
	"usage: juzhu staff add NAME\n"
	"       juzhu staff disable NAME\n"
	"\n"
	"add       asks for a code of 6 to 12 digits (twice on a terminal, else one line of standard input)\n"
	"disable   the code of NAME is not accepted any more; the history keeps the name\n"
	"\n"
	"Status: 0 done, 1 no such staff, 2 usage or a code that is refused, 3 configuration, 4 storage\n";

enum { CODE_MAX = 64 };

/* One line of standard input, not shown while it is typed. */
static bool read_code(const char *prompt, char code[static CODE_MAX])
{
	struct termios before, quiet;
	bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &before) == 0;

	if (terminal) {
		quiet = before;
		quiet.c_lflag &= (tcflag_t) ~(ECHO | ECHONL);
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
		fputs(prompt, stderr);
	}
	bool ok = fgets(code, CODE_MAX, stdin) != NULL;
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		fputc('\n', stderr);
	}
	if (ok)
		code[strcspn(code, "\r\n")] = '\0';
	return ok;
}

static int add(struct store *s, const char *name)
{
	struct err e = { 0 };
	char code[CODE_MAX] = "", again[CODE_MAX] = "";
	int status = 0;

	if (!read_code("code: ", code))
		status = cli_usage("staff", "no code was given");
	else if (isatty(STDIN_FILENO) && (!read_code("code again: ", again) || strcmp(code, again) != 0))
		status = cli_usage("staff", "the two codes differ; nothing was changed");
	else if (!store_staff_add(s, name, code, &e))
		status = cli_fail(&e);
	else
		printf("staff %s added\n", name);
	explicit_bzero(code, sizeof code);
	explicit_bzero(again, sizeof again);
	return status;
}

static int disable(struct store *s, const char *name)
{
	struct err e = { 0 };

	if (!store_staff_disable(s, name, &e))
		return cli_fail(&e);
	printf("staff %s disabled\n", name);
	return 0;
}

int cmd_staff(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	struct store *s = NULL;

	if (cli_help(argc, argv, help))
		return 0;
	bool adding = argc == 3 && strcmp(argv[1], "add") == 0;
	if (!adding && !(argc == 3 && strcmp(argv[1], "disable") == 0))
		return cli_usage("staff", "staff needs add or disable, and a name; the code is asked for");
	setvbuf(stdin, NULL, _IONBF, 0); /* no second copy of the code */
	if (!cli_store(cli, false, &s, &e))
		return cli_fail(&e);
	int status = adding ? add(s, argv[2]) : disable(s, argv[2]);
	store_close(s);
	return status;
}
