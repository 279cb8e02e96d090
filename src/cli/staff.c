#include <stdio.h>
#include <string.h>
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

static int add(struct store *s, const char *name)
{
	struct err e = { 0 };
	char code[CODE_MAX] = "", again[CODE_MAX] = "";
	int status = 0;

	if (!cli_secret("code: ", code, sizeof code))
		status = cli_usage("staff", "no code was given, or a very long one");
	else if (isatty(STDIN_FILENO) && (!cli_secret("code again: ", again, sizeof again) || strcmp(code, again) != 0))
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
	if (!cli_store(cli, false, &s, &e))
		return cli_fail(&e);
	int status = adding ? add(s, argv[2]) : disable(s, argv[2]);
	store_close(s);
	return status;
}
