/* Form: typed questions and plain choices, one topic per screen. Nothing is judged before "continue" (WCAG 3.3.1). */
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/check.h"
#include "model/edit.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/kind.h"
#include "ui/page.h"

enum { QUESTIONS_MAX = 12, ID_STRIDE = 100 };

struct form {
	struct edit edits[QUESTIONS_MAX];
	char chosen[QUESTIONS_MAX][ANSWER_NAME_MAX];
	char errors[QUESTIONS_MAX][300];
	char asked[QUESTIONS_MAX][64]; /* value that looked wrong and was asked about: given again, it stands */
	enum lang lang;                /* of the errors */
};

static unsigned questions(const struct kind *k)
{
	return k->screen->n_questions < QUESTIONS_MAX ? k->screen->n_questions : QUESTIONS_MAX;
}

static int id_of(unsigned question, unsigned option)
{
	return (int)(ID_STRIDE * (question + 1) + option);
}

static void form_open(struct kind *k)
{
	struct form *form = k->own;
	for (unsigned i = 0; i < questions(k); i++) {
		const struct question *q = &k->screen->questions[i];
		const char *value = answers_text(k->filing->answers, q->name);
		if (q->type == QUESTION_TEXT)
			edit_init(&form->edits[i], q->max, value);
		else
			str_copy(form->chosen[i], sizeof form->chosen[i], value);
	}
}

static void describe_choice(struct kind *k, struct page *p, unsigned i)
{
	struct form *form = k->own;
	const struct question *q = &k->screen->questions[i];
	if (k->screen->n_questions > 1)
		page_add(p, ROW_HEADING, -1, tr(q->label));
	for (unsigned n = 0; n < q->n_options; n++) {
		struct row *r = page_add(p, ROW_OPTION, id_of(i, n), tr(q->options[n].label));
		r->digit = k->screen->n_questions == 1 ? n + 1 : 0;
		r->selected = str_eq(form->chosen[i], q->options[n].value);
		if (q->options[n].hint)
			r->hint = page_own(p, "%s", tr(q->options[n].hint));
		if (n == 0)
			r->error = page_own(p, "%s", form->errors[i]);
	}
}

/* Judges what stands in question i; its error becomes the sentence or "". */
static bool judge(struct kind *k, unsigned i, char *ret_value, size_t size)
{
	struct form *form = k->own;
	const struct question *q = &k->screen->questions[i];
	char typed[ANSWER_VALUE_MAX] = "";
	if (q->type == QUESTION_TEXT)
		edit_get(&form->edits[i], typed, sizeof typed);
	else
		str_copy(typed, sizeof typed, form->chosen[i]);
	form->errors[i][0] = '\0';
	bool good = check_answer(q, typed, k->filing->answers, k->facts, ret_value, size, form->errors[i],
		sizeof form->errors[i]);
	explicit_bzero(typed, sizeof typed);
	return good;
}

/* The errors on the page follow the language. */
static void translate_errors(struct kind *k)
{
	struct form *form = k->own;
	char value[ANSWER_VALUE_MAX];
	for (unsigned i = 0; i < questions(k) && form->lang != i18n_get(); i++)
		if (*form->errors[i])
			judge(k, i, value, sizeof value);
	explicit_bzero(value, sizeof value);
	form->lang = i18n_get();
}

static void form_describe(struct kind *k, struct page *p)
{
	struct form *form = k->own;
	translate_errors(k);
	page_add_text(p, k->screen->text ? tr(k->screen->text) : NULL);
	if (k->screen->n_questions == 1 && k->screen->questions[0].type == QUESTION_CHOICE) {
		page_add(p, ROW_HEADING, -1, tr(k->screen->questions[0].label));
		page_add(p, ROW_TEXT, -1, "");
	}
	for (unsigned i = 0; i < questions(k); i++) {
		const struct question *q = &k->screen->questions[i];
		if (q->type == QUESTION_CHOICE) {
			describe_choice(k, p, i);
		} else {
			struct row *r = page_add(p, ROW_INPUT, id_of(i, 0), tr(q->label));
			r->edit = &form->edits[i];
			r->error = page_own(p, "%s", form->errors[i]);
			if (q->example)
				r->hint = page_own(p, tr("例：%s"), tr(q->example));
		}
		if (i + 1 < questions(k))
			page_add(p, ROW_TEXT, -1, "");
	}
	page_add_continue(p);
	if (p->focus < 0)
		for (unsigned n = 0; n < PAGE_ROWS_MAX && (int)n < p->n_rows; n++)
			if (k->screen->n_questions == 1 && p->rows[n].kind == ROW_OPTION && p->rows[n].selected)
				p->focus = (int)n;
}

static enum action form_press(struct kind *k, struct page *p, int id)
{
	struct form *form = k->own;
	if (id == ID_CONTINUE)
		return ACTION_NEXT;
	unsigned i = (unsigned)id / ID_STRIDE - 1, n = (unsigned)id % ID_STRIDE;
	const struct question *q = &k->screen->questions[i];
	if (q->type == QUESTION_CHOICE) {
		str_copy(form->chosen[i], sizeof form->chosen[i], q->options[n].value);
		form->errors[i][0] = '\0';
		if (k->screen->n_questions == 1)
			return ACTION_NEXT;
		page_focus_id(p, i + 1 < questions(k) ? id_of(i + 1, 0) : ID_CONTINUE);
		return ACTION_NONE;
	}
	page_move(p, 1);
	return ACTION_NONE;
}

/* Allowed, but is it meant? Asked once for each value. */
static bool meant(struct kind *k, unsigned i, const char *value)
{
	struct form *form = k->own;
	const char *advice = check_advice(&k->screen->questions[i], value);
	if (!advice || str_eq(form->asked[i], value))
		return true;
	str_copy(form->asked[i], sizeof form->asked[i], value);
	str_copy(form->errors[i], sizeof form->errors[i], advice);
	return false;
}

static bool form_commit(struct kind *k, struct page *p)
{
	struct form *form = k->own;
	unsigned wrong = 0;
	for (unsigned i = 0; i < questions(k); i++) {
		char value[ANSWER_VALUE_MAX] = "";
		if (judge(k, i, value, sizeof value) && meant(k, i, value))
			answers_set(k->filing->answers, k->screen->questions[i].name, value);
		else if (wrong++ == 0)
			page_focus_id(p, id_of(i, 0));
		explicit_bzero(value, sizeof value);
	}
	form->lang = i18n_get();
	if (wrong == 1)
		page_say(p, true, "%s", tr("有一处需要改正，请看带“!”的说明。"));
	else if (wrong)
		page_say(p, true, tr("有 %u 处需要改正，请看带“!”的说明。"), wrong);
	return wrong == 0;
}

const struct kind_ops kind_form = {
	.name = "form",
	.private_size = sizeof(struct form),
	.open = form_open,
	.describe = form_describe,
	.press = form_press,
	.commit = form_commit,
};
