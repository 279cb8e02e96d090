/*
 * address_type LIBRARY <QUERIES: types each line of standard input key by key, every key from nothing and on from the key before.
 * Prints one line: keys; p50, p99, maximum in microseconds from nothing, then appended; VmHWM in KiB; open and first result, us.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "address/address.h"
#include "base/err.h"
#include "base/utf8.h"
#include "base/xalloc.h"

enum { KEYS_MAX = 1 << 20, SHOWN = 30 };

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

static void print_times(float *us, size_t n)
{
	qsort(us, n, sizeof *us, by_value);
	printf(" %.1f %.1f %.1f", us[n / 2], us[n - 1 - n / 100], us[n - 1]);
}

struct typing {
	struct address_library *library;
	struct address_session *session;
	float *scratch, *appended;
	size_t n;
};

static void type(struct typing *y, const char *query)
{
	static struct address_hit hits[SHOWN];
	struct timespec t;
	char *prefix = xstrdup(query);
	for (size_t i = 0, step; query[i] && y->n < KEYS_MAX; i += step) {
		uint32_t point;
		step = utf8_decode(query + i, strlen(query + i), &point);
		memcpy(prefix, query, i + step);
		prefix[i + step] = '\0';
		clock_gettime(CLOCK_MONOTONIC, &t);
		address_search(y->library, prefix, hits, SHOWN);
		y->scratch[y->n] = (float)us_since(&t);
		clock_gettime(CLOCK_MONOTONIC, &t);
		address_session_type(y->session, prefix, hits, SHOWN);
		y->appended[y->n++] = (float)us_since(&t);
	}
	free(prefix);
}

int main(int argc, char **argv)
{
	struct typing y = { 0 };
	struct timespec t;
	struct address_hit hit;
	struct err e = { 0 };
	struct rusage used;
	char *line = NULL;
	size_t size = 0;
	clock_gettime(CLOCK_MONOTONIC, &t);
	if (argc != 2 || !address_open(&y.library, argv[1], &e)) {
		fprintf(stderr, "usage: address_type LIBRARY <QUERIES %s\n", e.text);
		return 2;
	}
	double opened = us_since(&t);
	address_search(y.library, "zhong", &hit, 1);
	double first = us_since(&t);
	y.session = address_session_create(y.library);
	y.scratch = xcalloc(KEYS_MAX, sizeof *y.scratch);
	y.appended = xcalloc(KEYS_MAX, sizeof *y.appended);
	while (getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		type(&y, line);
	}
	getrusage(RUSAGE_SELF, &used);
	printf("%zu", y.n);
	if (y.n) {
		print_times(y.scratch, y.n);
		print_times(y.appended, y.n);
	}
	printf(" %ld %.0f %.0f\n", used.ru_maxrss, opened, first);
	address_session_destroy(y.session);
	address_close(y.library);
	free(y.scratch);
	free(y.appended);
	free(line);
	return 0;
}
