#include "cli/address_bench.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "address/address.h"
#include "address/invent_queries.h"
#include "base/config.h"
#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "cli/address_eval.h"
#include "cli/address_library.h"
#include "cli/cli.h"

enum { KEYS_MAX = 1 << 20, SHOWN = 30, NAMES = 60000, ROOMS = 10000000, QUERIES = 1000, SEED = 1 };

struct times { /* microseconds of each key */
	float *us;
	size_t n;
};

struct bench {
	unsigned long names, rooms, seed, queries;
	const char *given, *peers; /* library, program; NULL: none */
	char folder[PATH_MAX / 2], library[PATH_MAX];
	struct address_library *l;
	struct address_session *session;
	struct times scratch, appended; /* of all keys; the last ones are of the form at hand */
	double opened, first, built;    /* microseconds to open and to the first result; seconds to build, 0: given */
};

static double us_since(const struct timespec *t)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - t->tv_sec) * 1e6 + (double)(now.tv_nsec - t->tv_nsec) / 1e3;
}

static int by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

/* Sorted from `from` on: the half, 99 of 100, the last. */
static void percentiles(const struct times *t, size_t from, double ret[static 3])
{
	float *us = t->us + from;
	size_t n = t->n - from;
	ret[0] = ret[1] = ret[2] = 0;
	if (!n)
		return;
	qsort(us, n, sizeof *us, by_value);
	ret[0] = us[n / 2];
	ret[1] = us[n - 1 - n / 100];
	ret[2] = us[n - 1];
}

static void type(struct bench *b, const char *query)
{
	static struct address_hit hits[SHOWN];
	struct timespec t;
	char prefix[sizeof((struct invented_query *)0)->query];
	for (size_t i = 0, step; query[i] && b->scratch.n < KEYS_MAX; i += step) {
		uint32_t point;
		step = utf8_decode(query + i, strlen(query + i), &point);
		memcpy(prefix, query, i + step);
		prefix[i + step] = '\0';
		clock_gettime(CLOCK_MONOTONIC, &t);
		address_search(b->l, prefix, hits, SHOWN);
		b->scratch.us[b->scratch.n++] = (float)us_since(&t);
		clock_gettime(CLOCK_MONOTONIC, &t);
		address_session_type(b->session, prefix, hits, SHOWN);
		b->appended.us[b->appended.n++] = (float)us_since(&t);
	}
}

static void save(FILE *f, const struct invented_query *q)
{
	const char *const fields[] = { "form", q->form, "query", q->query, "name", q->typed_name, "lane", q->lane, "no",
		q->no, "room", q->room };
	fprintf(f, "{\"names\":[");
	cli_json(f, q->name);
	fputs("]", f);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		fputs(i % 2 ? ":" : ",", f);
		cli_json(f, fields[i]);
	}
	fputs("}\n", f);
}

static void judge(struct bench *b, const struct invented_query *q, struct form_score *form, struct form_score *all)
{
	struct wanted *w = xcalloc(1, sizeof *w);
	str_copy(w->query, sizeof w->query, q->query);
	str_copy(w->names[w->n_names++], sizeof w->names[0], q->name);
	str_copy(w->lane, sizeof w->lane, q->lane);
	str_copy(w->no, sizeof w->no, q->no);
	str_copy(w->room, sizeof w->room, q->room);
	address_eval_ask(b->l, w, false, form, all);
	free(w);
}

static void run_form(struct bench *b, struct query_inventor *inventor, size_t form, FILE *saved, struct form_score *all)
{
	struct form_score score = { .n = 0 };
	struct invented_query q = { .form = "" };
	size_t from = b->scratch.n;
	double scratch[3], appended[3];
	for (unsigned long i = 0; i < b->queries && query_invent(inventor, form, &q); i++) {
		judge(b, &q, &score, all);
		type(b, q.query);
		save(saved, &q);
	}
	percentiles(&b->scratch, from, scratch);
	percentiles(&b->appended, from, appended);
	address_eval_print(&score);
	printf("  %6.0f %6.0f %6.0f  %6.0f %6.0f %6.0f  %s\n", scratch[0], scratch[1], scratch[2], appended[0],
		appended[1], appended[2], q.form);
}

static bool summary(const struct bench *b, const struct form_score *all, struct err *e)
{
	char path[PATH_MAX];
	struct rusage used;
	struct stat file;
	struct address_stats stats = { 0 };
	double scratch[3], appended[3];
	getrusage(RUSAGE_SELF, &used);
	percentiles(&b->scratch, 0, scratch);
	percentiles(&b->appended, 0, appended);
	snprintf(path, sizeof path, "%s/ours.json", b->folder);
	if (stat(b->library, &file) != 0)
		return err_set(e, ERR_STORAGE, "%s: %s", b->library, strerror(errno));
	address_stats(b->l, &stats, e);
	address_eval_print(all);
	printf("  %6.0f %6.0f %6.0f  %6.0f %6.0f %6.0f  all\n", scratch[0], scratch[1], scratch[2], appended[0],
		appended[1], appended[2]);
	printf("\n%ld names, %ld rooms, %zu keys; file %.1f MB, memory %.1f MB; opened after %.0f ms, first result after %.0f ms\n",
		stats.names, stats.rooms, b->scratch.n, (double)file.st_size / 1e6, (double)used.ru_maxrss / 1024,
		b->opened / 1e3, b->first / 1e3);
	FILE *f = fopen(path, "we");
	if (!f)
		return err_set(e, ERR_STORAGE, "%s: %s", path, strerror(errno));
	fprintf(f,
		"{\"keys\":%zu,\"scratch\":[%.1f,%.1f,%.1f],\"appended\":[%.1f,%.1f,%.1f],\"kib\":%ld,\"open\":%.0f,"
		"\"first\":%.0f,\"build\":%.3f,\"bytes\":%lld,\"rooms\":%ld,\"names\":%ld}\n",
		b->scratch.n, scratch[0], scratch[1], scratch[2], appended[0], appended[1], appended[2], used.ru_maxrss,
		b->opened, b->first, b->built, (long long)file.st_size, stats.rooms, stats.names);
	return fclose(f) == 0 || err_set(e, ERR_STORAGE, "%s: %s", path, strerror(errno));
}

