#include "app/verify_program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/verify.h"
#include "app/verify_reply.h"
#include "base/child.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"

enum { LINGER_MS = 1000 }; /* after its reply the program may put its device to rest for so long */

struct verify_program {
	struct child child;
	int64_t end; /* monotonic milliseconds: killed then */
	char reply[REPLY_MAX + 1];
	size_t n;
	bool answered; /* a whole line is there */
	bool done;
	struct verify_result result;
};

bool verify_program_ready(const char *path, struct err *e)
{
	char found[PATH_MAX];
	if (!path || path[0] != '/')
		return err_set(e, ERR_CONFIG, "`verify_program` must be an absolute path");
	return child_find(path, found, sizeof found, e);
}

/* The request waits in a pipe before the program starts, so that writing can neither block nor raise SIGPIPE. -1:
 * failed. */
static int request_pipe(const struct verify_request *request, struct err *e)
{
	int ends[2];
	struct str line;
	str_init(&line, REPLY_MAX);
	str_add(&line, "{\"version\":1,\"request\":\"verify\",\"subject\":");
	verify_json_string(&line, request->subject);
	str_add(&line, ",\"name\":");
	verify_json_string(&line, request->name);
	str_add(&line, ",\"id_number\":");
	verify_json_string(&line, request->id_number);
	str_add(&line, "}\n");
	if (line.full) {
		err_set(e, ERR_BUG, "verifier: the request is too long");
		ends[0] = -1;
	} else if (pipe2(ends, O_CLOEXEC) != 0) {
		err_set(e, ERR_DEVICE, "verifier: no pipe: %s", strerror(errno));
		ends[0] = -1;
	} else {
		/* at most PIPE_BUF bytes into an empty pipe: whole or not at all, at once */
		ssize_t written = write(ends[1], line.text, line.len);
		close(ends[1]);
		if (written != (ssize_t)line.len) {
			err_set(e, ERR_DEVICE, "verifier: cannot write the request");
			close(ends[0]);
			ends[0] = -1;
		}
	}
	str_finish(&line);
	return ends[0];
}

bool verify_program_start(struct verify_program **ret, const struct config *config,
	const struct verify_request *request, struct err *e)
{
	if (!verify_program_ready(config->verify_program, e))
		return false;
	int in = request_pipe(request, e);
	if (in < 0)
		return false;
	char *argv[] = { config->verify_program, NULL };
	struct verify_program *p = xcalloc(1, sizeof *p);
	p->end = clock_monotonic_ms() + (int64_t)config->verify_timeout * 1000;
	bool ok = child_start(&p->child, argv, in, e);
	close(in);
	if (!ok) {
		free(p);
		return false;
	}
	*ret = p;
	return true;
}

int verify_program_fd(const struct verify_program *p)
{
	return p->done ? -1 : p->child.out;
}

static void judge(struct verify_program *p)
{
	static const struct {
		const char *word;
		enum verify_verdict verdict;
		const char *message; /* when the program sends none */
	} VERDICTS[] = {
		{ "pass", VERDICT_PASS, "" },
		{ "fail", VERDICT_FAIL, N_("核验没有通过。请核对姓名和身份证号，或请工作人员协助。") },
		{ "manual", VERDICT_MANUAL, N_("核验设备不能判断，请由工作人员核验。") },
	};
	struct verify_reply reply;
	struct err why = { 0 };
	if (!verify_reply_read(p->reply, p->n, &reply, &why)) {
		log_warn("verify", "error=\"%s\"", why.text);
		return;
	}
	for (size_t i = 0; i < sizeof VERDICTS / sizeof *VERDICTS; i++) {
		if (!str_eq(reply.result, VERDICTS[i].word))
			continue;
		const char *message = i18n_get() == LANG_EN ? reply.message_en : reply.message_zh;
		p->result.verdict = VERDICTS[i].verdict;
		str_copy(p->result.message, sizeof p->result.message, *message ? message : tr(VERDICTS[i].message));
	}
	str_copy(p->result.by, sizeof p->result.by, *reply.by ? reply.by : "program");
}

static void finish(struct verify_program *p, const char *why)
{
	p->result.verdict = VERDICT_ERROR;
	str_copy(p->result.message, sizeof p->result.message,
		tr("核验设备没有正常回答，请再试一次，或请工作人员协助。"));
	if (why)
		log_warn("verify", "error=\"%s\"", why);
	else
		judge(p);
	child_end(&p->child);
	explicit_bzero(p->reply, sizeof p->reply);
	p->done = true;
}

bool verify_program_poll(struct verify_program *p, struct verify_result *ret)
{
	if (!p->done) {
		size_t got = 0;
		int more = child_read(&p->child, p->reply + p->n, sizeof p->reply - p->n, &got);
		p->n += got;
		if (!p->answered && memchr(p->reply, '\n', p->n)) {
			int64_t linger = clock_monotonic_ms() + LINGER_MS;
			p->answered = true;
			p->end = linger < p->end ? linger : p->end;
		}
		if (more < 0)
			finish(p, "reading its reply failed");
		else if (p->n > REPLY_MAX)
			finish(p, "its reply is too long");
		else if (more == 0)
			finish(p, p->n ? NULL : "it ended without a reply");
		else if (clock_monotonic_ms() >= p->end)
			finish(p, p->answered ? NULL : "it did not reply in time");
	}
	if (!p->done)
		return false;
	*ret = p->result;
	return true;
}

void verify_program_cancel(struct verify_program *p)
{
	if (!p)
		return;
	child_end(&p->child);
	explicit_bzero(p, sizeof *p);
	free(p);
}
