/* The page for keys: shared by its descriptor, in no core dump, locked, and told clearly when it cannot be had. */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/err.h"
#include "seal/secret.h"

/* The address sanitizer turns mlock(2) into nothing. */
#if defined __SANITIZE_ADDRESS__
enum { LOCKS = 0 };
#elif defined __has_feature
enum { LOCKS = !__has_feature(address_sanitizer) };
#else
enum { LOCKS = 1 };
#endif

/* Is this flag among those of the mapping at `at`? "lo" locked, "dd" not in core dumps. */
static bool has_flag(const void *at, const char *flag)
{
	FILE *f = fopen("/proc/self/smaps", "re");
	char line[600];
	bool here = false, found = false;

	assert_non_null(f);
	while (fgets(line, sizeof line, f)) {
		unsigned long long from, to;
		if (sscanf(line, "%llx-%llx ", &from, &to) == 2)
			here = from <= (uintptr_t)at && (uintptr_t)at < to;
		else if (here && strncmp(line, "VmFlags:", 8) == 0)
			found = strstr(line + 8, flag) != NULL;
	}
	fclose(f);
	return found;
}

static void look_at(const struct secret *s)
{
	assert_true(!LOCKS || has_flag(s->bytes, " lo"));
	assert_true(has_flag(s->bytes, " dd"));
	assert_int_equal(fcntl(s->fd, F_GETFD), FD_CLOEXEC);
	assert_int_equal(s->size, 64);
	assert_false(sodium_is_zero(s->bytes, s->size));
}

/* Another process maps the page by its descriptor, sees the key, and its change is seen here; its end takes nothing away. */
static void share(struct secret *s)
{
	unsigned char before[64];

	memcpy(before, s->bytes, sizeof before);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct secret mine = { 0 };
		unsigned char *inherited = s->bytes;
		bool ok = munmap(inherited, (size_t)sysconf(_SC_PAGESIZE)) == 0 && fcntl(s->fd, F_SETFD, 0) == 0 &&
			secret_attach(&mine, s->fd, 64, NULL) && mine.hidden == s->hidden && !mine.made &&
			memcmp(mine.bytes, before, 64) == 0 && fcntl(mine.fd, F_GETFD) == FD_CLOEXEC &&
			has_flag(mine.bytes, " dd") && (!LOCKS || has_flag(mine.bytes, " lo"));
		if (ok)
			mine.bytes[0] ^= 0xff;
		secret_finish(&mine);
		_exit(ok && mine.bytes == NULL ? 0 : 1);
	}
	int status = -1;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	before[0] ^= 0xff;
	assert_memory_equal(s->bytes, before, sizeof before);
	secret_renew(s, 32);
	assert_memory_not_equal(s->bytes, before, 32);
	assert_memory_equal(s->bytes + 32, before + 32, 32);
}

static void test_shared(void **state)
{
	(void)state;
	struct secret s = { 0 }, other = { 0 };
	struct err e = { 0 };

	secret_finish(&s); /* one that was never made */
	if (!secret_make(&s, 64, &e) || !secret_make(&other, 64, &e))
		fail_msg("%s", e.text);
	assert_true(s.made);
	assert_memory_not_equal(s.bytes, other.bytes, 64);
	look_at(&s);
	share(&s);
	/* Its maker wipes it for everybody. */
	int fd = dup(s.fd);
	secret_finish(&s);
	assert_null(s.bytes);
	if (!secret_attach(&s, fd, 64, &e))
		fail_msg("%s", e.text);
	assert_true(sodium_is_zero(s.bytes, 64));
	secret_finish(&s);
	secret_finish(&other);
}

static void test_hidden(void **state)
{
	(void)state;
	struct secret s = { 0 };
	struct err e = { 0 };
	unsigned char got[64];

	assert_true(secret_make(&s, 64, &e));
	if (!s.hidden) {
		secret_finish(&s);
		print_message("this kernel has no memfd_secret\n");
		skip();
	}
	int fd = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_true(pread(fd, got, sizeof got, (off_t)(uintptr_t)&s) > 0); /* other memory can be read so */
	assert_true(pread(fd, got, sizeof got, (off_t)(uintptr_t)s.bytes) < 0);
	close(fd);
	secret_finish(&s);
}

static void test_foreign_descriptors(void **state)
{
	(void)state;
	struct secret s = { .size = 7 };
	struct err e = { 0 };
	int fd = memfd_create("short", MFD_CLOEXEC), ends[2];

	assert_int_equal(ftruncate(fd, 64), 0);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	const int wrong[] = { -1, 999, fd, ends[0] };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_false(secret_attach(&s, wrong[i], 64, &e));
		assert_int_equal(e.code, ERR_BUG);
		assert_int_equal(s.size, 7);
	}
	close(fd);
	close(ends[0]);
	close(ends[1]);
}

/* memfd_secret(2) as on a kernel that lacks it. For this process from now on. */
static bool without_memfd_secret(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_memfd_secret, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = { sizeof filter / sizeof *filter, filter };
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static int in_child(void (*run)(void))
{
	int status = -1;
	fflush(NULL);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		run();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* _exit and not an assertion: cmocka's would go on with the tests in the child. */
#define CHECK(truth) \
	do { \
		if (!(truth)) \
			_exit(__LINE__ % 200 + 10); \
	} while (0)

static void old_kernel(void)
{
	struct secret s = { 0 };
	struct err e = { 0 };

	CHECK(without_memfd_secret());
	CHECK(secret_make(&s, 64, &e));
	CHECK(!s.hidden);
	CHECK(!LOCKS || has_flag(s.bytes, " lo"));
	CHECK(has_flag(s.bytes, " dd"));
	CHECK(fcntl(s.fd, F_GETFD) == FD_CLOEXEC);
	share(&s);
	secret_finish(&s);
}

static void nothing_to_lock(void)
{
	const struct rlimit none = { 0, 0 };
	struct secret s = { .size = 7 };
	struct err e = { 0 };

	CHECK(setrlimit(RLIMIT_MEMLOCK, &none) == 0);
	CHECK(geteuid() != 0 || setresuid(65534, 65534, 65534) == 0); /* root may lock without limit */
	CHECK(!secret_make(&s, 64, &e));
	CHECK(e.code == ERR_STORAGE);
	CHECK(strstr(e.text, "cannot be locked") && strstr(e.text, "LimitMEMLOCK="));
	CHECK(s.size == 7);
	CHECK(open("/dev/null", O_RDONLY | O_CLOEXEC) == 3); /* no descriptor is left over */
}

static void test_old_kernel(void **state)
{
	(void)state;
	assert_int_equal(in_child(old_kernel), 0);
}

static void test_nothing_to_lock(void **state)
{
	(void)state;
	if (!LOCKS)
		skip();
	assert_int_equal(in_child(nothing_to_lock), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shared),
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_foreign_descriptors),
		cmocka_unit_test(test_old_kernel),
		cmocka_unit_test(test_nothing_to_lock),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
