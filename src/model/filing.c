#include "model/filing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/fact.h"
#include "model/file_name.h"
#include "model/idnum.h"
#include "model/item.h"

void filing_init(struct filing *f, const struct item *item, const char token[static 33])
{
	*f = (struct filing){ .item = item, .answers = answers_create() };
	str_copy(f->token, sizeof f->token, token);
}

static void attachment_finish(struct attachment *a)
{
	if (a->bytes)
		explicit_bzero(a->bytes, a->size);
	free(a->bytes);
	free(a->name);
	free(a->mime);
	*a = (struct attachment){ 0 };
}

void filing_finish(struct filing *f)
{
	answers_destroy(f->answers);
	for (unsigned i = 0; i < f->n_attachments; i++)
		attachment_finish(&f->attachments[i]);
	explicit_bzero(f, sizeof *f);
}

const struct attachment *filing_attachment(const struct filing *f, const char *name)
{
	for (unsigned i = 0; i < f->n_attachments; i++)
		if (strcmp(f->attachments[i].name, name) == 0)
			return &f->attachments[i];
	return NULL;
}

/* Does an attachment go when one called `by` comes; with `all`: the one file that the material `by` has from then on? */
static bool replaced(const struct attachment *a, const char *by, bool all)
{
	return all ? file_number(a->name, by) > 0 : strcmp(a->name, by) == 0;
}

static void detach(struct filing *f, const char *name, bool all)
{
	for (unsigned i = f->n_attachments; i-- > 0;) {
		if (!replaced(&f->attachments[i], name, all))
			continue;
		attachment_finish(&f->attachments[i]);
		f->attachments[i] = f->attachments[--f->n_attachments];
		f->attachments[f->n_attachments] = (struct attachment){ 0 };
	}
}

static bool attach(struct filing *f, const char *name, bool all, const char *mime, const void *bytes, size_t size)
{
	unsigned kept = 0;
	size_t together = size;
	for (unsigned i = 0; i < f->n_attachments; i++)
		if (!replaced(&f->attachments[i], name, all)) {
			kept++;
			together += f->attachments[i].size;
		}
	if (size > ATTACHMENT_SIZE_MAX || together > FILING_SIZE_MAX || kept == ATTACHMENTS_MAX)
		return false;
	struct attachment fresh = { xstrdup(name), xstrdup(mime), xcalloc(size, 1), size };
	if (size > 0)
		memcpy(fresh.bytes, bytes, size);
	detach(f, fresh.name, all);
	f->attachments[f->n_attachments++] = fresh;
	return true;
}

bool filing_attach(struct filing *f, const char *name, const char *mime, const void *bytes, size_t size)
{
	return attach(f, name, false, mime, bytes, size);
}

void filing_detach(struct filing *f, const char *name)
{
	detach(f, name, false);
}

const struct attachment *filing_file(const struct filing *f, const char *code, unsigned n)
{
	char name[FILE_NAME_SIZE];
	file_name(name, code, n);
	return n >= 1 && n <= MATERIAL_FILES_MAX ? filing_attachment(f, name) : NULL;
}

unsigned filing_files(const struct filing *f, const char *code)
{
	unsigned n = 0;
	while (filing_file(f, code, n + 1))
		n++;
	return n;
}

bool filing_give(struct filing *f, const char *code, unsigned n, const char *mime, const void *bytes, size_t size)
{
	char name[FILE_NAME_SIZE];
	if (n == 0 || n > MATERIAL_FILES_MAX || (n > 1 && n != filing_files(f, code) + 1))
		return false;
	file_name(name, code, n);
	return attach(f, name, n == 1, mime, bytes, size);
}

void filing_take_back(struct filing *f, const char *code)
{
	detach(f, code, true);
}

static bool screen_stores(const struct filing *f, const struct facts *facts, const struct screen *s, const char *name)
{
	if (s->kind == SCREEN_REVIEW)
		return answer_belongs("declaration", name);
	if (s->kind != SCREEN_MATERIALS)
		return screen_has(s, name);
	if (!answer_belongs("material", name) || !strchr(name, '.'))
		return false;
	for (unsigned i = 0; i < f->item->n_materials; i++) {
		const struct material *m = &f->item->materials[i];
		if (answer_belongs(m->code, name + strlen("material.")) && route_material(f, facts, m))
			return true;
	}
	return false;
}

static bool on_route(const struct filing *f, const struct facts *facts, const char *name)
{
	for (unsigned i = 0; i < f->item->n_steps; i++)
		if (screen_stores(f, facts, f->item->steps[i].screen, name) && route_has(f, facts, i))
			return true;
	return false;
}

struct answers *filing_record(const struct filing *f, const struct facts *facts)
{
	struct answers *record = answers_create();
	for (size_t i = 0; i < answers_count(f->answers); i++) {
		const char *name = answers_name_at(f->answers, i);
		if (on_route(f, facts, name))
			answers_set(record, name, answers_value_at(f->answers, i));
	}
	const char *id = answers_text(record, "id_number");
	if (idnum_judge(id, facts->today) == IDNUM_GOOD) {
		/* derived, never asked: two sources for one fact would disagree one day (domain file 2.5) */
		char birth[16];
		snprintf(birth, sizeof birth, "%.4s-%.2s-%.2s", id + 6, id + 10, id + 12);
		const char *sex = idnum_male(id) ? "1" : "2"; /* GB/T 2261.1 */
		answers_set(record, "birth_date", birth);
		answers_set(record, "sex", sex);
		explicit_bzero(birth, sizeof birth);
	}
	return record;
}
