#include "app/verify.h"

#include <stdlib.h>

#include "app/verify_program.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "store/store.h"

struct verify {
	struct verify_program *program; /* NULL: the result is there already */
	struct verify_result result;
};

static bool off_start(struct verify *v, const struct config *config, struct store *store,
	const struct verify_request *request, struct err *e)
{
	(void)store;
	(void)request;
	if (!config->demo) {
		log_warn("verify", "error=\"`verify: off` is for the demonstration only\"");
		return err_set(e, ERR_CONFIG, "%s", tr("本机没有设置好身份核验，请到窗口办理。"));
	}
	v->result.verdict = VERDICT_PASS;
	str_copy(v->result.by, sizeof v->result.by, "off");
	return true;
}

static bool counter_start(struct verify *v, const struct config *config, struct store *store,
	const struct verify_request *request, struct err *e)
{
	struct err why = { 0 };
	(void)config;
	if (!request->code || !*request->code)
		return err_set(e, ERR_NO, "%s", tr("请工作人员输入工作代码。"));
	if (store_staff_attest(store, request->code, v->result.by, sizeof v->result.by, &why)) {
		v->result.verdict = VERDICT_PASS;
		return true;
	}
	if (why.code != ERR_NO) {
		log_warn("verify", "error=\"%s\"", why.text);
		return err_set(e, why.code, "%s", tr("现在不能核对工作代码，请稍后再试或到窗口办理。"));
	}
	v->result.verdict = VERDICT_FAIL;
	str_copy(v->result.message, sizeof v->result.message, why.text);
	return true;
}

static bool program_start(struct verify *v, const struct config *config, struct store *store,
	const struct verify_request *request, struct err *e)
{
	struct err why = { 0 };
	(void)store;
	if (verify_program_start(&v->program, config, request, &why))
		return true;
	log_warn("verify", "error=\"%s\"", why.text);
	return err_set(e, ERR_DEVICE, "%s", tr("核验设备现在不能用，请再试一次，或请工作人员协助。"));
}

static bool (*const PROVIDERS[])(struct verify *v, const struct config *config, struct store *store,
	const struct verify_request *request, struct err *e) = {
	[VERIFY_COUNTER] = counter_start,
	[VERIFY_PROGRAM] = program_start,
	[VERIFY_OFF] = off_start,
};

bool verify_start(struct verify **ret, const struct config *config, struct store *store,
	const struct verify_request *request, struct err *e)
{
	struct verify *v = xcalloc(1, sizeof *v);
	/* A code is staff's, also where a program verifies the applicants. */
	bool staff = request->code && config->verify == VERIFY_PROGRAM;
	if (!PROVIDERS[staff ? VERIFY_COUNTER : config->verify](v, config, store, request, e)) {
		free(v);
		return false;
	}
	*ret = v;
	return true;
}

int verify_fd(const struct verify *v)
{
	return v->program ? verify_program_fd(v->program) : -1;
}

bool verify_poll(struct verify *v, struct verify_result *ret)
{
	if (v->program && !verify_program_poll(v->program, &v->result))
		return false;
	*ret = v->result;
	return true;
}

void verify_cancel(struct verify *v)
{
	if (!v)
		return;
	verify_program_cancel(v->program);
	free(v);
}
