/* What a decoder that was taken over would try: each act from inside the child, refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "vision/request.h"
#include "vision/sandbox.h"
#include "vision/server.h"

enum { DID_IT = 0, REFUSED = 3, DEADLINE_MS = 700 };

static int refused_unless(bool done)
{
	return done ? DID_IT : REFUSED;
}

static int do_nothing(void)
{
	return DID_IT;
}

static int do_open(void)
{
	return refused_unless(open("/etc/passwd", O_RDONLY) >= 0);
}

static int do_create(void)
{
	return refused_unless(open("/tmp/juzhu-escaped", O_CREAT | O_WRONLY, 0600) >= 0);
}

static int do_unlink(void)
{
	return refused_unless(unlink("/tmp/juzhu-escaped") == 0);
}

static int do_read(void)
{
	char byte;
	return refused_unless(read(0, &byte, 1) >= 0);
}

static int do_socket(void)
{
	return refused_unless(socket(AF_INET, SOCK_STREAM, 0) >= 0);
}

static int do_unix_socket(void)
{
	return refused_unless(socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
}

static int do_fork(void)
{
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	return refused_unless(pid > 0);
}

static int do_exec(void)
{
	char *argv[] = { (char[]){ "true" }, NULL };
	execve("/bin/true", argv, NULL);
	return REFUSED;
}

static int do_kill_parent(void)
{
	return refused_unless(kill(getppid(), SIGKILL) == 0);
}

static int do_trace(void)
{
	return refused_unless(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
}

static int do_map_code(void)
{
	return refused_unless(
		mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}

static int do_make_code(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return refused_unless(page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0);
}

static int do_raise_limits(void)
{
	struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };
	return refused_unless(setrlimit(RLIMIT_AS, &limit) == 0);
}

static int do_ring(void)
{
	char parameters[120] = { 0 };
	return refused_unless(syscall(SYS_io_uring_setup, 4, parameters) >= 0);
}

static int do_allocate(void)
{
	size_t size = (size_t)8 << 30;
	unsigned char *p = malloc(size);
	if (p)
		for (size_t k = 0; k < size; k += 1 << 20)
			((volatile unsigned char *)p)[k] = 1;
	return refused_unless(p != NULL);
}

static int do_loop(void)
{
	for (volatile unsigned k = 0; k < UINT32_MAX; k = (k + 1) & 0xffff)
		;
	return DID_IT;
}

static void *nothing(void *p)
{
	return p;
}

static int do_thread(void)
{
	pthread_t thread;
	return refused_unless(pthread_create(&thread, NULL, nothing, NULL) == 0 && pthread_join(thread, NULL) == 0);
}

/* By which signal the child ends; 0: it exits with that status. Threads are what the profile for HEIC is wider by. */
static const struct act {
	const char *name;
	int (*run)(void);
	int signal, status;
} ACTS[] = {
	{ "nothing", do_nothing, 0, DID_IT },
	{ "open a file", do_open, SIGSYS, 0 },
	{ "create a file", do_create, SIGSYS, 0 },
	{ "delete a file", do_unlink, SIGSYS, 0 },
	{ "read what is open", do_read, SIGSYS, 0 },
	{ "open a socket", do_socket, SIGSYS, 0 },
	{ "open a local socket", do_unix_socket, SIGSYS, 0 },
	{ "fork", do_fork, SIGSYS, 0 },
	{ "run a program", do_exec, SIGSYS, 0 },
	{ "kill the parent", do_kill_parent, SIGSYS, 0 },
	{ "trace", do_trace, SIGSYS, 0 },
	{ "map memory for code", do_map_code, SIGSYS, 0 },
	{ "turn memory into code", do_make_code, SIGSYS, 0 },
	{ "raise its limits", do_raise_limits, SIGSYS, 0 },
	{ "calls through a ring", do_ring, SIGSYS, 0 },
	{ "allocate 8 GB", do_allocate, 0, REFUSED },
	{ "loop for ever", do_loop, SIGKILL, 0 },
};

/* The file's first byte chooses the act, so that the children are those of the product in all else. */
static int act(const unsigned char *bytes, size_t n, int out)
{
	(void)out;
	return n == 1 && bytes[0] < sizeof ACTS / sizeof *ACTS ? ACTS[bytes[0]].run() : n == 2 ? do_thread() : 9;
}

static enum sandbox_profile picture(enum file_kind kind)
{
	(void)kind;
	return SANDBOX_PICTURE;
}

static enum sandbox_profile heic(enum file_kind kind)
{
	(void)kind;
	return SANDBOX_HEIC;
}

static enum sandbox_profile words(enum file_kind kind)
{
	(void)kind;
	return SANDBOX_WORDS;
}

static enum sandbox_profile pdf(enum file_kind kind)
{
	(void)kind;
	return SANDBOX_PDF;
}

static const struct job JOBS[INSPECT_WHATS] = {
	[INSPECT_PHOTO] = { .profile = picture, .run = act },
	[INSPECT_MATERIAL] = { .profile = heic, .run = act },
	[INSPECT_PAPER] = { .profile = words, .run = act },
	[INSPECT_CARD] = { .profile = pdf, .run = act },
};

static int kiosk, parent;

static int start(void **state)
{
	int ends[2];
	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	parent = fork();
	if (parent == 0) {
		close(ends[0]);
		_exit(server_run(ends[1], JOBS));
	}
	close(ends[1]);
	kiosk = ends[0];
	struct notice notice;
	assert_int_equal(recv(kiosk, &notice, sizeof notice, 0), sizeof notice);
	assert_int_equal(notice.word, NOTICE_READY);
	return 0;
}

