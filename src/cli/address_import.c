#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "address/import.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/err.h"
#include "base/str.h"
#include "cli/address_import.h"
#include "cli/cli.h"

static const char HELP[] =
	"usage: juzhu address import FILE.csv [--out FILE] [--delta] [--rejects FILE] [--label TEXT] [--data DIR]\n"
	"                            [--keep-going] [--json]\n"
	"Makes the library from an official address list: UTF-8, comma separated, quotes as in RFC 4180, one line for each room,\n"
	"or for each door or lane without rooms. The first line names the columns, in any order:\n"
	"  addr_code city district_code district town_code town committee_code committee street street_kind street_pinyin\n"
	"  lane sub_lane number number_suffix building unit floor room compound old_name postcode lon lat\n"
	"  status (1, or 0 cancelled) valid_from valid_to standard_text\n"
	"needed: addr_code, district_code, street, and lane or number. Cancelled addresses are left out. A refused line is\n"
	"counted by reason; --rejects lists them: line number, reason, the line.\n"
	"--delta: the file also has a column op (A add, U change, D delete) and is applied to the library at --out; a code is there\n"
	"         at most once, the same delta a second time is refused.\n"
	"--out: the data folder's addresses/library.db unless given. --label: what people read about source and date.\n"
	"--keep-going: import although more than a tenth of the lines is refused.\n"
	"The library in service is replaced at the very end, in one step; whatever goes wrong before leaves it as it is.\n"
	"status: 0 imported, 1 nothing could be imported or too much was refused, 2 usage, 3 the file is no address list,\n"
	"        4 storage\n";

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

struct show {
	int64_t from, last; /* ms */
	bool terminal, shown;
};

/* One line that is written over, four times a second, on a terminal only. */
static bool show(void *ctx, const struct import_progress *p)
{
	struct show *s = ctx;
	int64_t now = clock_monotonic_ms();
	if (!s->terminal || now - s->last < 250)
		return !stopped;
	s->last = now;
	s->shown = true;
	double seconds = (double)(now - s->from) / 1000;
	if (p->finishing >= 0) {
		fprintf(stderr, "\r%" PRIu64 " rows read, writing: %d %%\033[K", p->rows, p->finishing / 10);
		return true;
	}
	fprintf(stderr, "\r%" PRIu64 " rows, %.0f rows/s", p->rows, seconds > 0 ? (double)p->rows / seconds : 0);
	if (p->size && p->bytes && seconds > 1) {
		double left =
			seconds * (double)(p->size - (p->bytes < p->size ? p->bytes : p->size)) / (double)p->bytes;
		fprintf(stderr, ", %d %%, %d:%02d left", (int)(100 * p->bytes / p->size), (int)left / 60,
			(int)left % 60);
	}
	fputs("\033[K", stderr);
	return !stopped;
}

static void print_json(const struct import_counts *c, double seconds)
{
	printf("{\"rows\":%" PRIu64 ",\"taken\":%" PRIu64 ",\"added\":%" PRIu64 ",\"changed\":%" PRIu64
	       ",\"deleted\":%" PRIu64 ",\"cancelled\":%" PRIu64 ",\"refused\":%" PRIu64
	       ",\"seconds\":%.3f,\"reasons\":{",
		c->rows, c->taken, c->added, c->changed, c->deleted, c->by_verdict[ROW_CANCELLED], c->refused, seconds);
	const char *comma = "";
	for (int v = ROW_LONG; v < IMPORT_VERDICTS; v++) {
		if (!c->by_verdict[v])
			continue;
		fputs(comma, stdout);
		cli_json(stdout, import_reason((enum import_verdict)v));
		printf(":%" PRIu64, c->by_verdict[v]);
		comma = ",";
	}
	puts("}}");
}

static void print_summary(const struct import_counts *c, const struct import_options *o, double seconds)
{
	printf("rows       %10" PRIu64 "  in %.1f s, %.0f a second\n", c->rows, seconds,
		seconds > 0 ? (double)c->rows / seconds : 0);
	if (o->delta)
		printf("added      %10" PRIu64 "\nchanged    %10" PRIu64 "\ndeleted    %10" PRIu64 "\n", c->added,
			c->changed, c->deleted);
	else
		printf("imported   %10" PRIu64 "\n", c->taken);
	printf("cancelled  %10" PRIu64 "\nrefused    %10" PRIu64 "\n", c->by_verdict[ROW_CANCELLED], c->refused);
	for (int v = ROW_LONG; v < IMPORT_VERDICTS; v++) {
		if (c->by_verdict[v])
			printf("  %10" PRIu64 "  %s\n", c->by_verdict[v], import_reason((enum import_verdict)v));
	}
	if (c->unknown_columns[0])
		printf("columns passed over: %s\n", c->unknown_columns);
	if (c->refused && !o->rejects)
		puts("--rejects FILE lists the refused lines");
}

/* The file that a path leads to: an import that is complete puts another one there. */
static ino_t file_at(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 ? st.st_ino : 0;
}

static int run(const struct import_options *o, bool json)
{
	ino_t before = file_at(o->out);
	struct err e = { 0 };
	struct import_counts counts;
	struct import_options with = *o;
	struct show s = { .from = clock_monotonic_ms(), .terminal = isatty(STDERR_FILENO) == 1 };
	struct sigaction act = { .sa_handler = stop };
	with.report = show;
	with.ctx = &s;
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	bool ok = address_import(&with, &counts, &e);
	double seconds = (double)(clock_monotonic_ms() - s.from) / 1000;
	if (s.shown)
		fputs("\r\033[K", stderr);
	if (json && counts.rows)
		print_json(&counts, seconds);
	else if (counts.rows)
		print_summary(&counts, o, seconds);
	if (ok)
		return 0;
	fflush(stdout);
	int status = cli_fail(&e);
	if (before && file_at(o->out) == before)
		fprintf(stderr, "juzhu: the library %s is as it was\n", o->out);
	return status;
}

int address_import_verb(const struct cli *cli, int argc, char **argv)
{
	struct import_options o = { .today = clock_today() };
	bool good[4] = { true, true, true, true };
	char path[PATH_MAX];
	if (cli_help(argc, argv, HELP))
		return 0;
	o.delta = cli_flag(&argc, argv, "--delta");
	o.keep_going = cli_flag(&argc, argv, "--keep-going");
	bool json = cli_flag(&argc, argv, "--json");
	o.out = cli_option(&argc, argv, "--out", &good[0]);
	o.rejects = cli_option(&argc, argv, "--rejects", &good[1]);
	o.label = cli_option(&argc, argv, "--label", &good[2]);
	o.data_dir = cli_option(&argc, argv, "--data", &good[3]);
	for (size_t i = 0; i < 4; i++) {
		if (!good[i])
			return cli_usage("address import",
				"--out and --rejects need a file, --data a folder, --label a text");
	}
	if (argc != 2 || (argv[1][0] == '-' && argv[1][1]))
		return cli_usage("address import", argc > 2 ? "one file at a time" : "which file?");
	o.csv = str_eq(argv[1], "-") ? "/dev/stdin" : argv[1];
	if (!o.data_dir)
		o.data_dir = cli->config->data;
	if (!o.out) {
		if ((size_t)snprintf(path, sizeof path, "%s/addresses/library.db", cli->config->data) >= sizeof path)
			return cli_usage("address import", "the data folder's path is too long; give --out FILE");
		o.out = path;
	}
	return run(&o, json);
}
