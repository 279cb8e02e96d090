/*
 * durable FOLDER ROUNDS: durable submissions against the least that any durable program does, an append of the same bytes and
 * an fdatasync, in turn, so that both meet the same disk. Sealing is timed apart: it is work of the processor, done before
 * the transaction begins. Lines: measured NAME VALUE BASELINE (microseconds, medians).
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "seal/code.h"
#include "seal/envelope.h"
#include "store/store.h"

enum { ROUNDS_MAX = 5000, PHOTO = 60 * 1024 };

static double now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *us, size_t n)
{
	qsort(us, n, sizeof *us, by_size);
	return us[n / 2];
}

static void check(bool good, const struct err *e)
{
	if (good)
		return;
	fprintf(stderr, "durable: %s\n", e->text);
	exit(1);
}

/* What a registration holds, about. */
static void fill(struct filing *f, const struct item *item, size_t photo)
{
	filing_init(f, item, "00000000000000000000000000000000");
	for (unsigned i = 0; i < 30; i++) {
		char name[32];
		snprintf(name, sizeof name, "answer.%u", i);
		answers_set(f->answers, name, "上海市静安区南京西路1266弄3号502室");
	}
	if (photo > 0) {
		unsigned char *bytes = calloc(photo, 1);
		filing_attach(f, "photo", "image/jpeg", bytes, photo);
		answers_set(f->answers, "photo", "file");
		free(bytes);
	}
	memset(f->key, 7, sizeof f->key);
	query_code_make(f->query);
}

static void seal(struct store *s, const struct filing *f, const struct station_keys *keys, const struct seal_cost *cost,
	struct sealed_case *ret)
{
	struct err e = { 0 };
	struct seal_request r = {
		.head = { .item = "residence-registration", .item_version = 1, .revision = 1, .created = clock_now() },
		.record = f->answers,
		.filing = f,
		.key = f->key,
		.query = f->query,
		.person = "",
		.cost = cost
	};
	check(store_number(s, "01", r.head.number, &e) && case_seal(ret, &r, keys, &e), &e);
}

static void run(const char *name, const char *folder, size_t rounds, size_t photo)
{
	static double submit[ROUNDS_MAX], append[ROUNDS_MAX];
	static const struct seal_cost cheap = { 1, 8 };
	static const unsigned char seed[32] = { 1 }, draft_key[32] = { 2 };
	static char code[] = "residence-registration", item_number[] = "01";
	const struct item item = { .code = code, .number = item_number, .version = 1 };
	struct station_keys keys;
	struct filing f;
	struct store *s = NULL;
	struct err e = { 0 };
	char path[600], log[600], number[21];

	snprintf(path, sizeof path, "%s/%s.db", folder, name);
	snprintf(log, sizeof log, "%s/%s.log", folder, name);
	station_keys_throwaway(seed, "0001", clock_today(), &keys);
	check(store_open(&s,
		      &(struct store_options){ .path = path,
			      .schema_dir = "data/schema",
			      .station = "0001",
			      .keys = &keys,
			      .draft_key = draft_key },
		      &e),
		&e);
	int fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	fill(&f, &item, photo);
	unsigned long syncs = 0;
	for (size_t i = 0; i < rounds; i++) {
		struct sealed_case c = { 0 };
		snprintf(f.token, sizeof f.token, "%032zx", i);
		seal(s, &f, &keys, &cheap, &c);
		size_t size = c.size + (c.n_parts > 0 ? c.parts[0].size : 0);
		unsigned char *bytes = calloc(size, 1);
		double begin = now_us();
		if (write(fd, bytes, size) != (ssize_t)size || fdatasync(fd) != 0)
			exit(1);
		append[i] = now_us() - begin;
		unsigned long before = store_sync_count();
		begin = now_us();
		check(store_submit(s, f.token, &c, false, number, &e), &e);
		submit[i] = now_us() - begin;
		syncs += store_sync_count() - before;
		if (i % 50 == 49)
			store_tidy(s); /* as between two applicants */
		free(bytes);
		sealed_case_finish(&c);
	}
	double us = median(submit, rounds), base = median(append, rounds);
	printf("measured durable-%s %.0f %.0f\n", name, us, base);
	printf("measured durable-%s-syncs %.3f 1\n", name, (double)syncs / (double)rounds);
	double begin = now_us();
	struct sealed_case c = { 0 };
	seal(s, &f, &keys, NULL, &c);
	printf("measured durable-%s-sealing %.0f %.0f\n", name, now_us() - begin, base);
	sealed_case_finish(&c);
	close(fd);
	store_close(s);
	filing_finish(&f);
}

int main(int argc, char **argv)
{
	size_t rounds = argc == 3 ? (size_t)strtoul(argv[2], NULL, 10) : 0;
	if (rounds < 10 || rounds > ROUNDS_MAX) {
		fputs("usage: durable FOLDER ROUNDS\n", stderr);
		return 2;
	}
	run("case", argv[1], rounds, 0);
	run("photo", argv[1], rounds, PHOTO);
	return 0;
}
