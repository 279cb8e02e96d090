/* The kiosk's side of the inspector, with the real one and with some that misbehave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <jpeglib.h>

#include "base/clock.h"
#include "base/err.h"
#include "vision/decode.h"
#include "vision/inspector.h"
#include "vision/request.h"
#include "vision/server.h"

static char folder[PATH_MAX];

/* A picture with a gradient. Yours to free. */
static unsigned char *pixels(unsigned width, unsigned height)
{
	unsigned char *rgb = malloc((size_t)width * height * 3);
	assert_non_null(rgb);
	for (size_t i = 0; i < (size_t)width * height; i++) {
		unsigned char v = (unsigned char)(i / width);
		rgb[i * 3] = v;
		rgb[i * 3 + 1] = rgb[i * 3 + 2] = (unsigned char)(255 - v);
	}
	return rgb;
}

static size_t jpeg(unsigned width, unsigned height, unsigned char **ret)
{
	struct jpeg_compress_struct out;
	struct jpeg_error_mgr errors;
	unsigned long size = 0;
	unsigned char *rgb = pixels(width, height);
	*ret = NULL;
	out.err = jpeg_std_error(&errors);
	jpeg_create_compress(&out);
	jpeg_mem_dest(&out, ret, &size);
	out.image_width = width;
	out.image_height = height;
	out.input_components = 3;
	out.in_color_space = JCS_RGB;
	jpeg_set_defaults(&out);
	jpeg_start_compress(&out, TRUE);
	while (out.next_scanline < height) {
		JSAMPROW row = rgb + (size_t)out.next_scanline * width * 3;
		jpeg_write_scanlines(&out, &row, 1);
	}
	jpeg_finish_compress(&out);
	jpeg_destroy_compress(&out);
	free(rgb);
	return size;
}

static int flood(const unsigned char *bytes, size_t n, int out)
{
	while (write(out, bytes, n) > 0)
		;
	return 0;
}

static int lie(const unsigned char *bytes, size_t n, int out)
{
	(void)n;
	return write(out, bytes, 16) == 16 ? 0 : 1;
}

static int die(const unsigned char *bytes, size_t n, int out)
{
	(void)bytes;
	(void)n;
	(void)out;
	abort();
}

static int spin(const unsigned char *bytes, size_t n, int out)
{
	(void)out;
	while (*(volatile const unsigned char *)bytes && n)
		;
	return 0;
}

static enum sandbox_profile profile(enum file_kind kind)
{
	(void)kind;
	return SANDBOX_PICTURE;
}

/* This test plays the inspector itself, under names that say how it behaves. */
static int play(const char *name)
{
	static const struct {
		const char *name;
		struct job job;
	} ROLES[] = {
		{ "play-flood", { .profile = profile, .run = flood } },
		{ "play-lie", { .profile = profile, .run = lie } },
		{ "play-die", { .profile = profile, .run = die } },
		{ "play-spin", { .profile = profile, .run = spin } },
	};
	const struct notice ready = { REQUEST_VERSION, NOTICE_READY, 0, 0 }, nonsense = { 77, 77, 77, 77 };
	if (strcmp(name, "play-inspect") == 0)
		return server_run(0, inspect_jobs);
	if (strcmp(name, "play-hang") == 0) { /* the parent itself */
		send(0, &ready, sizeof ready, 0);
		pause();
	}
	if (strcmp(name, "play-babble") == 0)
		send(0, &nonsense, sizeof nonsense, 0);
	if (strcmp(name, "play-abort") == 0)
		abort();
	for (size_t k = 0; k < sizeof ROLES / sizeof *ROLES; k++)
		if (strcmp(name, ROLES[k].name) == 0)
			return server_run(0, (const struct job[INSPECT_WHATS]){ ROLES[k].job, ROLES[k].job });
	return 0;
}

static const char *role(const char *name)
{
	static char path[PATH_MAX + 32];
	char own[PATH_MAX];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	ssize_t n = readlink("/proc/self/exe", own, sizeof own - 1);
	assert_true(n > 0);
	own[n] = 0;
	assert_true(symlink(own, path) == 0 || errno == EEXIST);
	return path;
}

static int photo_file(void)
{
	unsigned char *bytes;
	size_t n = jpeg(358, 441, &bytes);
	int fd = memfd_create("photo", MFD_CLOEXEC);
	assert_int_equal(write(fd, bytes, n), n);
	free(bytes);
	return fd;
}