static int end(void **state)
{
	int status = -1;
	(void)state;
	close(kiosk);
	waitpid(parent, &status, 0);
	return status;
}

/* How the child ends that gets these bytes. */
static int outcome(enum inspect_what what, const unsigned char *bytes, size_t n)
{
	static uint32_t number;
	int file = memfd_create("act", MFD_CLOEXEC), pipes[2];
	assert_int_equal(write(file, bytes, n), n);
	assert_int_equal(pipe(pipes), 0);
	struct request request = { REQUEST_VERSION, REQUEST_INSPECT, what, DEADLINE_MS, ++number };
	union {
		char bytes[CMSG_SPACE(sizeof(int) * REQUEST_FILES)];
		struct cmsghdr aligned;
	} control = { .bytes = { 0 } };
	struct iovec part = { .iov_base = &request, .iov_len = sizeof request };
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof control.bytes };
	struct cmsghdr *c = CMSG_FIRSTHDR(&message);
	*c = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(int) * REQUEST_FILES),
		.cmsg_level = SOL_SOCKET,
		.cmsg_type = SCM_RIGHTS };
	memcpy(CMSG_DATA(c), (const int[]){ file, pipes[1] }, sizeof(int) * REQUEST_FILES);
	assert_int_equal(sendmsg(kiosk, &message, 0), sizeof request);
	close(file);
	close(pipes[0]);
	close(pipes[1]);
	struct notice notice;
	assert_int_equal(recv(kiosk, &notice, sizeof notice, 0), sizeof notice);
	assert_int_equal(notice.word, NOTICE_ENDED);
	assert_int_equal(notice.number, number);
	return notice.status;
}

static void test_acts(void **state)
{
	static const char *const PROFILES[] = { "picture", "heic", "words", "pdf" };
	(void)state;
	for (unsigned char k = 0; k < sizeof ACTS / sizeof *ACTS; k++) {
		for (int what = 0; what < INSPECT_WHATS; what++) {
#ifdef SHADOW_MEMORY /* its shadow needs the address space that is limited else */
			if (ACTS[k].run == do_allocate)
				continue;
#endif
			int status = outcome((enum inspect_what)what, &k, 1);
			/* The reader of a PDF may read, but nothing is open other than its programs' pipes. */
			if (what == INSPECT_CARD && ACTS[k].run == do_read) {
				assert_true(WIFEXITED(status) && WEXITSTATUS(status) == REFUSED);
				continue;
			}
			bool good = ACTS[k].signal ? WIFSIGNALED(status) && WTERMSIG(status) == ACTS[k].signal
						   : WIFEXITED(status) && WEXITSTATUS(status) == ACTS[k].status;
			print_message("# %-8s %-22s %s %d\n", PROFILES[what], ACTS[k].name,
				WIFSIGNALED(status) ? "killed by signal" : "exit status",
				WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
			if (!good)
				fail_msg("%s: %s ended with %x", PROFILES[what], ACTS[k].name, (unsigned)status);
		}
	}
}

/* What makes the second profile wider, and that it is not the first one. */
static void test_threads(void **state)
{
	(void)state;
	int status = outcome(INSPECT_PHOTO, (const unsigned char *)"tt", 2);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
	status = outcome(INSPECT_MATERIAL, (const unsigned char *)"tt", 2);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == DID_IT);
}

/* What reads a PDF for us: a program that may read fonts and be run once; everything else fails for it. */
static void test_program(void **state)
{
	static const struct {
		const char *name;
		int (*run)(void);
	} REFUSALS[] = {
		{ "open a file", do_open },
		{ "create a file", do_create },
		{ "delete a file", do_unlink },
		{ "open a socket", do_socket },
		{ "open a local socket", do_unix_socket },
		{ "fork", do_fork },
		{ "run another program", do_exec },
		{ "trace", do_trace },
		{ "kill the parent", do_kill_parent },
		{ "map memory for code", do_map_code },
		{ "turn memory into code", do_make_code },
		{ "raise its limits", do_raise_limits },
		{ "calls through a ring", do_ring },
		{ "start a thread", do_thread },
	};
	(void)state;
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1) < 1)
		skip(); /* no Landlock: files are what limits and rights leave */
	for (size_t k = 0; k < sizeof REFUSALS / sizeof *REFUSALS; k++) {
		int status = 0;
		pid_t pid = fork();
		if (pid == 0)
			_exit(sandbox_program("/usr/bin/pdftotext") ? REFUSALS[k].run() : 9);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		print_message("# %-8s %-22s status %x\n", "program", REFUSALS[k].name, (unsigned)status);
		if (!WIFEXITED(status) || WEXITSTATUS(status) != REFUSED)
			fail_msg("%s ended with %x", REFUSALS[k].name, (unsigned)status);
	}
}

static void test_clock(void **state)
{
	static const unsigned char LOOP = sizeof ACTS / sizeof *ACTS - 1;
	(void)state;
	int64_t begin = clock_monotonic_ms();
	int status = outcome(INSPECT_PHOTO, &LOOP, 1);
	int64_t took = clock_monotonic_ms() - begin;
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_in_range(took, DEADLINE_MS, DEADLINE_MS + 3000);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_acts), cmocka_unit_test(test_threads),
		cmocka_unit_test(test_program), cmocka_unit_test(test_clock) };
	return cmocka_run_group_tests(tests, start, end);
}
