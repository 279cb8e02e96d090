/*
 * Bit rot: one bit of the database changes, in a file that lay there or in its log. Each change is found (the file does not open,
 * store_verify reports it, a case refuses to load or open), repaired, or harmless: every case says exactly what was filed.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "disk.h"
#include "judge.h"
#include "seams.h"
#include "store/upkeep.h"
#include "world.h"

enum { CASES = 6, NOTE_FOUND, NOTE_REPAIRED, NOTE_HARMLESS, LOG_SHARE = 10 };

struct file {
	unsigned char *bytes;
	size_t size;
};

static struct file load(const char *path)
{
	struct file f = { 0 };
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0 || (f.bytes = malloc((size_t)st.st_size + 1)) == NULL ||
		read(fd, f.bytes, (size_t)st.st_size) != st.st_size)
		harness_die("%s cannot be read", path);
	close(fd);
	f.size = (size_t)st.st_size;
	return f;
}

static void save(const char *path, const struct file *f)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, f->bytes, f->size) != (ssize_t)f->size)
		harness_die("%s cannot be written", path);
	close(fd);
}

/* Cases with photos, drafts, licences, staff, audit rows; `log`: a draft and log rows that were not moved over yet. */
static void make(const char *path, const char *dir, struct filed *filed, struct file *main_file, struct file *log)
{
	struct session s = { .path = path, .filed = filed, .n = CASES };
	struct store *store = NULL;
	struct filing f;
	struct err e = { 0 };
	char csv[700], name[720];
	unsigned rows = 0;

	session_run(&s);
	snprintf(csv, sizeof csv, "%s/licences.csv", dir);
	FILE *out = fopen(csv, "we");
	if (out == NULL)
		harness_die("%s cannot be written", csv);
	fputs("kind,number,holder_id,issuer,valid_from,valid_to\nid-card,X1,11010519491231002X,Example,20200101,\n",
		out);
	fclose(out);
	if (s.errors > 0 || !world_open(&store, path, &e) || !store_licence_import(store, csv, &rows, &e) ||
		!store_staff_add(store, "staff", "493817", &e))
		harness_die("making the database: %s%s", s.first.text, e.text);
	store_tidy(store);
	*main_file = load(path);
	world_filing(&f, &filed[0]);
	memset(f.token, 'e', 32);
	if (!store_draft_save(store, &f, &e))
		harness_die("making the database: %s", e.text);
	filing_finish(&f);
	snprintf(name, sizeof name, "%s-wal", path);
	*log = load(name);
	/* The end that was only made ready holds nothing. */
	while (log->size > 1 && log->bytes[log->size - 1] == 0)
		log->size--;
	store_close(store);
	world_remove(path);
}

struct list {
	const struct filed *filed;
	unsigned n;
	bool same;
};

static void compare_head(const struct case_head *h, void *ctx)
{
	struct list *l = ctx;
	bool known = false;
	for (unsigned i = 0; i < CASES; i++) {
		const struct envelope_head *head = &l->filed[i].sealed.head;
		known = known ||
			(strcmp(head->number, h->number) == 0 && strcmp(head->item, h->item) == 0 &&
				strcmp(head->station, h->station) == 0 && h->state == 10 &&
				h->submitted_at == head->created && !h->demo);
	}
	l->n++;
	l->same = l->same && known;
}

static void quiet(void *ctx, const char *line)
{
	(void)ctx;
	(void)line;
}

/* What the store says about the file that lies there: NOTE_FOUND, NOTE_HARMLESS, or 0: something else is told for true. */
static int ask(const char *path, const struct filed *filed, char *why, size_t size)
{
	struct store *s = NULL;
	struct verify_counts counts = { 0 };
	struct err e = { 0 };
	struct list l = { filed, 0, true };
	bool told = false;
	int result = NOTE_HARMLESS;

	if (!world_open(&s, path, &e))
		return NOTE_FOUND;
	if (!store_verify(s, world_keys.centers, world_keys.n_centers, quiet, NULL, &counts, &e) ||
		!store_case_list(s, 1000, compare_head, &l, &e))
		result = NOTE_FOUND;
	for (unsigned i = 0; i < CASES && result == NOTE_HARMLESS; i++) {
		if (judge_case(s, &filed[i], &told, why, size))
			continue;
		result = told ? NOTE_FOUND : 0;
	}
	if (result == NOTE_HARMLESS && (!l.same || l.n != CASES)) {
		snprintf(why, size, "the list of cases is another one");
		result = 0;
	}
	store_close(s);
	return result;
}

static void flips(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx)
{
	char path[700], log_path[720], why[700] = "";
	struct random r = random_from(seed);
	struct file files[2];

	(void)ctx;
	snprintf(path, sizeof path, "%s/a.db", dir);
	snprintf(log_path, sizeof log_path, "%s-wal", path);
	world_begin(seed);
	struct filed *filed = filed_make_all(seed, CASES);
	make(path, dir, filed, &files[0], &files[1]);
	for (long i = 0; i < n; i++) {
		bool in_log = i % LOG_SHARE == 0;
		struct file *f = &files[in_log];
		size_t at = (size_t)random_below(&r, f->size);
		/* Most of a young file is empty; three of four go where something stands. */
		while (i % 4 != 0 && f->bytes[at] == 0)
			at = (size_t)random_below(&r, f->size);
		unsigned char bit = (unsigned char)(1u << random_below(&r, 8));
		world_remove(path);
		f->bytes[at] ^= bit;
		save(path, &files[0]);
		if (in_log)
			save(log_path, &files[1]);
		f->bytes[at] ^= bit;
		int result = ask(path, filed, why, sizeof why);
		struct file after = result == NOTE_HARMLESS && !in_log ? load(path) : (struct file){ 0 };
		/* Opening wrote something over it. */
		if (after.size > at && after.bytes[at] == files[0].bytes[at])
			result = NOTE_REPAIRED;
		free(after.bytes);
		if (result == 0)
			tally_bad(t, &t->partial, "bit of mask %02x in byte %zu of %s changed silently: %s", bit, at,
				in_log ? "the log" : "the file", why);
		else
			t->notes[result - NOTE_FOUND]++;
		t->times++;
	}
	free(files[0].bytes);
	free(files[1].bytes);
	filed_finish_all(filed, CASES);
}

int main(int argc, char **argv)
{
	static const struct seeded bugs[] = { { "believe", 600 } };
	struct tally t;
	enum { CHUNK = 150 };

	harness_begin(argc, argv, 3000);
	struct caught c = harness_seeded(bugs, 1, CHUNK, 0, flips, NULL);
	if (!harness_wants_rows())
		return c.seen < c.of;
	harness_run(&t, "flip", harness.times, CHUNK, 0, flips, NULL);
	char how[120];
	snprintf(how, sizeof how, "one bit: %ld found, %ld repaired, %ld harmless", t.notes[0], t.notes[1], t.notes[2]);
	harness_row("bit rot, file and log", how, &t, c);
	return harness_end();
}
