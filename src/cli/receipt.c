#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/err.h"
#include "cli/cli.h"
#include "seal/code.h"
#include "seal/keys.h"

static const char help[] =
	"usage: juzhu receipt verify CODE [--center DIR]\n"
	"\n"
	"verify   is this receipt genuine? Needs no network. A receipt of this station is checked with its own key; with\n"
	"         --center, the folder of the center's keys, one of any station (the passphrase is asked for).\n"
	"         CODE has 38 characters; - reads it from standard input, where no list of processes shows it.\n"
	"\n"
	"Status: 0 genuine, 1 not: the part that is wrong is named, 2 usage, 3 keys or settings, 4 storage\n";

static const char *station_of(const struct receipt_code *c, char out[static 5])
{
	memcpy(out, c->number + 2, 4);
	out[4] = '\0';
	return out;
}

/* The tag key of the station that issued it. */
static bool tag_key(const struct cli *cli, const char *station, const char *center, unsigned char ret[static 32],
	struct err *e)
{
	if (center) {
		struct center_keys keys;
		if (!cli_center(center, &keys, e)) {
			/* Status 1 is kept for receipts. */
			if (e->code == ERR_NO)
				e->code = ERR_CONFIG;
			return false;
		}
		center_tag_key(&keys, station, ret);
		explicit_bzero(&keys, sizeof keys);
		return true;
	}
	if (strcmp(station, cli->config->station) != 0)
		return err_set(e, ERR_USAGE,
			"the receipt is of station %s, this is station %s; check it there, or with --center DIR",
			station, cli->config->station);
	struct station_keys keys;
	if (!station_keys_load(config_keys(cli->config), station, clock_today(), &keys, e))
		return false;
	memcpy(ret, keys.tag, 32);
	explicit_bzero(&keys, sizeof keys);
	return true;
}

static int verify(const struct cli *cli, const char *typed, const char *center)
{
	struct receipt_code c;
	struct err e = { 0 };
	unsigned char key[32];
	char station[5], number[CASENUM_LENGTH + 5];

	if (!receipt_code_read(typed, &c, &e)) {
		puts("genuine: no");
		return cli_fail(&e);
	}
	casenum_group(c.number, number);
	printf("number: %s\nstation: %s\nformat, case number, query code: right\n", number, station_of(&c, station));
	if (!tag_key(cli, station, center, key, &e)) {
		puts("tag: not checked\ngenuine: unknown");
		return cli_fail(&e);
	}
	bool genuine = receipt_code_verify(&c, key, &e);
	explicit_bzero(key, sizeof key);
	explicit_bzero(&c, sizeof c);
	printf("tag: %s\ngenuine: %s\n", genuine ? "right" : "wrong", genuine ? "yes" : "no");
	return genuine ? 0 : cli_fail(&e);
}

int cmd_receipt(const struct cli *cli, int argc, char **argv)
{
	char typed[CLI_SECRET_MAX];
	bool ok = true;

	if (cli_help(argc, argv, help))
		return 0;
	const char *center = cli_option(&argc, argv, "--center", &ok);
	if (!ok || argc != 3 || strcmp(argv[1], "verify") != 0)
		return cli_usage("receipt", "receipt needs verify and a code; --center DIR is possible");
	bool asked = strcmp(argv[2], "-") == 0;
	if (asked && !cli_secret("receipt code: ", typed, sizeof typed))
		return cli_usage("receipt", "no code was given");
	int status = verify(cli, asked ? typed : argv[2], center);
	explicit_bzero(typed, sizeof typed);
	return status;
}
