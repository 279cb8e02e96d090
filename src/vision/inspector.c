#include "vision/inspector.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/child.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/xalloc.h"
#include "vision/answer.h"
#include "vision/request.h"

enum {
	START_MS = 10 * 1000, /* for the models, on a slow disk */
	GRACE_MS = 1000,      /* after the child's own deadline: the parent hangs, too */
	LOOK_MS = 250,        /* a notice may come without an answer */
};

struct inspector {
	char *program, *landmarks;
	struct child child; /* pid 0: does not run */
	int socket;         /* -1: does not run */
	bool ready;         /* the models are loaded */

	bool asked;
	enum inspect_what what;
	uint32_t number; /* of the file; a notice about an older one is passed over */
	unsigned timeout_ms;
	int64_t end_ms;
	bool ended; /* the child, as `status` says */
	int status;
	int answer; /* the pipe; -1: its end was read */
	unsigned char *bytes;
	size_t n;
};

/* Not base/clock: a kiosk whose clock is sped up for a test has no faster processor. */
static int64_t real_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

const char *inspector_landmarks(const char *setting)
{
	static const char PACKAGED[] = "/usr/share/dlib/shape_predictor_68_face_landmarks.dat"; /* libdlib-data */
	if (strcmp(setting, "auto") == 0)
		return access(PACKAGED, R_OK) == 0 ? PACKAGED : NULL;
	return strcmp(setting, "none") == 0 ? NULL : setting;
}

struct inspector *inspector_create(const struct inspector_options *options)
{
	struct inspector *i = xcalloc(1, sizeof *i);
	i->program = xstrdup(options->program ? options->program : "");
	i->landmarks = options->landmarks ? xstrdup(options->landmarks) : NULL;
	i->child.out = i->socket = i->answer = -1;
	return i;
}

/* What is in the buffer shows a face. */
static void forget(struct inspector *i)
{
	if (i->bytes)
		explicit_bzero(i->bytes, i->n);
	free(i->bytes);
	i->bytes = NULL;
	i->n = 0;
	if (i->answer >= 0)
		close(i->answer);
	i->answer = -1;
	i->asked = false;
}

static void stop(struct inspector *i)
{
	forget(i);
	if (i->socket >= 0)
		close(i->socket);
	i->socket = -1;
	i->ready = false;
	child_end(&i->child);
}

void inspector_destroy(struct inspector *i)
{
	if (!i)
		return;
	stop(i);
	free(i->program);
	free(i->landmarks);
	free(i);
}

bool inspector_start(struct inspector *i, struct err *e)
{
	char path[PATH_MAX];
	static char option[] = "--landmarks";
	char *argv[] = { path, i->landmarks ? option : NULL, i->landmarks, NULL };
	struct err why = { 0 };
	int ends[2];
	if (i->socket >= 0)
		return true;
	bool good = child_find(i->program, path, sizeof path, &why) &&
		(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0 ||
			err_set(&why, ERR_DEVICE, "no socket: %s", strerror(errno)));
	if (good) {
		/* The other end blocks: it has nothing else to wait for. */
		good = fcntl(ends[1], F_SETFL, 0) == 0 && child_start(&i->child, argv, ends[1], &why);
		close(ends[1]);
		if (good)
			i->socket = ends[0];
		else
			close(ends[0]);
	}
	if (good)
		return true;
	log_warn("inspector", "error=\"%s\"", why.text);
	return err_set(e, ERR_DEVICE, "%s", tr("本机现在不能检查文件，请到窗口出示原件或请工作人员协助。"));
}

static bool send_request(const struct inspector *i, const struct request *request, const int *files, size_t n)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int) * REQUEST_FILES)];
		struct cmsghdr aligned;
	} control = { .bytes = { 0 } };
	struct iovec part = { .iov_base = (void *)request, .iov_len = sizeof *request };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	if (n) {
		message.msg_control = control.bytes;
		message.msg_controllen = sizeof control.bytes;
		struct cmsghdr *c = CMSG_FIRSTHDR(&message);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(int) * n);
		memcpy(CMSG_DATA(c), files, sizeof(int) * n);
	}
	return sendmsg(i->socket, &message, MSG_NOSIGNAL) == sizeof *request;
}

static bool ask(struct inspector *i, int fd, unsigned timeout_ms)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	struct request request = { REQUEST_VERSION, REQUEST_INSPECT, i->what, timeout_ms, ++i->number };
	bool good = fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 &&
		send_request(i, &request, (const int[REQUEST_FILES]){ fd, ends[1] }, REQUEST_FILES);
	close(ends[1]);
	if (!good) {
		close(ends[0]);
		return false;
	}
	i->answer = ends[0];
	i->bytes = xcalloc(1, ANSWER_BYTES_MAX + 1);
	i->timeout_ms = timeout_ms;
	i->end_ms = real_ms() + timeout_ms + GRACE_MS + (i->ready ? 0 : START_MS);
	i->ended = false;
	i->asked = true;
	return true;
}

