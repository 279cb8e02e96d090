/* The evil tree: everything a stranger's stick could hold (reference: reliability 5). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "device/picker.h"

enum { MAX_SIZE = 1024 * 1024 };

static char base[PATH_MAX], root[PATH_MAX + 8];

static void path_in(char out[static 2 * PATH_MAX], const char *folder, const char *name)
{
	snprintf(out, 2 * PATH_MAX, "%s/%s", folder, name);
}

static void make_file(const char *folder, const char *name, const char *text)
{
	char path[2 * PATH_MAX];
	path_in(path, folder, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void make_folder(const char *name)
{
	char path[2 * PATH_MAX];
	path_in(path, root, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

static void make_link(const char *target, const char *name)
{
	char path[2 * PATH_MAX];
	path_in(path, root, name);
	assert_int_equal(symlink(target, path), 0);
}

static void make_socket(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	char path[2 * PATH_MAX];
	path_in(path, root, "socket.jpg");
	assert_true(strlen(path) < sizeof at.sun_path);
	memcpy(at.sun_path, path, strlen(path) + 1);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (const struct sockaddr *)&at, sizeof at), 0);
	close(fd);
}

static int make_tree(void **state)
{
	(void)state;
	const char *tmp = getenv("TMPDIR");
	char path[2 * PATH_MAX];
	if (!i18n_init(".", NULL))
		return -1;
	snprintf(base, sizeof base, "%s/picker-XXXXXX", tmp && strlen(tmp) < 60 ? tmp : "/tmp");
	if (!mkdtemp(base))
		return -1;
	snprintf(root, sizeof root, "%s/stick", base);
	if (mkdir(root, 0700) != 0)
		return -1;
	make_file(base, "secret.jpg", "secret");
	make_file(root, "photo.jpg", "good");
	make_file(root, "photo10.jpg", "good");
	make_file(root, "photo2.jpg", "good");
	make_file(root, "empty.jpg", "");
	make_file(root, ".hidden.jpg", "good");
	make_file(root, "with blank.jpg", "good");
	make_folder("folder");
	path_in(path, root, "folder");
	make_file(path, "inner.png", "good");
	make_link("../secret.jpg", "link.jpg");
	make_link("/etc/passwd", "absolute.jpg");
	make_link("..", "out");
	make_link("/proc/self", "proc");
	make_link("photo.jpg", "inside.jpg");
	path_in(path, root, "pipe.jpg");
	assert_int_equal(mkfifo(path, 0600), 0);
	make_socket();
	path_in(path, root, "device.jpg");
	if (mknod(path, S_IFCHR | 0600, makedev(1, 5)) != 0) /* /dev/zero; only root may */
		assert_true(errno == EPERM || errno == EACCES);
	make_file(root, "sparse.jpg", "x");
	path_in(path, root, "sparse.jpg");
	if (truncate(path, (off_t)1 << 40) != 0)
		assert_int_equal(truncate(path, (off_t)1 << 30), 0); /* a file system that cannot hold 1 TB */
	make_file(root, "bad\x1b[31m\xe2\x80\xaegpj.exe", "x");      /* escape, right-to-left override */
	make_file(root, "bad\xff\xfe.jpg", "x");
	make_file(root, "\xe2\x80\x8b", "x"); /* nothing but a zero-width space */
	return 0;
}

static int remove_tree(void **state)
{
	(void)state;
	static const char *const NAMES[] = { "photo.jpg", "photo10.jpg", "photo2.jpg", "empty.jpg", ".hidden.jpg",
		"with blank.jpg", "folder/inner.png", "folder", "link.jpg", "absolute.jpg", "out", "proc", "inside.jpg",
		"pipe.jpg", "socket.jpg", "device.jpg", "sparse.jpg", "bad\x1b[31m\xe2\x80\xaegpj.exe",
		"bad\xff\xfe.jpg", "\xe2\x80\x8b" };
	char path[2 * PATH_MAX];
	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
		path_in(path, root, NAMES[i]);
		remove(path);
	}
	path_in(path, base, "secret.jpg");
	remove(path);
	rmdir(root);
	return rmdir(base);
}

static struct picker *open_picker(void)
{
	static char missing[] = "/nonexistent/stick";
	char *roots[] = { missing, root };
	return picker_create(roots, 2);
}

