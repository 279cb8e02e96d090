/* How long the inspector takes for pages: read_times INSPECTOR card|paper FILE... prints milliseconds a file, after the first. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "vision/inspector.h"

enum { TIMEOUT_MS = 60000 };

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static bool read_one(struct inspector *i, enum inspect_what what, const char *path, double *ret_ms)
{
	struct err e = { 0 };
	struct inspection found = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	double begin = now_ms();
	bool good = fd >= 0 && inspector_ask(i, what, fd, TIMEOUT_MS, &e) && inspector_wait(i, &found, &e);
	*ret_ms = now_ms() - begin;
	if (!good)
		fprintf(stderr, "read_times: %s: %s\n", path, e.text);
	inspection_finish(&found);
	if (fd >= 0)
		close(fd);
	return good;
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: read_times INSPECTOR card|paper FILE...\n");
		return 2;
	}
	struct inspector *i = inspector_create(&(struct inspector_options){ .program = argv[1] });
	enum inspect_what what = strcmp(argv[2], "card") == 0 ? INSPECT_CARD : INSPECT_PAPER;
	double ms = 0;
	bool good = read_one(i, what, argv[3], &ms); /* starts the program and loads the models */
	for (int k = 3; k < argc && good; k++) {
		good = read_one(i, what, argv[k], &ms);
		printf("%.1f %s\n", ms, argv[k]);
	}
	inspector_destroy(i);
	return good ? 0 : 1;
}
