/* What was filed, as the check-answers screen showed it, from the record of the case; materials and where they came from. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/mine_own.h"
#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/file_name.h"
#include "model/filing.h"
#include "model/item.h"
#include "receipt/receipt.h"
#include "ui/answer_rows.h"
#include "ui/kind.h"
#include "ui/page.h"

enum { ROWS_SPARE = 8 }; /* of a page, for what stands around */

static void add(struct page *p, const char *label, const char *value)
{
	if (*value && p->n_rows < PAGE_ROWS_MAX - ROWS_SPARE)
		page_add(p, ROW_VALUE, -1, tr(label))->value = page_own(p, "%s", value);
}

static void add_verified(const struct answers *a, const struct screen *s, struct page *p)
{
	static const struct {
		const char *way, *text;
	} ways[] = { { "counter", N_("工作人员核对") }, { "program", N_("核验设备核对") }, { "off", N_("没有核对") } };
	char name[ANSWER_NAME_MAX];
	snprintf(name, sizeof name, "%s.way", s->name);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (str_eq(answers_text(a, name), ways[i].way))
			add(p, s->title, tr(ways[i].text));
}

/* As check-answers shows a step, without what was not answered; nothing leads anywhere. */
static void add_step(struct kind *k, struct page *p, unsigned step)
{
	enum { STEP_ROWS_MAX = 12 };
	int from = p->n_rows, to = from;
	if (p->n_rows + STEP_ROWS_MAX > PAGE_ROWS_MAX - ROWS_SPARE)
		return;
	answer_rows(k, p, step);
	for (int i = from; i < p->n_rows; i++) {
		if (!*p->rows[i].value)
			continue;
		p->rows[to] = p->rows[i];
		p->rows[to++].id = -1;
	}
	p->n_rows = to;
}

static void add_screen(struct kind *k, struct page *p, unsigned step)
{
	const struct screen *s = k->filing->item->steps[step].screen;
	const struct answers *a = k->filing->answers;
	switch (s->kind) {
	case SCREEN_FORM:
	case SCREEN_GROUP:
	case SCREEN_CENTER:
	case SCREEN_ADDRESS:
		add_step(k, p, step);
		break;
	case SCREEN_VERIFY:
		add_verified(a, s, p);
		break;
	case SCREEN_REGISTRATION:
		add(p, s->title, answers_text(a, "registration.number"));
		break;
	case SCREEN_NOTICE:
	case SCREEN_ELIGIBILITY:
	case SCREEN_CARRIED:
	case SCREEN_PHOTO:
	case SCREEN_MATERIALS:
	case SCREEN_OUTSTANDING:
	case SCREEN_REVIEW:
	case SCREEN_END:
	case SCREEN_KINDS:
		break;
	}
}

void mine_add_answers(const struct mine_case *m, struct page *p)
{
	struct answers *masked = m->plain ? NULL : mask_answers(m->record->answers);
	struct filing shown = { .item = m->item, .answers = m->plain ? m->record->answers : masked };
	struct kind k = { .filing = &shown, .facts = &m->app->facts, .services = &m->app->services };
	if (!m->plain)
		page_add_text(p, tr("旁边有人时请小心。姓名、号码和门牌先隐去一部分。"));
	/* What the record holds was on its route; which steps a guard would leave out today does not matter. */
	for (unsigned i = 0; i < m->item->n_steps; i++)
		add_screen(&k, p, i);
	answers_destroy(masked);
}

/* What was given as file: "JPEG 1012x638, 18 KB", and of each file the beginning of its hash. */
static void files_text(const struct case_record *c, const char *code, const char *about, struct str *out)
{
	const char *word = "  SHA-256";
	str_add(out, about);
	for (unsigned n = 1; n <= MATERIAL_FILES_MAX; n++)
		for (size_t i = 0; i < c->n_files; i++)
			if (file_number(c->files[i].name, code) == n) {
				str_addf(out, "%s %.8s", word, c->files[i].sha256);
				word = "";
			}
}

/* `prefix`: the answer that says how it was given; `file`: of the attachment, or the first of them. */
static void add_given(const struct mine_case *m, struct page *p, const char *title, const char *prefix,
	const char *file, const char *counter)
{
	const struct answers *a = m->record->answers;
	const char *how = answers_text(a, prefix);
	char name[ANSWER_NAME_MAX], until[ANSWER_NAME_MAX], text[300] = "";
	if (str_eq(how, "licence")) {
		snprintf(name, sizeof name, "%s.number", prefix);
		snprintf(until, sizeof until, "%s.issuer", prefix);
		snprintf(text, sizeof text, "%s %s", answers_text(a, name), answers_text(a, until));
		add(p, title, page_own(p, tr("电子证照 %s"), text));
	} else if (str_eq(how, "file")) {
		struct str files;
		str_init(&files, ANSWER_VALUE_MAX);
		snprintf(name, sizeof name, "%s.about", prefix);
		files_text(m->record, file, answers_text(a, name), &files);
		add(p, title, page_own(p, tr("文件 %s"), files.text));
		str_finish(&files);
	} else if (str_eq(how, "counter")) {
		add(p, title, tr(counter));
	} else if (str_eq(how, "registration")) {
		add(p, title, tr("用登记时的照片"));
	}
}

static void add_earlier(const struct mine_case *m, struct page *p, const struct case_file *f)
{
	char code[FILE_NAME_SIZE];
	file_code(code, f->name);
	const struct material *material = item_material(m->item, code);
	add(p, material ? material->title : N_("照片"),
		page_own(p, tr("先前交的文件，%zu KB，SHA-256 %.8s，已经换成新的"), (f->size + 1023) / 1024,
			f->sha256));
}

void mine_add_materials(const struct mine_case *m, struct page *p)
{
	const struct item *item = m->item;
	char name[ANSWER_NAME_MAX];
	int before = p->n_rows;
	for (unsigned i = 0; i < item->n_steps; i++) {
		const struct screen *s = item->steps[i].screen;
		if (s->kind == SCREEN_PHOTO)
			add_given(m, p, s->title, s->name, s->name, N_("到窗口拍照"));
	}
	for (unsigned i = 0; i < item->n_materials; i++) {
		snprintf(name, sizeof name, "material.%s", item->materials[i].code);
		add_given(m, p, item->materials[i].title, name, item->materials[i].code, N_("到窗口出示原件"));
	}
	for (size_t i = 0; i < m->record->n_replaced; i++)
		add_earlier(m, p, &m->record->replaced[i]);
	if (p->n_rows == before)
		page_add(p, ROW_TEXT, -1, tr("没有交过材料。"));
}