static void test_list(void **state)
{
	static const char *const WANT[] = { "folder", "bad.jpg", "bad[31mgpj.exe", "empty.jpg", "photo.jpg",
		"photo2.jpg", "photo10.jpg", "sparse.jpg", "with blank.jpg" };
	const struct picker_entry *entries;
	struct err e = { 0 };
	(void)state;
	struct picker *p = open_picker();
	assert_string_equal(picker_place(p), "");
	assert_int_equal(picker_list(p, &entries, &e), 1);
	assert_string_equal(entries[0].shown, "stick");
	assert_false(picker_up(p));
	assert_int_equal(picker_open(p, 0, MAX_SIZE, &e), -1);
	assert_true(picker_enter(p, 0, &e));
	assert_string_equal(picker_place(p), "stick");

	size_t n = picker_list(p, &entries, &e), found = 0;
	assert_true(entries[0].folder);
	for (size_t i = 0; i < n; i++) {
		assert_true(utf8_valid(entries[i].shown, strlen(entries[i].shown)));
		assert_true(entries[i].shown[0] != 0);
		assert_null(strchr(entries[i].shown, 0x1b));
		if (found < sizeof WANT / sizeof *WANT && strcmp(entries[i].shown, WANT[found]) == 0)
			found++;
	}
	assert_int_equal(found, sizeof WANT / sizeof *WANT); /* all of them, in this order */
	assert_int_equal(n, found + 1); /* and the one that cannot be shown; no link, pipe, socket, device */

	assert_true(picker_enter(p, 0, &e));
	assert_string_equal(picker_place(p), "stick/folder");
	assert_int_equal(picker_list(p, &entries, &e), 1);
	assert_false(picker_enter(p, 0, &e)); /* a file */
	int fd = picker_open(p, 0, MAX_SIZE, &e);
	assert_true(fd >= 0);
	close(fd);
	assert_true(picker_up(p));
	assert_string_equal(picker_place(p), "stick");
	assert_int_equal(picker_open(p, 0, MAX_SIZE, &e), -1); /* the old list is gone */
	assert_true(picker_up(p));
	assert_string_equal(picker_place(p), "");
	picker_destroy(p);
	picker_destroy(NULL);
}

static void test_typed(void **state)
{
	static const struct {
		const char *before, *below, *after;
		bool good;
	} CASES[] = {
		{ "", "/photo.jpg", "", true },
		{ "  ", "/photo.jpg", " \t", true },
		{ "'", "/with blank.jpg", "'", true },
		{ "\"", "/photo.jpg", "\"", true },
		{ "", "//photo.jpg", "", true },
		{ "", "/folder/inner.png", "", true },
		{ "", "/folder/../photo.jpg", "", true }, /* stays inside */
		{ "", "/../secret.jpg", "", false },
		{ "", "/folder/../../secret.jpg", "", false },
		{ "", "/out/secret.jpg", "", false },
		{ "", "/link.jpg", "", false },
		{ "", "/inside.jpg", "", false },
		{ "", "/absolute.jpg", "", false },
		{ "", "/proc/cmdline", "", false },
		{ "", "/pipe.jpg", "", false },
		{ "", "/socket.jpg", "", false },
		{ "", "/device.jpg", "", false },
		{ "", "/sparse.jpg", "", false },
		{ "", "/empty.jpg", "", false },
		{ "", "/folder", "", false },
		{ "", "/", "", false },
		{ "", "", "", false },
		{ "", "-other/photo.jpg", "", false },
		{ "", "/nothing.jpg", "", false },
	};
	(void)state;
	struct picker *p = open_picker();
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		char typed[3 * PATH_MAX];
		struct err e = { 0 };
		snprintf(typed, sizeof typed, "%s%s%s%s", CASES[i].before, root, CASES[i].below, CASES[i].after);
		int fd = picker_open_path(p, typed, MAX_SIZE, &e);
		if (CASES[i].good != (fd >= 0))
			fail_msg("%s: %s", CASES[i].below, e.text);
		if (fd >= 0)
			close(fd);
		else
			assert_true(e.code == ERR_NO && *e.text);
	}
	static const char *const OUTSIDE[] = { "/etc/passwd", "/proc/self/mem", "/dev/zero", "photo.jpg", "", "'",
		"../photo.jpg" };
	for (size_t i = 0; i < sizeof OUTSIDE / sizeof *OUTSIDE; i++)
		assert_int_equal(picker_open_path(p, OUTSIDE[i], MAX_SIZE, NULL), -1);
	picker_destroy(p);
}

/* Another file system below an allowed folder is not entered: the root folder holds /proc. */
static void test_other_mount(void **state)
{
	static char slash[] = "/";
	char *roots[] = { slash };
	const struct picker_entry *entries;
	struct err e = { 0 };
	(void)state;
	struct picker *p = picker_create(roots, 1);
	assert_int_equal(picker_open_path(p, "/proc/version", MAX_SIZE, &e), -1);
	assert_int_equal(picker_list(p, &entries, &e), 1);
	assert_true(picker_enter(p, 0, &e));
	size_t n = picker_list(p, &entries, &e);
	for (size_t i = 0; i < n; i++)
		assert_string_not_equal(entries[i].name, "proc");
	picker_destroy(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_list), cmocka_unit_test(test_typed),
		cmocka_unit_test(test_other_mount) };
	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
