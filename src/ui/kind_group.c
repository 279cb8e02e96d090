/*
 * A group: the same few questions for each of several people. The page lists who is there; adding or changing one opens the
 * questions as a form of its own, and removing one closes the gap.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/answer_rows.h"
#include "ui/kind.h"
#include "ui/page.h"

enum { MEMBER_QUESTIONS = 12, ID_ADD = 1, ID_MEMBER = 10, ID_REMOVE = 30, ID_DROP = 50 };

struct group {
	unsigned slot; /* whose form is open; 0: the list */
	struct question questions[MEMBER_QUESTIONS];
	char names[MEMBER_QUESTIONS][GROUP_NAME];
	char *before[MEMBER_QUESTIONS]; /* the answers when the form was opened */
	struct screen screen;           /* the form, made of them */
	struct kind form;
};

static unsigned members(const struct kind *k)
{
	unsigned n = 0;
	while (n < k->screen->max && group_used(k->filing, k->screen, n + 1))
		n++;
	return n;
}

static void form_open(struct kind *k, struct page *p, unsigned slot)
{
	struct group *g = k->own;
	unsigned n = k->screen->n_questions < MEMBER_QUESTIONS ? k->screen->n_questions : MEMBER_QUESTIONS;
	for (unsigned i = 0; i < n; i++) {
		group_question(k->screen, slot, i, &g->questions[i], g->names[i]);
		g->before[i] = xstrdup(answers_text(k->filing->answers, g->names[i]));
	}
	g->slot = slot;
	g->screen = (struct screen){ .kind = SCREEN_FORM,
		.title = k->screen->title,
		.questions = g->questions,
		.n_questions = n };
	kind_open(&g->form, &g->screen, k->filing, k->facts, k->services);
	p->focus = -1;
}

/* The form goes, with what it knew. */
static void drop_form(struct group *g)
{
	kind_close(&g->form);
	for (unsigned i = 0; i < MEMBER_QUESTIONS; i++) {
		str_wipe_free(g->before[i]);
		g->before[i] = NULL;
	}
	g->slot = 0;
}

static void form_close(struct kind *k, struct page *p)
{
	drop_form(k->own);
	p->focus = -1;
}

/* Takes one out; those after it move up. */
static void remove_member(struct kind *k, unsigned slot)
{
	struct answers *a = k->filing->answers;
	struct question q;
	char here[GROUP_NAME], next[GROUP_NAME];
	for (; slot <= k->screen->max; slot++)
		for (unsigned i = 0; i < k->screen->n_questions; i++) {
			group_question(k->screen, slot, i, &q, here);
			group_question(k->screen, slot + 1, i, &q, next);
			char *value = slot < k->screen->max ? xstrdup(answers_text(a, next)) : NULL;
			answers_set(a, here, value);
			str_wipe_free(value);
		}
}

static void describe_list(struct kind *k, struct page *p)
{
	unsigned n = members(k);
	char text[600];
	page_add_text(p, tr(k->screen->text));
	for (unsigned i = 1; i <= n; i++) {
		answer_group_text(k, k->screen, i, text, sizeof text);
		page_add(p, ROW_VALUE, ID_MEMBER + (int)i, page_own(p, tr("第 %u 位"), i))->value =
			page_own(p, "%s", text);
		page_add(p, ROW_BUTTON, ID_REMOVE + (int)i, page_own(p, tr("删去第 %u 位"), i));
	}
	explicit_bzero(text, sizeof text);
	if (!n)
		page_add(p, ROW_TEXT, -1, tr("现在没有填写任何人。"));
	page_add(p, ROW_TEXT, -1, "");
	if (n < k->screen->max)
		page_add(p, ROW_BUTTON, ID_ADD, n ? tr("再加一位") : tr("加一位"));
	page_add(p, ROW_BUTTON, ID_CONTINUE, n ? tr("继续") : tr("没有要填的，继续"))->primary = true;
	if (p->focus < 0)
		page_focus_id(p, ID_CONTINUE);
}

static void group_describe(struct kind *k, struct page *p)
{
	struct group *g = k->own;
	if (!g->slot) {
		describe_list(k, p);
		return;
	}
	page_add(p, ROW_HEADING, -1, page_own(p, tr("第 %u 位"), g->slot));
	page_add(p, ROW_TEXT, -1, "");
	g->form.ops->describe(&g->form, p);
	page_add(p, ROW_BUTTON, ID_DROP, tr("不填这一位"));
}

static enum action form_press(struct kind *k, struct page *p, int id)
{
	struct group *g = k->own;
	unsigned slot = g->slot;
	if (id == ID_DROP) {
		remove_member(k, slot);
		form_close(k, p);
		return ACTION_NONE;
	}
	if (g->form.ops->press(&g->form, p, id) != ACTION_NEXT || !g->form.ops->commit(&g->form, p))
		return ACTION_NONE;
	if (group_repeated(k->filing, k->screen, slot)) {
		page_say(p, true, "%s", tr("这个身份证号码已经填过了，请核对。"));
		return ACTION_NONE;
	}
	form_close(k, p);
	return ACTION_NONE;
}

static enum action group_press(struct kind *k, struct page *p, int id)
{
	struct group *g = k->own;
	if (g->slot)
		return form_press(k, p, id);
	if (id == ID_CONTINUE)
		return ACTION_NEXT;
	if (id == ID_ADD)
		form_open(k, p, members(k) + 1);
	else if (id > ID_REMOVE)
		remove_member(k, (unsigned)(id - ID_REMOVE));
	else if (id > ID_MEMBER)
		form_open(k, p, (unsigned)(id - ID_MEMBER));
	return ACTION_NONE;
}

/* Esc in the form goes back to the list, which is as it was before the form. */
static bool group_back(struct kind *k, struct page *p)
{
	struct group *g = k->own;
	unsigned slot = g->slot;
	if (!slot)
		return false;
	for (unsigned i = 0; i < g->screen.n_questions; i++)
		answers_set(k->filing->answers, g->names[i], g->before[i]);
	form_close(k, p);
	return true;
}

static void group_close(struct kind *k)
{
	drop_form(k->own);
}

const struct kind_ops kind_group = {
	.name = "group",
	.private_size = sizeof(struct group),
	.describe = group_describe,
	.press = group_press,
	.back = group_back,
	.close = group_close,
};
