#include "app/verify_program.h"

#include <stdlib.h>
#include <string.h>

#include "app/verify.h"
#include "app/verify_reply.h"
#include "base/ask.h"
#include "base/config.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"

struct verify_program {
	struct ask *ask;
	bool done;
	struct verify_result result;
};

bool verify_program_start(struct verify_program **ret, const struct config *config,
	const struct verify_request *request, struct err *e)
{
	struct ask *ask = NULL;
	struct str line;
	str_init(&line, ASK_LINE_MAX);
	str_add(&line, "{\"version\":1,\"request\":\"verify\",\"subject\":");
	json_add_string(&line, request->subject);
	str_add(&line, ",\"name\":");
	json_add_string(&line, request->name);
	str_add(&line, ",\"id_number\":");
	json_add_string(&line, request->id_number);
	str_add(&line, "}\n");
	bool ok = line.full ? err_set(e, ERR_BUG, "the request is too long")
			    : ask_start(&ask, config->verify_program, line.text, line.len, config->verify_timeout, e);
	str_finish(&line);
	if (!ok)
		return err_add(e, "verifier");
	struct verify_program *p = xcalloc(1, sizeof *p);
	p->ask = ask;
	*ret = p;
	return true;
}

int verify_program_fd(const struct verify_program *p)
{
	return ask_fd(p->ask);
}

static void judge(struct verify_program *p, const char *answer, size_t n)
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
	if (!verify_reply_read(answer, n, &reply, &why)) {
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

bool verify_program_poll(struct verify_program *p, struct verify_result *ret)
{
	const char *answer, *why;
	size_t n;
	enum ask_state state = p->done ? ASK_ANSWERED : ask_poll(p->ask, &answer, &n, &why);
	if (state == ASK_RUNNING)
		return false;
	if (!p->done) {
		p->result.verdict = VERDICT_ERROR;
		str_copy(p->result.message, sizeof p->result.message,
			tr("核验设备没有正常回答，请再试一次，或请工作人员协助。"));
		if (state == ASK_FAILED)
			log_warn("verify", "error=\"%s\"", why);
		else
			judge(p, answer, n);
		p->done = true;
	}
	*ret = p->result;
	return true;
}

void verify_program_cancel(struct verify_program *p)
{
	if (!p)
		return;
	ask_end(p->ask);
	explicit_bzero(p, sizeof *p);
	free(p);
}
