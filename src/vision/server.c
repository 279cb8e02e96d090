#include "vision/server.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "vision/pdf_tools.h"
#include "vision/request.h"

enum { STATUS_UNREADABLE = 4, STATUS_NOT_LOCKED = 5 };

/* Takes one packet and its descriptors. 0: the kiosk is gone; -1: not a request, nothing is left open. */
static int receive(int socket, struct request *ret, int files[REQUEST_FILES])
{
	union {
		char bytes[CMSG_SPACE(sizeof(int) * REQUEST_FILES)];
		struct cmsghdr aligned;
	} control;
	struct request packet[2] = { { 0 } }; /* room to see that one is too long */
	struct iovec part = { .iov_base = packet, .iov_len = sizeof packet };
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof control.bytes };
	ssize_t n;
	size_t got = 0;
	int extra[REQUEST_FILES] = { -1, -1 };
	do
		n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n <= 0)
		return 0;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c))
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) {
			got = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
			memcpy(extra, CMSG_DATA(c), got * sizeof(int));
		}
	size_t want = packet[0].word == REQUEST_INSPECT ? REQUEST_FILES : 0;
	if (n == sizeof *ret && !(message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) && got == want &&
		packet[0].version == REQUEST_VERSION && packet[0].what < INSPECT_WHATS) {
		*ret = packet[0];
		memcpy(files, extra, sizeof extra);
		return 1;
	}
	for (size_t k = 0; k < got; k++)
		close(extra[k]);
	return -1;
}

/* The file from its start, wherever the offset is. NULL: no memory, an error, or more than the maximum. */
static unsigned char *read_file(int fd, size_t *ret_n)
{
	unsigned char *bytes = malloc(DECODE_BYTES_MAX + 1);
	size_t n = 0;
	while (bytes && n <= DECODE_BYTES_MAX) {
		ssize_t got = pread(fd, bytes + n, DECODE_BYTES_MAX + 1 - n, (off_t)n);
		if (got == 0) {
			*ret_n = n;
			return bytes;
		}
		if (got < 0 && errno != EINTR)
			break;
		n += got > 0 ? (size_t)got : 0;
	}
	free(bytes);
	return NULL;
}

static _Noreturn void child(const struct job *job, const int files[REQUEST_FILES], pid_t parent)
{
	size_t n = 0;
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != parent)
		_exit(STATUS_NOT_LOCKED);
	/* Reading is the kernel's work; the descriptor is gone before the first byte is looked at. */
	unsigned char *bytes = read_file(files[0], &n);
	if (!bytes)
		_exit(STATUS_UNREADABLE);
	enum file_kind kind = decode_kind(bytes, n);
	struct pdf_tools tools;
	int out = files[1], keep[1 + PDF_DESCRIPTORS] = { out };
	bool programs = kind == KIND_PDF && job->run_pdf;
	if (programs) {
		if (!pdf_tools_start(&tools, files[0]))
			_exit(STATUS_NOT_LOCKED);
		memcpy(keep + 1, (const int[PDF_DESCRIPTORS]){ tools.text, tools.page, tools.go },
			sizeof(int[PDF_DESCRIPTORS]));
	}
	if (!sandbox_enter(job->profile(kind), keep, programs ? 1 + PDF_DESCRIPTORS : 1))
		_exit(STATUS_NOT_LOCKED);
	/* No exit handlers: nothing more runs over memory that a decoder has touched. */
	_exit(programs ? job->run_pdf(&tools, bytes, n, out) : job->run(bytes, n, out));
}

static bool notify(int socket, enum notice_word word, uint32_t number, int status)
{
	struct notice notice = { REQUEST_VERSION, word, number, status };
	return send(socket, &notice, sizeof notice, MSG_NOSIGNAL) == sizeof notice;
}

/* Waits for the child until its time is over, the kiosk cancels, or the kiosk is gone. False: gone. */
static bool watch(int socket, int process, int64_t end)
{
	for (;;) {
		struct pollfd wait[] = { { .fd = process, .events = POLLIN }, { .fd = socket, .events = POLLIN } };
		int64_t left = end - clock_monotonic_ms();
		if (left <= 0)
			return true;
		int n = poll(wait, 2, left > 60000 ? 60000 : (int)left);
		if (n < 0 && errno != EINTR)
			return true;
		if (n > 0 && wait[0].revents)
			return true;
		if (n > 0 && wait[1].revents) {
			struct request request;
			int files[REQUEST_FILES] = { -1, -1 };
			int got = receive(socket, &request, files);
			if (got == 0)
				return false;
			/* One file at a time: whatever comes now ends it; a second file is not even looked at. */
			for (int k = 0; k < REQUEST_FILES; k++)
				if (files[k] >= 0)
					close(files[k]);
			return true;
		}
	}
}

/* False: the kiosk is gone. */
static bool serve(int socket, const struct job *jobs, const struct request *request, const int files[REQUEST_FILES])
{
	int status = 0;
	if (jobs[request->what].load)
		jobs[request->what].load();
	int64_t end = clock_monotonic_ms() + request->deadline_ms;
	pid_t own = getpid(), pid = fork();
	if (pid == 0)
		child(&jobs[request->what], files, own);
	close(files[0]);
	close(files[1]);
	if (pid < 0)
		return notify(socket, NOTICE_ENDED, request->number, -1);
	int process = (int)syscall(SYS_pidfd_open, pid, 0);
	bool there = process >= 0 && watch(socket, process, end);
	kill(pid, SIGKILL); /* not yet waited for, so the number is still its own */
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (process >= 0)
		close(process);
	return there && notify(socket, NOTICE_ENDED, request->number, status);
}

int server_run(int socket, const struct job *jobs)
{
	struct request request;
	if (!notify(socket, NOTICE_READY, 0, 0))
		return 5;
	for (;;) {
		int files[REQUEST_FILES] = { -1, -1 };
		int got = receive(socket, &request, files);
		if (got == 0)
			return 0;
		if (got > 0 && request.word == REQUEST_INSPECT && !serve(socket, jobs, &request, files))
			return 0;
	}
}
