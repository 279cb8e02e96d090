/*
 * Limits of a machine: few file descriptors, a limit on file size, a disk that is really full (with the reserve beside the
 * database), a file system that turns read-only in the middle. Each is told in a clear message, what was told before is there,
 * and without the limit the store works again.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "judge.h"
#include "loop.h"
#include "seams.h"
#include "store/upkeep.h"
#include "world.h"

enum { CASES = 3, AFTER = 1, FD_FROM = 3, FD_TO = 40, SIZE_STEP = 16 * 1024, FULL_MIB = 6, BALLAST = 1024 * 1024 };

/* What a session told, from the process with the limit. */
struct report {
	unsigned told, errors;
	struct err first;
};

static int report_pipe = -1;
static struct report reported;
static const struct loop_fs *breaking;
static unsigned break_after;

static void count_told(unsigned i)
{
	reported.told |= 1u << i;
	if (breaking != NULL && i + 1 == break_after && !loop_trigger_error(breaking))
		_exit(98);
}

static void send(const struct session *s)
{
	reported.errors = s->errors;
	reported.first = s->first;
	if (write(report_pipe, &reported, sizeof reported) != sizeof reported)
		_exit(99);
}

struct limit {
	int resource;
	rlim_t value;
};

/* Runs the session in a process of its own; false: it died. */
static bool apart(struct session *s, const struct limit *l, struct report *ret)
{
	int ends[2], status = 0;

	if (pipe2(ends, O_CLOEXEC) != 0)
		harness_die("pipe");
	fflush(NULL);
	pid_t pid = fork();
	if (pid < 0)
		harness_die("fork");
	if (pid == 0) {
		report_pipe = ends[1];
		s->acked = count_told;
		signal(SIGXFSZ, SIG_IGN);
		if (l != NULL && setrlimit(l->resource, &(struct rlimit){ l->value, l->value }) != 0)
			_exit(97);
		session_run(s);
		send(s);
		_exit(0);
	}
	close(ends[1]);
	*ret = (struct report){ 0 };
	bool got = read(ends[0], ret, sizeof *ret) == sizeof *ret;
	close(ends[0]);
	waitpid(pid, &status, 0);
	for (unsigned i = 0; i < s->n; i++)
		s->filed[i].acked = (ret->told >> i & 1) != 0;
	return got && status == 0;
}

static void check(const char *path, struct filed *filed, const struct report *r, bool lived, struct tally *t,
	const char *what)
{
	struct session after = { .path = path, .filed = filed + CASES, .n = AFTER };

	if (!lived)
		tally_bad(t, &t->wrong, "%s: the program died", what);
	if (r->errors > 0 && (r->first.code == ERR_BUG || strlen(r->first.text) < 20))
		tally_bad(t, &t->wrong, "%s: reported as \"%s\"", what, r->first.text);
	if (lived && r->errors == 0 && r->told != (1u << CASES) - 1)
		tally_bad(t, &t->wrong, "%s: neither told nor reported", what);
	t->notes[0] += r->errors > 0;
	session_run(&after);
	if (after.errors > 0)
		tally_bad(t, &t->wrong, "%s: does not work again: %s", what, after.first.text);
	judge_store(path, filed, CASES + AFTER, t, what);
	t->times++;
}

static void forget(struct filed *filed)
{
	for (unsigned i = 0; i < CASES + AFTER; i++)
		filed[i].acked = false;
}

static void descriptors(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx)
{
	const int resource = *(const int *)ctx;
	char path[700], what[80];
	struct report r;

	snprintf(path, sizeof path, "%s/a.db", dir);
	world_begin(seed);
	struct filed *filed = filed_make_all(seed, CASES + AFTER);
	for (long i = harness.at; i < harness.at + n; i++) {
		struct limit l = { resource,
			resource == RLIMIT_NOFILE ? (rlim_t)(FD_FROM + i) : (rlim_t)((i + 1) * SIZE_STEP) };
		struct session s = { .path = path, .filed = filed, .n = CASES, .tidy = true };
		world_remove(path);
		forget(filed);
		snprintf(what, sizeof what, resource == RLIMIT_NOFILE ? "%llu descriptors" : "files of %llu bytes",
			(unsigned long long)l.value);
		bool lived = apart(&s, &l, &r);
		check(path, filed, &r, lived, t, what);
	}
	filed_finish_all(filed, CASES + AFTER);
}

/* Fills the file system but for `leave` bytes. */
static void fill(const char *path, uint64_t leave)
{
	static char block[4096];
	uint64_t size = 0;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	memset(block, 'f', sizeof block);
	while (fd >= 0 && write(fd, block, sizeof block) == sizeof block)
		size += sizeof block;
	if (fd < 0 || ftruncate(fd, (off_t)(size > leave ? size - leave : 0)) != 0)
		harness_die("%s cannot be filled", path);
	close(fd);
}

/* A filing is under way when the disk becomes full: the reserve lets it be stored. */
static void with_reserve(const char *path, const char *filler, struct filed *filed, struct tally *t, const char *what)
{
	struct store *s = NULL;
	struct filing f;
	char number[CASENUM_LENGTH + 1] = "";
	struct err e = { 0 };

	world_filing(&f, &filed[0]);
	if (!world_open(&s, path, &e) || !store_ballast_fill(s, BALLAST, &e) || !store_draft_save(s, &f, &e))
		tally_bad(t, &t->wrong, "%s: before the disk was full: %s", what, e.text);
	filing_finish(&f);
	/* An emptied log has no room made ready: storing needs the disk. */
	if (s != NULL)
		store_tidy(s);
	fill(filler, 0);
	filed[0].acked = s != NULL && store_submit(s, filed[0].token, &filed[0].sealed, false, number, &e);
	if (!filed[0].acked)
		tally_bad(t, &t->wrong, "%s: an open filing was not stored in spite of the reserve: %s", what, e.text);
	store_close(s);
}

