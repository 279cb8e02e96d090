/*
 * Damaged files through the real parent and its locked-in children: whatever a child does, the parent answers and lives on.
 * MUTATIONS=N: how many, in place of a few hundred (`make mutate-photo`).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../portrait/encode.h"
#include "../portrait/portrait.h"
#include "base/err.h"
#include "base/log.h"
#include "vision/inspector.h"
#include "vision/server.h"

enum { SHORT = 300, TIMEOUT_MS = 20000, KINDS = 5 };

struct sample {
	unsigned char *bytes;
	size_t n;
};

static uint32_t seed = 1;

static uint32_t any(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (uint32_t)(((uint64_t)seed * below) >> 32);
}

static void draw(struct sample samples[KINDS])
{
	static const char PDF[] = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
	const struct portrait_wish wish = { .size = 1 };
	const struct encode_wish plain = { .quality = 80 }, exif = { .orientation = 6, .progressive = true },
				 alpha = { .alpha = true };
	unsigned char *rgb = portrait_draw(&wish);
	samples[0].n = encode_jpeg(rgb, 358, 441, &plain, &samples[0].bytes);
	samples[1].n = encode_jpeg(rgb, 358, 441, &exif, &samples[1].bytes);
	samples[2].n = encode_png(rgb, 358, 441, &alpha, &samples[2].bytes);
	samples[3].n = encode_heic(rgb, 358, 440, &plain, &samples[3].bytes);
	samples[4] = (struct sample){ (unsigned char *)strdup(PDF), sizeof PDF - 1 };
	free(rgb);
}

/* Some bytes are others, most of them near the front, where the headers are; one in four is cut short, one in eight spliced. */
static int mutated(const struct sample *from)
{
	size_t n = from->n;
	unsigned char *bytes = malloc(n + 1);
	int fd = memfd_create("mutated", MFD_CLOEXEC);
	memcpy(bytes, from->bytes, n);
	for (uint32_t k = 1 + any(12); k > 0; k--) {
		size_t reach = any(2) && n > 700 ? 700 : n;
		bytes[any((uint32_t)reach)] = (unsigned char)(any(3) ? any(256) : any(2) ? 0xff : 0);
	}
	if (any(8) == 0) {
		size_t length = 1 + any((uint32_t)(n / 2)), to = any((uint32_t)(n - length)),
		       at = any((uint32_t)(n - length));
		memmove(bytes + to, bytes + at, length);
	}
	if (any(4) == 0)
		n = any((uint32_t)n + 1);
	assert_int_equal(write(fd, bytes, n), n);
	free(bytes);
	return fd;
}

static int parent_pid(void)
{
	char path[64];
	int pid = -1;
	snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%d", &pid), 1);
	fclose(f);
	return pid;
}

static void test_mutations(void **state)
{
	const char *wanted = getenv("MUTATIONS"), *tmp = getenv("TMPDIR");
	unsigned long n = wanted ? strtoul(wanted, NULL, 10) : SHORT, whole = 0, refused = 0, died = 0;
	char path[PATH_MAX], own[PATH_MAX];
	struct sample samples[KINDS] = { { NULL, 0 } };
	struct err e = { 0 };
	(void)state;
	snprintf(path, sizeof path, "%s/play-inspect-%d", tmp ? tmp : "/tmp", (int)getpid());
	ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
	assert_true(length > 0);
	own[length] = 0;
	assert_int_equal(symlink(own, path), 0);
	assert_true(log_open("/dev/null", &e)); /* a line for each child that ended */
	draw(samples);
	struct inspector *inspector = inspector_create(&(struct inspector_options){ .program = path });
	assert_true(inspector_start(inspector, &e));
	int parent = parent_pid();
	for (unsigned long k = 0; k < n; k++) {
		const struct sample *from = &samples[k % KINDS];
		struct inspection i = { .format = FILE_OTHER };
		if (from->n == 0)
			continue;
		int fd = mutated(from);
		assert_true(inspector_ask(inspector, k % 4 ? INSPECT_MATERIAL : INSPECT_PHOTO, fd, TIMEOUT_MS, &e));
		if (inspector_wait(inspector, &i, &e)) {
			whole += i.whole;
			refused += !i.whole;
		} else {
			died++;
		}
		inspection_finish(&i);
		close(fd);
	}
	assert_int_equal(parent_pid(), parent);
	/* And it still knows a good one. */
	struct inspection i;
	int fd = memfd_create("good", MFD_CLOEXEC);
	assert_int_equal(write(fd, samples[0].bytes, samples[0].n), samples[0].n);
	assert_true(inspector_ask(inspector, INSPECT_PHOTO, fd, TIMEOUT_MS, &e) && inspector_wait(inspector, &i, &e));
	assert_int_equal(photo_verdict(&i, samples[0].n), PHOTO_PASS);
	inspection_finish(&i);
	close(fd);
	inspector_destroy(inspector);
	for (int k = 0; k < KINDS; k++)
		free(samples[k].bytes);
	unlink(path);
	print_message("# %lu damaged files: %lu decoded, %lu refused, %lu children ended, parent alive\n", n, whole,
		refused, died);
	assert_true(whole > 0 && refused > 0);
}

int main(int argc, char **argv)
{
	const char *name = argc > 0 && strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : "";
	if (strncmp(name, "play-", 5) == 0) {
		server_load(NULL);
		_exit(server_run(0, inspect_jobs));
	}
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_mutations) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
