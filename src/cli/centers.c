#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/config.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "seal/keys.h"

bool cli_centers(const struct cli *cli, struct center_public *ret, unsigned *ret_n, struct err *e)
{
	const char *dir = config_keys(cli->config);
	char *path = xasprintf("%s/center.pub", dir);
	bool missing = access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR);

	if (missing)
		fprintf(stderr,
			"juzhu: there is no %s: signatures are checked, but not who certified the stations that made them\n",
			path);
	free(path);
	if (missing) {
		*ret_n = 0;
		return true;
	}
	return center_public_load(dir, ret, ret_n, e);
}