static bool measure(struct bench *b, struct err *e)
{
	char path[PATH_MAX];
	struct timespec t;
	struct address_hit hit;
	struct form_score all = { .n = 0 };
	clock_gettime(CLOCK_MONOTONIC, &t);
	if (!address_open(&b->l, b->library, e))
		return false;
	b->opened = us_since(&t);
	address_search(b->l, "zhong", &hit, 1);
	b->first = us_since(&t);
	b->session = address_session_create(b->l);
	snprintf(path, sizeof path, "%s/queries.jsonl", b->folder);
	FILE *saved = fopen(path, "we");
	if (!saved)
		return err_set(e, ERR_STORAGE, "%s: %s", path, strerror(errno));
	struct query_inventor *inventor = query_inventor_create(b->l, b->seed);
	printf("    n     @1     @5  addr@5  from nothing, us      appended, us          form\n"
	       "                             p50    p99    max     p50    p99    max\n");
	for (size_t form = 0; form < QUERY_FORMS; form++)
		run_form(b, inventor, form, saved, &all);
	query_inventor_destroy(inventor);
	return (fclose(saved) == 0 || err_set(e, ERR_STORAGE, "%s: %s", path, strerror(errno))) && summary(b, &all, e);
}

/* In a process of its own: the memory that it takes is not the search's. */
static bool build(struct bench *b, const char *data, struct err *e)
{
	struct timespec t;
	int status = 0;
	clock_gettime(CLOCK_MONOTONIC, &t);
	pid_t child = fork();
	if (child == 0) {
		struct err why = { 0 };
		bool ok = address_invent(data, b->library, (long)b->names, (long)b->rooms, b->seed, &why);
		_exit(ok ? 0 : cli_fail(&why));
	}
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return err_set(e, ERR_BUG, "the library could not be made");
	b->built = us_since(&t) / 1e6;
	return WEXITSTATUS(status) == 0 || err_set(e, (enum err_code)WEXITSTATUS(status), "no library to measure");
}

static int ask_peers(const struct bench *b)
{
	int status = 0;
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		execlp(b->peers, b->peers, b->folder, (char *)NULL);
		fprintf(stderr, "juzhu: %s: %s\n", b->peers, strerror(errno));
		_exit(ERR_DEVICE);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return ERR_DEVICE;
	return WEXITSTATUS(status);
}

static bool make_folder(struct bench *b, const char *data, struct err *e)
{
	const char *tmp = getenv("TMPDIR");
	snprintf(b->folder, sizeof b->folder, "%s/juzhu-bench-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(b->folder))
		return err_set(e, ERR_STORAGE, "%s: %s", b->folder, strerror(errno));
	snprintf(b->library, sizeof b->library, "%s/library.db", b->folder);
	if (!b->given)
		return build(b, data, e);
	char real[PATH_MAX];
	return (realpath(b->given, real) && symlink(real, b->library) == 0) ||
		err_set(e, ERR_CONFIG, "%s: %s", b->given, strerror(errno));
}

/* What PROGRAM made in the folder is its own to remove. */
static void remove_folder(const struct bench *b)
{
	static const char *const FILES[] = { "library.db", "queries.jsonl", "ours.json" };
	char path[PATH_MAX];
	for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
		snprintf(path, sizeof path, "%s/%s", b->folder, FILES[i]);
		unlink(path);
	}
	if (rmdir(b->folder) != 0 && errno == ENOTEMPTY)
		fprintf(stderr, "juzhu: %s is not empty and stays\n", b->folder);
}

static bool read_options(struct bench *b, int *argc, char **argv)
{
	const struct {
		const char *name;
		unsigned long low, high, *to;
	} numbers[] = { { "--names", 100, 1000000, &b->names }, { "--rooms", 1000, 100000000, &b->rooms },
		{ "--seed", 0, ULONG_MAX, &b->seed }, { "--queries", 1, 10000, &b->queries } };
	bool given = true;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers && given; i++) {
		const char *text = cli_option(argc, argv, numbers[i].name, &given);
		given = given && (!text || cli_number(text, numbers[i].low, numbers[i].high, numbers[i].to));
	}
	b->given = given ? cli_option(argc, argv, "--library", &given) : NULL;
	b->peers = given ? cli_option(argc, argv, "--peers", &given) : NULL;
	return given && *argc == 1;
}

int address_bench_verb(const struct cli *cli, int argc, char **argv)
{
	struct bench b = { .names = NAMES, .rooms = ROOMS, .seed = SEED, .queries = QUERIES };
	struct err e = { 0 };
	if (!read_options(&b, &argc, argv))
		return cli_usage("address",
			"bench takes --names, --rooms, --seed, --queries with a number, --library FILE, --peers PROGRAM");
	b.scratch.us = xcalloc(KEYS_MAX, sizeof *b.scratch.us);
	b.appended.us = xcalloc(KEYS_MAX, sizeof *b.appended.us);
	int status = 0;
	if (!make_folder(&b, cli->config->data, &e) || !measure(&b, &e))
		status = cli_fail(&e);
	address_session_destroy(b.session);
	address_close(b.l);
	free(b.scratch.us);
	free(b.appended.us);
	if (!status && b.peers)
		status = ask_peers(&b);
	remove_folder(&b);
	return status;
}
