#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/err.h"
#include "cli/cli.h"
#include "seal/keys.h"

static const char help[] =
	"usage: juzhu center init [--keys DIR]\n"
	"\n"
	"init   makes the center's keys, once: DIR/center.key (secret, under a passphrase) and DIR/center.pub.\n"
	"       Asks for the passphrase, 8 bytes or more (twice on a terminal, else one line of standard input).\n"
	"       DIR is the settings' folder of keys unless given. What is there already is never overwritten.\n"
	"\n"
	"Status: 0 done, 2 usage or a passphrase that is refused, 3 there are keys already, 4 storage\n";

static int init(const char *dir)
{
	struct err e = { 0 };
	char passphrase[CLI_SECRET_MAX] = "", again[CLI_SECRET_MAX] = "";
	int status = 0;

	if (!cli_secret("passphrase: ", passphrase, sizeof passphrase))
		status =
			cli_usage("center", "no passphrase was given, or one longer than %d bytes", CLI_SECRET_MAX - 1);
	else if (isatty(STDIN_FILENO) &&
		(!cli_secret("passphrase again: ", again, sizeof again) || strcmp(passphrase, again) != 0))
		status = cli_usage("center", "the two passphrases differ; nothing was changed");
	else if (!center_make(dir, passphrase, &e))
		status = cli_fail(&e);
	else
		printf("%s/center.key  secret. Put a copy on a medium in a safe, the passphrase apart from it. Without the "
		       "two\n"
		       "  nobody opens what kiosks sealed. It belongs on no kiosk.\n"
		       "%s/center.pub  public, for every kiosk; `juzhu station enrol` copies it.\n",
			dir, dir);
	explicit_bzero(passphrase, sizeof passphrase);
	explicit_bzero(again, sizeof again);
	return status;
}

int cmd_center(const struct cli *cli, int argc, char **argv)
{
	bool ok = true;

	if (cli_help(argc, argv, help))
		return 0;
	const char *dir = cli_option(&argc, argv, "--keys", &ok);
	if (!ok || argc != 2 || strcmp(argv[1], "init") != 0)
		return cli_usage("center", "center needs init; --keys DIR is possible");
	return init(dir ? dir : config_keys(cli->config));
}
