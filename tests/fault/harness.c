#include "harness.h"

#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seams.h"

enum { WORKERS_MAX = 64, TMPFS = 0x01021994, KIND_LENGTH = 32 };

struct harness harness = { .only = -1, .seed = 1 };
static bool failed;
static pid_t owner;

struct random random_from(uint64_t seed)
{
	return (struct random){ random_mix(seed, 0x9e3779b97f4a7c15) | 1 };
}

uint64_t random_next(struct random *r)
{
	r->state ^= r->state >> 12;
	r->state ^= r->state << 25;
	r->state ^= r->state >> 27;
	return r->state * 0x2545f4914f6cdd1d;
}

uint64_t random_below(struct random *r, uint64_t n)
{
	return (random_next(r) >> 11) % n;
}

/* The finalizer of splitmix64. */
uint64_t random_mix(uint64_t a, uint64_t b)
{
	uint64_t z = a + b * 0x9e3779b97f4a7c15 + 0x632be59bd9b4e019;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

void harness_die(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fprintf(stderr, "fault/%s: ", harness.name);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(2);
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	return ftw->level == 0 ? 0 : remove(path);
}

void folder_empty(const char *dir)
{
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

void folder_remove(const char *dir)
{
	folder_empty(dir);
	rmdir(dir);
}

static void clean(void)
{
	if (getpid() == owner && harness.dir[0] != '\0')
		folder_remove(harness.dir);
}

/* Nothing stays in memory when it is stopped; the workers get the signal, too. */
static void stopped(int number)
{
	clean();
	_exit(128 + number);
}

static bool in_memory(const char *dir)
{
	struct statfs v;
	return statfs(dir, &v) == 0 && v.f_type == TMPFS && access(dir, W_OK | X_OK) == 0;
}

static long number(const char *text)
{
	char *end = NULL;
	long value = text == NULL ? -1 : strtol(text, &end, 10);
	if (text == NULL || *end != '\0' || value < 0)
		harness_die("usage: %s [--times N] [--seed S] [--seeded NAME] [--only CHUNK]", harness.name);
	return value;
}

void harness_begin(int argc, char **argv, long times)
{
	const char *base = strrchr(argv[0], '/'), *tmp = getenv("TMPDIR");

	harness.name = base == NULL ? argv[0] : base + 1;
	harness.times = times;
	for (int i = 1; i < argc; i += 2) {
		if (strcmp(argv[i], "--times") == 0)
			harness.times = number(argv[i + 1]);
		else if (strcmp(argv[i], "--seed") == 0)
			harness.seed = (uint64_t)number(argv[i + 1]);
		else if (strcmp(argv[i], "--only") == 0)
			harness.only = number(argv[i + 1]);
		else if (strcmp(argv[i], "--seeded") == 0 && argv[i + 1] != NULL)
			harness.seeded = argv[i + 1];
		else
			number(NULL);
	}
	if (tmp == NULL || (!in_memory(tmp) && in_memory("/dev/shm")))
		tmp = in_memory("/dev/shm") ? "/dev/shm" : P_tmpdir;
	snprintf(harness.dir, sizeof harness.dir, "%s/fault-XXXXXX", tmp);
	if (mkdtemp(harness.dir) == NULL)
		harness_die("%s: %s", harness.dir, strerror(errno));
	owner = getpid();
	atexit(clean);
	signal(SIGINT, stopped);
	signal(SIGTERM, stopped);
}

int harness_end(void)
{
	return failed;
}

bool harness_wants_rows(void)
{
	return harness.seeded == NULL;
}

void tally_bad(struct tally *t, long *kind, const char *format, ...)
{
	va_list args;
	if (t->first[0] == '\0') {
		va_start(args, format);
		vsnprintf(t->first, sizeof t->first, format, args);
		va_end(args);
	}
	++*kind;
}

void tally_add(struct tally *to, const struct tally *from)
{
	to->times += from->times;
	to->lost += from->lost;
	to->partial += from->partial;
	to->wrong += from->wrong;
	for (size_t i = 0; i < sizeof to->notes / sizeof to->notes[0]; i++)
		to->notes[i] += from->notes[i];
	if (to->first[0] == '\0')
		memcpy(to->first, from->first, sizeof to->first);
}

struct board { /* shared between the workers */
	atomic_long next, done;
	struct tally tallies[WORKERS_MAX];
	long chunk[WORKERS_MAX];
};

struct work {
	const char *what;
	long times, per_chunk, chunks;
	chunk_fn *fn;
	const void *ctx;
};

static void work(struct board *b, unsigned worker, const struct work *w)
{
	char dir[600];
	struct tally *t = &b->tallies[worker];
	uint64_t seed = harness.seed;

	for (const char *p = w->what; *p != '\0'; p++)
		seed = random_mix(seed, (unsigned char)*p);
	snprintf(dir, sizeof dir, "%s/%u", harness.dir, worker);
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		harness_die("%s: %s", dir, strerror(errno));
	for (long chunk; (chunk = atomic_fetch_add(&b->next, 1)) < w->chunks;) {
		long at = chunk * w->per_chunk;
		if (harness.only >= 0 && chunk != harness.only)
			continue;
		struct tally one = { 0 };
		b->chunk[worker] = chunk;
		harness.at = at;
		w->fn(random_mix(seed, (uint64_t)chunk), w->times - at < w->per_chunk ? w->times - at : w->per_chunk,
			dir, &one, w->ctx);
		folder_empty(dir);
		if (one.first[0] != '\0') {
			char text[sizeof one.first];
			snprintf(text, sizeof text, "%.560s\n  repeat: %s --times %ld --seed %llu --only %ld",
				one.first, harness.name, w->times, (unsigned long long)harness.seed, chunk);
			memcpy(one.first, text, sizeof text);
		}
		tally_add(t, &one);
		atomic_fetch_add(&b->done, 1);
	}
}

static void wait_for(struct board *b, pid_t *pids, unsigned n, const struct work *w)
{
	bool progress = isatty(STDERR_FILENO);
	unsigned left = n;

	while (left > 0) {
		int status = 0;
		pid_t pid = waitpid(-1, &status, progress ? WNOHANG : 0);
		if (pid == 0) {
			fprintf(stderr, "\r%s: %s: %ld of %ld ", harness.name, w->what, atomic_load(&b->done),
				w->chunks);
			usleep(200000);
			continue;
		}
		for (unsigned i = 0; i < n; i++) {
			if (pids[i] != pid)
				continue;
			left--;
			if (status != 0)
				tally_bad(&b->tallies[i], &b->tallies[i].wrong,
					"chunk %ld of seed %llu (%s) ended with wait status %d", b->chunk[i],
					(unsigned long long)harness.seed, w->what, status);
		}
	}
	if (progress)
		fputs("\r\033[K", stderr);
}

void harness_run(struct tally *ret, const char *what, long times, long per_chunk, unsigned workers, chunk_fn *fn,
	const void *ctx)
{
	struct board *b = mmap(NULL, sizeof *b, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	const struct work w = { what, times, per_chunk, (times + per_chunk - 1) / per_chunk, fn, ctx };
	pid_t pids[WORKERS_MAX];
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (b == MAP_FAILED)
		harness_die("mmap: %s", strerror(errno));
	if (workers == 0)
		workers = (unsigned)(cores < 1 ? 1 : cores > WORKERS_MAX ? WORKERS_MAX : cores);
	fflush(NULL);
	for (unsigned i = 0; i < workers; i++) {
		pids[i] = fork();
		if (pids[i] < 0)
			harness_die("fork: %s", strerror(errno));
		if (pids[i] == 0) {
			work(b, i, &w);
			_exit(0);
		}
	}
	wait_for(b, pids, workers, &w);
	*ret = (struct tally){ 0 };
	for (unsigned i = 0; i < workers; i++)
		tally_add(ret, &b->tallies[i]);
	munmap(b, sizeof *b);
	folder_empty(harness.dir);
}

struct caught harness_seeded(const struct seeded *bugs, unsigned n, long per_chunk, unsigned workers, chunk_fn *fn,
	const void *ctx)
{
	struct caught c = { 0, 0 };

	for (unsigned i = 0; i < n; i++) {
		if (harness.seeded != NULL && strcmp(harness.seeded, bugs[i].name) != 0)
			continue;
		struct tally t = { 0 };
		seam_set(bugs[i].name, true);
		/* Some bugs show by chance only, an early acknowledgement in one power cut of forty. */
		for (unsigned round = 1; round <= 30 && t.lost + t.partial + t.wrong == 0; round++) {
			struct tally more;
			char what[KIND_LENGTH];
			snprintf(what, sizeof what, "%s.%u", bugs[i].name, round);
			harness_run(&more, what, bugs[i].times, per_chunk, workers, fn, ctx);
			tally_add(&t, &more);
		}
		seam_set(bugs[i].name, false);
		bool seen = t.lost + t.partial + t.wrong > 0;
		c.of++;
		c.seen += seen;
		fprintf(stderr, "%s: seeded %s: %s: %ld times, %ld lost, %ld partial, %ld wrong%s%s\n", harness.name,
			bugs[i].name, seen ? "caught" : "NOT CAUGHT", t.times, t.lost, t.partial, t.wrong,
			harness.seeded != NULL ? "; " : "", harness.seeded != NULL ? t.first : "");
	}
	return c;
}

void harness_row(const char *fault, const char *how, const struct tally *t, struct caught c)
{
	printf("%s\t%s\t%ld\t%ld\t%ld\t%u of %u\n", fault, how, t->times, t->lost, t->partial, c.seen, c.of);
	fflush(stdout);
	if (t->lost + t->partial + t->wrong > 0)
		fprintf(stderr, "%s: %s: %ld lost, %ld partial, %ld wrong; first: %s\n", harness.name, fault, t->lost,
			t->partial, t->wrong, t->first);
	if (t->times == 0 && harness.only < 0)
		fprintf(stderr, "%s: %s: nothing was tried\n", harness.name, fault);
	failed = failed || t->lost + t->partial + t->wrong > 0 || c.seen < c.of || (t->times == 0 && harness.only < 0);
}

void harness_skip(const char *fault, const char *how, const char *why)
{
	printf("%s\t%s\tskipped\t-\t-\t%s\n", fault, how, why);
	fflush(stdout);
}
