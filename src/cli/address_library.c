#include "cli/address_library.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "address/address.h"
#include "base/config.h"
#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "cli/cli.h"

enum {
	SEED_DEFAULT = 1,
	NAMES_MOST = 1000000,
	ROOMS_MOST = 100000000,
	NAMES_DEFAULT = 60000,
	ROOMS_DEFAULT = 10000000
};

/* Written beside the file and put in place when complete. */
static bool export_to(struct address_library *library, const char *path, struct err *e)
{
	char *temporary = xasprintf("%s.new-%ld", path, (long)getpid());
	FILE *f = fopen(temporary, "we");
	bool ok = f && address_export(library, f, e);
	if (!f)
		err_set(e, ERR_STORAGE, "%s: cannot be written: %s", temporary, strerror(errno));
	if (ok && fsync(fileno(f)) != 0)
		ok = err_set(e, ERR_STORAGE, "%s: cannot be brought to the disk: %s", temporary, strerror(errno));
	if (f && fclose(f) != 0 && ok)
		ok = err_set(e, ERR_STORAGE, "%s: cannot be written: %s", temporary, strerror(errno));
	if (ok && rename(temporary, path) != 0)
		ok = err_set(e, ERR_STORAGE, "%s: cannot be put in place: %s", path, strerror(errno));
	if (!ok)
		unlink(temporary);
	free(temporary);
	return ok;
}

int address_export_verb(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	bool given = true;
	const char *path = cli_option(&argc, argv, "--library", &given);
	if (!given || argc != 2)
		return cli_usage("address", "export needs one FILE.csv or -; --library FILE is possible");
	struct address_library *library = NULL;
	if (!cli_library(cli, path, &library, &e))
		return cli_fail(&e);
	bool ok = str_eq(argv[1], "-") ? address_export(library, stdout, &e) : export_to(library, argv[1], &e);
	address_close(library);
	return ok ? 0 : cli_fail(&e);
}

static void print_stats(const struct address_stats *s, const struct address_census *c, long bytes)
{
	printf("label          %s\nstreets        %ld (roads %ld, villages %ld, compounds %ld)\n", s->label, s->streets,
		c->streets[1], c->streets[2], c->streets[3]);
	printf("names          %ld (own %ld, old %ld, short %ld, compounds %ld)\n", s->names, c->names[0], c->names[1],
		c->names[2], c->names[3]);
	printf("door numbers   %ld (single houses %ld)\nrooms          %ld\n", s->doors, c->single_houses, s->rooms);
	printf("file           %ld bytes, %.2f a room (rooms %.2f, codes %.2f)\ncontent        %s\n", bytes,
		s->rooms ? (double)bytes / (double)s->rooms : 0,
		s->rooms ? (double)c->rooms_bytes / (double)s->rooms : 0,
		s->rooms ? (double)c->codes_bytes / (double)s->rooms : 0, s->content);
	printf("\n%-8s %10s %10s %10s  %s\n", "district", "streets", "doors", "rooms", "name");
	for (size_t i = 0; i < c->n_districts; i++)
		printf("%-8s %10ld %10ld %10ld  %s\n", c->district[i].code, c->district[i].streets,
			c->district[i].doors, c->district[i].rooms, c->district[i].name);
}

static void print_stats_json(const struct address_stats *s, const struct address_census *c, long bytes)
{
	printf("{\"streets\":%ld,\"names\":%ld,\"doors\":%ld,\"rooms\":%ld,\"bytes\":%ld,\"label\":", s->streets,
		s->names, s->doors, s->rooms, bytes);
	cli_json(stdout, s->label);
	printf(",\"content\":");
	cli_json(stdout, s->content);
	printf(",\"roads\":%ld,\"villages\":%ld,\"compounds\":%ld,\"compound_names\":%ld,\"old_names\":%ld",
		c->streets[1], c->streets[2], c->streets[3], c->names[3], c->names[1]);
	printf(",\"single_houses\":%ld,\"districts\":[", c->single_houses);
	for (size_t i = 0; i < c->n_districts; i++) {
		printf("%s{\"code\":\"%s\",\"name\":", i ? "," : "", c->district[i].code);
		cli_json(stdout, c->district[i].name);
		printf(",\"streets\":%ld,\"doors\":%ld,\"rooms\":%ld}", c->district[i].streets, c->district[i].doors,
			c->district[i].rooms);
	}
	printf("]}\n");
}

int address_stats_verb(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	bool given = true;
	bool json = cli_flag(&argc, argv, "--json");
	const char *name = cli_option(&argc, argv, "--library", &given);
	char path[PATH_MAX];
	if (!given || argc > 1)
		return cli_usage("address", "stats takes --json and --library FILE");
	struct address_library *library = NULL;
	struct address_stats s;
	struct address_census c;
	struct stat st;
	bool ok = cli_library_path(cli, name, path, &e) && address_open(&library, path, &e) &&
		address_stats(library, &s, &e) && address_count(library, &c, &e);
	address_close(library);
	if (!ok)
		return cli_fail(&e);
	long bytes = stat(path, &st) == 0 ? (long)st.st_size : 0;
	(json ? print_stats_json : print_stats)(&s, &c, bytes);
	return 0;
}

static void print_problem(void *ctx, const char *text)
{
	(void)ctx;
	printf("%s\n", text);
}

int address_verify_verb(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	bool given = true;
	const char *name = cli_option(&argc, argv, "--library", &given);
	char path[PATH_MAX];
	if (!given || argc > 2 || (argc == 2 && (name || argv[1][0] == '-')))
		return cli_usage("address", "verify takes one library file");
	if (!cli_library_path(cli, argc == 2 ? argv[1] : name, path, &e) ||
		!address_verify(path, print_problem, NULL, &e))
		return cli_fail(&e);
	printf("%s: sound\n", path);
	return 0;
}

static bool amount(const char *text, unsigned long most, unsigned long *ret)
{
	return !text || cli_number(text, 1, most, ret);
}

int address_generate_verb(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	bool a = true, b = true, c = true, d = true, f = true;
	unsigned long seed = SEED_DEFAULT, n_names = NAMES_DEFAULT, n_rooms = ROOMS_DEFAULT;
	const char *data = cli_option(&argc, argv, "--data", &a);
	const char *out = cli_option(&argc, argv, "--out", &b);
	const char *seed_text = cli_option(&argc, argv, "--seed", &c);
	const char *names = cli_option(&argc, argv, "--names", &d), *rooms = cli_option(&argc, argv, "--rooms", &f);
	if (!a || !b || !c || !d || !f || !out || argc > 1)
		return cli_usage("address",
			"generate needs --out FILE; --data DIR, --seed N, --names N and --rooms N are possible");
	if (seed_text && !cli_number(seed_text, 0, ULONG_MAX, &seed))
		return cli_usage("address", "--seed needs a number");
	if (!amount(names, NAMES_MOST, &n_names) || !amount(rooms, ROOMS_MOST, &n_rooms))
		return cli_usage("address", "--names is 1 to %d, --rooms 1 to %d", NAMES_MOST, ROOMS_MOST);
	if (!data)
		data = cli->config->data;
	bool ok = names || rooms ? address_invent(data, out, (long)n_names, (long)n_rooms, seed, &e)
				 : address_generate(data, out, seed, &e);
	return ok ? 0 : cli_fail(&e);
}
