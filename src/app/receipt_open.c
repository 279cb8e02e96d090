#include "app/receipt_open.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/open.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/utf8.h"
#include "model/case.h"
#include "store/lookup.h"
#include "store/store.h"

enum { NUMBER_TYPED_MAX = 30 }; /* characters; what is longer was to be a whole code */

static const char *const sentences[] = {
	[RECEIPT_OPENED] = "",
	[RECEIPT_NO_QUERY] = N_("请输入查询码，它印在回执上，办件编号的下面。"),
	[RECEIPT_SLIP_CODE] = N_("这不是完整的回执码，请再扫一次，或者照回执输入编号和查询码。"),
	[RECEIPT_SLIP_NUMBER] = N_("办件编号是20位数字。请扫回执的二维码，或照回执再核对一遍。"),
	[RECEIPT_SLIP_QUERY] = N_("查询码是10位字母和数字，您输入的有错，请照回执再核对一遍。"),
	[RECEIPT_LOCKED] = N_("输错的次数太多了，请等到 %s 再试，或到窗口查询。"),
	[RECEIPT_FORGED] = N_("这个回执码不是本机发出的，请带回执到窗口核对。"),
	[RECEIPT_UNKNOWN] = N_("没有这个编号的办件，请照回执核对；满了保存期的办件已经删除。"),
	[RECEIPT_ELSEWHERE] = N_("这个办件是在%s号终端提交的，请到那里查询，或打咨询电话。"),
	[RECEIPT_WRONG_QUERY] = N_("查询码和这个办件对不上，请照这张回执再输一次。"),
	[RECEIPT_UNREADABLE] = N_("这个办件在这里打不开：在别的中心提交的，请到那里查询，否则请到窗口。"),
	[RECEIPT_FAILED] = N_("现在查不了办件，请过一会儿再试，或到窗口查询。"),
};

void receipt_why(const struct receipt_try *t, char *out, size_t size)
{
	if (t->verdict == RECEIPT_LOCKED) {
		char at[26];
		clock_time_text(t->until + 59, at); /* the first full minute when it may be tried again */
		at[16] = '\0';
		snprintf(out, size, tr(sentences[RECEIPT_LOCKED]), at + 11);
	} else if (t->verdict == RECEIPT_ELSEWHERE) {
		snprintf(out, size, tr(sentences[RECEIPT_ELSEWHERE]), t->station);
	} else {
		snprintf(out, size, "%s", t->verdict == RECEIPT_OPENED ? "" : tr(sentences[t->verdict]));
	}
}

/* Splits what was typed; the tag is "" when number and query code were typed one by one. OPENED: it is well-formed. */
static enum receipt_verdict read_typed(const char *typed, const char *query, struct receipt_code *ret)
{
	struct err e = { 0 };

	if (case_number_read(typed, ret->number)) {
		if (!*query)
			return RECEIPT_NO_QUERY;
		return query_code_read(query, ret->query) ? RECEIPT_OPENED : RECEIPT_SLIP_QUERY;
	}
	if (receipt_code_read(typed, ret, &e))
		return RECEIPT_OPENED;
	return utf8_length(typed) <= NUMBER_TYPED_MAX ? RECEIPT_SLIP_NUMBER : RECEIPT_SLIP_CODE;
}

static bool filed_here(const struct app *app, const struct receipt_code *code)
{
	return strncmp(code->number + 2, app->config.station, 4) == 0;
}

/* Only the station that made a receipt has the key of its tag; a case of another one proves itself by opening. */
static bool forged(const struct app *app, const struct receipt_code *code)
{
	struct err e = { 0 };
	return *code->tag && filed_here(app, code) && !receipt_code_verify(code, app->keys.tag, &e);
}

static enum receipt_verdict unreadable(const char *number, const struct err *e)
{
	log_warn("receipt", "case=%s failed=%d", number, e->code);
	return RECEIPT_UNREADABLE;
}

static enum receipt_verdict why_not(struct app *app, const struct receipt_code *code, const struct err *why)
{
	struct case_record *there = NULL;
	struct err e = { 0 };

	if (why->code != ERR_NO)
		return unreadable(code->number, why);
	if (store_case_load(app->store, code->number, &there, &e)) {
		case_record_destroy(there);
		return RECEIPT_WRONG_QUERY;
	}
	if (e.code != ERR_NO)
		return unreadable(code->number, &e);
	return filed_here(app, code) ? RECEIPT_UNKNOWN : RECEIPT_ELSEWHERE;
}

/* What the try that was counted came to, for the count and the log. */
static void settle(struct app *app, enum receipt_verdict v, const char *number)
{
	struct err e = { 0 };
	bool good = true;

	if (v == RECEIPT_OPENED)
		good = store_lookup_opened(app->store, number, &e);
	else if (v == RECEIPT_ELSEWHERE || v == RECEIPT_UNREADABLE)
		good = store_lookup_forgive(app->store, &e);
	else
		store_lookup_wrong(app->store, v == RECEIPT_WRONG_QUERY ? number : "");
	if (!good)
		log_warn("receipt", "settling=%d failed=%d", (int)v, e.code);
}

static enum receipt_verdict look(struct app *app, const struct receipt_code *code, int64_t *ret_until,
	struct receipt_opened *ret)
{
	struct receipt_opened o = { 0 };
	struct err e = { 0 };
	enum receipt_verdict v = RECEIPT_OPENED;

	if (!store_lookup_try(app->store, ret_until, &e)) {
		if (e.code == ERR_NO)
			return RECEIPT_LOCKED;
		log_warn("receipt", "failed=%d", e.code);
		return RECEIPT_FAILED;
	}
	if (forged(app, code))
		v = RECEIPT_FORGED;
	else if (!open_by_code(app, code->number, code->query, &o.record, o.key, &e))
		v = why_not(app, code, &e);
	settle(app, v, code->number);
	if (v == RECEIPT_OPENED) {
		memcpy(o.query, code->query, sizeof o.query);
		*ret = o;
	}
	explicit_bzero(&o, sizeof o);
	return v;
}

bool receipt_open(struct app *app, const char *typed, const char *query, struct receipt_try *ret_try,
	struct receipt_opened *ret)
{
	struct receipt_code code = { 0 };
	struct receipt_try t = { 0 };

	t.verdict = read_typed(typed, query, &code);
	if (t.verdict == RECEIPT_OPENED)
		t.verdict = look(app, &code, &t.until, ret);
	snprintf(t.station, sizeof t.station, "%.4s", code.number + 2);
	/* Who scanned a whole code has no query code in a row of its own. */
	bool of_query = t.verdict == RECEIPT_NO_QUERY || t.verdict == RECEIPT_SLIP_QUERY ||
		(t.verdict == RECEIPT_WRONG_QUERY && !*code.tag);
	t.row = of_query ? RECEIPT_ROW_QUERY : RECEIPT_ROW_CODE;
	explicit_bzero(&code, sizeof code);
	*ret_try = t;
	return t.verdict == RECEIPT_OPENED;
}