static void test_run(void **state)
{
	static const char *const BAD[] = { "play-hang", "play-flood", "play-die", "play-lie", "play-spin",
		"play-babble", "play-abort", "play-silent" };
	struct inspection i = { .width = 7 };
	struct err e = { 0 };
	int fd = photo_file();
	(void)state;
	for (size_t k = 0; k < sizeof BAD / sizeof *BAD; k++) {
		int64_t begin = clock_monotonic_ms();
		e = (struct err){ 0 };
		assert_false(inspect_run(role(BAD[k]), INSPECT_PHOTO, fd, 1, &i, &e));
		if (e.code != ERR_NO && e.code != ERR_DEVICE)
			fail_msg("%s: %d", BAD[k], e.code);
		assert_int_equal(i.width, 7); /* untouched */
		/* play-hang may say it is ready after it was asked: then it has the time for loading, too. */
		assert_true(clock_monotonic_ms() - begin < 15000);
	}
	assert_true(inspect_run(role("play-inspect"), INSPECT_PHOTO, fd, 20, &i, &e)); /* from its start, always */
	inspection_finish(&i);
	assert_true(inspect_run(role("play-inspect"), INSPECT_MATERIAL, fd, 20, &i, &e));
	assert_int_equal(i.width, 358);
	assert_true(i.whole && i.colour);
	inspection_finish(&i);
	assert_false(inspect_run("/nonexistent/inspect", INSPECT_PHOTO, fd, 1, &i, &e));
	assert_int_equal(e.code, ERR_DEVICE);
	assert_false(inspect_run("some/inspect", INSPECT_PHOTO, fd, 1, &i, &e));
	close(fd);
}

/* As the kernel might, when memory is short. */
static void kill_children(void)
{
	char path[64];
	int pid = 0, n = 0;
	snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	for (; fscanf(f, "%d", &pid) == 1; n++)
		assert_int_equal(kill(pid, SIGKILL), 0);
	fclose(f);
	assert_int_equal(n, 1);
}

/* One program for many files; one that was killed is started again. */
static void test_again(void **state)
{
	struct inspection i = { .width = 0 };
	struct err e = { 0 };
	int fd = photo_file();
	struct inspector *inspector = inspector_create(&(struct inspector_options){ .program = role("play-inspect") });
	(void)state;
	assert_int_equal(inspector_poll(inspector, &i, &e), INSPECTOR_IDLE);
	assert_int_equal(inspector_fd(inspector), -1);
	for (int k = 0; k < 3; k++) {
		assert_true(inspector_ask(inspector, INSPECT_PHOTO, fd, 20000, &e));
		assert_true(inspector_fd(inspector) >= 0);
		assert_true(inspector_wait(inspector, &i, &e));
		assert_int_equal(i.width, 358);
		inspection_finish(&i);
	}
	assert_true(inspector_ask(inspector, INSPECT_PHOTO, fd, 20000, &e));
	inspector_cancel(inspector);
	assert_int_equal(inspector_poll(inspector, &i, &e), INSPECTOR_IDLE);
	/* Asked while it is at another file: the new one counts. */
	assert_true(inspector_ask(inspector, INSPECT_PHOTO, fd, 20000, &e));
	assert_true(inspector_ask(inspector, INSPECT_MATERIAL, fd, 20000, &e));
	assert_true(inspector_wait(inspector, &i, &e));
	inspection_finish(&i);
	/* Its processes die; the next file starts them again. */
	kill_children();
	assert_true(inspector_ask(inspector, INSPECT_PHOTO, fd, 20000, &e));
	if (!inspector_wait(inspector, &i, &e)) { /* it took the file before it died */
		assert_true(inspector_ask(inspector, INSPECT_PHOTO, fd, 20000, &e));
		assert_true(inspector_wait(inspector, &i, &e));
	}
	assert_int_equal(i.width, 358);
	inspection_finish(&i);
	inspector_destroy(inspector);
	inspector_destroy(NULL);
	close(fd);
}

static int make(void **state)
{
	(void)state;
	const char *tmp = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%s/inspect-XXXXXX", tmp ? tmp : "/tmp");
	return mkdtemp(folder) ? 0 : -1;
}

static int unmake(void **state)
{
	(void)state;
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	for (struct dirent *d; (d = readdir(dir));)
		unlinkat(dirfd(dir), d->d_name, 0);
	closedir(dir);
	return rmdir(folder);
}

int main(int argc, char **argv)
{
	const char *name = argc > 0 && strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : "";
	if (strncmp(name, "play-", 5) == 0)
		_exit(play(name));
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_run), cmocka_unit_test(test_again) };
	return cmocka_run_group_tests(tests, make, unmake);
}