static void full_disk(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx)
{
	char mnt[600], path[700], filler[700], what[80], options[40];
	struct report r = { 0 };

	(void)ctx;
	loop_private();
	world_begin(seed);
	struct filed *filed = filed_make_all(seed, CASES + AFTER);
	snprintf(mnt, sizeof mnt, "%.500s/full", dir);
	snprintf(path, sizeof path, "%s/a.db", mnt);
	snprintf(filler, sizeof filler, "%s/filler", mnt);
	snprintf(options, sizeof options, "size=%dm", FULL_MIB);
	if ((mkdir(mnt, 0700) != 0 && errno != EEXIST) || mount("tmpfs", mnt, "tmpfs", 0, options) != 0)
		harness_die("a small disk cannot be made: %s", strerror(errno));
	for (long i = harness.at; i < harness.at + n; i++) {
		bool reserve = i % 5 == 0;
		uint64_t leave = (uint64_t)i * 20 * 1024;
		struct session s = { .path = path, .filed = filed, .n = CASES, .tidy = true };
		world_remove(path);
		forget(filed);
		snprintf(what, sizeof what, "%llu bytes left%s", (unsigned long long)leave, reserve ? ", reserve" : "");
		bool lived = true;
		if (reserve) {
			with_reserve(path, filler, filed, t, what);
			r = (struct report){ .told = (1u << CASES) - 1 };
		} else {
			fill(filler, leave);
			lived = apart(&s, NULL, &r);
			if (r.errors > 0 && strstr(r.first.text, "full") == NULL)
				tally_bad(t, &t->wrong, "%s: does not say that the disk is full: %s", what,
					r.first.text);
		}
		unlink(filler);
		check(path, filed, &r, lived, t, what);
	}
	umount(mnt);
	filed_finish_all(filed, CASES + AFTER);
}

static void read_only(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx)
{
	char path[700], what[80];
	struct loop_fs fs;
	struct report r;

	(void)ctx;
	loop_private();
	world_begin(seed);
	struct filed *filed = filed_make_all(seed, CASES + AFTER);
	if (!loop_make(&fs, dir, "ext4") || !loop_mount(&fs))
		harness_die("ext4 cannot be made");
	snprintf(path, sizeof path, "%s/a.db", fs.mount);
	for (long i = harness.at; i < harness.at + n; i++) {
		struct session s = { .path = path, .filed = filed, .n = CASES, .tidy = true };
		world_remove(path);
		forget(filed);
		breaking = &fs;
		break_after = 1 + (unsigned)i % (CASES - 1);
		snprintf(what, sizeof what, "read-only after %u cases", break_after);
		bool lived = apart(&s, NULL, &r);
		if (r.errors == 0)
			tally_bad(t, &t->wrong, "%s: not reported", what);
		if (!loop_unmount(&fs) || !loop_mount(&fs))
			harness_die("ext4 cannot be mounted again");
		check(path, filed, &r, lived, t, what);
	}
	loop_finish(&fs);
	filed_finish_all(filed, CASES + AFTER);
}

int main(int argc, char **argv)
{
	static const int fds = RLIMIT_NOFILE, size = RLIMIT_FSIZE;
	static const struct {
		const char *fault, *how;
		chunk_fn *fn;
		const void *ctx;
		long most;  /* times; 0: as many as are wanted */
		long chunk; /* the short ones mount something */
		bool root;
	} rows[] = {
		{ "few descriptors", "RLIMIT_NOFILE 3 to 40", descriptors, &fds, FD_TO - FD_FROM + 1, 10, false },
		{ "limit on file size", "RLIMIT_FSIZE, 16 KiB steps", descriptors, &size, 50, 10, false },
		{ "disk full, real", "small tmpfs, with and without reserve", full_disk, NULL, 0, 25, true },
		{ "file system read-only", "ext4 error on a loop file", read_only, NULL, 0, 5, true },
	};
	static const struct seeded bugs[] = { { "ack-early", 10 }, { "no-reserve", 10 } };
	int status = 0;

	harness_begin(argc, argv, 50);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct tally t;
		const char *why = rows[i].root ? loop_missing("ext4", harness.dir) : NULL;
		long times = rows[i].most > 0     ? rows[i].most
			: rows[i].fn == read_only ? harness.times / 5
						  : harness.times;
		if (why != NULL) {
			harness_skip(rows[i].fault, rows[i].how, why);
			continue;
		}
		struct caught c = harness_seeded(bugs, rows[i].fn == full_disk ? 2 : 1, rows[i].chunk, 0, rows[i].fn,
			rows[i].ctx);
		status = status || c.seen < c.of;
		if (!harness_wants_rows())
			continue;
		harness_run(&t, rows[i].fault, times, rows[i].chunk, 0, rows[i].fn, rows[i].ctx);
		harness_row(rows[i].fault, rows[i].how, &t, c);
		fprintf(stderr, "limits: %s: %ld of %ld reported\n", rows[i].fault, t.notes[0], t.times);
	}
	return harness_wants_rows() ? harness_end() : status;
}
