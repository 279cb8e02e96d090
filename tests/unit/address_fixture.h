#ifndef UNIT_ADDRESS_FIXTURE_H
#define UNIT_ADDRESS_FIXTURE_H

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "address/address.h"
#include "base/err.h"

/* A sample library in a folder of its own; tests run from the project's root. */
static char fixture_dir[PATH_MAX / 2];

/* The data folder that make has put together. */
static inline const char *fixture_data(void)
{
	const char *data = getenv("JUZHU_DATA_DIR");
	return data ? data : "build/data";
}

static inline int fixture_make_dir(void)
{
	const char *tmp = getenv("TMPDIR");
	snprintf(fixture_dir, sizeof fixture_dir, "%s/juzhu-address-XXXXXX", tmp ? tmp : "/tmp");
	return mkdtemp(fixture_dir) ? 0 : -1;
}

static inline void fixture_path(const char *name, char out[static PATH_MAX])
{
	snprintf(out, PATH_MAX, "%s/%s", fixture_dir, name);
}

static inline bool fixture_generate(const char *name, unsigned long seed)
{
	char path[PATH_MAX];
	struct err e = { 0 };
	fixture_path(name, path);
	if (address_generate(fixture_data(), path, seed, &e))
		return true;
	fprintf(stderr, "%s\n", e.text);
	return false;
}

static inline void fixture_remove(const char *name)
{
	char path[PATH_MAX];
	fixture_path(name, path);
	unlink(path);
}

#endif