bool inspector_ask(struct inspector *i, enum inspect_what what, int fd, unsigned timeout_ms, struct err *e)
{
	inspector_cancel(i);
	i->what = what;
	for (int attempt = 0; attempt < 2; attempt++) { /* the second for a program that died since */
		if (!inspector_start(i, e))
			return false;
		if (ask(i, fd, timeout_ms))
			return true;
		stop(i);
	}
	log_warn("inspector", "error=\"does not take a file\"");
	return err_set(e, ERR_DEVICE, "%s", tr("本机现在不能检查文件，请到窗口出示原件或请工作人员协助。"));
}

static enum inspector_state fail(struct inspector *i, const char *why, int status, struct err *e)
{
	log_warn("inspector", "failed=%s status=%d bytes=%zu", why, status, i->n);
	err_set(e, ERR_NO, "%s", tr("这个文件已损坏或太复杂，无法检查。请另存为普通的JPG图片后再试。"));
	return INSPECTOR_FAILED;
}

/* Reads what has come of the answer. False: it is longer than any answer. */
static bool collect(struct inspector *i)
{
	while (i->answer >= 0 && i->n <= ANSWER_BYTES_MAX) {
		ssize_t n = read(i->answer, i->bytes + i->n, ANSWER_BYTES_MAX + 1 - i->n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return true;
		if (n > 0) {
			i->n += (size_t)n;
			continue;
		}
		close(i->answer);
		i->answer = -1;
	}
	return i->n <= ANSWER_BYTES_MAX;
}

/* Reads what the program has to say. False: it is gone, or talks nonsense. */
static bool notices(struct inspector *i)
{
	for (;;) {
		struct notice notice;
		ssize_t n = recv(i->socket, &notice, sizeof notice, MSG_TRUNC | MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return true;
		if (n != sizeof notice || notice.version != REQUEST_VERSION)
			return false;
		if (!i->ready)
			i->end_ms = real_ms() + i->timeout_ms + GRACE_MS;
		i->ready = true;
		if (notice.word == NOTICE_ENDED && notice.number == i->number) {
			i->ended = true;
			i->status = notice.status;
		}
	}
}

enum inspector_state inspector_poll(struct inspector *i, struct inspection *ret, struct err *e)
{
	if (!i->asked)
		return INSPECTOR_IDLE;
	/* The end of the answer comes before the notice, and a program that died has closed both. */
	bool talks = notices(i), fits = collect(i);
	const char *wrong = !fits ? "flood" : !talks ? "gone" : NULL;
	if (!wrong && i->ended && i->answer < 0) {
		bool good = i->status == 0 && answer_read(i->bytes, i->n, i->what, ret);
		enum inspector_state state = good ? INSPECTOR_DONE : fail(i, "child", i->status, e);
		forget(i);
		return state;
	}
	if (!wrong && real_ms() >= i->end_ms)
		wrong = "time";
	if (!wrong)
		return INSPECTOR_WAITING;
	fail(i, wrong, 0, e);
	stop(i);
	return INSPECTOR_FAILED;
}

int inspector_fd(const struct inspector *i)
{
	return !i->asked ? -1 : i->answer >= 0 ? i->answer : i->socket;
}

static int left_ms(const struct inspector *i)
{
	if (!i->asked)
		return -1;
	int64_t left = i->end_ms - real_ms();
	return left > LOOK_MS ? LOOK_MS : left > 0 ? (int)left : 0;
}

void inspector_cancel(struct inspector *i)
{
	if (!i->asked)
		return;
	struct request request = { REQUEST_VERSION, REQUEST_CANCEL, 0, 0, i->number };
	bool told = send_request(i, &request, NULL, 0);
	forget(i);
	if (!told)
		stop(i);
}

bool inspector_wait(struct inspector *i, struct inspection *ret, struct err *e)
{
	enum inspector_state state;
	while ((state = inspector_poll(i, ret, e)) == INSPECTOR_WAITING) {
		struct pollfd wait = { .fd = inspector_fd(i), .events = POLLIN };
		poll(&wait, 1, left_ms(i));
	}
	return state == INSPECTOR_DONE;
}

bool inspect_run(const char *program, enum inspect_what what, int fd, unsigned timeout_s, struct inspection *ret,
	struct err *e)
{
	struct inspector *i = inspector_create(&(struct inspector_options){ .program = program });
	bool good = inspector_ask(i, what, fd, timeout_s * 1000, e) && inspector_wait(i, ret, e);
	inspector_destroy(i);
	return good;
}
