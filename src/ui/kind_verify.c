/*
 * Verification of a person, by whatever the center uses: staff attest with their code on this terminal, an outside program
 * does it, or nobody (demonstration only, marked everywhere). What was verified is bound to the ID number.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/edit.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/kind.h"
#include "ui/page.h"
#include "ui/services.h"

enum { ID_CODE = 1, ID_START = 2, ID_CANCEL = 3 };

struct verify_page {
	struct edit code;
	char by[64];
	char error[300];
	bool running;
};

static const char *const way_names[] = {
	[VERIFY_WAY_OFF] = "off", [VERIFY_WAY_COUNTER] = "counter", [VERIFY_WAY_PROGRAM] = "program"
};

static bool of_agent(const struct kind *k)
{
	return str_eq(k->screen->subject, "agent");
}

static const char *subject_id(const struct kind *k)
{
	return answers_text(k->filing->answers, of_agent(k) ? "agent_id_number" : "id_number");
}

static const char *subject_name(const struct kind *k)
{
	return answers_text(k->filing->answers, of_agent(k) ? "agent_name" : "name");
}

static void answer_name(const struct kind *k, const char *part, char out[static ANSWER_NAME_MAX])
{
	snprintf(out, ANSWER_NAME_MAX, "%s.%s", k->screen->name, part);
}

static void verify_open(struct kind *k)
{
	struct verify_page *v = k->own;
	char name[ANSWER_NAME_MAX];
	edit_init(&v->code, 12, "");
	answer_name(k, "id", name);
	bool same = str_eq(answers_text(k->filing->answers, name), subject_id(k));
	answer_name(k, "by", name);
	if (same)
		str_copy(v->by, sizeof v->by, answers_text(k->filing->answers, name));
}

static void describe_way(struct kind *k, struct page *p)
{
	struct verify_page *v = k->own;
	struct row *r;
	switch (k->services->verify_way(k->services->ctx)) {
	case VERIFY_WAY_OFF:
		page_add(p, ROW_TEXT, -1, tr("演示模式：不核验身份。正式使用时，由工作人员或核验设备在这里核对。"));
		page_add_continue(p);
		return;
	case VERIFY_WAY_COUNTER:
		page_add(p, ROW_TEXT, -1,
			tr("请把身份证原件交给工作人员。工作人员核对人和证件后，在这里输入自己的工作代码。"));
		page_add(p, ROW_TEXT, -1, "");
		r = page_add(p, ROW_INPUT, ID_CODE, tr("工作代码（由工作人员输入）"));
		r->edit = &v->code;
		r->masked = true;
		r->error = page_own(p, "%s", v->error);
		page_add_continue(p);
		return;
	case VERIFY_WAY_PROGRAM:
		if (*v->error) {
			page_add(p, ROW_TEXT, -1, page_own(p, "! %s", v->error));
			page_add(p, ROW_TEXT, -1, "");
		}
		if (v->running) {
			page_add(p, ROW_TEXT, -1, tr("正在核验，请按设备上的提示做。"));
			page_add(p, ROW_BUTTON, ID_CANCEL, tr("停止核验"))->digit = 1;
		} else {
			page_add(p, ROW_TEXT, -1, tr("核验由本台的核验设备完成。如不便使用，请找工作人员。"));
			page_add(p, ROW_TEXT, -1, "");
			r = page_add(p, ROW_BUTTON, ID_START, tr("开始核验"));
			r->digit = 1;
			r->primary = true;
		}
		return;
	}
}

static void verify_describe(struct kind *k, struct page *p)
{
	struct verify_page *v = k->own;
	page_add_text(p, k->screen->text ? tr(k->screen->text) : NULL);
	page_add(p, ROW_VALUE, -1, tr("姓名"))->value = page_own(p, "%s", subject_name(k));
	page_add(p, ROW_VALUE, -1, tr("身份证号"))->value = page_own(p, "%s", subject_id(k));
	page_add(p, ROW_TEXT, -1, "");
	if (*v->by) {
		page_add(p, ROW_TEXT, -1, tr("已经核验过，不用再做。"));
		page_add_continue(p);
	} else {
		describe_way(k, p);
	}
}

static enum action verify_press(struct kind *k, struct page *p, int id)
{
	struct verify_page *v = k->own;
	(void)p;
	switch (id) {
	case ID_START:
		v->error[0] = '\0';
		v->running = k->services->verify_start(k->services->ctx, k->screen->subject, subject_name(k),
			subject_id(k), v->error, sizeof v->error);
		return ACTION_NONE;
	case ID_CANCEL:
		k->services->verify_cancel(k->services->ctx);
		v->running = false;
		return ACTION_NONE;
	default:
		return ACTION_NEXT; /* the code field and "continue": commit looks at the code */
	}
}

static enum action verify_turn(struct kind *k, struct page *p, enum action a)
{
	struct verify_page *v = k->own;
	(void)p;
	if (!v->running || (a != ACTION_TICK && a != ACTION_READY))
		return ACTION_NONE;
	enum verify_answer answer =
		k->services->verify_poll(k->services->ctx, v->by, sizeof v->by, v->error, sizeof v->error);
	if (answer == VERIFY_RUNNING)
		return ACTION_NONE;
	v->running = false;
	if (answer == VERIFY_PASS)
		return ACTION_NEXT;
	v->by[0] = '\0';
	return ACTION_NONE;
}

static bool verify_commit(struct kind *k, struct page *p)
{
	struct verify_page *v = k->own;
	enum verify_way way = k->services->verify_way(k->services->ctx);
	char name[ANSWER_NAME_MAX], code[64];
	if (!*v->by && way == VERIFY_WAY_OFF)
		str_copy(v->by, sizeof v->by, "off");
	if (!*v->by && way == VERIFY_WAY_COUNTER) {
		edit_get(&v->code, code, sizeof code);
		bool good = k->services->attest(k->services->ctx, code, v->by, sizeof v->by, v->error, sizeof v->error);
		explicit_bzero(code, sizeof code);
		edit_wipe(&v->code);
		edit_init(&v->code, 12, "");
		if (!good) {
			page_focus_id(p, ID_CODE);
			page_say(p, true, "%s", tr("有一处需要改正，请看带“!”的说明。"));
			return false;
		}
	}
	if (!*v->by)
		return false;
	answer_name(k, "by", name);
	answers_set(k->filing->answers, name, v->by);
	answer_name(k, "id", name);
	answers_set(k->filing->answers, name, subject_id(k));
	answer_name(k, "way", name);
	answers_set(k->filing->answers, name, way_names[way]);
	return true;
}

static void verify_close(struct kind *k)
{
	struct verify_page *v = k->own;
	if (v->running)
		k->services->verify_cancel(k->services->ctx);
	edit_wipe(&v->code);
}

const struct kind_ops kind_verify = {
	.name = "verify",
	.private_size = sizeof(struct verify_page),
	.open = verify_open,
	.describe = verify_describe,
	.press = verify_press,
	.commit = verify_commit,
	.turn = verify_turn,
	.close = verify_close,
};
